//! The oracle's world, made from entries as they were written and from nothing else: who saw what
//! follows from what each entry stands on, what a record is and what was decided from what was
//! written. Slow and plain, from the design's sections 4 and 5.

#![expect(clippy::indexing_slicing, reason = "what an entry stands on is here, or a test stops")]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Actor, Book, Decision, Entry, Field, Name, Record, RecordState, Ruling, Unit, VOID, World,
};

const FORM: Field = 0;
const PARENT: Field = 2;
/// The form of a decision's record.
const DECISION: i64 = 0;
/// Whatever a book begins with takes so many operations.
const GENESIS: u64 = 4;

/// A value that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Said {
    Nothing,
    Number(i64),
    Text(String),
    Record(Record),
    Other(String),
}

/// An entry as it was written.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the design's words")]
pub struct Raw {
    pub book: Book,
    pub org_unit: u32,
    pub name: Name,
    pub deps: Vec<Name>,
    pub writes: Vec<(Record, Field, Said)>,
}

/// What the pack says of a form.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the design's words")]
pub struct Form {
    pub units: Vec<Unit>,
    /// The fields of its natural key, none of them in a group.
    pub key: Vec<Field>,
}

/// Everything that was written, found again by name.
struct Told<'a> {
    entries: BTreeMap<(Book, Name), &'a Raw>,
    seen: BTreeMap<(Book, Name), BTreeSet<Name>>,
    first_op: BTreeMap<(Book, Name), u64>,
}

/// The world of these entries, which may be in any order.
#[must_use]
pub fn world_of(entries: &[Raw], forms: &BTreeMap<u16, Form>) -> World {
    let told = Told::new(entries);
    let mut world = World::default();
    for (form, Form { units, .. }) in forms {
        world.units.insert(*form, units.clone());
    }
    let mut decisions: BTreeSet<Record> = BTreeSet::new();
    for raw in entries {
        for (record, field, value) in &raw.writes {
            match (field, value) {
                (&FORM, Said::Number(DECISION)) => drop(decisions.insert(record.clone())),
                (&FORM, Said::Number(form)) => {
                    let state = told.state_of(raw, record, *form, forms);
                    world.records.insert(record.clone(), state);
                }
                _ => {}
            }
        }
    }
    for raw in entries {
        let decided = decision_in(raw);
        let writes = raw.writes.iter().filter(|(record, ..)| !decisions.contains(record));
        world.entries.push(Entry {
            book: raw.book,
            name: raw.name,
            author: match &decided {
                Some((_, person)) => person.clone(),
                None => format!("device {:x}", device_of(raw.name.0)),
            },
            seen: clock(raw.name, &told.seen[&(raw.book, raw.name)]),
            writes: writes.map(|(to, field, value)| (to.clone(), *field, plain(value))).collect(),
            decision: decided.map(|(decision, _)| decision),
        });
    }
    world
}

/// An actor is a device of five bytes and three more.
fn device_of(actor: Actor) -> u64 {
    actor >> 24
}

/// An office's devices begin with a byte that no phone's begins with.
fn is_office(actor: Actor) -> bool {
    actor >> 56 == 0xff
}

fn clock(own: Name, seen: &BTreeSet<Name>) -> BTreeMap<Actor, u32> {
    let mut clock = BTreeMap::new();
    for (actor, seq) in seen.iter().chain([&own]) {
        let last = clock.entry(*actor).or_insert(0);
        *last = (*last).max(*seq);
    }
    clock
}

fn plain(value: &Said) -> String {
    match value {
        Said::Nothing => String::new(),
        said => format!("{said:?}"),
    }
}

impl<'a> Told<'a> {
    fn new(entries: &'a [Raw]) -> Self {
        let by_name = entries.iter().map(|raw| ((raw.book, raw.name), raw)).collect();
        let mut told = Self { entries: by_name, seen: BTreeMap::new(), first_op: BTreeMap::new() };
        for raw in entries {
            let seen = told.past(raw);
            told.seen.insert((raw.book, raw.name), seen);
        }
        for raw in entries {
            told.count(raw);
        }
        told
    }

    /// Everything that an entry stands on, and what that stands on, and so on.
    fn past(&self, raw: &Raw) -> BTreeSet<Name> {
        let mut past = BTreeSet::new();
        let mut left = raw.deps.clone();
        while let Some(name) = left.pop() {
            if past.insert(name) {
                left.extend(&self.entries[&(raw.book, name)].deps);
            }
        }
        past
    }

