//! What is contested: the list, one card with every side, and the decision that settles it.

mod card;
mod decide;
mod form;
mod list;
mod sent;
mod table;

pub(super) use card::page;
pub(super) use decide::submit;
pub(super) use list::list;
pub(crate) use table::{side_of, side_said};

use soban_core::base::Instant;
use soban_core::form::Form;
use soban_core::record::FieldNo;

use super::print::Printer;
use super::words::Words;
use crate::conflict::{Books, Conflict, Kind, records_of};
use crate::store::StoreError;
use crate::store::read::ContestRow;

/// What is the matter, as a sentence.
pub(super) fn contest_title(printer: &Printer<'_>, row: &ContestRow) -> Result<String, StoreError> {
    match Kind::of(row) {
        Kind::Values | Kind::Changed => {
            let mut books = Books::default();
            let found = Conflict::gather(printer.db, printer.pack, &mut books, row)?;
            let title = |conflict: &Conflict| title(printer, &books, conflict);
            found.as_ref().map_or_else(|| Ok(printer.words.t("contest-gone")), title)
        }
        kind => Ok(title_of(printer, kind, records_of(printer.db, row)?.len())),
    }
}

/// What is the matter with what has been gathered, as a sentence.
pub(crate) fn title(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
) -> Result<String, StoreError> {
    let key = match conflict.kind {
        Kind::Values => "contest-values",
        Kind::Changed => "contest-changed",
        kind => return Ok(title_of(printer, kind, conflict.records.len())),
    };
    let what = match form_of(printer, books, conflict) {
        None => printer.label(None, FieldNo(conflict.row.field)),
        Some(form) => subject(printer, form, &conflict.differing()),
    };
    let sides = conflict.sides.len();
    let values = [("sides", sides.into()), ("what", lower_first(&what).into())];
    Ok(printer.words.with_all(key, &values))
}

fn title_of(printer: &Printer<'_>, kind: Kind, records: usize) -> String {
    match kind {
        Kind::VoidedAgain => printer.words.t("contest-voided-again"),
        Kind::Twins => printer.words.with("contest-twins", "sides", records),
        Kind::Disputed => printer.words.t("contest-disputed"),
        _ => printer.words.t("contest-void"),
    }
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

/// The form of the record that it is about.
fn form_of<'a>(printer: &Printer<'a>, books: &Books, conflict: &Conflict) -> Option<&'a Form> {
    let (book, _) = books.find(conflict.row.record.book)?;
    crate::conflict::form_of(book, conflict.row.record, printer.pack)
}
