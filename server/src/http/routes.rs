//! All routes on one page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use soban_core::sync::MAX_REQUEST_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::{App, enrol, headers, health, metrics, sync};

/// A request on a link of 50 kbit/s may take this long to arrive.
const LONGEST_REQUEST: Duration = Duration::from_secs(180);

/// The whole program as a service; it needs no port.
pub fn app(state: Arc<App>) -> Router {
    metrics::install();
    Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/enrol", post(enrol::enrol))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::metrics))
        .merge(crate::console::routes(Arc::clone(&state)))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        .layer(middleware::from_fn(headers::secure))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST_REQUEST))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(state)
}

/// Method and path only: a query may hold a name that somebody searched for.
fn span(request: &axum::extract::Request) -> tracing::Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}
