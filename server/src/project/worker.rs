//! The worker's loop: read what nobody has looked at, apply it, write what follows.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rusqlite::Connection;
use soban_core::base::BookId;
use soban_core::book::{Book, Entry, Refusal};
use soban_core::form::Pack;

use super::books::OpenBooks;
use super::{Effects, Shared};
use crate::store::log::{self, LogEntry};
use crate::store::{Store, StoreError};

/// Entries per transaction: many enough to share a flush, few enough that a sync never waits long
/// for the writer.
const BATCH: u32 = 400;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

pub(super) struct Worker {
    store: Store,
    pack: Arc<Pack>,
    shared: Arc<Shared>,
    books: OpenBooks,
}

impl Worker {
    pub(super) fn new(store: Store, pack: Arc<Pack>, shared: Arc<Shared>) -> Self {
        Self { store, pack, shared, books: OpenBooks::default() }
    }

    pub(super) fn run(mut self) {
        self.insist(Self::forget_old_failures);
        while self.shared.wait_for_work() {
            while !self.shared.stopping() && self.insist(Self::project_batch) > 0 {}
        }
    }

    /// Does it until it succeeds: the disk may be full now and not later. Meanwhile nothing is
    /// lost, since what is not projected stays in the log.
    fn insist(&mut self, job: fn(&mut Self) -> Result<usize, StoreError>) -> usize {
        let mut pause = FIRST_PAUSE;
        loop {
            match job(self) {
                Ok(done) => {
                    self.shared.healthy.store(true, Ordering::Relaxed);
                    return done;
                }
                Err(error) => {
                    tracing::error!(%error, "projection failed, trying again");
                    self.shared.healthy.store(false, Ordering::Relaxed);
                    self.books.close_all();
                }
            }
            if self.shared.stopping() {
                return 0;
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// What another version of the program failed on is tried again.
    fn forget_old_failures(&mut self) -> Result<usize, StoreError> {
        self.store.write(|db| {
            let reasons = log::failure_reasons(db)?;
            let old = reasons.iter().filter(|reason| **reason != failure());
            old.map(|reason| log::retry_failed(db, reason)).sum()
        })
    }

    fn project_batch(&mut self) -> Result<usize, StoreError> {
        let batch = self.store.read(|db| log::list_accepted(db, BATCH))?;
        let mut by_book: BTreeMap<BookId, Vec<LogEntry>> = BTreeMap::new();
        let taken = batch.len();
        for entry in batch {
            by_book.entry(entry.book).or_default().push(entry);
        }
        let mut effects = Vec::with_capacity(by_book.len());
        for (book, entries) in by_book {
            effects.push(self.project_book(book, entries)?);
        }
        self.count(&effects);
        if !effects.is_empty() {
            self.store.write(move |db| effects.iter().try_for_each(|e| e.write(db, true)))?;
        }
        Ok(taken)
    }

    fn project_book(&mut self, id: BookId, new: Vec<LogEntry>) -> Result<Effects, StoreError> {
        let store = self.store.clone();
        store.read(|db| {
            let pack = Arc::clone(&self.pack);
            let applied = catch_unwind(AssertUnwindSafe(|| {
                let book = self.books.open(db, id)?;
                let mut effects = Effects::new(book);
                apply_all(db, book, new.clone(), &mut effects)?;
                effects.derive(book, &pack);
                Ok(effects)
            }));
            match applied {
                Ok(Ok(effects)) => Ok(effects),
                Ok(Err(Failure::Store(error))) => Err(error),
                Ok(Err(Failure::Refused)) | Err(_) => {
                    self.books.close(id);
                    self.one_by_one(db, id, new)
                }
            }
        })
    }

    /// A panic, or Automerge itself refusing, spoils an open book. The entry it happens on is kept
    /// apart, and the book goes on without it.
    fn one_by_one(
        &mut self,
        db: &Connection,
        id: BookId,
        new: Vec<LogEntry>,
    ) -> Result<Effects, StoreError> {
        let pack = Arc::clone(&self.pack);
        let mut good: Vec<LogEntry> = Vec::new();
        let mut failed = Vec::new();
        for entry in new {
            let mut tried = good.clone();
            tried.push(entry.clone());
            self.books.close(id);
            let applied = catch_unwind(AssertUnwindSafe(|| {
                let book = self.books.open(db, id)?;
                let mut effects = Effects::new(book);
                apply_all(db, book, tried.clone(), &mut effects)?;
                effects.derive(book, &pack);
                Ok(())
            }));
            match applied {
                Ok(Ok(())) => good = tried,
                Ok(Err(Failure::Store(error))) => return Err(error),
                Ok(Err(Failure::Refused)) | Err(_) => failed.push((entry.no, entry.entry)),
            }
        }
        self.books.close(id);
        let book = self.books.open(db, id)?;
        let mut effects = Effects::new(book);
        match apply_all(db, book, good, &mut effects) {
            Err(Failure::Store(error)) => return Err(error),
            Err(Failure::Refused) | Ok(()) => effects.derive(book, &pack),
        }
        for (no, entry) in failed {
            effects.quarantine(no, entry, failure());
        }
        Ok(effects)
    }

    fn count(&self, effects: &[Effects]) {
        for (released, held, quarantined) in effects.iter().map(Effects::counts) {
            let add = |counter: &std::sync::atomic::AtomicU64, count: usize| {
                counter.fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
            };
            add(&self.shared.released, released);
            add(&self.shared.held, held);
            add(&self.shared.quarantined, quarantined);
        }
    }
}

/// The reason of an entry that this version of the program failed on.
fn failure() -> String {
    format!("projection-failed {}", env!("CARGO_PKG_VERSION"))
}

enum Failure {
    Store(StoreError),
    Refused,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// New entries in the order of the log, and after each release the held ones that may enter now.
fn apply_all(
    db: &Connection,
    book: &mut Book,
    new: Vec<LogEntry>,
    effects: &mut Effects,
) -> Result<(), Failure> {
    let mut held = log::list_held(db, book.id())?;
    for entry in new {
        if apply_one(db, book, &entry, effects)? {
            while release_held(db, book, &mut held, effects)? {}
        } else {
            held.push(entry);
        }
    }
    Ok(())
}

/// Tries every held entry once; whether any entered.
fn release_held(
    db: &Connection,
    book: &mut Book,
    held: &mut Vec<LogEntry>,
    effects: &mut Effects,
) -> Result<bool, Failure> {
    let before = held.len();
    let mut left = Vec::new();
    for entry in held.drain(..) {
        if !apply_one(db, book, &entry, effects)? {
            left.push(entry);
        }
    }
    *held = left;
    Ok(held.len() < before)
}

/// Whether the entry needs no further look: it entered, or never will.
fn apply_one(
    db: &Connection,
    book: &mut Book,
    logged: &LogEntry,
    effects: &mut Effects,
) -> Result<bool, Failure> {
    let entry = match Entry::from_bytes(&logged.bytes) {
        Ok(entry) => entry,
        Err(error) => {
            effects.quarantine(logged.no, logged.entry, error.to_string());
            return Ok(true);
        }
    };
    match book.apply(&entry, Some(logged.claim)) {
        Ok(hash) => {
            effects.release(logged.no, hash, entry);
            Ok(true)
        }
        Err(Refusal::Missing(missing)) => {
            let mut apart = false;
            for dep in missing {
                apart |= log::is_kept_apart(db, book.id(), dep)? || effects.keeps_apart(dep);
            }
            let reason = if apart { log::BRANCH } else { log::MISSING };
            effects.hold(logged.no, logged.entry, reason);
            Ok(false)
        }
        Err(Refusal::Automerge(_)) => Err(Failure::Refused),
        Err(refusal) => {
            effects.quarantine(logged.no, logged.entry, refusal.to_string());
            Ok(true)
        }
    }
}
