//! `POST /v1/sync`: one request for a whole phone.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::headers::bearer;
use super::{App, Problem};
use crate::access::hash_secret;
use crate::store::device;
use crate::{accept, clock};

/// The media type of every message.
pub(super) const CBOR: &str = "application/cbor";

pub(super) async fn sync(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let token = bearer(&headers).ok_or_else(Problem::unknown_device)?;
    let hash = hash_secret(token);
    let caller = app.store.read(|db| device::find_caller(db, &hash))?;
    let caller = caller.ok_or_else(Problem::unknown_device)?;
    let unit = caller.grants.first().map(|grant| grant.org_unit);
    let reference = match unit {
        Some(unit) => app.reference_for(unit)?,
        None => Arc::default(),
    };
    let answer =
        accept::sync(&app.store, &app.projector, reference, caller, &body, clock::now()).await?;
    metrics::counter!("soban_syncs_total").increment(1);
    Ok(([(header::CONTENT_TYPE, CBOR)], answer.to_bytes()).into_response())
}
