//! What is contested: the list, and one card with every side.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use soban_core::base::{BookId, EntryRef, Instant, RecordId};
use soban_core::book::{Book, Contest, ContestKind, contests_of};
use soban_core::form::Form;
use soban_core::record::{FieldNo, Fields, Value};

use super::asked::Asked;
use super::frame::{frame, show};
use super::moment::exact;
use super::print::{Origins, Printer};
use super::units::PAGE;
use super::view::{
    ContestCell, ContestItem, ContestPage, ContestRowView, ContestSide, ContestsPage, Crumb, Pager,
    Place, SideLine,
};
use super::words::Words;
use super::{Failure, SignedIn};
use crate::access::Action;
use crate::http::App;
use crate::project::load_book;
use crate::store::read::{self, ContestRow};
use crate::store::{org, twins};

const VALUES: u8 = 1;
const VOID: u8 = 2;
const TWINS: u8 = 3;
const CHANGED: u8 = 4;
const DISPUTED: u8 = 5;

#[derive(Deserialize)]
pub(super) struct ContestsQuery {
    #[serde(default)]
    page: u32,
}

/// A side as every page needs it: which entry took it, what it says, field by field.
struct Side {
    record: RecordId,
    entry: EntryRef,
    values: Fields,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Asked(query): Asked<ContestsQuery>,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Contests, "/contests")?;
    let (words, scope) = (f.words, who.session.scope);
    let title = words.with("contests-title", "count", f.contests);
    let from = query.page.saturating_mul(PAGE);
    show(&app, |db| {
        let mut rows = read::list_contests(db, scope, (from, PAGE + 1))?;
        let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        let printer = Printer { db, pack: &app.pack, words, now: app.clock.now() };
        let mut open = OpenBooks::default();
        let mut items = Vec::new();
        for row in &rows {
            items.push(item(&printer, &mut open, row)?);
        }
        Ok(ContestsPage { title, items, pager: Pager::new("/contests", query.page, more), f })
    })
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Contests, &format!("/contests/{id}"))?;
    show(&app, |db| {
        let row = read::find_contest(db, id)?.ok_or(Failure::NotFound)?;
        who.permit(db, Action::Read, row.record.book.org_unit)?;
        let printer = Printer { db, pack: &app.pack, words: f.words, now: app.clock.now() };
        let mut open = OpenBooks::default();
        let (sides, before) = sides_of(&printer, &mut open, &row)?;
        let entries: Vec<EntryRef> = sides.iter().map(|side| side.entry).collect();
        let (policy, policy_class) = policy_of(f.words, row.policy);
        let history = match open.0.get(&row.record.book) {
            Some((book, origins)) if !matches!(row.kind, TWINS | DISPUTED) => {
                printer.history(book, row.record, origins, &entries)?
            }
            _ => Vec::new(),
        };
        Ok(ContestPage {
            crumbs: vec![Crumb { name: f.words.t("place-contests"), path: "/contests".to_owned() }],
            title: contest_title(&printer, &row)?,
            record_id: row.record.to_string(),
            record: printer.record_title(row.record)?,
            unit: org::find_name(db, row.record.book.org_unit)?.unwrap_or_default(),
            policy,
            policy_class,
            since: since(&printer, row.since),
            before: before.as_ref().map(|_| ()),
            rows: table(&printer, &open, &row, &sides, before.as_ref())?,
            sides: sides.iter().map(|side| open.side(&printer, side)).collect(),
            history,
            f,
        })
    })
}

/// Books that one page has opened, with who brought their entries.
#[derive(Default)]
struct OpenBooks(BTreeMap<BookId, (Book, Origins)>);

impl OpenBooks {
    fn open(&mut self, printer: &Printer<'_>, id: BookId) -> Result<&Book, Failure> {
        let opened = match self.0.entry(id) {
            Entry::Occupied(opened) => opened.into_mut(),
            Entry::Vacant(place) => {
                place.insert((load_book(printer.db, id)?, Origins::of(printer.db, id)?))
            }
        };
        Ok(&opened.0)
    }

    fn side(&self, printer: &Printer<'_>, side: &Side) -> ContestSide {
        let words = printer.words;
        let known = self.0.get(&side.record.book);
        let written = known.and_then(|(book, _)| book.time_of(side.entry)).unwrap_or_default();
        let received = known.and_then(|(_, origins)| origins.find(side.entry));
        ContestSide {
            who: known.map_or_else(String::new, |(_, origins)| origins.holder(side.entry, words)),
            device: known
                .map_or_else(String::new, |(_, origins)| origins.device(side.entry, words)),
            written: words.with("contest-written", "when", exact(written)),
            received: received.map_or_else(String::new, |origin| {
                words.with("contest-received", "when", exact(origin.received_at))
            }),
        }
    }
}

