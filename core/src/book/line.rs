//! Lines: what one actor wrote, one entry after the other. Whoever writes has seen all that they
//! wrote before, so what somebody saw of a line is its beginning, and those who saw an entry are
//! its end: both are found by a search. Questions about who saw whom go line by line, never
//! entry against entry: a field may be written thousands of times, and only few write it.

use super::Clock;
use super::index::Index;
use crate::base::EntryRef;

/// What an entry said, in some way.
pub(super) trait OfEntry {
    /// The entry.
    fn entry(&self) -> EntryRef;
}

impl OfEntry for EntryRef {
    fn entry(&self) -> EntryRef {
        *self
    }
}

impl<T: OfEntry> OfEntry for &T {
    fn entry(&self) -> EntryRef {
        (*self).entry()
    }
}

/// The lines of what is in ascending order of its entries.
pub(super) fn lines<T: OfEntry>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let actor = rest.first()?.entry().actor;
        let end = rest.partition_point(|said| said.entry().actor <= actor);
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}

/// What somebody with this clock saw of a line.
pub(super) fn seen_of<'a, T: OfEntry>(line: &'a [T], clock: &Clock) -> &'a [T] {
    line.split_at(line.partition_point(|said| clock.saw(said.entry()))).0
}

impl Index {
    /// Of what is in ascending order of its entries, and was seen by somebody with this clock,
    /// that which nothing else there saw.
    pub(super) fn newest<'a, T: OfEntry>(&self, all: &'a [T], clock: &Clock) -> Vec<&'a T> {
        let last: Vec<&T> = lines(all).filter_map(|line| seen_of(line, clock).last()).collect();
        let seen = |of: &&T| last.iter().any(|other| self.saw(other.entry(), of.entry()));
        last.iter().copied().filter(|of| !seen(of)).collect()
    }

    /// Of a line, what is apart from an entry, whose writer and all who are to be counted with
    /// them had seen what is in the clock.
    pub(super) fn apart_in<'a, T: OfEntry>(
        &self,
        line: &'a [T],
        entry: EntryRef,
        seen: &Clock,
    ) -> &'a [T] {
        let unseen = line.split_at(seen_of(line, seen).len()).1;
        unseen.split_at(unseen.partition_point(|said| !self.saw(said.entry(), entry))).0
    }
}
