//! The console: pages for staff. One file per page or action.

mod assets;
mod cookie;
mod devices;
mod failure;
mod language;
mod login;
mod logout;
pub mod moment;
mod password;
mod signed_in;
pub mod view;
pub mod words;

pub(crate) use failure::Failure;
pub(crate) use signed_in::{Posted, SignedIn};

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::http::App;

/// The console's routes.
pub fn routes(app: Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/", get(first))
        .route("/login", get(login::page).post(login::submit))
        .route("/logout", post(logout::submit))
        .route("/password", get(password::page).post(password::submit))
        .route("/devices", get(devices::list))
        .route("/devices/{id}/revoke", post(devices::revoke))
        .route("/assets/{*path}", get(assets::asset))
        .layer(middleware::from_fn_with_state(app, language::remember))
}

/// Until the tree is there, the devices are the first page.
async fn first(_: SignedIn) -> axum::response::Redirect {
    axum::response::Redirect::to("/devices")
}
