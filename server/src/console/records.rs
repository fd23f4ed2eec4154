//! One record: what it says, what is contested of it, and how it came to be.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use soban_core::base::{Date, EntryRef, RecordId};
use soban_core::book::{Book, Contest, ContestKind, contests_of};
use soban_core::form::{Form, Node, Severity, check};
use soban_core::record::{FieldNo, Fields, Value};

use super::contests::contest_title;
use super::frame::{frame, show};
use super::history::history;
use super::print::Printer;
use super::units::{book_name, unit_crumb, way_to};
use super::view::{
    ContestLink, Crumb, FieldLine, FieldSection, Place, RecordPage, RowCell, RowLine, RowTable,
};
use super::{Failure, SignedIn};
use crate::access::Action;
use crate::conflict::Origins;
use crate::http::App;
use crate::project::load_book;
use crate::store::{StoreError, read};

pub(super) async fn page(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: RecordId = id.parse().map_err(|_| Failure::NotFound)?;
    let f = frame(&app, &who, Place::Units, &format!("/records/{id}"))?;
    let now = app.clock.now();
    let today = now.local_date().unwrap_or_default();
    show(&app, |db| {
        who.permit(db, Action::Read, id.book.org_unit)?;
        let printer = Printer { db, pack: &app.pack, words: f.words, now };
        let book = load_book(db, id.book)?;
        let form_no = book.form_of(id.key).ok_or(Failure::NotFound)?;
        let form = printer.form(form_no);
        let shown = book.shown(id.key, form);
        let contests = contests_of(&book, id.key, form);
        let sides: Vec<EntryRef> =
            contests.iter().flat_map(|c| &c.sides).map(|side| side.entry).collect();
        let origins = Origins::of(db, &book)?;
        let way = way_to(db, &who, id.book.org_unit)?;
        let unit = way.last().map(|unit| unit.name.clone()).unwrap_or_default();
        let book_title = book_name(f.words, id.book.period);
        let mut crumbs: Vec<Crumb> = way.iter().map(unit_crumb).collect();
        let path = format!("/units/{}/books/{}", id.book.org_unit, id.book.period);
        crumbs.push(Crumb { name: book_title.clone(), path });
        let parent = book.parent_of(id.key).map(|key| RecordId { book: id.book, key });
        if let Some(parent) = parent {
            let name = printer.record_title(parent)?;
            crumbs.push(Crumb { name, path: format!("/records/{parent}") });
        }
        let home = [("unit", unit.into()), ("book", book_title.into())];
        let version = match shown.get(&FieldNo::FORM_VERSION) {
            Some(Value::Int(version)) => version.to_string(),
            _ => String::new(),
        };
        let void = match shown.get(&FieldNo::VOID) {
            Some(Value::Text(reason)) => Some(reason.clone()),
            _ => None,
        };
        let title = match form {
            Some(_) => printer.title(form_no, &shown)?,
            None => printer.form_name(form_no),
        };
        Ok(RecordPage {
            crumbs,
            title,
            home: f.words.with_all("record-home", &home),
            version: f.words.with("record-form-version", "version", version),
            void,
            contests: links(&printer, id)?,
            violations: violations(&printer, &book, id, today),
            sections: sections(&printer, form, &shown, &contests)?,
            rows: row_tables(&printer, &book, id)?,
            history: history(&printer, &book, id, (&origins, &sides))?,
            f,
        })
    })
}

fn links(printer: &Printer<'_>, id: RecordId) -> Result<Vec<ContestLink>, Failure> {
    let open = read::contests_on(printer.db, id)?.into_iter();
    let link = |row: read::ContestRow| {
        let name = contest_title(printer, &row)?;
        Ok(ContestLink { name, path: format!("/contests/{}", row.id) })
    };
    open.map(link).collect()
}

/// What the form holds against the record as it is now: shown, never a reason to keep it out.
fn violations(printer: &Printer<'_>, book: &Book, id: RecordId, today: Date) -> Vec<String> {
    let node = |key| {
        let form = book.form_of(key)?;
        let mut fields = book.shown(key, printer.form(form));
        fields.retain(|field, _| field.belongs_to_form());
        Some(Node::new(form, fields))
    };
    let Some(mut whole) = node(id.key) else { return Vec::new() };
    if printer.form(whole.form).is_none() {
        return Vec::new();
    }
    whole.rows = book.rows_of(id.key).into_iter().filter_map(node).collect();
    let parent = book.parent_of(id.key).and_then(node).map(|node| node.fields);
    let found = check(printer.pack, &whole, parent.as_ref(), today).0;
    let held = found.iter().filter(|violation| violation.severity != Severity::Ask);
    held.map(|violation| violation.message(printer.pack, printer.language())).collect()
}

