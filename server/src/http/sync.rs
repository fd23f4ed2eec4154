//! `POST /v1/sync`: one request for a whole phone.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::body::{CBOR, Message};
use super::device::Device;
use super::{App, Problem};
use crate::accept;

pub(super) async fn sync(
    State(app): State<Arc<App>>,
    Device(caller): Device,
    Message(body): Message,
) -> Result<Response, Problem> {
    let unit = caller.grants.first().map(|grant| grant.org_unit);
    let reference = match unit {
        Some(unit) => app.reference_for(unit)?,
        None => Arc::default(),
    };
    let now = app.clock.now();
    let answer = accept::sync(&app.store, &app.projector, reference, caller, &body, now).await?;
    metrics::counter!("soban_syncs_total").increment(1);
    Ok(([(header::CONTENT_TYPE, CBOR)], answer.to_bytes()).into_response())
}
