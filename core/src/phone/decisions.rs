//! How a decision is told: what stood against each other on the page of whoever decided, and what
//! there is after it.

use std::collections::BTreeMap;

use super::Phone;
use super::needs::{DecisionView, RulingKind};
use super::view::SideView;
use crate::base::{EntryRef, RecordId};
use crate::book::{Book, Clock, Contest, Decision, Ruling, contests_at};
use crate::form::Form;
use crate::record::{FieldNo, Fields};
use crate::store::DecisionRow;

impl Phone {
    pub(super) fn decision_view(&self, row: &DecisionRow, made: &Decision) -> DecisionView {
        let entry = row.entry_of.1;
        let book = self.books.get(&row.entry_of.0);
        let (before, after) = match made.ruling {
            Ruling::Same(other) => {
                (vec![self.record_side(made.record), self.record_side(other)], vec![made.record])
            }
            Ruling::Distinct(other) | Ruling::Split(other) => {
                let both = [made.record, other];
                (both.map(|id| self.record_side(id)).to_vec(), both.to_vec())
            }
            _ => (book.map(|book| self.stood(book, entry, made)).unwrap_or_default(), Vec::new()),
        };
        let mut told: Vec<(String, String)> = after.iter().map(|id| self.named(*id)).collect();
        told.extend(book.into_iter().flat_map(|book| self.decided(book, entry, made)));
        let ruling = match made.ruling {
            Ruling::Set(_) => RulingKind::Set,
            Ruling::Void => RulingKind::Void,
            Ruling::Keep => RulingKind::Keep,
            Ruling::Same(_) => RulingKind::Same,
            Ruling::Distinct(_) => RulingKind::Distinct,
            Ruling::Split(_) => RulingKind::Split,
            Ruling::Ask => RulingKind::Ask,
        };
        DecisionView {
            id: made.id.to_string(),
            record: made.record.to_string(),
            title: self.name_of_record(made.record),
            ruling,
            other: made.ruling.other().map(|other| other.to_string()),
            own: before.iter().any(|side| side.own),
            before,
            after: told,
            reason: made.reason.clone(),
            person: made.person.clone(),
            decided_at: book.and_then(|book| book.time_of(entry)).unwrap_or_default().0,
            read: row.seen,
        }
    }

    /// What a decision on one record wrote into it, as labels and texts.
    fn decided(&self, book: &Book, entry: EntryRef, made: &Decision) -> Vec<(String, String)> {
        let form = self.form_in(book, made.record);
        let fields = match made.ruling {
            Ruling::Set(field) => unit_of(form, field),
            Ruling::Void | Ruling::Keep => vec![FieldNo::VOID],
            _ => return Vec::new(),
        };
        let written = |no: &FieldNo| Some((*no, book.written_in(entry, made.record.key, *no)?));
        self.printed(form, &fields.iter().filter_map(written).collect())
    }

    /// What whoever decided on one record had before them: of a `set` the values of its unit; else
    /// the sides of what was contested, of the void or of all of the record.
    fn stood(&self, book: &Book, entry: EntryRef, made: &Decision) -> Vec<SideView> {
        let (record, past) = (made.record, book.past_of(entry));
        let form = self.form_in(book, record);
        let seen = |fields: &[FieldNo]| seen_values(book, record, fields, &past);
        let open = contests_at(book, record.key, form, &past);
        let sides = match made.ruling {
            Ruling::Set(field) => seen(&unit_of(form, field)),
            Ruling::Void | Ruling::Keep => {
                let on_void = |contest: &&Contest| contest.kind.fields() == [FieldNo::VOID];
                let sides = sides_of(open.iter().filter(on_void));
                if sides.is_empty() { seen(&[FieldNo::VOID]) } else { sides }
            }
            _ => sides_of(open.iter()),
        };
        // Asked whether the record is one with another, which a book alone does not tell.
        if sides.is_empty() && made.ruling == Ruling::Ask {
            return vec![self.record_side(record)];
        }
        let view = |(entry, values): (EntryRef, Fields)| {
            self.side_view(Some(book), entry, self.printed(form, &values))
        };
        sides.into_iter().map(view).collect()
    }

    /// A whole record as a side: what it is called, and who made it.
    fn record_side(&self, id: RecordId) -> SideView {
        self.side_view(self.books.get(&id.book), id.key.entry(), vec![self.named(id)])
    }

    fn side_view(
        &self,
        book: Option<&Book>,
        entry: EntryRef,
        values: Vec<(String, String)>,
    ) -> SideView {
        SideView {
            entry: entry.to_string(),
            device: entry.actor.device().to_string(),
            author: book.map(|book| self.author_of(book, entry)).unwrap_or_default(),
            own: self.is_own(entry),
            written_at: book.and_then(|book| book.time_of(entry)).unwrap_or_default().0,
            values,
        }
    }

    /// What people call a record, after what they call its form.
    fn named(&self, id: RecordId) -> (String, String) {
        let form = self.books.get(&id.book).and_then(|book| self.form_in(book, id));
        let label = form.map(|form| self.pack.form_label(self.language, form));
        (label.unwrap_or_default(), self.name_of_record(id))
    }

    fn form_in(&self, book: &Book, id: RecordId) -> Option<&Form> {
        self.pack.find_form(book.form_of(id.key)?)
    }
}

/// The fields that are ruled on together with one.
fn unit_of(form: Option<&Form>, field: FieldNo) -> Vec<FieldNo> {
    match form.and_then(|form| form.group_of(field)) {
        Some(group) => group.fields.clone(),
        None => vec![field],
    }
}

/// What somebody with this clock saw of some fields, by who had written it.
fn seen_values(
    book: &Book,
    record: RecordId,
    fields: &[FieldNo],
    clock: &Clock,
) -> BTreeMap<EntryRef, Fields> {
    let mut sides: BTreeMap<EntryRef, Fields> = BTreeMap::new();
    for field in fields {
        for seen in book.values_at(record.key, *field, clock) {
            sides.entry(seen.entry).or_default().insert(*field, seen.value);
        }
    }
    sides
}

/// Who stood against whom, and with what: an entry may be a side of several disagreements.
fn sides_of<'a>(contests: impl Iterator<Item = &'a Contest>) -> BTreeMap<EntryRef, Fields> {
    let mut sides: BTreeMap<EntryRef, Fields> = BTreeMap::new();
    for side in contests.flat_map(|contest| &contest.sides) {
        sides.entry(side.entry).or_default().extend(side.values.clone());
    }
    sides
}
