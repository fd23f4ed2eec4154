//! A record as one row of a table: what lists, search and counts need without opening the book.

use super::{Book, Contest, ContestKind, contests_of};
use crate::base::{Date, RecordId, RecordKey, text};
use crate::form::{FieldKind, Form, Home, Language, Pack};
use crate::record::{FieldNo, Fields, FormNo, Value};

/// What is shown of a record, and what it is found by.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordRow {
    /// Which record of the book.
    pub key: RecordKey,
    /// Its form, which this device may not know.
    pub form: FormNo,
    /// The version of the form it was filled under.
    pub form_version: u32,
    /// The record it is a row of.
    pub parent: Option<RecordKey>,
    /// Why it is void.
    pub void: Option<String>,
    /// The date it happened on, as it is now.
    pub occurred_on: Option<Date>,
    /// The record that staff ruled it to be the same as.
    pub same_as: Option<RecordId>,
    /// What makes it the same as another record of its unit.
    pub natural_key: Option<String>,
    /// How many disagreements are open on it.
    pub contests: u32,
    /// Its text for search: folded words.
    pub fold: String,
    /// What is shown of its fields.
    pub fields: Fields,
}

/// The row of a record; nothing if the book does not hold it, or if it is a decision.
#[must_use]
pub fn row_of(book: &Book, key: RecordKey, pack: &Pack) -> Option<RecordRow> {
    let form_no = book.form_of(key).filter(|form| *form != FormNo::DECISION)?;
    let form = pack.find_form(form_no);
    let mut fields = book.shown(key, form);
    let version = fields.get(&FieldNo::FORM_VERSION).cloned();
    let void = fields.get(&FieldNo::VOID).cloned();
    let same_as = fields.get(&FieldNo::SAME_AS).cloned();
    fields.retain(|field, value| field.belongs_to_form() && !value.is_null());
    let under_review = |contest: &Contest| !matches!(contest.kind, ContestKind::Changed(_));
    let contests = contests_of(book, key, form).iter().filter(|c| under_review(c)).count();
    Some(RecordRow {
        key,
        form: form_no,
        form_version: match version {
            Some(Value::Int(version)) => u32::try_from(version).unwrap_or_default(),
            _ => 0,
        },
        parent: book.parent_of(key),
        void: match void {
            Some(Value::Text(reason)) => Some(reason),
            _ => None,
        },
        same_as: match same_as {
            Some(Value::Record(id)) => Some(id),
            _ => None,
        },
        occurred_on: form.and_then(|form| occurred_on(form, &fields)),
        natural_key: form.and_then(|form| natural_key(form, &fields)),
        contests: u32::try_from(contests).unwrap_or(u32::MAX),
        fold: fold_of(pack, form, &fields),
        fields,
    })
}

fn occurred_on(form: &Form, fields: &Fields) -> Option<Date> {
    let Home::Year(no) = form.home else { return None };
    if let Some(Value::Date(date)) = fields.get(&no) { Some(*date) } else { None }
}

/// What makes a record the same as another of its unit, or nothing when part of it is empty.
/// Texts are folded: names are typed with and without their marks.
#[must_use]
pub fn natural_key(form: &Form, fields: &Fields) -> Option<String> {
    let part = |no: &FieldNo| match fields.get(no) {
        None | Some(Value::Null) => None,
        Some(Value::Text(typed)) => Some(text::fold(typed)),
        Some(other) => Some(format!("{other:?}")),
    };
    let parts: Option<Vec<String>> = form.natural_key.iter().map(part).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("\u{1f}"))
}

fn fold_of(pack: &Pack, form: Option<&Form>, fields: &Fields) -> String {
    let mut words = form.map_or_else(String::new, |form| pack.form_label(Language::Vi, form));
    for (no, value) in fields {
        let kind = form.and_then(|form| form.find_field(*no)).map(|field| &field.kind);
        let found = match (kind, value) {
            (_, Value::Text(text)) => text.clone(),
            (Some(FieldKind::Choice(_) | FieldKind::Date | FieldKind::Month), value)
            | (Some(FieldKind::Choices(_)), value) => kind
                .map(|kind| crate::form::print_value(pack, kind, value, Language::Vi))
                .unwrap_or_default(),
            (_, Value::Int(number)) => number.to_string(),
            _ => continue,
        };
        words.push(' ');
        words.push_str(&found);
    }
    text::fold(&words)
}
