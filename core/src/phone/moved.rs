//! What was written to a record since a form was opened on it.

use super::{Phone, PhoneError};
use crate::base::{BookId, RecordId, RecordKey};
use crate::book::{Book, Clock};
use crate::record::FieldNo;

/// Something that has been written since the form was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedField {
    /// Its record.
    pub record: RecordId,
    /// Its identifier; of a row that is new, the number of what names a record's form.
    pub field: String,
    /// What people call it; of a row that is new, what they call its form.
    pub label: String,
    /// What it holds now, for people to read; of a row that is new, what people call it.
    pub now: String,
}

impl Phone {
    pub(super) fn moved(&self, id: BookId, moved: &[(RecordKey, FieldNo)]) -> PhoneError {
        let Some(book) = self.books.get(&id) else { return PhoneError::BadState };
        let field = |&(key, no): &(RecordKey, FieldNo)| self.moved_field(book, key, no);
        PhoneError::Moved(moved.iter().map(field).collect())
    }

    fn moved_field(&self, book: &Book, key: RecordKey, no: FieldNo) -> MovedField {
        let form = book.form_of(key).and_then(|form| self.pack.find_form(form));
        let field = form.and_then(|form| form.find_field(no));
        let (label, now) = match (no, form) {
            (FieldNo::FORM, Some(form)) => {
                let title = self.title(Some(form), form.no, &book.shown(key, Some(form)));
                (self.pack.form_label(self.language, form), title)
            }
            _ => (self.label(form, no), self.print(form, no, &book.value(key, no))),
        };
        MovedField {
            record: RecordId { book: book.id(), key },
            field: field.map_or_else(|| no.to_string(), |field| field.name.clone()),
            label,
            now,
        }
    }
}

/// The state that a form was opened at; the present one where none is named.
pub(super) fn state_of(book: &Book, named: Option<&str>) -> Result<Clock, PhoneError> {
    let present = || Ok(book.clock().clone());
    named.map_or_else(present, |state| state.parse().map_err(|_| PhoneError::BadState))
}
