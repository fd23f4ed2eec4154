//! One record as screens and papers show it: its fields, its rows, and what is contested of it.

use super::filling::in_words;
use super::print::Printer;
use super::view::{ContestView, ContestedKind, FieldView, RecordView, SideView};
use super::{Phone, PhoneError};
use crate::base::{EntryRef, RecordId};
use crate::book::{Book, Contest, ContestKind, contests_of};
use crate::form::{FieldKind, Form, Language, value_to_input};
use crate::record::{FieldNo, Fields, Value};

impl Phone {
    /// One record with its rows and what is contested of it, in the holder's language.
    ///
    /// # Errors
    /// [`PhoneError::UnknownRecord`], [`PhoneError::File`].
    pub fn show(&mut self, id: RecordId) -> Result<RecordView, PhoneError> {
        self.show_in(id, self.language)
    }

    /// The same in a language: official papers are Vietnamese, whatever the holder reads.
    ///
    /// # Errors
    /// As [`Phone::show`].
    pub fn show_in(&mut self, id: RecordId, language: Language) -> Result<RecordView, PhoneError> {
        self.open_book(id.book)?;
        let book = self.books.get(&id.book).ok_or(PhoneError::UnknownRecord(id))?;
        let printer = Printer { phone: self, language };
        printer.record_view(book, id).ok_or(PhoneError::UnknownRecord(id))
    }

    pub(super) fn field_view(&self, form: Option<&Form>, no: FieldNo, value: &Value) -> FieldView {
        self.printer().field_view(form, no, value, false)
    }

    pub(super) fn is_own(&self, entry: EntryRef) -> bool {
        self.identity.as_ref().is_some_and(|own| own.device() == entry.actor.device())
    }
}

impl Printer<'_> {
    fn record_view(&self, book: &Book, id: RecordId) -> Option<RecordView> {
        let form_no = book.form_of(id.key)?;
        let form = self.phone.pack.find_form(form_no);
        let shown = book.shown(id.key, form);
        let contests = contests_of(book, id.key, form);
        let void = match shown.get(&FieldNo::VOID) {
            Some(Value::Text(reason)) => Some(reason.clone()),
            _ => None,
        };
        let row = |key| self.record_view(book, RecordId { book: id.book, key });
        Some(RecordView {
            id: id.to_string(),
            form: form.map_or_else(|| form_no.to_string(), |form| form.name.clone()),
            form_label: self.form_label(form, form_no),
            title: self.title(form, form_no, &shown),
            state: book.clock().to_string(),
            void,
            fields: self.field_views(form, &shown, &contests),
            rows: book.rows_of(id.key).into_iter().filter_map(row).collect(),
            contests: contests
                .iter()
                .map(|contest| self.contest_view(book, form, contest))
                .collect(),
        })
    }

    /// In the form's order; values of fields that this phone does not know come last, by number.
    fn field_views(
        &self,
        form: Option<&Form>,
        shown: &Fields,
        contests: &[Contest],
    ) -> Vec<FieldView> {
        let known: Vec<FieldNo> =
            form.into_iter().flat_map(|form| form.fields.iter().map(|field| field.no)).collect();
        let unknown = shown.keys().filter(|no| no.belongs_to_form() && !known.contains(no));
        let order = known.iter().chain(unknown);
        let contested: Vec<FieldNo> = contests
            .iter()
            .filter(|contest| matches!(contest.kind, ContestKind::Values(_)))
            .flat_map(disputed)
            .collect();
        let view = |no: &FieldNo| {
            let value = shown.get(no)?;
            let contested = contested.contains(no);
            (!value.is_null() || contested).then(|| self.field_view(form, *no, value, contested))
        };
        order.filter_map(view).collect()
    }

    fn field_view(
        &self,
        form: Option<&Form>,
        no: FieldNo,
        value: &Value,
        contested: bool,
    ) -> FieldView {
        let field = form.and_then(|form| form.find_field(no));
        let kind = field.map_or(&FieldKind::Text, |field| &field.kind);
        FieldView {
            name: field.map_or_else(|| no.to_string(), |field| field.name.clone()),
            label: self.label(form, no),
            section: field.and_then(|field| field.section.clone()),
            text: self.value(form, no, value),
            words: field.and_then(|field| in_words(field, value)),
            value: value_to_input(&self.phone.pack, kind, value),
            contested,
        }
    }

    fn contest_view(&self, book: &Book, form: Option<&Form>, contest: &Contest) -> ContestView {
        let kind = match &contest.kind {
            ContestKind::Values(_) => ContestedKind::Values,
            ContestKind::Void => ContestedKind::Void,
            ContestKind::Changed(_) => ContestedKind::Changed,
        };
        let sides = contest.sides.iter().map(|side| SideView {
            entry: side.entry.to_string(),
            device: side.entry.actor.device().to_string(),
            author: self.phone.author_of(book, side.entry),
            own: self.phone.is_own(side.entry),
            written_at: book.time_of(side.entry).unwrap_or_default().0,
            values: side
                .values
                .iter()
                .map(|(no, value)| (self.label(form, *no), self.value(form, *no, value)))
                .collect(),
        });
        ContestView {
            kind,
            policy: contest.policy,
            fields: disputed(contest).into_iter().map(|no| self.label(form, no)).collect(),
            sides: sides.collect(),
        }
    }
}

/// The fields in which the sides differ. A group is decided whole, and yet what all of them say
/// alike is not disputed; an empty field and an absent one are alike.
fn disputed(contest: &Contest) -> Vec<FieldNo> {
    let fields = match &contest.kind {
        ContestKind::Values(fields) | ContestKind::Changed(fields) => fields.as_slice(),
        ContestKind::Void => &[],
    };
    let differ = |no: &&FieldNo| {
        let value = |side: &Fields| side.get(no).filter(|value| !value.is_null()).cloned();
        let mut values = contest.sides.iter().map(|side| value(&side.values));
        let first = values.next();
        values.any(|other| Some(other) != first)
    };
    match contest.kind {
        // One side alone: what was decided stands against it.
        ContestKind::Changed(_) => fields.to_vec(),
        _ => fields.iter().filter(differ).copied().collect(),
    }
}
