//! Headers that come in and go out.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Nothing from anywhere else, no inline script or style, no frames.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; \
     img-src 'self' data:; script-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'";

/// Adds the headers that every answer carries.
pub(super) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let private = HeaderValue::from_static("no-store");
    headers.entry(header::CACHE_CONTROL).or_insert(private);
    response
}

/// The caller's address: the proxy's word where there is one, else the connection's.
#[must_use]
pub fn client_address(
    headers: &HeaderMap,
    connection: Option<&ConnectInfo<SocketAddr>>,
    behind_proxy: bool,
) -> String {
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    // Only the last hop was written by our own proxy; what stands before it is the caller's word.
    let last_hop = forwarded.and_then(|hops| hops.rsplit(',').next()).map(str::trim);
    match last_hop {
        Some(address) if behind_proxy => address.to_owned(),
        _ => connection.map_or_else(String::new, |info| info.0.ip().to_string()),
    }
}

/// The token of an `Authorization: Bearer` header.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
