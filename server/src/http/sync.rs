//! `POST /v1/sync`: one request for a whole phone.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::body::{CBOR, Message};
use super::device::Device;
use super::{App, Problem};
use crate::accept::SyncError;

pub(super) async fn sync(
    State(app): State<Arc<App>>,
    device: Device,
    Message(body): Message,
) -> Result<Response, Problem> {
    let answer = match answer(&app, &device, &body).await {
        // What it may do has changed since it was last read.
        Err(SyncError::Outdated) => answer(&app, &device.read_anew(&app)?, &body).await,
        answered => answered,
    }?;
    metrics::counter!("soban_syncs_total").increment(1);
    Ok(([(header::CONTENT_TYPE, CBOR)], answer).into_response())
}

async fn answer(app: &App, device: &Device, body: &[u8]) -> Result<Vec<u8>, SyncError> {
    let caller = Arc::clone(&device.caller);
    let now = app.clock.now();
    let reference = app.reference_for(caller.units_at(now).collect())?;
    app.desk.sync(reference, caller, body, now).await
}
