//! Where a camera that is not the app's ends up after reading an enrolment sheet: the code stands
//! behind the `#` and never comes here.

use askama::Template;
use axum::extract::Extension;
use axum::response::{Html, IntoResponse, Response};

use super::Failure;
use super::language::Reads;
use super::view::ProblemPage;
use super::words::Words;

pub(super) async fn page(reads: Option<Extension<Reads>>) -> Result<Response, Failure> {
    let language = reads.map(|Extension(Reads(language))| language).unwrap_or_default();
    let words = Words::of(language);
    let page = ProblemPage { words, title: words.t("enrol-title"), text: words.t("enrol-text") };
    Ok(Html(page.render()?).into_response())
}
