//! Listening, and stopping gracefully.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{App, Options, app};
use crate::keys::KeysError;
use crate::store::StoreError;

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The data folder is not ready.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secrets are not ready.
    #[error(transparent)]
    Keys(#[from] KeysError),
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
    let state = App::open(dir, options)?;
    let failed = |error| ServeError::Listen(address, error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
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

impl Running {
    /// Takes no more connections, finishes the requests under way and the batch under way.
    pub async fn stop(self) {
        drop(self.stop);
        drop(self.server.await);
        let projector = self.app.projector.clone();
        drop(tokio::task::spawn_blocking(move || projector.stop()).await);
    }
}
