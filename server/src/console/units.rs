//! The organisation tree: a unit with its figures, and its cells or its books.

use std::sync::Arc;

use crate::store::Db;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use serde::Deserialize;
use soban_core::base::{Date, Instant, Month, OrgUnitId, Period, quantity};

use super::asked::Asked;
use super::due::{days_of, due_month, due_query, shown_month};
use super::frame::{frame, show};
use super::moment::moment;
use super::view::{BookLine, Branch, CellLine, Crumb, Pager, Place, UnitPage};
use super::words::Words;
use super::{Failure, SignedIn};
use crate::access::Action;
use crate::http::App;
use crate::store::read::{self, BookRow, CellRow, UnitRow};

/// Rows on a page.
pub(super) const PAGE: u32 = 50;
/// A cell or a device that has been silent for longer stands out: every month somebody of it comes
/// to where there is a signal.
pub(super) const SILENT_MS: i64 = 31 * 86_400_000;

#[derive(Deserialize)]
pub(super) struct UnitQuery {
    year: Option<u16>,
    #[serde(default)]
    page: u32,
}

/// The first page is the unit that the person works for.
pub(super) async fn first(who: SignedIn) -> Redirect {
    Redirect::to(&format!("/units/{}", who.session.scope))
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Path(id): Path<String>,
    Asked(query): Asked<UnitQuery>,
) -> Result<Response, Failure> {
    let id: OrgUnitId = id.parse().map_err(|_| Failure::NotFound)?;
    let f = frame(&app, &who, Place::Units, &format!("/units/{id}"))?;
    let words = f.words;
    let now = app.clock.now();
    show(&app, |db| {
        who.permit(db, Action::Read, id)?;
        let unit = read::find_unit(db, id)?.ok_or(Failure::NotFound)?;
        let years = read::list_years(db, id)?;
        let today = now.local_date().unwrap_or_default();
        let year = query.year.or(years.first().copied()).unwrap_or(today.year());
        let month = shown_month(year, today);
        let due = due_month(app.pack.due.as_ref(), year, today);
        let asked = due_query(&app.pack, year, due);
        let figures = read::figures_of(db, id, asked.form, days_of(month))?;
        let way = way_to(db, &who, id)?;
        let from = query.page.saturating_mul(PAGE);
        let mut cells = if unit.is_cell {
            Vec::new()
        } else {
            read::list_cells(db, id, &asked, (from, PAGE + 1))?
        };
        let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = cells.len() > shown;
        cells.truncate(shown);
        let path = format!("/units/{id}?year={year}");
        let below = read::list_children(db, id)?;
        let below = below.iter().filter(|unit| unit.cells > 0 && !unit.is_cell).count();
        Ok(UnitPage {
            tree: tree(db, &way)?,
            below,
            crumbs: crumbs(&way),
            id: id.0,
            may_invite: who.permit(db, Action::ManageDevices, id).is_ok(),
            name: unit.name,
            is_cell: unit.is_cell,
            month: month.map(Month::in_figures).unwrap_or_default(),
            cells_met: figures.cells_met,
            cell_count: figures.cells,
            records: quantity::group(i64::from(figures.records)),
            contests: figures.contests,
            years,
            year,
            books: read::list_books(db, id)?.iter().map(|book| book_line(words, book)).collect(),
            cells: cells.into_iter().map(|cell| cell_line(words, cell, due, now)).collect(),
            pager: Pager::new(&path, query.page, more),
            f,
        })
    })
}

/// From the unit that the person works for down to this one.
pub(super) fn way_to(db: &Db, who: &SignedIn, id: OrgUnitId) -> Result<Vec<UnitRow>, Failure> {
    let mut way = read::path_to(db, id)?;
    let start = way.iter().position(|unit| unit.id == who.session.scope).unwrap_or(0);
    Ok(way.split_off(start))
}

/// The units above one, as a way that can be walked back.
fn crumbs(way: &[UnitRow]) -> Vec<Crumb> {
    let above = way.split_last().map_or(&[] as &[UnitRow], |(_, above)| above);
    above.iter().map(unit_crumb).collect()
}

pub(super) fn unit_crumb(unit: &UnitRow) -> Crumb {
    Crumb { name: unit.name.clone(), path: format!("/units/{}", unit.id) }
}

/// The tree, open along the way.
fn tree(db: &Db, way: &[UnitRow]) -> Result<Vec<Branch>, Failure> {
    let Some((first, rest)) = way.split_first() else { return Ok(Vec::new()) };
    let mut root = branch(first, rest.is_empty());
    open(db, &mut root, first.id, rest)?;
    Ok(vec![root])
}

fn open(db: &Db, at: &mut Branch, id: OrgUnitId, rest: &[UnitRow]) -> Result<(), Failure> {
    let below = rest.first().map(|unit| unit.id);
    for unit in read::list_children(db, id)?.iter().filter(|unit| unit.cells > 0) {
        let on_way = below == Some(unit.id);
        let mut inner = branch(unit, on_way && rest.len() == 1);
        if on_way && !unit.is_cell {
            open(db, &mut inner, unit.id, rest.get(1..).unwrap_or_default())?;
        }
        at.inner.push(inner);
    }
    Ok(())
}

fn branch(unit: &UnitRow, here: bool) -> Branch {
    Branch {
        id: unit.id.0,
        name: unit.short_name.clone(),
        cells: (!unit.is_cell).then_some(unit.cells),
        here,
        inner: Vec::new(),
    }
}

/// What a book is called.
pub(super) fn book_name(words: &Words, period: Period) -> String {
    match period {
        Period::Standing => words.t("book-standing"),
        Period::Year(year) => words.with("book-year", "year", year.to_string()),
    }
}

fn book_line(words: &Words, book: &BookRow) -> BookLine {
    let id = book.id;
    BookLine {
        name: book_name(words, id.period),
        path: format!("/units/{}/books/{}", id.org_unit, id.period),
        records: book.records,
        waiting: book.waiting,
        contests: book.contests,
    }
}

fn cell_line(words: &Words, cell: CellRow, due: Option<Month>, now: Instant) -> CellLine {
    let nothing = || words.t("nothing");
    let last_meeting = |day: Date| {
        let values = [("day", day.in_figures().into()), ("items", cell.last_rows.into())];
        words.with_all("last-meeting-value", &values)
    };
    let late = due.filter(|_| cell.late);
    let late = late.map(|month| words.with("chip-late", "month", month.in_figures()));
    let contests = (cell.contests > 0).then(|| words.with("chip-contests", "count", cell.contests));
    CellLine {
        id: cell.id.0,
        name: cell.name,
        never: cell.synced_at.is_none(),
        synced: cell.synced_at.map_or_else(|| words.t("never"), |at| moment(words, at, now)),
        silent: cell.synced_at.is_some_and(|at| now.0 - at.0 > SILENT_MS),
        unsent: cell.unsent.map_or_else(nothing, |unsent| unsent.to_string()),
        last_meeting: cell.last_on.map_or_else(nothing, last_meeting),
        meetings: cell.months_in_year,
        chip_class: if late.is_some() { "seal" } else { "ochre" },
        chip: late.into_iter().chain(contests).collect::<Vec<_>>().join(" · "),
    }
}
