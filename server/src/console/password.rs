//! Changing one's password; the first one must be changed before anything else.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use soban_core::form::Language;

use super::signed_in::Arrived;
use super::{Failure, Posted, SignedIn, login};
use crate::access::{LoginError, PasswordError, change_password};
use crate::http::App;

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    old: String,
    new: String,
    again: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% let vi = language == Language::Vi %}<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% if vi %}Đổi mật khẩu{% else %}Change your password{% endif %} · Sổ Bản</title>
<link rel="stylesheet" href="/assets/console.css">
</head>
<body>
<main>
<h1>{% if vi %}Đổi mật khẩu{% else %}Change your password{% endif %}</h1>
{% if must_change %}<p>{% if vi %}Mật khẩu đầu tiên chỉ dùng một lần; hãy đặt mật khẩu của riêng mình.{% else %}The first password serves once; choose one of your own.{% endif %}</p>{% endif %}
{% if let Some(problem) = problem %}<p role="alert">{{ problem }}</p>{% endif %}
<form method="post" action="/password">
<input type="hidden" name="csrf" value="{{ csrf }}">
<input type="hidden" name="username" value="{{ login }}" autocomplete="username">
<label>{% if vi %}Mật khẩu hiện tại{% else %}Current password{% endif %} <input name="old" type="password" autocomplete="current-password" required autofocus></label>
<label>{% if vi %}Mật khẩu mới, ít nhất 10 ký tự{% else %}New password, 10 characters or more{% endif %} <input name="new" type="password" autocomplete="new-password" minlength="10" required></label>
<label>{% if vi %}Mật khẩu mới, gõ lại{% else %}New password, again{% endif %} <input name="again" type="password" autocomplete="new-password" minlength="10" required></label>
<button>{% if vi %}Đổi mật khẩu{% else %}Change the password{% endif %}</button>
</form>
<form method="post" action="/logout"><input type="hidden" name="csrf" value="{{ csrf }}"><button>{% if vi %}Đăng xuất{% else %}Log out{% endif %}</button></form>
</main>
</body>
</html>
"#
)]
struct PasswordPage<'a> {
    language: Language,
    csrf: &'a str,
    login: &'a str,
    must_change: bool,
    problem: Option<&'a str>,
}

pub(super) async fn page(Arrived(who): Arrived) -> Result<Response, Failure> {
    Ok(Html(render(&who, None)?).into_response())
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    posted: Posted<Arrived, PasswordForm>,
) -> Result<Response, Failure> {
    let Posted { who: Arrived(who), form: PasswordForm { old, new, again } } = posted;
    if new != again {
        return refuse(&who, ("Hai lần gõ mật khẩu mới không giống nhau.", "The two differ."));
    }
    let now = app.clock.now();
    // Whoever finds a screen unlocked may not try passwords at it without end.
    if !app.login_tries.allow(&format!("staff {}", who.session.staff), now) {
        return Err(Failure::TooManyTries);
    }
    let (store, session) = (app.store.clone(), who.session.clone());
    // Comparing passwords is slow on purpose: not on a thread that serves others.
    let slot = app.hashing.acquire().await.map_err(|_| Failure::Broken)?;
    let changed =
        tokio::task::spawn_blocking(move || change_password(&store, &session, (&old, &new), now));
    let changed = changed.await.map_err(|_| Failure::Broken)?;
    drop(slot);
    match changed {
        Ok(token) => Ok(login::welcome(&app, token.as_str())),
        Err(LoginError::Store(error)) => Err(error.into()),
        Err(LoginError::Password(PasswordError::Failed)) => Err(Failure::Broken),
        Err(error) => refuse(&who, words(&error)),
    }
}

fn words(error: &LoginError) -> (&'static str, &'static str) {
    match error {
        LoginError::Unchanged => {
            ("Mật khẩu mới phải khác mật khẩu hiện tại.", "The new password is the current one.")
        }
        LoginError::Password(PasswordError::TooShort) => (
            "Mật khẩu mới phải có ít nhất 10 ký tự.",
            "The new password needs 10 characters or more.",
        ),
        LoginError::Password(_) => {
            ("Mật khẩu mới dài quá 200 ký tự.", "The new password has more than 200 characters.")
        }
        LoginError::Wrong | LoginError::Store(_) => {
            ("Mật khẩu hiện tại không đúng.", "The current password is wrong.")
        }
    }
}

fn refuse(who: &SignedIn, (vi, en): (&str, &str)) -> Result<Response, Failure> {
    let problem = if who.language == Language::Vi { vi } else { en };
    let html = render(who, Some(problem))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

fn render(who: &SignedIn, problem: Option<&str>) -> Result<String, Failure> {
    let SignedIn { session, language } = who;
    let page = PasswordPage {
        language: *language,
        csrf: &session.csrf.text(),
        login: &session.login,
        must_change: session.must_change,
        problem,
    };
    Ok(page.render()?)
}
