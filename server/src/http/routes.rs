//! All routes on one page.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;

use super::front::Front;
use super::{App, Problem, enrol, health, metrics, sync};
use crate::console;

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
    let console = console::routes(Arc::clone(&state));
    let routes = machines.merge(console).with_state(Arc::clone(&state));
    Router::new().fallback_service(Front::new(state, routes))
}

fn problem_of_panic(_: Box<dyn Any + Send>) -> Response {
    Problem::broken().into_response()
}
