//! Where a camera that is not the app's ends up after reading an enrolment sheet: the code stands
//! behind the `#` and never comes here. A script on the page makes a link of it that the app opens, and
//! shows it, to be copied into the app where there is no such link.

use askama::Template;
use axum::extract::Extension;
use axum::response::{Html, IntoResponse, Response};

use super::Failure;
use super::language::Reads;
use super::view::EnrolPage;
use super::words::Words;

pub(super) async fn page(reads: Option<Extension<Reads>>) -> Result<Response, Failure> {
    let language = reads.map(|Extension(Reads(language))| language).unwrap_or_default();
    let page = EnrolPage { words: Words::of(language) };
    Ok(Html(page.render()?).into_response())
}
