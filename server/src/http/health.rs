//! `/healthz` says that the program runs, `/readyz` that it can write.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use tokio::time::timeout;

use super::App;
use crate::store::meta;

/// Whoever asks does not wait longer than this, nor does a phone.
const LONGEST_WRITE: Duration = Duration::from_secs(2);

pub(super) async fn healthz() -> &'static str {
    "ok"
}

pub(super) async fn readyz(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if !app.projector.healthy() {
        return (StatusCode::SERVICE_UNAVAILABLE, "projection fails, see the log");
    }
    let written = app.store.write_async(|db| meta::put(db, "ready", b""));
    match timeout(LONGEST_WRITE, written).await {
        Ok(Ok(())) => return (StatusCode::OK, "ok"),
        Ok(Err(error)) => tracing::error!(%error, "not ready"),
        Err(_) => tracing::error!("not ready: a write takes too long"),
    }
    (StatusCode::SERVICE_UNAVAILABLE, "the data folder cannot be written, see the log")
}
