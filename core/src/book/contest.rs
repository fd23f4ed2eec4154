//! What is contested: a pure function of a book's entries and of the form's policies and groups,
//! never of arrival order or of clocks on the wall (design section 5).
//!
//! Decisions are not known here yet: what only a decision may close stays open.

use std::collections::BTreeSet;

use super::Book;
use crate::base::{EntryRef, RecordKey};
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
    /// one of its rows.
    Void,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The entry that took it.
    pub entry: EntryRef,
    /// What it wrote of the fields in question.
    pub values: Fields,
}

/// What is contested of a record. Without its form every field stands alone and is `quiet`.
#[must_use]
pub fn contests_of(book: &Book, record: RecordKey, form: Option<&Form>) -> Vec<Contest> {
    let mut contests = Vec::new();
    let mut done = BTreeSet::new();
    for field in book.fields_of(record).filter(|field| *field != FieldNo::VOID) {
        if done.contains(&field) {
            continue;
        }
        let group = form.and_then(|form| form.group_of(field));
        let fields = group.map_or_else(|| vec![field], |group| group.fields.clone());
        done.extend(fields.iter().copied());
        let policy = form.map(|form| form.policy_of(field)).unwrap_or_default();
        contests.extend(values_contest(book, record, fields, policy));
    }
    contests.extend(void_contest(book, record));
    contests
}

fn values_contest(
    book: &Book,
    record: RecordKey,
    fields: Vec<FieldNo>,
    policy: Policy,
) -> Option<Contest> {
    let sets = written_sets(book, record, &fields);
    // Nearly every field was written by one line of people who saw each other.
    if sets.len() < 2 {
        return None;
    }
    let standing: Vec<&Side> = match policy {
        Policy::Quiet => sets.iter().filter(|side| is_newest(book, &sets, side)).collect(),
        Policy::Review | Policy::Critical => {
            sets.iter().filter(|side| !is_own_draft(book, &sets, side)).collect()
        }
    };
    let open = standing.iter().filter(|side| {
        standing.iter().any(|other| apart(book, side, other) && side.values != other.values)
    });
    let mut sides: Vec<Side> = open.map(|side| (*side).clone()).collect();
    if sides.is_empty() {
        return None;
    }
    sides.sort_by_key(|side| side.entry);
    let before = seen_by_all(book, record, &fields, &sides);
    Some(Contest { record, kind: ContestKind::Values(fields), policy, sides, before })
}

/// Per entry that wrote any of the fields, what it wrote of them.
fn written_sets(book: &Book, record: RecordKey, fields: &[FieldNo]) -> Vec<Side> {
    let mut sets: Vec<Side> = Vec::new();
    for field in fields {
        for written in book.index.written(record, *field) {
            match sets.iter_mut().find(|side| side.entry == written.entry) {
                Some(side) => drop(side.values.insert(*field, written.value.clone())),
                None => sets.push(Side {
                    entry: written.entry,
                    values: Fields::from([(*field, written.value.clone())]),
                }),
            }
        }
    }
    sets
}

fn apart(book: &Book, a: &Side, b: &Side) -> bool {
    a.entry != b.entry && !book.index.saw(a.entry, b.entry) && !book.index.saw(b.entry, a.entry)
}

fn is_newest(book: &Book, sets: &[Side], side: &Side) -> bool {
    !sets.iter().any(|other| book.index.saw(other.entry, side.entry))
}

/// A write that its own author replaced before seeing anybody's concurrent write is not a side.
fn is_own_draft(book: &Book, sets: &[Side], side: &Side) -> bool {
    let author = side.entry.actor.device();
    sets.iter().any(|later| {
        let own = later.entry.actor.device() == author;
        own && book.index.saw(later.entry, side.entry)
            && !sets.iter().any(|other| {
                other.entry.actor.device() != author
                    && apart(book, other, side)
                    && book.index.saw(later.entry, other.entry)
            })
    })
}

fn seen_by_all(book: &Book, record: RecordKey, fields: &[FieldNo], sides: &[Side]) -> Fields {
    let mut clocks = sides.iter().filter_map(|side| book.clock_of(side.entry));
    let mut common = clocks.next().cloned().unwrap_or_default();
    for clock in clocks {
        for (actor, seq) in &mut common.0 {
            *seq = clock.last(*actor).min(*seq);
        }
    }
    let shown = |field: &FieldNo| {
        let alternative = book.values_at(record, *field, &common).pop()?;
        Some((*field, alternative.value))
    };
    fields.iter().filter_map(shown).collect()
}

fn void_contest(book: &Book, record: RecordKey) -> Option<Contest> {
    let voids = book.values_at(record, FieldNo::VOID, book.clock());
    let voids: Vec<_> = voids.into_iter().filter(|void| !void.value.is_null()).collect();
    if voids.is_empty() {
        return None;
    }
    let rows = book.rows_of(record);
    let edits: BTreeSet<EntryRef> = std::iter::once(record)
        .chain(rows)
        .flat_map(|key| book.fields_of(key).map(move |field| (key, field)))
        .filter(|(key, field)| !(*key == record && *field == FieldNo::VOID))
        .flat_map(|(key, field)| book.index.written(key, field).iter().map(|w| w.entry))
        .filter(|edit| voids.iter().any(|void| concurrent(book, void.entry, *edit)))
        .collect();
    if edits.is_empty() {
        return None;
    }
    let void_side = |void: super::Alternative| Side {
        entry: void.entry,
        values: Fields::from([(FieldNo::VOID, void.value)]),
    };
    let edit_side = |entry: EntryRef| Side { entry, values: written_by(book, record, entry) };
    let mut sides: Vec<Side> =
        voids.into_iter().map(void_side).chain(edits.into_iter().map(edit_side)).collect();
    sides.sort_by_key(|side| side.entry);
    let before = Fields::new();
    Some(Contest { record, kind: ContestKind::Void, policy: Policy::Review, sides, before })
}

fn concurrent(book: &Book, a: EntryRef, b: EntryRef) -> bool {
    a != b && !book.index.saw(a, b) && !book.index.saw(b, a)
}

fn written_by(book: &Book, record: RecordKey, entry: EntryRef) -> Fields {
    let value = |field: FieldNo| -> Option<(FieldNo, Value)> {
        let mut written = book.index.written(record, field).iter();
        written.find(|w| w.entry == entry).map(|w| (field, w.value.clone()))
    };
    book.fields_of(record).filter_map(value).collect()
}
