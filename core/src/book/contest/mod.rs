//! What is contested inside one book: a pure function of its entries and of the form's policies and
//! groups, never of arrival order or of clocks on the wall (design section 5, read as ADR 6 says).
//!
//! Twins may be in different books: what a book says of them is [`Book::pair_rulings_on`].

mod values;
mod void;

use std::collections::BTreeSet;

use super::index::Written;
use super::line::OfEntry;
use super::{Book, Clock, Ruling};
use crate::base::{EntryRef, RecordId, RecordKey};
use crate::form::{Form, Policy};
use crate::record::{FieldNo, Fields, Value};

/// A disagreement that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// The record it is about.
    pub record: RecordKey,
    /// What kind of disagreement it is.
    pub kind: ContestKind,
    /// How it is treated.
    pub policy: Policy,
    /// The sides, by entry.
    pub sides: Vec<Side>,
    /// What held before: what every side had seen of these fields.
    pub before: Fields,
}

/// What kind of disagreement it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContestKind {
    /// Writers who had not seen each other wrote different values to one field, or to the fields
    /// of one group.
    Values(Vec<FieldNo>),
    /// Somebody made the record void while somebody else, who had not seen that, changed it or
    /// one of its rows, or ruled that it stands.
    Void,
    /// Somebody changed what staff had decided, and had seen that they had: fields of one unit, or
    /// the record's void alone.
    Changed(Vec<FieldNo>),
}

impl ContestKind {
    /// The fields in question; of a void the void.
    #[must_use]
    pub fn fields(&self) -> &[FieldNo] {
        match self {
            Self::Values(fields) | Self::Changed(fields) => fields,
            Self::Void => &[FieldNo::VOID],
        }
    }
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The entry that took it.
    pub entry: EntryRef,
    /// What it wrote of the fields in question.
    pub values: Fields,
}

impl Side {
    fn differs(&self, other: &Self) -> bool {
        self.said().ne(other.said())
    }

    /// What it wrote that is not empty: an empty field and an absent one are equal.
    fn said(&self) -> impl Iterator<Item = (&FieldNo, &Value)> {
        self.values.iter().filter(|(_, value)| !value.is_null())
    }
}

impl OfEntry for Side {
    fn entry(&self) -> EntryRef {
        self.entry
    }
}

/// What is contested of a record. Without its form every field stands alone and is `quiet`.
#[must_use]
pub fn contests_of(book: &Book, record: RecordKey, form: Option<&Form>) -> Vec<Contest> {
    contests_at(book, record, form, book.clock())
}

/// What was contested of a record for somebody with this clock: on the page that they had before
/// them.
#[must_use]
pub fn contests_at(
    book: &Book,
    record: RecordKey,
    form: Option<&Form>,
    clock: &Clock,
) -> Vec<Contest> {
    let page = Page { book, record, clock };
    let mut contests = Vec::new();
    let mut done = BTreeSet::new();
    for field in book.fields_of(record).filter(|field| field.belongs_to_form()) {
        if done.contains(&field) {
            continue;
        }
        let group = form.and_then(|form| form.group_of(field));
        let mut fields = group.map_or_else(|| vec![field], |group| group.fields.clone());
        fields.sort_unstable();
        done.extend(fields.iter().copied());
        let policy = form.map(|form| form.policy_of(field)).unwrap_or_default();
        contests.extend(values::contests(&page, fields, policy));
    }
    contests.extend(void::contest(&page));
    contests.extend(void::changed(&page));
    contests
}

/// A record as somebody sees it who has seen this much of its book.
struct Page<'a> {
    book: &'a Book,
    record: RecordKey,
    clock: &'a Clock,
}

impl<'a> Page<'a> {
    /// The writes of a field, in ascending order of their entries.
    fn written(&self, key: RecordKey, field: FieldNo) -> impl Iterator<Item = &'a Written> {
        let (written, clock) = (self.book.index.written(key, field), self.clock);
        written.iter().filter(move |written| clock.saw(written.entry))
    }

    /// The decisions on the record that rule on a part of it, in ascending order of their entries.
    /// The closure is told whether the ruling is one on the whole record: that it is void, or that
    /// it is the same as another one.
    fn rulings(&self, rules: impl Fn(Ruling, bool) -> bool) -> Vec<(EntryRef, Ruling)> {
        let id = RecordId { book: self.book.id(), key: self.record };
        let mut rulings: Vec<(EntryRef, Ruling)> = self
            .book
            .decisions_on(self.record)
            .filter(|(entry, decision)| {
                let whole = match decision.ruling {
                    Ruling::Void => decision.record == id,
                    Ruling::Same(other) => other == id,
                    _ => false,
                };
                let own = decision.record == id && decision.ruling.other().is_none();
                self.clock.saw(*entry)
                    && (whole && rules(decision.ruling, true)
                        || own && rules(decision.ruling, false))
            })
            .map(|(entry, decision)| (entry, decision.ruling))
            .collect();
        rulings.sort_unstable();
        rulings
    }

    /// What an entry's writer had seen, and who saw it and ruled: nothing of that can be in an
    /// open disagreement with it.
    fn settled_with(&self, entry: EntryRef, rulings: &[(EntryRef, Ruling)]) -> Clock {
        let index = &self.book.index;
        let mut settled = index.clock_of(entry).cloned().unwrap_or_default();
        let saw = rulings.iter().filter(|(ruling, _)| index.saw(*ruling, entry));
        saw.filter_map(|(ruling, _)| index.clock_of(*ruling))
            .for_each(|seen| settled.see_all(seen));
        settled
    }

    /// What every side had seen of these fields.
    fn seen_by_all(&self, fields: &[FieldNo], sides: &[Side]) -> Fields {
        let mut clocks = sides.iter().filter_map(|side| self.book.clock_of(side.entry));
        let mut common = clocks.next().cloned().unwrap_or_default();
        for clock in clocks {
            for (actor, seq) in &mut common.0 {
                *seq = clock.last(*actor).min(*seq);
            }
        }
        let shown = |field: &FieldNo| {
            let alternative = self.book.values_at(self.record, *field, &common).pop()?;
            Some((*field, alternative.value))
        };
        fields.iter().filter_map(shown).collect()
    }
}

fn ruled_by_who_saw(book: &Book, rulings: &[(EntryRef, Ruling)], entry: EntryRef) -> bool {
    rulings.iter().any(|(ruling, _)| book.index.saw(*ruling, entry))
}
