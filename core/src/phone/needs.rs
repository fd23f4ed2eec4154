//! What needs the holder: what is contested, what staff decided, what the district did not take.

use std::fmt;

use serde::{Serialize, Serializer};

use super::view::{FieldView, SideView};
use super::{Phone, PhoneError};
use crate::base::{BookId, EntryRef, RecordId};
use crate::book::{Book, Entry};
use crate::form::Form;
use crate::record::{FieldNo, Fields, FormNo, Value};
use crate::store::{EntryRow, StoreError, Transaction};
use crate::sync::ProblemKind;

/// What kind of decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RulingKind {
    /// A field or a group was given its value.
    Set,
    /// The record is void.
    Void,
    /// The record is not void.
    Keep,
    /// Two records are one.
    Same,
    /// Two records are two.
    Distinct,
    /// What was one is two again.
    Split,
    /// Somebody is asked.
    Ask,
}

/// Why the district did not take an entry, as far as its holder can tell the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in ProblemKind")]
pub enum RefusedKind {
    Malformed,
    NoGrant,
    OtherGeneration,
    Quarantined,
    Sealed,
    Damaged,
    Full,
    Other,
}

impl From<Option<ProblemKind>> for RefusedKind {
    fn from(problem: Option<ProblemKind>) -> Self {
        match problem {
            Some(ProblemKind::Malformed) => Self::Malformed,
            Some(ProblemKind::NoGrant) => Self::NoGrant,
            Some(ProblemKind::OtherGeneration) => Self::OtherGeneration,
            Some(ProblemKind::Quarantined) => Self::Quarantined,
            Some(ProblemKind::Sealed) => Self::Sealed,
            Some(ProblemKind::Damaged) => Self::Damaged,
            Some(ProblemKind::Full) => Self::Full,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for RefusedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "malformed",
            Self::NoGrant => "no-grant",
            Self::OtherGeneration => "other-generation",
            Self::Quarantined => "quarantined",
            Self::Sealed => "sealed",
            Self::Damaged => "damaged",
            Self::Full => "full",
            Self::Other => "other",
        })
    }
}

impl Serialize for RefusedKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What staff decided on a record of this phone's books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// Names the decision, for [`Phone::mark_read`].
    pub id: String,
    /// The record it is about.
    pub record: String,
    /// What people call that.
    pub title: String,
    /// What kind of decision it is.
    pub ruling: RulingKind,
    /// The other record, of a ruling on two.
    pub other: Option<String>,
    /// What stood against each other before, and who wrote it; of a ruling on two records, what
    /// each of them is and who made it.
    pub before: Vec<SideView>,
    /// Labels and values as decided; of a ruling on two, the records that there are now. Nothing
    /// if somebody is only asked.
    pub after: Vec<(String, String)>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub person: String,
    /// When, by the office's clock, milliseconds UTC.
    pub decided_at: i64,
    /// Whether this phone had written one of the sides.
    pub own: bool,
    /// Whether the holder has read it.
    pub read: bool,
}

/// An entry that the district did not take: kept to be read, and to be typed again; one for which
/// it had no room is sent again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RefusedView {
    /// The entry.
    pub entry: String,
    /// Why.
    pub problem: RefusedKind,
    /// The device's clock when it was written, milliseconds UTC.
    pub written_at: i64,
    /// What it said, record by record.
    pub records: Vec<RefusedRecord>,
}

/// What a refused entry said of one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RefusedRecord {
    /// The form's identifier.
    pub form: String,
    /// What people call the form.
    pub form_label: String,
    /// The record that it changed; none if it made one.
    pub changed: Option<String>,
    /// What it said, as the form takes it back. A reason for voiding comes last.
    pub fields: Vec<FieldView>,
}

