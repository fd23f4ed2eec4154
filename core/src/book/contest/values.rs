//! Different values of one unit: a field, or the fields of a group.

use std::collections::BTreeMap;

use super::{Contest, ContestKind, Page, Side, ruled_by_who_saw};
use crate::base::{ActorId, DeviceId, EntryRef};
use crate::book::line::{lines, seen_of};
use crate::book::{Book, Ruling};
use crate::form::Policy;
use crate::record::{FieldNo, Value};

/// What is contested of a unit.
pub(super) fn contests(page: &Page<'_>, fields: Vec<FieldNo>, policy: Policy) -> Vec<Contest> {
    let unit = Unit { page, fields, policy };
    let sets = unit.written_sets();
    // Nearly every field was written once, or by one line of people who saw each other.
    if sets.len() < 2 {
        return Vec::new();
    }
    [unit.values_contest(&sets), unit.changed_contest(&sets)].into_iter().flatten().collect()
}

/// The fields of a record that only make sense together.
struct Unit<'a> {
    page: &'a Page<'a>,
    fields: Vec<FieldNo>,
    policy: Policy,
}

impl Unit<'_> {
    /// Per entry that wrote any of the fields, what it wrote of them, in ascending order.
    fn written_sets(&self) -> Vec<Side> {
        let of = |field: &FieldNo| {
            let written = self.page.written(self.page.record, *field);
            let field = *field;
            written.map(move |written| (written.entry, field, &written.value))
        };
        let mut said: Vec<(EntryRef, FieldNo, &Value)> = self.fields.iter().flat_map(of).collect();
        said.sort_by_key(|(entry, ..)| *entry);
        let set = |own: &[(EntryRef, FieldNo, &Value)]| {
            let values = own.iter().map(|(_, field, value)| (*field, (*value).clone())).collect();
            own.first().map(|(entry, ..)| Side { entry: *entry, values })
        };
        said.chunk_by(|(a, ..), (b, ..)| a == b).filter_map(set).collect()
    }

    fn values_contest(&self, sets: &[Side]) -> Option<Contest> {
        let index = &self.page.book.index;
        let (standing, rulings) = match self.policy {
            Policy::Quiet => (index.newest(sets, self.page.clock), Vec::new()),
            Policy::Review | Policy::Critical => (self.without_own_drafts(sets), self.rulings()),
        };
        if standing.len() < 2 {
            return None;
        }
        let lines: Vec<Turns<'_>> = lines(&standing).map(Turns::of).collect();
        let open = |side: &Side| {
            let settled = self.page.settled_with(side.entry, &rulings);
            lines.iter().any(|turns| {
                let apart = index.apart_in(turns.line, side.entry, &settled);
                turns.differ_in(seen_of(turns.line, &settled).len(), apart, side)
            })
        };
        let sides = standing.iter().filter(|side| open(side)).map(|side| (*side).clone());
        self.contest(ContestKind::Values(self.fields.clone()), sides.collect())
    }

    /// Writes over a decision by somebody who had seen it, where that is to be listed.
    fn changed_contest(&self, sets: &[Side]) -> Option<Contest> {
        if self.policy != Policy::Critical {
            return None;
        }
        let of_unit = |ruling: Ruling| matches!(ruling, Ruling::Set(f) if self.fields.contains(&f));
        let (book, rulings) = (self.page.book, self.rulings());
        let decided = rulings.iter().filter(|(_, ruling)| of_unit(*ruling));
        let decided: Vec<EntryRef> = decided.map(|(entry, _)| *entry).collect();
        if decided.is_empty() {
            return None;
        }
        let set_in = |entry: EntryRef| {
            let place = sets.binary_search_by_key(&entry, |side| side.entry);
            sets.get(place.ok()?)
        };
        let changed = self.without_own_drafts(sets).into_iter().filter(|side| {
            let before = newest_seen(book, &decided, side.entry);
            !decided.contains(&side.entry)
                && !ruled_by_who_saw(book, &rulings, side.entry)
                && before.into_iter().filter_map(set_in).any(|set| set.differs(side))
        });
        let sides: Vec<Side> = changed.cloned().collect();
        self.contest(ContestKind::Changed(self.fields.clone()), sides)
    }

    fn contest(&self, kind: ContestKind, sides: Vec<Side>) -> Option<Contest> {
        if sides.is_empty() {
            return None;
        }
        let before = self.page.seen_by_all(&self.fields, &sides);
        Some(Contest { record: self.page.record, kind, policy: self.policy, sides, before })
    }

    /// The decisions that rule on the unit.
    fn rulings(&self) -> Vec<(EntryRef, Ruling)> {
        let on_unit = |ruling: Ruling| match ruling {
            Ruling::Set(field) => self.fields.contains(&field),
            _ => false,
        };
        self.page.rulings(|ruling, whole| on_unit(ruling) || whole)
    }

    /// A write that its own author replaced before seeing anybody's concurrent write is not a
    /// side.
    fn without_own_drafts<'s>(&self, sets: &'s [Side]) -> Vec<&'s Side> {
        let book = self.page.book;
        let index = &book.index;
        let mut lines: BTreeMap<(Author<'_>, ActorId), Vec<&Side>> = BTreeMap::new();
        for side in sets {
            let line = (author_of(book, side.entry), side.entry.actor);
            lines.entry(line).or_default().push(side);
        }
        let replaced = |side: &Side| {
            let author = author_of(book, side.entry);
            let seen = book.clock_of(side.entry);
            // Whoever comes later in a line has seen more: the first of each is asked.
            let first_apart: Vec<EntryRef> = lines
                .iter()
                .filter(|((other, _), _)| *other != author)
                .filter_map(|(_, line)| index.apart_in(line, side.entry, seen?).first())
                .map(|other| other.entry)
                .collect();
            lines.iter().filter(|((other, _), _)| *other == author).any(|(_, line)| {
                let later = line.get(line.partition_point(|l| !index.saw(l.entry, side.entry)));
                later.is_some_and(|l| !first_apart.iter().any(|other| index.saw(l.entry, *other)))
            })
        };
        sets.iter().filter(|side| !replaced(side)).collect()
    }
}

