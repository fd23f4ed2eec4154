//! One book: its records by form, and what has not entered it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use soban_core::base::{BookId, OrgUnitId, Period};

use super::asked::Asked;
use super::frame::{frame, show};
use super::history::writer;
use super::moment::exact;
use super::print::Printer;
use super::units::{PAGE, book_name, unit_crumb, way_to};
use super::view::{BookPage, FormTable, Pager, Place, WaitingLine};
use super::waiting::{reason_said, state_said};
use super::words::Words;
use super::{Failure, SignedIn};
use crate::access::Action;
use crate::conflict::Origins;
use crate::http::App;
use crate::store::log::LogState;
use crate::store::read;

#[derive(Deserialize)]
pub(super) struct BookQuery {
    #[serde(default)]
    page: u32,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Path((unit, period)): Path<(String, String)>,
    Asked(query): Asked<BookQuery>,
) -> Result<Response, Failure> {
    let unit: OrgUnitId = unit.parse().map_err(|_| Failure::NotFound)?;
    let period: Period = period.parse().map_err(|_| Failure::NotFound)?;
    let id = BookId::new(unit, period);
    let path = format!("/units/{unit}/books/{period}");
    let f = frame(&app, &who, Place::Units, &path)?;
    let words = f.words;
    show(&app, |db| {
        who.permit(db, Action::Read, unit)?;
        let owner = read::find_unit(db, unit)?.ok_or(Failure::NotFound)?;
        let printer = Printer { db, pack: &app.pack, words, now: app.clock.now() };
        let from = query.page.saturating_mul(PAGE);
        let mut records = read::list_records(db, id, (from, PAGE + 1))?;
        let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = records.len() > shown;
        records.truncate(shown);
        let mut forms: Vec<FormTable> = Vec::new();
        for group in records.chunk_by(|a, b| a.row.form == b.row.form) {
            let lines = group.iter().map(|record| printer.record_line(record));
            let name = group.first().map(|record| printer.form_name(record.row.form));
            let records = lines.collect::<Result<_, _>>()?;
            forms.push(FormTable { name: name.unwrap_or_default(), records });
        }
        let waiting = read::list_waiting(db, id)?;
        let origins =
            if waiting.is_empty() { Origins::default() } else { Origins::of_arrivals(db, id)? };
        Ok(BookPage {
            crumbs: way_to(db, &who, unit)?.iter().map(unit_crumb).collect(),
            name: book_name(words, period),
            unit: owner.name,
            forms,
            waiting: waiting.into_iter().map(|row| waiting_line(words, &origins, row)).collect(),
            pager: Pager::new(&path, query.page, more),
            f,
        })
    })
}

fn waiting_line(words: &Words, origins: &Origins, row: read::WaitingRow) -> WaitingLine {
    let apart = row.state == LogState::Quarantined;
    let holder = writer(words, origins, row.entry);
    let name = [("holder", holder.into()), ("number", row.entry.seq.into())];
    let name = words.with_all("waiting-name", &name);
    WaitingLine {
        name,
        path: apart.then(|| format!("/quarantine/{}", row.no)),
        state: state_said(words, row.state),
        reason: reason_said(words, row.reason.as_deref()),
        received: exact(row.received_at),
    }
}
