//! What is contested in somebody's scope, the critical first.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::table::{side_of, side_said};
use super::{policy_of, since, title};
use crate::conflict::{Books, Conflict};
use crate::console::asked::Asked;
use crate::console::frame::{frame, show};
use crate::console::print::Printer;
use crate::console::units::PAGE;
use crate::console::view::{ContestItem, ContestsPage, Pager, Place, SideLine};
use crate::console::{Failure, SignedIn};
use crate::http::App;
use crate::store::read;
use crate::store::{StoreError, apart, org};

/// So many fields of a side are told in the list.
const MOST_FIELDS: usize = 3;

#[derive(Deserialize)]
pub(in crate::console) struct ContestsQuery {
    #[serde(default)]
    page: u32,
    told: Option<Told>,
}

/// What somebody who comes back to the list is told.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    Decided,
    Gone,
}

pub(in crate::console) async fn list(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Asked(query): Asked<ContestsQuery>,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Contests, "/contests")?;
    let (words, scope) = (f.words, who.session.scope);
    let title = words.with("contests-title", "count", f.contests);
    let told = query.told.map(|told| match told {
        Told::Decided => words.t("contests-decided"),
        Told::Gone => words.t("contests-gone"),
    });
    let from = query.page.saturating_mul(PAGE);
    show(&app, |db| {
        let mut rows = read::list_contests(db, scope, (from, PAGE + 1))?;
        let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        let printer = Printer { db, pack: &app.pack, words, now: app.clock.now() };
        let mut books = Books::default();
        let mut items = Vec::new();
        for row in &rows {
            if let Some(conflict) = Conflict::gather(db, &app.pack, &mut books, row)? {
                items.push(item(&printer, &books, &conflict)?);
            }
        }
        let pager = Pager::new("/contests", query.page, more);
        let apart = apart::count_apart(db, scope)?;
        Ok(ContestsPage { title, told, apart, items, pager, f })
    })
}

fn item(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
) -> Result<ContestItem, StoreError> {
    let row = &conflict.row;
    let (policy, policy_class) = policy_of(printer.words, row.policy);
    let mut lines = Vec::new();
    for side in &conflict.sides {
        let made = side_of(printer, books, side);
        let values = side_said(printer, books, (conflict, side), MOST_FIELDS)?;
        lines.push(SideLine { who: made.who, values, written: made.written });
    }
    Ok(ContestItem {
        id: row.id,
        title: title(printer, books, conflict)?,
        record: printer.record_title(row.record)?,
        unit: org::find_name(printer.db, row.record.book.org_unit)?.unwrap_or_default(),
        policy,
        policy_class,
        since: since(printer, row.since),
        sides: lines,
    })
}