/// A line of sides, and the places at which another value begins: of one value written a thousand
/// times each needs no look of its own.
struct Turns<'a> {
    line: &'a [&'a Side],
    places: Vec<usize>,
}

impl<'a> Turns<'a> {
    fn of(line: &'a [&'a Side]) -> Self {
        let turns = line.windows(2).enumerate();
        let turn = |(place, pair): (usize, &[&Side])| match pair {
            [a, b] if a.differs(b) => Some(place + 1),
            _ => None,
        };
        Self { line, places: turns.filter_map(turn).collect() }
    }

    /// Whether any of a part of the line, which begins at this place, differs from a side.
    fn differ_in(&self, start: usize, part: &[&Side], side: &Side) -> bool {
        let turn = self.places.partition_point(|place| *place <= start);
        part.first().is_some_and(|first| first.differs(side))
            || self.places.get(turn).is_some_and(|place| *place < start + part.len())
    }
}

/// Who wrote an entry: a device, which has one holder; or the person whom a decision names.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Author<'a> {
    Device(DeviceId),
    Person(&'a str),
}

fn author_of(book: &Book, entry: EntryRef) -> Author<'_> {
    let decision = book.decisions_in(entry).first();
    decision
        .map_or(Author::Device(entry.actor.device()), |decision| Author::Person(&decision.person))
}

/// Of the decisions that an entry's writer saw, those that no other of them saw.
fn newest_seen(book: &Book, decisions: &[EntryRef], entry: EntryRef) -> Vec<EntryRef> {
    let Some(clock) = book.clock_of(entry) else { return Vec::new() };
    book.index.newest(decisions, clock).into_iter().copied().collect()
}
