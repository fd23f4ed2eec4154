//! `/healthz` says that the program runs, `/readyz` that it can write.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::App;
use crate::store::meta;

pub(super) async fn healthz() -> &'static str {
    "ok"
}

pub(super) async fn readyz(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if !app.projector.healthy() {
        return (StatusCode::SERVICE_UNAVAILABLE, "projection fails, see the log");
    }
    let written = app.store.write_async(|db| meta::put(db, "ready", b"")).await;
    match written {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the data folder cannot be written, see the log")
        }
    }
}
