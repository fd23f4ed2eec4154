//! What is around every page: who looks, where they are, how much there is to review.

use crate::store::Db;
use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::moment::exact;
use super::view::{Frame, Place};
use super::words::Words;
use super::{Failure, SignedIn};
use crate::http::App;
use crate::store::read;

/// The frame of a page at this path.
pub(super) fn frame(app: &App, who: &SignedIn, place: Place, path: &str) -> Result<Frame, Failure> {
    let contests = app.store.read(|db| read::count_contests(db, who.session.scope))?;
    Ok(Frame {
        words: Words::of(who.language),
        place,
        contests,
        who: who.session.name.clone(),
        csrf: who.session.csrf.text(),
        path: path.to_owned(),
        searched: String::new(),
        now: exact(app.clock.now()),
    })
}

/// A page made from one state of the data.
pub(super) fn show<P: Template>(
    app: &App,
    make: impl FnOnce(&Db) -> Result<P, Failure>,
) -> Result<Response, Failure> {
    let page = app.store.read(|db| Ok(make(db)))??;
    Ok(Html(page.render()?).into_response())
}

/// A text for a query.
pub(super) fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let part = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(part).collect()
}
