//! Entries of one book that wait for others, and which of them wait for ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::Db;
use soban_core::base::EntryRef;
use soban_core::book::{Book, Entry};

use crate::store::{StoreError, log};

/// What is not in the book, by what it lacks. Entries are named by their place in the log and not
/// kept here: there may be many, and most of them never enter.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    held: BTreeMap<i64, Held>,
    by_missing: BTreeMap<EntryRef, BTreeSet<i64>>,
    /// Quarantined entries, and held ones that stand on them.
    apart: BTreeSet<EntryRef>,
    /// Nothing is missing of these any more.
    ready: BTreeSet<i64>,
}

#[derive(Debug)]
struct Held {
    name: EntryRef,
    missing: BTreeSet<EntryRef>,
}

impl Waiting {
    /// What waits for entries of this book.
    pub(super) fn load(db: &Db, book: &Book) -> Result<Self, StoreError> {
        let mut waiting = Self::default();
        for logged in log::list_held(db, book.id())? {
            // One that does not read is found out when it is its turn.
            let missing = Entry::from_bytes(&logged.bytes).map(|entry| book.missing(&entry));
            waiting.hold(logged.no, logged.entry, missing.unwrap_or_default());
        }
        for quarantined in log::list_quarantined(db, book.id())? {
            waiting.set_apart(quarantined);
        }
        Ok(waiting)
    }

    /// Remembers an entry and what it lacks. The places of all that now stands on something
    /// quarantined: this one, and what waits for it.
    pub(super) fn hold(&mut self, no: i64, name: EntryRef, missing: Vec<EntryRef>) -> Vec<i64> {
        if missing.is_empty() {
            self.ready.insert(no);
            return Vec::new();
        }
        let branch = missing.iter().any(|dep| self.apart.contains(dep));
        for dep in &missing {
            self.by_missing.entry(*dep).or_default().insert(no);
        }
        self.held.insert(no, Held { name, missing: missing.into_iter().collect() });
        let mut branched = if branch { self.set_apart(name) } else { Vec::new() };
        branched.extend(branch.then_some(no));
        branched
    }

    /// An entry is quarantined: the places of what stands on it, directly or not.
    pub(super) fn set_apart(&mut self, name: EntryRef) -> Vec<i64> {
        let mut branched = Vec::new();
        let mut todo = vec![name];
        while let Some(next) = todo.pop() {
            if !self.apart.insert(next) {
                continue;
            }
            for no in self.by_missing.get(&next).into_iter().flatten() {
                branched.push(*no);
                todo.extend(self.held.get(no).map(|held| held.name));
            }
        }
        branched
    }

    /// An entry is in the book: what lacked nothing else is ready. The places of what still waits,
    /// and stands on nothing any more that is kept apart: this entry was, and has been let in.
    pub(super) fn release(&mut self, name: EntryRef) -> Vec<i64> {
        let waiting = self.by_missing.remove(&name).unwrap_or_default();
        for no in &waiting {
            let Some(held) = self.held.get_mut(no) else { continue };
            held.missing.remove(&name);
            if held.missing.is_empty() {
                self.held.remove(no);
                self.ready.insert(*no);
            }
        }
        if self.apart.remove(&name) { self.join(waiting) } else { Vec::new() }
    }

    /// Those of these places, and of what waits for them, that stand on nothing kept apart.
    fn join(&mut self, places: BTreeSet<i64>) -> Vec<i64> {
        let mut joined = Vec::new();
        let mut todo: Vec<i64> = places.into_iter().collect();
        while let Some(no) = todo.pop() {
            let Some(held) = self.held.get(&no) else { continue };
            let branch = held.missing.iter().any(|dep| self.apart.contains(dep));
            if !branch && self.apart.remove(&held.name) {
                joined.push(no);
                todo.extend(self.by_missing.get(&held.name).into_iter().flatten());
            }
        }
        joined
    }

    /// An entry is not to be tried again.
    pub(super) fn forget(&mut self, no: i64) {
        self.ready.remove(&no);
        let Some(held) = self.held.remove(&no) else { return };
        for dep in held.missing {
            if let Some(waiting) = self.by_missing.get_mut(&dep) {
                waiting.remove(&no);
            }
        }
    }

    /// The entry to try next: in the order of the log.
    pub(super) fn next_ready(&mut self) -> Option<i64> {
        self.ready.pop_first()
    }
}
