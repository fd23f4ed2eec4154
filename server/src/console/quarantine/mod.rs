//! What is kept apart or waits, in somebody's scope: the list, one branch, and letting it in.

mod branch;
mod said;

pub(super) use branch::{page, submit};
pub(crate) use said::title as entry_title;

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{frame, show};
use super::moment::exact;
use super::print::Printer;
use super::units::{PAGE, book_name};
use super::view::{ApartItem, Pager, Place, QuarantinePage};
use super::waiting::{reason_said, state_said};
use super::{Failure, SignedIn};
use crate::http::App;
use crate::store::StoreError;
use crate::store::apart::{self, ApartRow};
use crate::store::log::LogState;

#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    page: u32,
    /// How many entries whoever comes back has let in.
    released: Option<usize>,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Asked(query): Asked<ListQuery>,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Contests, "/quarantine")?;
    let (words, scope) = (f.words, who.session.scope);
    let told = query.released.map(|count| match count {
        0 => words.t("quarantine-gone"),
        count => words.with("quarantine-released", "count", count),
    });
    let from = query.page.saturating_mul(PAGE);
    show(&app, |db| {
        let mut rows = apart::list_apart(db, scope, (from, PAGE + 1))?;
        let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let pager = Pager::new("/quarantine", query.page, rows.len() > shown);
        rows.truncate(shown);
        let printer = Printer { db, pack: &app.pack, words, now: app.clock.now() };
        let items = rows.iter().map(|row| item(&printer, row)).collect::<Result<_, _>>()?;
        Ok(QuarantinePage { told, items, pager, f })
    })
}

fn item(printer: &Printer<'_>, row: &ApartRow) -> Result<ApartItem, StoreError> {
    let words = printer.words;
    let apart = row.state == LogState::Quarantined;
    Ok(ApartItem {
        path: apart.then(|| format!("/quarantine/{}", row.no)),
        title: said::title(printer, row)?,
        unit: format!("{} · {}", row.unit, book_name(words, row.book.period)),
        who: holder(printer, row),
        device: words.with("device-id", "id", row.device.to_string()),
        written: said::written(printer, row),
        received: words.with("history-received", "when", exact(row.received_at)),
        state: state_said(words, row.state),
        state_class: if apart { "seal" } else { "ochre" },
        reason: reason_said(words, row.reason.as_deref()),
    })
}

fn holder(printer: &Printer<'_>, row: &ApartRow) -> String {
    match row.holder.as_str() {
        "" => printer.words.t("holder-unknown"),
        holder => holder.to_owned(),
    }
}
