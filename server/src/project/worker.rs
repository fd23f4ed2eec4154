//! The worker's loop: read what nobody has looked at, apply it, write what follows.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::store::Db;
use soban_core::base::{BookId, EntryRef};
use soban_core::form::Pack;

use super::batch::{Batch, NewEntries, Written};
use super::books::OpenBooks;
use super::choose::choose;
use super::plan::{Enter, Failed, Failure, Plan, failure};
use super::rush::Rush;
use super::{Effects, Shared};
use crate::store::log::{self, LogEntry};
use crate::store::projection::is_refused;
use crate::store::{Store, StoreError};

/// Entries per transaction: many enough to share a flush, few enough that a sync never waits long
/// for the writer.
const BATCH: usize = 1_000;
/// The same while many phones sync.
const SMALL_BATCH: usize = 250;
/// So many of the oldest entries are looked through for those of the same books.
const LOOKED_THROUGH: u32 = 10_000;
const FIRST_GENERATION: u32 = 1;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

pub(super) struct Worker {
    store: Store,
    pack: Arc<Pack>,
    shared: Arc<Shared>,
    books: OpenBooks,
    enter: Enter,
    rush: Rush,
    /// The batch that is being written while the next one is found out.
    under_way: Option<Batch>,
}

/// What trying a batch on a book came to.
enum Tried {
    Done(Effects),
    /// The book was dropped; on account of this entry, if it is known which.
    Spoilt(Option<(i64, EntryRef)>),
}

/// Why a batch cannot be found out now.
enum Stop {
    Store(StoreError),
    /// A book must be opened anew, and what is being written is of it.
    Behind,
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What was being written is on the disk.
struct Finished {
    /// How many batches that was: one or none.
    batches: usize,
    /// Whether all of it is there as it was found.
    as_found: bool,
}

impl Worker {
    pub(super) fn new(store: Store, pack: Arc<Pack>, shared: Arc<Shared>, enter: Enter) -> Self {
        Self {
            store,
            pack,
            shared,
            books: OpenBooks::default(),
            enter,
            rush: Rush::new(),
            under_way: None,
        }
    }

    pub(super) fn run(mut self) {
        self.insist(Self::forget_old_failures);
        while self.shared.wait_for_work() {
            loop {
                self.rush.begin(&self.store);
                if self.shared.stopping() || self.insist(Self::project_batch) == 0 {
                    break;
                }
                self.rush.rest(&self.store, &self.shared);
            }
        }
        // It is written whatever becomes of this thread; only the counters wait for it.
        drop(self.finish_batch());
    }

