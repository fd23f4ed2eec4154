//! What new entries do to an open book: each is released, held or kept apart, and after every
//! release those that waited for it have their turn.

use std::collections::BTreeMap;

use crate::store::Db;
use soban_core::base::{EntryHash, EntryRef};
use soban_core::book::{Book, Entry, Refusal};

use super::Effects;
use super::books::OpenBook;
use crate::store::StoreError;
use crate::store::log::{self, LogEntry};

/// How an entry enters a book: [`enter`], or in tests something that fails.
pub(super) type Enter = fn(&mut Book, &Entry, Option<[u8; 8]>) -> Result<EntryHash, Refusal>;

pub(super) fn enter(
    book: &mut Book,
    entry: &Entry,
    claim: Option<[u8; 8]>,
) -> Result<EntryHash, Refusal> {
    book.enter(entry, claim)
}

/// Entries that the program fails on, by their place in the log.
pub(super) type Failed = BTreeMap<i64, EntryRef>;

/// The reason of an entry that this version of the program failed on.
pub(super) fn failure() -> String {
    format!("{} {}", log::FAILED, env!("CARGO_PKG_VERSION"))
}

pub(super) enum Failure {
    Store(StoreError),
    /// The open book must be dropped.
    Spoilt,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A batch being taken into a book.
pub(super) struct Plan<'a> {
    pub(super) db: &'a Db,
    pub(super) open: &'a mut OpenBook,
    pub(super) enter: Enter,
    pub(super) effects: &'a mut Effects,
    /// The entry under way, for whoever catches a panic.
    pub(super) at: &'a mut Option<(i64, EntryRef)>,
}

impl Plan<'_> {
    /// New entries in the order of the log, and what waited for them; those that failed before
    /// are kept apart.
    pub(super) fn take_all(&mut self, new: &[LogEntry], failed: &Failed) -> Result<(), Failure> {
        for (no, name) in failed {
            self.open.waiting.forget(*no);
            self.quarantine(*no, *name, failure());
        }
        for logged in new.iter().filter(|logged| !failed.contains_key(&logged.no)) {
            self.take(logged)?;
            while let Some(no) = self.open.waiting.next_ready() {
                // One that was given back may have made way for its author's own.
                if let Some(waiting) = log::find_entry(self.db, no)? {
                    self.take(&waiting)?;
                }
            }
        }
        *self.at = None;
        self.open.book.merge().map_err(|_| Failure::Spoilt)
    }

    fn take(&mut self, logged: &LogEntry) -> Result<(), Failure> {
        let (no, name) = (logged.no, logged.entry);
        *self.at = Some((no, name));
        let entry = match Entry::from_bytes(&logged.bytes) {
            Ok(entry) => entry,
            Err(error) => {
                self.quarantine(no, name, error.to_string());
                return Ok(());
            }
        };
        let claim = (!logged.let_in).then_some(logged.claim);
        match (self.enter)(&mut self.open.book, &entry, claim) {
            Ok(hash) => {
                self.effects.release(no, hash, entry);
                for waits in self.open.waiting.release(name) {
                    self.effects.hold(waits, log::MISSING);
                }
            }
            Err(Refusal::Missing(missing)) => {
                self.effects.hold(no, log::MISSING);
                let branched = self.open.waiting.hold(no, name, missing);
                self.hold_branch(branched);
            }
            Err(Refusal::Automerge(_)) => return Err(Failure::Spoilt),
            Err(refusal) => self.quarantine(no, name, refusal.to_string()),
        }
        Ok(())
    }

    fn quarantine(&mut self, no: i64, name: EntryRef, reason: String) {
        self.effects.quarantine(no, reason);
        let branched = self.open.waiting.set_apart(name);
        self.hold_branch(branched);
    }

    fn hold_branch(&mut self, branched: Vec<i64>) {
        for no in branched {
            self.effects.hold(no, log::BRANCH);
        }
    }
}
