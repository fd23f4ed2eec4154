//! What every request passes before its handler, and every answer after it: a number, limits,
//! headers, a line in the log. One service and not a layer for each, since every layer of axum's
//! costs an allocation or two on every request.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use soban_core::sync::MAX_REQUEST_BYTES;
use tower::Service;
use tracing::{Instrument as _, Level, Span};

use super::App;
use super::body::CBOR;
use super::problem::Cause;
use crate::random;

/// A request on a link of 50 kbit/s may take this long to arrive.
const LONGEST_REQUEST: Duration = Duration::from_secs(180);
/// Nothing from anywhere else, no inline script or style, no frames.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; \
     img-src 'self' data:; script-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Requests are numbered from somewhere else each time, so that no two of a log are alike.
static NEXT: LazyLock<AtomicU64> =
    LazyLock::new(|| AtomicU64::new(u64::from_be_bytes(random::bytes())));

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

    fn call(&mut self, mut request: Request) -> Self::Future {
        let asked = Asked::new(&request);
        // Messages are many, and say nothing until they are answered.
        let is_for_phones = is_message(request.headers());
        let span = if is_for_phones { Span::none() } else { asked.span() };
        DefaultBodyLimit::max(MAX_REQUEST_BYTES).apply(&mut request);
        let answer = self.routes.call(request);
        let app = Arc::clone(&self.app);
        let answered = async move {
            let begun = Instant::now();
            let answer = tokio::time::timeout(LONGEST_REQUEST, answer).await;
            let answer = answer.unwrap_or_else(|_| Ok(StatusCode::REQUEST_TIMEOUT.into_response()));
            let Ok(mut response) = answer;
            secure(&app, &mut response);
            if is_for_phones {
                log_message(&asked, &response, begun.elapsed());
            } else {
                log(&response, begun.elapsed());
            }
            if let Ok(id) = HeaderValue::try_from(asked.id) {
                response.headers_mut().insert(REQUEST_ID, id);
            }
            Ok(response)
        };
        Box::pin(answered.instrument(span))
    }
}

/// What the log says of a request.
struct Asked {
    id: String,
    method: Method,
    uri: Uri,
}

impl Asked {
    fn new(request: &Request) -> Self {
        let id = format!("{:016x}", NEXT.fetch_add(1, Ordering::Relaxed));
        Self { id, method: request.method().clone(), uri: request.uri().clone() }
    }

    /// Method and path only: a query may hold a name that somebody searched for.
    fn span(&self) -> Span {
        let Self { id, method, uri } = self;
        tracing::info_span!("request", %id, %method, path = uri.path())
    }
}

fn is_message(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == CBOR)
}

/// Messages that went well are counted: their lines are for who asks for them.
fn log_message(asked: &Asked, response: &Response, took: Duration) {
    if !is_message(response.headers()) {
        asked.span().in_scope(|| log(response, took));
    } else if tracing::enabled!(Level::DEBUG) {
        let (status, took_ms) = (response.status().as_u16(), took.as_millis());
        asked.span().in_scope(|| tracing::debug!(status, took_ms, "answered"));
    }
}

fn log(response: &Response, took: Duration) {
    let (status, took_ms) = (response.status().as_u16(), took.as_millis());
    match response.extensions().get::<Cause>() {
        Some(Cause(error)) => tracing::error!(status, took_ms, %error, "answered"),
        None => tracing::info!(status, took_ms, "answered"),
    }
}

/// Adds the headers that every answer carries. What no browser shows goes without those for
/// pages: to a phone on a slow link they are more than most answers.
fn secure(app: &App, response: &mut Response) {
    let is_message = is_message(response.headers());
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
