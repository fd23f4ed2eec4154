//! Logging in.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use soban_core::form::Language;

use super::language::Reads;
use super::{Failure, cookie};
use crate::access::{Csrf, LoginError, SESSION_MS, log_in};
use crate::http::{App, ClientAddress};

/// How long the page may stand open before it is sent.
const FORM_SECONDS: i64 = 3_600;

#[derive(Deserialize)]
pub(super) struct LoginForm {
    csrf: String,
    login: String,
    password: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% let vi = language == Language::Vi %}<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% if vi %}Đăng nhập{% else %}Log in{% endif %} · Sổ Bản</title>
<link rel="stylesheet" href="/assets/console.css">
</head>
<body>
<main>
<h1>Sổ Bản</h1>
{% if wrong %}<p role="alert">{% if vi %}Tên đăng nhập hoặc mật khẩu không đúng.{% else %}The login or the password is wrong.{% endif %}</p>{% endif %}
<form method="post" action="/login">
<input type="hidden" name="csrf" value="{{ csrf }}">
<label>{% if vi %}Tên đăng nhập{% else %}Login{% endif %} <input name="login" value="{{ login }}" autocomplete="username" autocapitalize="none" required autofocus></label>
<label>{% if vi %}Mật khẩu{% else %}Password{% endif %} <input name="password" type="password" autocomplete="current-password" required></label>
<button>{% if vi %}Đăng nhập{% else %}Log in{% endif %}</button>
</form>
</main>
</body>
</html>
"#
)]
struct LoginPage<'a> {
    language: Language,
    csrf: &'a str,
    login: &'a str,
    wrong: bool,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Reads(language): Reads,
) -> Result<Response, Failure> {
    // Nobody is signed in yet, so the token lives in a cookie of its own.
    let csrf = Csrf::random().text();
    let html = LoginPage { language, csrf: &csrf, login: "", wrong: false }.render()?;
    let set = cookie::set(cookie::FORM, &csrf, FORM_SECONDS, app.options.behind_proxy);
    Ok(([(header::SET_COOKIE, set)], Html(html)).into_response())
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Reads(language): Reads,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Result<Form<LoginForm>, axum::extract::rejection::FormRejection>,
) -> Result<Response, Failure> {
    let Ok(Form(form)) = form else { return Err(Failure::BadForm) };
    let token = cookie::find(&headers, cookie::FORM).and_then(Csrf::read);
    if !token.is_some_and(|token| token.matches(&form.csrf)) {
        return Err(Failure::StaleForm);
    }
    let now = app.clock.now();
    if !app.login_tries.allow(&address, now) {
        return Err(Failure::TooManyTries);
    }
    let LoginForm { csrf, login, password } = form;
    let (login, store) = (login.trim().to_lowercase(), app.store.clone());
    let typed = login.clone();
    // Comparing passwords is slow on purpose: not on a thread that serves others.
    let slot = app.hashing.acquire().await.map_err(|_| Failure::Broken)?;
    let tried = tokio::task::spawn_blocking(move || log_in(&store, &typed, &password, now));
    let tried = tried.await.map_err(|_| Failure::Broken)?;
    drop(slot);
    match tried {
        Ok(token) => Ok(welcome(&app, token.as_str())),
        Err(LoginError::Store(error)) => Err(error.into()),
        Err(_) => {
            tracing::warn!("a login was refused");
            let html = LoginPage { language, csrf: &csrf, login: &login, wrong: true }.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
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