    /// An entry's first operation comes after all that it saw; to make a record takes one more.
    fn count(&mut self, raw: &Raw) {
        let key = (raw.book, raw.name);
        if self.first_op.contains_key(&key) {
            return;
        }
        let mut last = GENESIS;
        // Those that saw less are counted first: nothing is asked for before it is known.
        let mut past: Vec<Name> = self.seen[&key].iter().copied().collect();
        past.sort_by_key(|name| self.seen[&(raw.book, *name)].len());
        for name in past {
            let before = self.entries[&(raw.book, name)];
            self.count(before);
            let made = before.writes.iter().filter(|(_, field, _)| *field == FORM).count();
            let taken = u64::try_from(before.writes.len() + made).unwrap_or(u64::MAX);
            last = last.max(self.first_op[&(raw.book, name)] + taken - 1);
        }
        self.first_op.insert(key, last + 1);
    }

    /// What is shown of a field: of the values that nobody replaced, the one of the last operation.
    fn shown(&self, book: Book, record: &Record, field: Field) -> Said {
        let mut written: Vec<(&Raw, u64, &Said)> = Vec::new();
        for raw in self.entries.values().filter(|raw| raw.book == book) {
            let mut operation = self.first_op[&(book, raw.name)];
            for (to, at, value) in &raw.writes {
                operation += u64::from(*at == FORM);
                if to == record && *at == field {
                    written.push((raw, operation, value));
                }
                operation += 1;
            }
        }
        let replaced = |raw: &Raw| {
            written.iter().any(|(other, ..)| self.seen[&(book, other.name)].contains(&raw.name))
        };
        let standing = written.iter().filter(|(raw, ..)| !replaced(raw));
        let last = standing.max_by_key(|(raw, operation, _)| (*operation, raw.name.0));
        last.map_or(Said::Nothing, |(.., value)| (*value).clone())
    }

    fn state_of(
        &self,
        made: &Raw,
        record: &Record,
        form: i64,
        forms: &BTreeMap<u16, Form>,
    ) -> RecordState {
        let form = u16::try_from(form).unwrap_or_default();
        let key: Option<Vec<String>> = forms.get(&form).and_then(|form| {
            let part = |field: &Field| match self.shown(made.book, record, *field) {
                Said::Nothing => None,
                Said::Text(text) => Some(text.to_lowercase()),
                said => Some(format!("{said:?}")),
            };
            form.key.iter().map(part).collect()
        });
        RecordState {
            book: made.book,
            org_unit: made.org_unit,
            form,
            parent: match self.shown(made.book, record, PARENT) {
                Said::Record(parent) => Some(parent),
                _ => None,
            },
            void: self.shown(made.book, record, VOID) != Said::Nothing,
            key: key.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/")),
        }
    }
}

/// What an office's entry decides, and who decided it.
fn decision_in(raw: &Raw) -> Option<(Decision, String)> {
    if !is_office(raw.name.0) {
        return None;
    }
    let made = |(_, field, value): &&(Record, Field, Said)| {
        *field == FORM && *value == Said::Number(DECISION)
    };
    let (own, ..) = raw.writes.iter().find(made)?;
    let said = |field: Field| {
        let of = |(record, at, _): &&(Record, Field, Said)| record == own && *at == field;
        raw.writes.iter().find(of).map(|(.., value)| value)
    };
    let record = |field: Field| match said(field) {
        Some(Said::Record(record)) => Some(record.clone()),
        _ => None,
    };
    let number = |field: Field| match said(field) {
        Some(Said::Number(number)) => Some(*number),
        _ => None,
    };
    let ruling = match number(16)? {
        1 => Ruling::Set(Field::try_from(number(18)?).ok()?),
        2 => Ruling::Void,
        3 => Ruling::Keep,
        4 => Ruling::Same(record(19)?),
        5 => Ruling::Distinct(record(19)?),
        6 => Ruling::Split(record(19)?),
        7 => Ruling::Ask,
        _ => return None,
    };
    let Some(Said::Text(person)) = said(21) else { return None };
    let id = record(22).unwrap_or_else(|| own.clone());
    Some((Decision { id, record: record(17)?, ruling }, person.clone()))
}
