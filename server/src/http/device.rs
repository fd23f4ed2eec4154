//! The device that asks, by the token it shows. Found before any of its body is read.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header;
use axum::http::request::Parts;

use super::{App, Problem};
use crate::accept::Caller;
use crate::access::hash_secret;
use crate::store::device;

/// The device that asks.
pub(super) struct Device(pub(super) Caller);

impl FromRequestParts<Arc<App>> for Device {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let hash = bearer(&parts.headers).map(hash_secret).ok_or_else(Problem::unknown_device)?;
        let caller = app.store.read(|db| device::find_caller(db, &hash))?;
        caller.map(Self).ok_or_else(Problem::unknown_device)
    }
}

/// The token of an `Authorization: Bearer` header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