impl Phone {
    /// What staff decided, the newest first; only what the holder has not read if `unread`.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn list_decisions(&mut self, unread: bool) -> Result<Vec<DecisionView>, PhoneError> {
        let rows = self.store.decisions(unread)?;
        let mut views = Vec::new();
        for row in rows {
            let made = self.open_book(row.entry_of.0)?.decisions_in(row.entry_of.1).iter();
            let mut made = made.filter(|made| made.id == row.id && made.record == row.record);
            let Some(made) = made.next().cloned() else { continue };
            for id in [Some(made.record), made.ruling.other()].into_iter().flatten() {
                // The other record of two may be in a book that this phone does not hold.
                if self.store.find_record(id)?.is_some() {
                    self.open_book(id.book)?;
                }
            }
            views.push(self.decision_view(&row, &made));
        }
        views.sort_by_key(|view| std::cmp::Reverse(view.decided_at));
        Ok(views)
    }

    /// Notes that the holder has read a decision.
    ///
    /// # Errors
    /// [`PhoneError::Full`], [`PhoneError::File`].
    pub fn mark_read(&mut self, decision: RecordId) -> Result<(), PhoneError> {
        Ok(self.store.write(|tx| tx.mark_decision_read(decision))?)
    }

    /// What the district did not take, the oldest first.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn list_refused(&self) -> Result<Vec<RefusedView>, PhoneError> {
        let mut views = Vec::new();
        for book in self.store.books()? {
            let rows = self.store.entries_of(book)?.into_iter();
            for row in rows.filter(EntryRow::was_not_taken) {
                views.push(RefusedView {
                    entry: row.entry.name().to_string(),
                    problem: row.problem.map(ProblemKind::from_code).into(),
                    written_at: row.entry.time.0,
                    records: self.said_in(book, &row.entry),
                });
            }
        }
        Ok(views)
    }

    fn said_in(&self, book: BookId, entry: &Entry) -> Vec<RefusedRecord> {
        let mut records = Vec::new();
        for write in &entry.writes {
            if records.last() != Some(&write.record) {
                records.push(write.record);
            }
        }
        let said = |key| {
            let own = entry.writes.iter().filter(move |write| write.record == key);
            let fields: Fields = own.map(|write| (write.field, write.value.clone())).collect();
            let id = RecordId { book, key };
            let here = || self.store.find_record(id).ok().flatten();
            let made = match fields.get(&FieldNo::FORM) {
                Some(Value::Int(number)) => u16::try_from(*number).ok().map(FormNo),
                _ => None,
            };
            let form_no = made.or_else(|| here().map(|record| record.row.form));
            let form = form_no.and_then(|form| self.pack.find_form(form));
            RefusedRecord {
                form: form.map_or_else(String::new, |form| form.name.clone()),
                form_label: form
                    .map_or_else(String::new, |form| self.pack.form_label(self.language, form)),
                changed: made.is_none().then(|| id.to_string()),
                fields: self.told(form, &fields),
            }
        };
        records.into_iter().map(said).collect()
    }

    /// What people wrote.
    fn told(&self, form: Option<&Form>, fields: &Fields) -> Vec<FieldView> {
        let own = fields.iter().filter(|(no, value)| no.belongs_to_form() && !value.is_null());
        let void = fields.get_key_value(&FieldNo::VOID);
        own.chain(void).map(|(no, value)| self.field_view(form, *no, value)).collect()
    }

    /// The same as labels and texts alone.
    pub(super) fn printed(&self, form: Option<&Form>, fields: &Fields) -> Vec<(String, String)> {
        self.told(form, fields).into_iter().map(|field| (field.label, field.text)).collect()
    }
}

/// Writes what entries decided inside a transaction.
pub(super) fn put_decisions(
    tx: &Transaction<'_>,
    book: &Book,
    entries: impl IntoIterator<Item = EntryRef>,
) -> Result<(), StoreError> {
    for entry in entries {
        for decision in book.decisions_in(entry) {
            tx.add_decision(book.id(), entry, decision)?;
        }
    }
    Ok(())
}