/// The sides of a disagreement, and what held before.
fn sides_of(
    printer: &Printer<'_>,
    open: &mut OpenBooks,
    row: &ContestRow,
) -> Result<(Vec<Side>, Option<Fields>), Failure> {
    if matches!(row.kind, TWINS | DISPUTED) {
        let mut sides = Vec::new();
        for record in records_of(printer, row)? {
            let book = open.open(printer, record.book)?;
            let form = book.form_of(record.key).and_then(|form| printer.form(form));
            let mut values = book.shown(record.key, form);
            values.retain(|no, value| no.belongs_to_form() && !value.is_null());
            sides.push(Side { record, entry: record.key.entry(), values });
        }
        return Ok((sides, None));
    }
    let book = open.open(printer, row.record.book)?;
    let form = book.form_of(row.record.key).and_then(|form| printer.form(form));
    let contest =
        contests_of(book, row.record.key, form).into_iter().find(|contest| is(contest, row));
    let contest = contest.ok_or(Failure::NotFound)?;
    let record = row.record;
    let side =
        |side: soban_core::book::Side| Side { record, entry: side.entry, values: side.values };
    let before = (row.kind != VOID && !contest.before.is_empty()).then_some(contest.before);
    let mut sides: Vec<Side> = contest.sides.into_iter().map(side).collect();
    // As the writers' clocks say, for people to read; nothing else is ordered by them.
    sides.sort_by_key(|side| (book.time_of(side.entry), side.entry));
    Ok((sides, before))
}

fn is(contest: &Contest, row: &ContestRow) -> bool {
    match &contest.kind {
        ContestKind::Void => row.kind == VOID,
        ContestKind::Values(fields) => {
            row.kind == VALUES && fields.first().map(|field| field.0) == Some(row.field)
        }
        ContestKind::Changed(fields) => {
            row.kind == CHANGED && fields.first().map(|field| field.0) == Some(row.field)
        }
    }
}

/// The records that a disagreement on several is about.
fn records_of(printer: &Printer<'_>, row: &ContestRow) -> Result<Vec<RecordId>, Failure> {
    Ok(match row.other {
        Some(other) => vec![row.record, other],
        None => twins::set_of(printer.db, row.record)?,
    })
}

/// What is the matter, as a sentence.
pub(super) fn contest_title(printer: &Printer<'_>, row: &ContestRow) -> Result<String, Failure> {
    let words = printer.words;
    if row.kind == VOID {
        return Ok(words.t("contest-void"));
    }
    if matches!(row.kind, TWINS | DISPUTED) {
        let twins = records_of(printer, row)?.len();
        return Ok(words.with("contest-twins", "sides", twins));
    }
    let mut open = OpenBooks::default();
    let (sides, _) = sides_of(printer, &mut open, row)?;
    let form = sides.first().and_then(|side| form_of(printer, &open, side));
    let what = match form {
        None => printer.label(None, FieldNo(row.field)),
        Some(form) => subject(printer, form, &differing(&sides)),
    };
    let values = [("sides", sides.len().into()), ("what", lower_first(&what).into())];
    Ok(words.with_all("contest-values", &values))
}

/// What the sides differ on: one field, or the group that several of them belong to.
fn subject(printer: &Printer<'_>, form: &Form, differing: &[FieldNo]) -> String {
    let group = differing.first().and_then(|field| form.group_of(*field));
    // What was told in words beside a number is not the matter itself.
    let numbers = |no: &&FieldNo| form.find_field(**no).is_some_and(|f| f.kind.is_number());
    let weighty: Vec<FieldNo> = differing.iter().filter(numbers).copied().collect();
    match (group, differing, weighty.as_slice()) {
        (_, [one], _) | (_, _, [one]) => printer.label(Some(form), *one),
        (Some(group), ..) => {
            let key = format!("form-{}-group-{}", form.name, group.name);
            printer.pack.labels.get(printer.language(), &key).to_owned()
        }
        (None, ..) => printer.form_name(form.no),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn policy_of(words: &Words, policy: u8) -> (String, &'static str) {
    match policy {
        0 => (words.t("contest-quiet"), "plain"),
        1 => (words.t("contest-review"), "ochre"),
        _ => (words.t("contest-critical"), "seal"),
    }
}

/// For how long it has been open, in days.
fn since(printer: &Printer<'_>, at: Instant) -> String {
    let day = |at: Instant| at.local_date().unwrap_or_default().days();
    let days = day(printer.now).saturating_sub(day(at)).max(0);
    printer.words.with("contest-open-days", "count", days)
}

fn item(
    printer: &Printer<'_>,
    open: &mut OpenBooks,
    row: &ContestRow,
) -> Result<ContestItem, Failure> {
    let (sides, _) = sides_of(printer, open, row)?;
    let (policy, policy_class) = policy_of(printer.words, row.policy);
    let fields = differing(&sides);
    let mut lines = Vec::new();
    for side in &sides {
        let made = open.side(printer, side);
        let form = form_of(printer, open, side);
        let said = fields.iter().take(3).map(|no| said(printer, row, form, side, *no));
        let said = said.collect::<Result<Vec<_>, _>>()?;
        let plain = |(label, value): (Option<String>, String)| match (label, fields.len()) {
            (Some(label), 2..) => format!("{}: {value}", lower_first(&label)),
            _ => value,
        };
        let values = said.into_iter().flatten().map(plain).collect::<Vec<_>>().join(" · ");
        lines.push(SideLine { who: made.who, values, written: made.written });
    }
    Ok(ContestItem {
        id: row.id,
        title: contest_title(printer, row)?,
        record: printer.record_title(row.record)?,
        unit: org::find_name(printer.db, row.record.book.org_unit)?.unwrap_or_default(),
        policy,
        policy_class,
        since: since(printer, row.since),
        sides: lines,
    })
}

fn form_of<'a>(printer: &Printer<'a>, open: &OpenBooks, side: &Side) -> Option<&'a Form> {
    let (book, _) = open.0.get(&side.record.book)?;
    printer.form(book.form_of(side.record.key)?)
}

