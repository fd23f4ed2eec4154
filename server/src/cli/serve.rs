//! `soban serve`: the district server, until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

#[cfg(unix)]
use tokio::signal::unix;
#[cfg(windows)]
use tokio::signal::windows;
use tracing_subscriber::EnvFilter;

use super::{Data, Failure, Output};
use crate::enrol::sheet::read_address;
use crate::http::{Options, Running, ServeError, start};
use crate::store::meta;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8321")]
    listen: SocketAddr,
    /// A proxy in front ends TLS; without this, only loopback is listened on.
    #[arg(long)]
    behind_proxy: bool,
    /// The address at which phones reach it, printed on enrolment sheets: https://…; kept in the
    /// data folder.
    #[arg(long, value_name = "URL")]
    public_address: Option<String>,
    /// Writes the address into this file once it listens; for scripts that ask for port 0.
    #[arg(long)]
    address_file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    log_to_stderr("info");
    tokio::runtime::Runtime::new()?.block_on(serve(args, output))
}

/// Structured, one JSON object a line, from this level up if `SOBAN_LOG` says nothing else.
pub(super) fn log_to_stderr(level: &str) {
    let filter = EnvFilter::try_from_env("SOBAN_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let subscriber =
        tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(io::stderr).finish();
    // Another part of the program may have set one already; then that one stays.
    drop(tracing::subscriber::set_global_default(subscriber));
}

async fn serve(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let options = Options { behind_proxy: args.behind_proxy, ..Options::default() };
    let word = StopWord::listen()?;
    let started = start(&args.data.data, args.listen, options).await;
    let running = started.map_err(|error| match error {
        ServeError::NotLoopback(_) => Failure::of_usage(error),
        error => Failure::from(error),
    })?;
    if let Some(address) = &args.public_address {
        let address = read_address(address).map_err(Failure::of_usage)?;
        running.app.store.write(move |db| meta::set_public_address(db, &address))?;
    }
    if let Some(file) = &args.address_file {
        std::fs::write(file, running.address.to_string())?;
    }
    output.line(format!("Sổ Bản: http://{}", running.address))?;
    until_told_to_stop(word, running).await;
    Ok(())
}

/// The word to stop, from the keyboard or from the system.
pub(super) struct StopWord {
    #[cfg(unix)]
    terminate: unix::Signal,
    #[cfg(unix)]
    interrupt: unix::Signal,
    #[cfg(windows)]
    interrupt: windows::CtrlC,
}

impl StopWord {
    /// Listens for it from now on: what is said before anybody waits is heard too. Until then the
    /// word ends the program on the spot, so it is to be made before an address is told.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            terminate: unix::signal(unix::SignalKind::terminate())?,
            #[cfg(unix)]
            interrupt: unix::signal(unix::SignalKind::interrupt())?,
            #[cfg(windows)]
            interrupt: windows::ctrl_c()?,
        })
    }

    async fn said(mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        #[cfg(windows)]
        drop(self.interrupt.recv().await);
    }
}

/// Until the word is said; then what is under way is finished.
pub(super) async fn until_told_to_stop(word: StopWord, running: Running) {
    word.said().await;
    tracing::info!("stopping");
    running.stop().await;
}
