//! Logging in.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::language::Reads;
use super::view::LoginPage;
use super::words::Words;
use super::{Failure, cookie};
use crate::access::{Csrf, LoginError, SESSION_MS, log_in};
use crate::http::{App, ClientAddress};

/// How long the page may stand open before it is sent.
const FORM_SECONDS: i64 = 12 * 3_600;

#[derive(Deserialize)]
pub(super) struct LoginForm {
    csrf: String,
    login: String,
    password: String,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Reads(language): Reads,
) -> Result<Response, Failure> {
    // Nobody is signed in yet, so the token lives in a cookie of its own.
    let csrf = Csrf::random().text();
    let html = LoginPage::new(Words::of(language), &csrf).render()?;
    let set = cookie::set(cookie::FORM, &csrf, FORM_SECONDS, app.options.behind_proxy);
    Ok(([(header::SET_COOKIE, set)], Html(html)).into_response())
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Reads(language): Reads,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Result<Form<LoginForm>, FormRejection>,
) -> Result<Response, Failure> {
    let token = cookie::find(&headers, cookie::FORM).and_then(Csrf::read);
    let token = token.ok_or(Failure::StaleForm)?;
    let Ok(Form(LoginForm { csrf, login, password })) = form else {
        return Err(Failure::BadForm);
    };
    if !token.matches(&csrf) {
        return Err(Failure::StaleForm);
    }
    let login = login.trim().to_lowercase();
    let refuse = |status, key| {
        let words = Words::of(language);
        let page = LoginPage::new(words, &csrf);
        let page = LoginPage { login: login.clone(), problem: Some(words.t(key)), ..page };
        Ok((status, Html(page.render()?)).into_response())
    };
    let now = app.clock.now();
    if !app.login_tries.allow(&address, now) {
        return refuse(StatusCode::TOO_MANY_REQUESTS, "login-throttled");
    }
    let (store, typed) = (app.store.clone(), login.clone());
    match app.slowly(move || log_in(&store, &typed, &password, now)).await {
        Some(Ok(token)) => Ok(welcome(&app, token.as_str())),
        Some(Err(LoginError::Store(error))) => Err(error.into()),
        Some(Err(_)) => refuse(StatusCode::UNPROCESSABLE_ENTITY, "login-wrong"),
        None => Err(Failure::Broken),
    }
}

/// Hands out the session's token and goes to the first page.
pub(super) fn welcome(app: &App, token: &str) -> Response {
    let behind_proxy = app.options.behind_proxy;
    let mut response = Redirect::to("/").into_response();
    let headers = response.headers_mut();
    let set = cookie::set(cookie::SESSION, token, SESSION_MS / 1_000, behind_proxy);
    headers.append(header::SET_COOKIE, set);
    headers.append(header::SET_COOKIE, cookie::clear(cookie::FORM, behind_proxy));
    response
}
