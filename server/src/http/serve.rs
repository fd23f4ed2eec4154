//! Listening, and stopping gracefully.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{App, Options, app};
use crate::keys::KeysError;
use crate::store::StoreError;

/// Connections that wait to be accepted, at most. Of the usual 128 the rest are turned away when all
/// phones of a district come back at once, and try again only after a second or more.
const MOST_WAITING: u32 = 4_096;
/// What stopping may wait for requests, and again for the projection.
const LONGEST_GOODBYE: Duration = Duration::from_secs(20);

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The data folder is not ready.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secrets are not ready.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// Another server works on the folder.
    #[error("another soban serves {0}; stop it first")]
    InUse(PathBuf),
    /// No pack was ever installed.
    #[error("no pack is installed; `soban init` installs one")]
    NoPack,
    /// An address that others can reach, in clear.
    #[error(
        "{0} can be reached by others, and this server speaks HTTP in clear: listen on loopback, or behind a proxy that ends TLS with --behind-proxy"
    )]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, std::io::Error),
}

/// A server that runs.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its handlers share.
    pub app: Arc<App>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

/// Opens the data folder and listens.
///
/// # Errors
/// [`ServeError`].
pub async fn start(
    dir: &Path,
    address: SocketAddr,
    options: Options,
) -> Result<Running, ServeError> {
    if !address.ip().is_loopback() && !options.behind_proxy {
        return Err(ServeError::NotLoopback(address));
    }
    let failed = |error| ServeError::Listen(address, error);
    let listener = listen(address).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let state = App::open(dir, options)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let service = app(Arc::clone(&state)).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move {
        let stopped = async {
            // A dropped sender means the same as a sent word.
            drop(stopped.await);
        };
        axum::serve(listener, service).with_graceful_shutdown(stopped).await
    });
    Ok(Running { address, app: state, stop, server })
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // So that a server can start again at once; on Windows it would let two listen together.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(MOST_WAITING)
}

impl Running {
    /// Takes no more connections, finishes the requests under way, gives what is in the log its
    /// positions, and closes the database. What a deadline cuts off is in the log or was never
    /// acknowledged: nothing is lost.
    pub async fn stop(self) {
        drop(self.stop);
        let mut server = self.server;
        if timeout(LONGEST_GOODBYE, &mut server).await.is_err() {
            tracing::warn!("requests are still under way, and are cut off");
            server.abort();
            drop(server.await);
        }
        let projector = self.app.projector.clone();
        let idle = projector.clone();
        let idle = tokio::task::spawn_blocking(move || idle.wait_until_idle());
        if timeout(LONGEST_GOODBYE, idle).await.is_err() {
            tracing::warn!("the log is not projected to its end; the next start goes on");
        }
        let app = self.app;
        let stopped = tokio::task::spawn_blocking(move || {
            projector.stop();
            // The last one to go closes the database, and that writes its log back.
            drop(app);
        });
        drop(stopped.await);
    }
}
