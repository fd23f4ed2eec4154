//! All routes on one page.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use soban_core::sync::MAX_REQUEST_BYTES;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use super::{App, Problem, enrol, headers, health, metrics, sync};
use crate::console;

/// A request on a link of 50 kbit/s may take this long to arrive.
const LONGEST_REQUEST: Duration = Duration::from_secs(180);

/// The whole program as a service; it needs no port.
pub fn app(state: Arc<App>) -> Router {
    metrics::install();
    let machines = Router::new()
        .route("/v1/sync", post(sync::sync))
        .route("/v1/enrol", post(enrol::enrol))
        .route("/v1/return", post(enrol::come_back))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::metrics))
        .layer(CatchPanicLayer::custom(problem_of_panic));
    machines
        .merge(console::routes(Arc::clone(&state)))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST_REQUEST))
        .layer(from_fn_with_state(Arc::clone(&state), headers::secure))
        .layer(from_fn(headers::observe))
        .with_state(state)
}

fn problem_of_panic(_: Box<dyn Any + Send>) -> Response {
    Problem::broken().into_response()
}
