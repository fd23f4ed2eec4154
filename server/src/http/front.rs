//! What every request passes before its handler, and every answer after it: a number, limits,
//! headers, a line in the log. One service and not a layer for each, since every layer of axum's
//! costs an allocation or two on every request.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use soban_core::base::hex;
use soban_core::sync::MAX_REQUEST_BYTES;
use tower::Service;
use tracing::Instrument as _;

use super::App;
use super::body::CBOR;
use crate::random;

/// A request on a link of 50 kbit/s may take this long to arrive.
const LONGEST_REQUEST: Duration = Duration::from_secs(180);
/// Nothing from anywhere else, no inline script or style, no frames.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; \
     img-src 'self' data:; script-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The routes, behind what is the same for all of them.
#[derive(Clone)]
pub(super) struct Front {
    app: Arc<App>,
    routes: Router,
}

impl Front {
    pub(super) fn new(app: Arc<App>, routes: Router) -> Self {
        Self { app, routes }
    }
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request>::poll_ready(&mut self.routes, context)
    }

    /// Method and path only are logged: a query may hold a name that somebody searched for.
    fn call(&mut self, mut request: Request) -> Self::Future {
        let id = hex::encode(&random::bytes::<8>());
        let (method, path) = (request.method(), request.uri().path());
        let span = tracing::info_span!("request", %id, %method, path);
        DefaultBodyLimit::max(MAX_REQUEST_BYTES).apply(&mut request);
        let answer = self.routes.call(request);
        let app = Arc::clone(&self.app);
        let answered = async move {
            let begun = Instant::now();
            let answer = tokio::time::timeout(LONGEST_REQUEST, answer).await;
            let answer = answer.unwrap_or_else(|_| Ok(StatusCode::REQUEST_TIMEOUT.into_response()));
            let Ok(mut response) = answer;
            secure(&app, &mut response);
            log(&response, begun.elapsed());
            if let Ok(id) = HeaderValue::from_str(&id) {
                response.headers_mut().insert(REQUEST_ID, id);
            }
            Ok(response)
        };
        Box::pin(answered.instrument(span))
    }
}

fn is_message(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == CBOR)
}

/// Messages that went well are many, and counted: their lines are for who asks for them.
fn log(response: &Response, took: Duration) {
    let (status, took_ms) = (response.status().as_u16(), took.as_millis());
    if is_message(response) {
        tracing::debug!(status, took_ms, "answered");
    } else {
        tracing::info!(status, took_ms, "answered");
    }
}

/// Adds the headers that every answer carries. What no browser shows goes without those for
/// pages: to a phone on a slow link they are more than most answers.
fn secure(app: &App, response: &mut Response) {
    let is_message = is_message(response);
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
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
}
