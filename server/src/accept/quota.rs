//! How much one device may put into the log: a hostile one fills its own room and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::{Db, StoreError, quota};
use soban_core::base::{BookId, DeviceId, OrgUnitId};

use crate::store::log::Arrived;

/// What one device may deliver in all: a thousand times what a village writes in a year.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// What an entry costs besides its bytes: rows of the log and of the tables that follow from it.
const ENTRY_BYTES: u64 = 1_024;
/// Books that a unit may have: more years than anybody writes of, and far fewer than can be named.
const MOST_BOOKS: u32 = 256;
/// Names that a device may write under in one book. It takes another after each restore; all of
/// them at once may be tips that the next entry has to name.
const MOST_ACTORS: u32 = 256;

/// The room that a device has left, as one request uses it.
pub(super) struct Quota<'a> {
    db: &'a Db,
    device: DeviceId,
    left: u64,
    used: u64,
    /// Of units, how many books they have.
    books: BTreeMap<OrgUnitId, u32>,
    /// Books that this request began.
    begun: BTreeSet<BookId>,
    /// Of books, under how many names the device has written into them.
    actors: BTreeMap<BookId, u32>,
}

impl<'a> Quota<'a> {
    /// Of a device that has brought so many bytes.
    pub(super) fn of(db: &'a Db, device: DeviceId, brought_bytes: u64) -> Self {
        let left = MOST_BYTES.saturating_sub(brought_bytes);
        let (books, actors) = (BTreeMap::new(), BTreeMap::new());
        Self { db, device, left, used: 0, books, begun: BTreeSet::new(), actors }
    }

    /// What was used of it.
    pub(super) fn used(&self) -> u64 {
        self.used
    }

    /// Whether there is room for bytes and what they cost besides.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.left >= cost(bytes)
    }

    pub(super) fn take(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(cost(bytes));
        self.used = self.used.saturating_add(cost(bytes));
    }

    /// Whether an entry may begin what it begins: a book, or a name in it. `known`: something of the
    /// book has been projected.
    pub(super) fn may_begin(&mut self, arrived: &Arrived, known: bool) -> Result<bool, StoreError> {
        let (book, seq) = (arrived.book, arrived.entry.seq);
        // Of an actor, only its first entry can enter before the others.
        Ok((known || self.may_open(book)?) && (seq > 1 || self.may_name(book)?))
    }

    fn may_open(&mut self, book: BookId) -> Result<bool, StoreError> {
        if self.begun.contains(&book) {
            return Ok(true);
        }
        let books = match self.books.get(&book.org_unit) {
            Some(books) => *books,
            None => quota::count_books(self.db, book.org_unit, MOST_BOOKS)?,
        };
        if books >= MOST_BOOKS {
            return quota::has_book(self.db, book);
        }
        self.begun.insert(book);
        self.books.insert(book.org_unit, books + 1);
        Ok(true)
    }

    fn may_name(&mut self, book: BookId) -> Result<bool, StoreError> {
        let actors = match self.actors.get(&book) {
            Some(actors) => *actors,
            None => quota::count_actors(self.db, book, self.device)?,
        };
        self.actors.insert(book, actors.saturating_add(1));
        Ok(actors < MOST_ACTORS)
    }
}

fn cost(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX).saturating_add(ENTRY_BYTES)
}