/// The fields on which the sides do not all say the same; all of them if they do.
fn differing(sides: &[Side]) -> Vec<FieldNo> {
    let mut all: Vec<FieldNo> = sides.iter().flat_map(|side| side.values.keys().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let differ = |no: &FieldNo| {
        let said = |side: &Side| side.values.get(no).cloned().unwrap_or(Value::Null);
        sides.windows(2).any(|pair| matches!(pair, [a, b] if said(a) != said(b)))
    };
    let differing: Vec<FieldNo> = all.iter().copied().filter(differ).collect();
    if differing.is_empty() { all } else { differing }
}

fn value_of(
    printer: &Printer<'_>,
    row: &ContestRow,
    form: Option<&Form>,
    side: &Side,
    no: FieldNo,
) -> Result<String, Failure> {
    match side.values.get(&no) {
        Some(value) => printer.value(form, no, value),
        None if row.kind == VOID && no == FieldNo::VOID => {
            Ok(printer.words.t("contest-edit-value"))
        }
        None => Ok(printer.words.t("nothing")),
    }
}

/// What one side says of a field in a list, with what the field is called; nothing of a field that
/// a side which voids the record leaves alone.
fn said(
    printer: &Printer<'_>,
    row: &ContestRow,
    form: Option<&Form>,
    side: &Side,
    no: FieldNo,
) -> Result<Option<(Option<String>, String)>, Failure> {
    let value = value_of(printer, row, form, side, no)?;
    let told = match (no == FieldNo::VOID, side.values.contains_key(&no)) {
        (true, true) => (None, printer.words.with("contest-void-value", "reason", value)),
        (true, false) => (None, value),
        (false, false) if row.kind == VOID => return Ok(None),
        _ => (Some(printer.label(form, no)), value),
    };
    Ok(Some(told))
}

/// One row per field in question: what held before, then the sides.
fn table(
    printer: &Printer<'_>,
    open: &OpenBooks,
    row: &ContestRow,
    sides: &[Side],
    before: Option<&Fields>,
) -> Result<Vec<ContestRowView>, Failure> {
    let Some(first) = sides.first() else { return Ok(Vec::new()) };
    let form = form_of(printer, open, first);
    let mut fields: Vec<FieldNo> =
        sides.iter().flat_map(|side| side.values.keys().copied()).collect();
    fields.sort_unstable();
    fields.dedup();
    let apart = differing(sides);
    let mut rows = Vec::new();
    for no in fields {
        let same = !apart.contains(&no);
        let empty = |fields: &Fields| fields.get(&no).is_none_or(Value::is_null);
        if same && sides.iter().all(|side| empty(&side.values)) {
            continue;
        }
        let mut cells = Vec::new();
        if let Some(before) = before {
            let side = Side { values: before.clone(), ..*first };
            let whose = printer.words.t("contest-before");
            cells.push(cell(printer, row, form, &side, (no, true), whose)?);
        }
        for side in sides {
            let (_, origins) = open.0.get(&side.record.book).ok_or(Failure::Broken)?;
            let whose = origins.holder(side.entry, printer.words);
            cells.push(cell(printer, row, form, side, (no, same), whose)?);
        }
        rows.push(ContestRowView { label: printer.label(form, no), cells });
    }
    Ok(rows)
}

fn cell(
    printer: &Printer<'_>,
    row: &ContestRow,
    form: Option<&Form>,
    side: &Side,
    (no, same): (FieldNo, bool),
    whose: String,
) -> Result<ContestCell, Failure> {
    let text = value_of(printer, row, form, side, no)?;
    let field = form.and_then(|form| form.find_field(no));
    let value = side.values.get(&no);
    Ok(ContestCell {
        spoken: value.and_then(|value| printer.spoken(field, value)),
        long: text.chars().count() > 28,
        text,
        same,
        whose,
    })
}
