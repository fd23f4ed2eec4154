//! What a person sees who does not get the page they asked for: what happened, and a way out.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use soban_core::form::Language;

use super::view::ProblemPage;
use super::words::Words;
use crate::store::StoreError;

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// There is no such page, record or device; or none that this person may know of.
    NotFound,
    /// The person may not do this.
    Forbidden,
    /// The form does not come from a page of this session.
    StaleForm,
    /// The form lacks something that the page always sends.
    BadForm,
    /// The data folder fails.
    Unavailable,
    /// A mistake in the program.
    Broken,
}

impl Failure {
    fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::NotFound => "problem-404",
            Self::Forbidden => "problem-403",
            Self::StaleForm | Self::BadForm => "problem-419",
            Self::Unavailable | Self::Broken => "problem-500",
        }
    }

    /// The page, in the language of whoever asked.
    pub(super) fn page(self, language: Language) -> Response {
        let words = Words::of(language);
        let title = words.t(self.key());
        let text = words.t(&format!("{}-text", self.key()));
        let page = ProblemPage { words, title, text };
        let html = page.render().unwrap_or_else(|_| page.title.clone());
        (self.status(), Html(html)).into_response()
    }
}

impl IntoResponse for Failure {
    /// In Vietnamese, with a note of what it is: [`super::language`] knows who reads it.
    fn into_response(self) -> Response {
        let mut response = self.page(Language::Vi);
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a page failed");
        Self::Unavailable
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be written");
        Self::Broken
    }
}