/// Fields in the form's order and by its steps; those that the pack does not know come last.
fn sections(
    printer: &Printer<'_>,
    form: Option<&Form>,
    shown: &Fields,
    contests: &[Contest],
) -> Result<Vec<FieldSection>, Failure> {
    let mut sections: Vec<(Option<String>, Vec<FieldLine>)> = Vec::new();
    for field in form.into_iter().flat_map(|form| &form.fields) {
        let Some(line) = field_line(printer, form, field.no, shown, contests)? else { continue };
        match sections.last_mut() {
            Some((name, lines)) if *name == field.section => lines.push(line),
            _ => sections.push((field.section.clone(), vec![line])),
        }
    }
    let known = |no: &FieldNo| form.is_some_and(|form| form.find_field(*no).is_some());
    let mut unknown = Vec::new();
    for no in shown.keys().filter(|no| no.belongs_to_form() && !known(no)) {
        unknown.extend(field_line(printer, form, *no, shown, contests)?);
    }
    let section_name = |section: String| {
        let form = form.map_or("", |form| form.name.as_str());
        let key = format!("form-{form}-section-{section}");
        printer.pack.labels.get(printer.language(), &key).to_owned()
    };
    let mut made: Vec<FieldSection> = sections
        .into_iter()
        .map(|(name, fields)| FieldSection { name: name.map(section_name), fields })
        .collect();
    if !unknown.is_empty() {
        let name = Some(printer.words.t("record-other-fields"));
        made.push(FieldSection { name, fields: unknown });
    }
    Ok(made)
}

fn field_line(
    printer: &Printer<'_>,
    form: Option<&Form>,
    no: FieldNo,
    shown: &Fields,
    contests: &[Contest],
) -> Result<Option<FieldLine>, Failure> {
    let value = shown.get(&no).cloned().unwrap_or(Value::Null);
    let contest = contests.iter().find(
        |contest| matches!(&contest.kind, ContestKind::Values(fields) if fields.contains(&no)),
    );
    let mut others: Vec<&Value> = Vec::new();
    for side in contest.into_iter().flat_map(|contest| &contest.sides) {
        let other = side.values.get(&no).unwrap_or(&Value::Null);
        if *other != value && !others.contains(&other) {
            others.push(other);
        }
    }
    if value.is_null() && others.is_empty() {
        return Ok(None);
    }
    let others: Result<Vec<String>, StoreError> =
        others.into_iter().map(|other| printer.value(form, no, other)).collect();
    let others = others?;
    Ok(Some(FieldLine {
        label: printer.label(form, no),
        text: printer.value(form, no, &value)?,
        spoken: printer.spoken(form.and_then(|form| form.find_field(no)), &value),
        open: !others.is_empty(),
        others,
    }))
}

/// The rows of a record, one table per form, with the columns that any row fills.
fn row_tables(printer: &Printer<'_>, book: &Book, id: RecordId) -> Result<Vec<RowTable>, Failure> {
    let keys = book.rows_of(id.key);
    let rows: Vec<_> = keys
        .iter()
        .filter_map(|key| {
            let form = book.form_of(*key)?;
            Some((*key, form, book.shown(*key, printer.form(form))))
        })
        .filter(|(.., shown)| shown.get(&FieldNo::VOID).is_none_or(Value::is_null))
        .collect();
    let mut tables = Vec::new();
    let mut forms: Vec<_> = rows.iter().map(|(_, form, _)| *form).collect();
    forms.sort_unstable();
    forms.dedup();
    for form_no in forms {
        let form = printer.form(form_no);
        let of_form: Vec<_> = rows.iter().filter(|(_, no, _)| *no == form_no).collect();
        let filled = |no: &FieldNo| {
            of_form.iter().any(|(.., shown)| shown.get(no).is_some_and(|value| !value.is_null()))
        };
        // What its title is made of stands in the title.
        let titled = |no: &FieldNo| form.is_some_and(|form| form.title.contains(no));
        let fields = form.into_iter().flat_map(|form| &form.fields).map(|field| field.no);
        let columns: Vec<FieldNo> = fields.filter(|no| filled(no) && !titled(no)).collect();
        let is_number =
            |no: &FieldNo| form.and_then(|f| f.find_field(*no)).is_some_and(|f| f.kind.is_number());
        let mut lines = Vec::new();
        for (key, _, shown) in &of_form {
            let text = |no: &FieldNo| match shown.get(no) {
                None | Some(Value::Null) => Ok(String::new()),
                Some(value) => printer.value(form, *no, value),
            };
            let cell = |no: &FieldNo| {
                let label = printer.label(form, *no);
                Ok(RowCell { label, text: text(no)?, number: is_number(no) })
            };
            let cells = columns.iter().map(cell).collect::<Result<_, StoreError>>()?;
            let id = RecordId { book: id.book, key: *key }.to_string();
            lines.push(RowLine { id, title: printer.title(form_no, shown)?, cells });
        }
        let name = [("form", printer.form_name(form_no).into()), ("count", lines.len().into())];
        tables.push(RowTable {
            name: printer.words.with_all("record-rows", &name),
            columns: columns.iter().map(|no| (printer.label(form, *no), is_number(no))).collect(),
            rows: lines,
        });
    }
    Ok(tables)
}
