//! `?lang=en` on any page switches the language and is remembered.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use soban_core::form::Language;

use super::{Failure, cookie};
use crate::http::App;

const YEAR_SECONDS: i64 = 365 * 24 * 3_600;

/// The language that whoever asks reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reads(pub(crate) Language);

/// Finds the language of a request, remembers one that was switched to, and says in it what went
/// wrong.
pub(super) async fn remember(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let switched = request.uri().query().and_then(asked);
    let kept = cookie::find(request.headers(), cookie::LANGUAGE).and_then(|text| text.parse().ok());
    let language = switched.or(kept).unwrap_or_default();
    request.extensions_mut().insert(Reads(language));
    let mut response = next.run(request).await;
    if let Some(failure) = response.extensions().get::<Failure>().copied() {
        response = failure.page(language);
    }
    if switched.is_some() {
        let behind_proxy = app.options.behind_proxy;
        let set = cookie::set(cookie::LANGUAGE, &language.to_string(), YEAR_SECONDS, behind_proxy);
        response.headers_mut().append(header::SET_COOKIE, set);
    }
    response
}

fn asked(query: &str) -> Option<Language> {
    let values = query.split('&').filter_map(|pair| pair.strip_prefix("lang="));
    values.filter_map(|value| value.parse().ok()).next_back()
}

impl<S: Sync> FromRequestParts<S> for Reads {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(Language::default())))
    }
}
