//! What needs the holder: what is contested, what staff decided, what the district did not take.

use serde::Serialize;

use super::view::{FieldView, SideView};
use super::{Phone, PhoneError};
use crate::base::{BookId, EntryRef, RecordId};
use crate::book::{Book, Clock, Decision, Entry, Ruling};
use crate::form::Form;
use crate::record::{FieldNo, Fields, FormNo, Value};
use crate::store::{DecisionRow, EntryRow, StoreError, Transaction};
use crate::sync::ProblemKind;

/// What staff decided on a record of this phone's books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// Names the decision, for [`Phone::mark_read`].
    pub id: String,
    /// The record it is about.
    pub record: String,
    /// What people call that.
    pub title: String,
    /// `set`, `void`, `keep`, `same`, `distinct`, `split` or `ask`.
    pub ruling: String,
    /// The other record, of a ruling on two.
    pub other: Option<String>,
    /// What stood against each other before, and who wrote it.
    pub before: Vec<SideView>,
    /// Labels and values as decided.
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
    /// Why: `malformed`, `no-grant`, `other-generation`, `quarantined`, `sealed`, `damaged`,
    /// `full` or `other`.
    pub problem: String,
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
            self.open_book(row.entry_of.0)?;
            let Some(book) = self.books.get(&row.entry_of.0) else { continue };
            let found = book.decisions_in(row.entry_of.1).iter();
            let mut found = found.filter(|made| made.id == row.id && made.record == row.record);
            views.extend(found.next().map(|made| self.decision_view(book, &row, made)));
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
                let problem = match row.problem.map(ProblemKind::from_code) {
                    Some(ProblemKind::Malformed) => "malformed",
                    Some(ProblemKind::NoGrant) => "no-grant",
                    Some(ProblemKind::OtherGeneration) => "other-generation",
                    Some(ProblemKind::Quarantined) => "quarantined",
                    Some(ProblemKind::Sealed) => "sealed",
                    Some(ProblemKind::Damaged) => "damaged",
                    Some(ProblemKind::Full) => "full",
                    _ => "other",
                };
                views.push(RefusedView {
                    entry: row.entry.name().to_string(),
                    problem: problem.to_owned(),
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
    fn printed(&self, form: Option<&Form>, fields: &Fields) -> Vec<(String, String)> {
        self.told(form, fields).into_iter().map(|field| (field.label, field.text)).collect()
    }

    fn decision_view(&self, book: &Book, row: &DecisionRow, made: &Decision) -> DecisionView {
        let (id, entry) = (made.record, row.entry_of.1);
        let form = book.form_of(id.key).and_then(|form| self.pack.find_form(form));
        let ruling = match made.ruling {
            Ruling::Set(_) => "set",
            Ruling::Void => "void",
            Ruling::Keep => "keep",
            Ruling::Same(_) => "same",
            Ruling::Distinct(_) => "distinct",
            Ruling::Split(_) => "split",
            Ruling::Ask => "ask",
        };
        let fields = match made.ruling {
            Ruling::Set(field) => match form.and_then(|form| form.group_of(field)) {
                Some(group) => group.fields.clone(),
                None => vec![field],
            },
            Ruling::Void | Ruling::Keep => vec![FieldNo::VOID],
            _ => Vec::new(),
        };
        let before = self.before(book, form, (id, entry), &fields);
        let written = |field: &FieldNo| Some((*field, book.written_in(entry, id.key, *field)?));
        DecisionView {
            id: made.id.to_string(),
            record: id.to_string(),
            title: self.name_of_record(id),
            ruling: ruling.to_owned(),
            other: made.ruling.other().map(|other| other.to_string()),
            own: before.iter().any(|side| side.own),
            before,
            after: self.printed(form, &fields.iter().filter_map(written).collect()),
            reason: made.reason.clone(),
            person: made.person.clone(),
            decided_at: book.time_of(entry).unwrap_or_default().0,
            read: row.seen,
        }
    }

    /// What whoever decided saw of these fields, by who had written it.
    fn before(
        &self,
        book: &Book,
        form: Option<&Form>,
        (id, decision): (RecordId, EntryRef),
        fields: &[FieldNo],
    ) -> Vec<SideView> {
        let mut past: Clock = book.clock_of(decision).cloned().unwrap_or_default();
        past.0.insert(decision.actor, decision.seq.saturating_sub(1));
        let mut sides: Vec<(EntryRef, Fields)> = Vec::new();
        for field in fields {
            for seen in book.values_at(id.key, *field, &past) {
                match sides.iter_mut().find(|(entry, _)| *entry == seen.entry) {
                    Some((_, values)) => drop(values.insert(*field, seen.value)),
                    None => sides.push((seen.entry, Fields::from([(*field, seen.value)]))),
                }
            }
        }
        let view = |(entry, values): (EntryRef, Fields)| SideView {
            entry: entry.to_string(),
            device: entry.actor.device().to_string(),
            author: self.author_of(book, entry),
            own: self.is_own(entry),
            written_at: book.time_of(entry).unwrap_or_default().0,
            values: self.printed(form, &values),
        };
        sides.into_iter().map(view).collect()
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
