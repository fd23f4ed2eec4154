//! Changing one's password; the first one must be changed before anything else.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::signed_in::Arrived;
use super::view::PasswordPage;
use super::words::Words;
use super::{Failure, Posted, SignedIn, login};
use crate::access::{LoginError, PasswordError, change_password};
use crate::http::App;

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    old: String,
    new: String,
    again: String,
}

pub(super) async fn page(Arrived(who): Arrived) -> Result<Response, Failure> {
    show(&who, StatusCode::OK, None)
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    posted: Posted<Arrived, PasswordForm>,
) -> Result<Response, Failure> {
    let Posted { who: Arrived(who), form: PasswordForm { old, new, again } } = posted;
    let refuse = |key| show(&who, StatusCode::UNPROCESSABLE_ENTITY, Some(key));
    if new != again {
        return refuse("password-differ");
    }
    let now = app.clock.now();
    // Whoever finds a screen unlocked may not try passwords at it without end.
    if !app.login_tries.allow(&format!("staff {}", who.session.staff), now) {
        return show(&who, StatusCode::TOO_MANY_REQUESTS, Some("login-throttled"));
    }
    let (store, session) = (app.store.clone(), who.session.clone());
    match app.slowly(move || change_password(&store, &session, (&old, &new), now)).await {
        Some(Ok(token)) => Ok(login::welcome(&app, token.as_str())),
        Some(Err(LoginError::Wrong)) => refuse("password-wrong"),
        Some(Err(LoginError::Unchanged)) => refuse("password-same"),
        Some(Err(LoginError::Password(PasswordError::TooShort))) => refuse("password-short"),
        Some(Err(LoginError::Password(PasswordError::TooLong))) => refuse("password-long"),
        Some(Err(LoginError::Store(error))) => Err(error.into()),
        Some(Err(LoginError::Password(PasswordError::Failed))) | None => Err(Failure::Broken),
    }
}

fn show(who: &SignedIn, status: StatusCode, problem: Option<&str>) -> Result<Response, Failure> {
    let words = Words::of(who.language);
    let (csrf, problem) = (who.session.csrf.text(), problem.map(|key| words.t(key)));
    let html = PasswordPage { words, csrf, problem }.render()?;
    Ok((status, Html(html)).into_response())
}
