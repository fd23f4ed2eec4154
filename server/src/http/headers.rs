//! Headers that every answer carries, and the line in the log about it.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use soban_core::base::hex;
use tracing::Instrument as _;

use super::App;
use super::body::CBOR;
use crate::random;

/// Nothing from anywhere else, no inline script or style, no frames.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; \
     img-src 'self' data:; script-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Adds the headers that every answer carries. What no browser shows goes without those for
/// pages: to a phone on a slow link they are more than most answers.
pub(super) async fn secure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let is_message = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == CBOR);
    let for_pages = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in for_pages.into_iter().filter(|_| !is_message) {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if app.options.behind_proxy {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    let private = HeaderValue::from_static("no-store");
    headers.entry(header::CACHE_CONTROL).or_insert(private);
    response
}

/// Numbers a request and writes one line about it. Method and path only: a query may hold a name
/// that somebody searched for. Messages that went well are many, and counted: their lines are for
/// who asks for them.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let id = hex::encode(&random::bytes::<8>());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", %id, %method, path);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took_ms) = (response.status().as_u16(), begun.elapsed().as_millis());
    let is_message = response.headers().get(header::CONTENT_TYPE).is_some_and(|it| it == CBOR);
    span.in_scope(|| match is_message {
        true => tracing::debug!(status, took_ms, "answered"),
        false => tracing::info!(status, took_ms, "answered"),
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