    /// Does it until it succeeds: the disk may be full now and not later. Meanwhile nothing is
    /// lost, since what is not projected stays in the log.
    fn insist(&mut self, job: fn(&mut Self) -> Result<usize, StoreError>) -> usize {
        let mut pause = FIRST_PAUSE;
        loop {
            let done = catch_unwind(AssertUnwindSafe(|| job(self)))
                .unwrap_or_else(|_| Err(StoreError::Damaged("the projection panicked".to_owned())));
            match done {
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
            if !self.shared.pause(pause) {
                return 0;
            }
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

    /// Finds out what the next entries mean while what the last ones meant is being written; how
    /// many batches that was.
    fn project_batch(&mut self) -> Result<usize, StoreError> {
        let most = if self.rush.is_on() { SMALL_BATCH } else { BATCH };
        let new = self.store.read(|db| {
            let accepted = log::list_accepted(db, LOOKED_THROUGH)?;
            let chosen = choose(&accepted, self.under_way.as_ref(), most);
            let read = |(book, places): (BookId, Vec<i64>)| {
                let find = |no| log::find_entry(db, no).transpose();
                let entries = places.into_iter().filter_map(find);
                Ok((book, entries.collect::<Result<_, StoreError>>()?))
            };
            chosen.into_iter().map(read).collect::<Result<NewEntries, StoreError>>()
        })?;
        self.books.keep(new.keys());
        if new.is_empty() || new.keys().any(|book| self.is_behind(*book)) {
            return Ok(self.finish_batch()?.batches);
        }
        let store = self.store.clone();
        let found: Result<Vec<Effects>, Stop> = store.read(|db| {
            Ok(new.iter().map(|(book, new)| self.project_book(db, *book, new)).collect())
        })?;
        let finished = self.finish_batch()?;
        match found {
            Err(Stop::Store(error)) => return Err(error),
            Ok(effects) if finished.as_found => {
                self.under_way = Some(Batch::begin(&self.store, new, effects)?);
            }
            // It stands on what is not on the disk as it was found.
            Ok(_) | Err(Stop::Behind) => self.books.close_all(),
        }
        Ok(1)
    }

    /// Whether a book cannot be opened from the disk yet: what is being written is of it.
    fn is_behind(&self, book: BookId) -> bool {
        let under_way = self.under_way.as_ref();
        under_way.is_some_and(|batch| batch.last_of(book).is_some()) && !self.books.is_open(book)
    }

    /// Waits until what is being written is on the disk. What the database does not take for
    /// another reason than the disk's is found book by book, and the entries of that book are kept
    /// apart.
    fn finish_batch(&mut self) -> Result<Finished, StoreError> {
        let Some(batch) = self.under_way.take() else {
            return Ok(Finished { batches: 0, as_found: true });
        };
        let Written { new, effects, done } = batch.finish();
        let as_found = done.is_ok();
        match done {
            Err(error) if !is_refused(&error) => return Err(error),
            Err(_) => {
                for of_book in effects {
                    let new = new.get(&of_book.book()).map_or(&[][..], Vec::as_slice);
                    self.write_book(of_book, new)?;
                }
            }
            Ok(()) => effects.iter().for_each(|of_book| self.count(of_book)),
        }
        Ok(Finished { batches: 1, as_found })
    }

    fn write_book(&mut self, effects: Arc<Effects>, new: &[LogEntry]) -> Result<(), StoreError> {
        let (book, tried) = (effects.book(), Arc::clone(&effects));
        match self.store.write(move |db| tried.write(db, true)) {
            Ok(()) => {
                self.count(&effects);
                Ok(())
            }
            Err(error) if !is_refused(&error) => Err(error),
            Err(error) => {
                tracing::error!(%error, %book, "what follows from entries cannot be written");
                self.books.close(book);
                let apart = Arc::new(all_apart(book, new));
                self.count(&apart);
                self.store.write(move |db| apart.write(db, true))
            }
        }
    }

    /// A panic, or Automerge itself refusing, spoils an open book. The entry it happens on is kept
    /// apart, and the book goes on without it.
    fn project_book(&mut self, db: &Db, id: BookId, new: &[LogEntry]) -> Result<Effects, Stop> {
        let mut failed = Failed::new();
        loop {
            match self.try_batch(db, id, new, &failed)? {
                Tried::Done(effects) => return Ok(effects),
                Tried::Spoilt(Some((no, name))) if !failed.contains_key(&no) => {
                    failed.insert(no, name);
                }
                Tried::Spoilt(_) => return self.one_by_one(db, id, new, failed),
            }
        }
    }

    /// The batch fails as a whole, after its last entry: what fails is found by adding one entry
    /// after the other.
    fn one_by_one(
        &mut self,
        db: &Db,
        id: BookId,
        new: &[LogEntry],
        mut failed: Failed,
    ) -> Result<Effects, Stop> {
        let mut good: Vec<LogEntry> = Vec::new();
        let known = failed.clone();
        for entry in new.iter().filter(|entry| !known.contains_key(&entry.no)) {
            good.push(entry.clone());
            self.books.close(id);
            if let Tried::Spoilt(_) = self.try_batch(db, id, &good, &failed)? {
                good.pop();
                failed.insert(entry.no, entry.entry);
            }
        }
        self.books.close(id);
        match self.try_batch(db, id, &good, &failed)? {
            Tried::Done(effects) => Ok(effects),
            // Not even the book itself opens.
            Tried::Spoilt(_) => Ok(all_apart(id, new)),
        }
    }

    fn try_batch(
        &mut self,
        db: &Db,
        id: BookId,
        new: &[LogEntry],
        failed: &Failed,
    ) -> Result<Tried, Stop> {
        if self.is_behind(id) {
            return Err(Stop::Behind);
        }
        let (mut at, enter, pack) = (None, self.enter, Arc::clone(&self.pack));
        let tried = catch_unwind(AssertUnwindSafe(|| {
            let open = self.books.open(db, id)?;
            let mut effects = Effects::new(id, open.book.generation());
            let (effects_so_far, at) = (&mut effects, &mut at);
            let mut plan = Plan { db, open: &mut *open, enter, effects: effects_so_far, at };
            plan.take_all(new, failed)?;
            effects.derive(&open.book, &pack);
            Ok(effects)
        }));
        match tried {
            Ok(Ok(effects)) => return Ok(Tried::Done(effects)),
            Ok(Err(Failure::Store(error))) if !is_refused(&error) => return Err(error.into()),
            Ok(Err(Failure::Store(error))) => tracing::error!(%error, book = %id, "projection"),
            Ok(Err(Failure::Spoilt)) | Err(_) => {}
        }
        self.books.close(id);
        Ok(Tried::Spoilt(at))
    }

    fn count(&self, effects: &Effects) {
        let (released, held, quarantined) = effects.counts();
        let add = |counter: &AtomicU64, count: usize| {
            counter.fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        };
        add(&self.shared.released, released);
        add(&self.shared.held, held);
        add(&self.shared.quarantined, quarantined);
    }
}

/// Everything that is new of a book, kept apart.
fn all_apart(book: BookId, new: &[LogEntry]) -> Effects {
    let mut effects = Effects::new(book, FIRST_GENERATION);
    for entry in new {
        effects.quarantine(entry.no, failure());
    }
    effects
}
