//! The device that asks, by the token it shows. Found before any of its body is read.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header;
use axum::http::request::Parts;

use super::{App, Problem};
use crate::accept::Caller;
use crate::access::hash_secret;

/// The device that asks.
pub(super) struct Device {
    token_hash: [u8; 32],
    /// What was last read of it.
    pub(super) caller: Arc<Caller>,
}

impl Device {
    fn find(app: &App, token_hash: [u8; 32]) -> Result<Self, Problem> {
        let caller = app.callers.find(&app.store, &token_hash)?;
        let caller = caller.ok_or_else(Problem::unknown_device)?;
        Ok(Self { token_hash, caller })
    }

    /// The same as it is now.
    pub(super) fn read_anew(&self, app: &App) -> Result<Self, Problem> {
        app.callers.forget(&self.token_hash);
        Self::find(app, self.token_hash)
    }
}

impl FromRequestParts<Arc<App>> for Device {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let hash = bearer(&parts.headers).map(hash_secret).ok_or_else(Problem::unknown_device)?;
        Self::find(app, hash)
    }
}

/// The token of an `Authorization: Bearer` header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
