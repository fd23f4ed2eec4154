//! The console: pages for staff.

use std::sync::Arc;

use axum::Router;

use crate::http::App;

/// The console's routes.
pub fn routes(_app: Arc<App>) -> Router<Arc<App>> {
    Router::new()
}
