//! The console: pages for staff. One file per page or action.

mod asked;
mod assets;
mod books;
mod contests;
mod cookie;
mod devices;
mod due;
mod enrol;
mod failure;
mod frame;
mod history;
mod invite;
mod language;
mod login;
mod logout;
pub mod moment;
mod password;
mod print;
mod quarantine;
mod records;
mod release;
mod replace;
mod revoke;
mod search;
mod signed_in;
mod units;
pub mod view;
mod waiting;
pub mod words;

pub(crate) use assets::whole_style;
pub(crate) use contests::{side_of, side_said, title as contest_title};
pub(crate) use failure::Failure;
pub(crate) use print::Printer;
pub(crate) use quarantine::entry_title;
pub(crate) use signed_in::{Posted, SignedIn};
pub(crate) use waiting::{reason_said, state_said};

use std::any::Any;
use std::sync::Arc;

use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;

use crate::http::{App, Problem};

/// The console's routes.
pub fn routes(app: Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/", get(units::first))
        .route("/units/{id}", get(units::page))
        .route("/units/{id}/books/{period}", get(books::page))
        .route("/records/{id}", get(records::page))
        .route("/contests", get(contests::list))
        .route("/contests/{id}", get(contests::page))
        .route("/contests/{id}/decide", post(contests::submit))
        .route("/quarantine", get(quarantine::list))
        .route("/quarantine/{no}", get(quarantine::page))
        .route("/quarantine/{no}/release", post(quarantine::submit))
        .route("/search", get(search::page))
        .route("/login", get(login::page).post(login::submit))
        .route("/logout", post(logout::submit))
        .route("/password", get(password::page).post(password::submit))
        .route("/devices", get(devices::list))
        .route("/devices/{id}/revoke", get(revoke::page).post(revoke::submit))
        .route("/devices/{id}/release", post(release::submit))
        .route("/devices/{id}/replace", get(replace::page).post(replace::submit))
        .route("/invite", get(invite::page).post(invite::submit))
        .route("/enrol", get(enrol::page))
        .route("/assets/{*path}", get(assets::asset))
        .fallback(unknown)
        .layer(CatchPanicLayer::custom(of_panic))
        .layer(middleware::from_fn_with_state(app, language::remember))
}

async fn unknown(uri: Uri) -> Response {
    if uri.path().starts_with("/v1/") {
        Problem::unknown_address().into_response()
    } else {
        Failure::NotFound.into_response()
    }
}

fn of_panic(_: Box<dyn Any + Send>) -> Response {
    Failure::Broken.into_response()
}

#[cfg(test)]
mod tests;
