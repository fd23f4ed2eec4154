//! `soban demo`: a filled district on this machine.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::serve::until_told_to_stop;
use super::{Failure, Output};
use crate::demo::{Demo, LOGIN, Size, run as run_demo};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The data folder; one that is half filled is filled up.
    #[arg(long, default_value = "soban-demo")]
    data: PathBuf,
    /// How much to fill.
    #[arg(long, value_enum, default_value_t)]
    size: Size,
    /// Ends when the folder is filled, with the summary as one line of JSON.
    #[arg(long)]
    once: bool,
    /// The address to listen on: loopback only.
    #[arg(long, default_value = "127.0.0.1:8321")]
    listen: SocketAddr,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    tokio::runtime::Runtime::new()?.block_on(demo(args, output))
}

async fn demo(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let progress = bar();
    let demo = run_demo(&args.data, args.size, args.listen, &progress).await?;
    progress.finish_and_clear();
    if args.once {
        demo.running.stop().await;
        return output.json(&demo.summary);
    }
    tell(&demo, output)?;
    until_told_to_stop(demo.running).await;
    Ok(())
}

/// On a terminal a bar; elsewhere nothing.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} máy · {elapsed}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

fn tell(demo: &Demo, output: &mut Output) -> Result<(), Failure> {
    let summary = &demo.summary;
    output.line(format!("Console:   http://{}", demo.running.address))?;
    output.line(format!("Login:     {LOGIN}"))?;
    output.line(format!("Password:  {}   (of this start alone)", demo.password))?;
    output.line("")?;
    output.line(format!(
        "{} phones sent {} entries with {} records in {} requests ({} kB up, {} kB down).",
        summary.phones,
        summary.entries,
        summary.records,
        summary.requests,
        summary.bytes_up / 1000,
        summary.bytes_down / 1000
    ))?;
    output.line(format!(
        "{} disagreements are open. Filled in {} s. Ctrl-C ends it.",
        summary.conflicts_open, summary.seconds
    ))
}
