//! Logging out.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::signed_in::Arrived;
use super::{Failure, Posted, cookie};
use crate::access::log_out;
use crate::http::App;

#[derive(Deserialize)]
pub(super) struct LogoutForm {}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    _: Posted<Arrived, LogoutForm>,
) -> Result<Response, Failure> {
    if let Some(token) = cookie::find(&headers, cookie::SESSION) {
        log_out(&app.store, token).await?;
    }
    let clear = cookie::clear(cookie::SESSION, app.options.behind_proxy);
    Ok(([(header::SET_COOKIE, clear)], Redirect::to("/login")).into_response())
}
