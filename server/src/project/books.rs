//! Books kept open between batches, the least recently used closed first.

use std::collections::BTreeMap;

use crate::store::Db;
use soban_core::base::BookId;
use soban_core::book::{Book, Entry};

use super::waiting::Waiting;
use crate::store::{StoreError, log, projection};

/// Entries in all open books together: some eight kilobytes each, measured, documents included.
const MOST_OPEN_ENTRIES: u64 = 30_000;
/// The generation of a book that nothing was released of.
const FIRST_GENERATION: u32 = 1;

/// A book, and what is not in it yet.
#[derive(Debug)]
pub(super) struct OpenBook {
    pub(super) book: Book,
    pub(super) waiting: Waiting,
    used: u64,
}

impl OpenBook {
    fn load(db: &Db, id: BookId) -> Result<Self, StoreError> {
        let book = load_book(db, id)?;
        let waiting = Waiting::load(db, &book)?;
        Ok(Self { book, waiting, used: 0 })
    }

    fn entries(&self) -> u64 {
        self.book.clock().0.values().map(|seq| u64::from(*seq)).sum()
    }
}

#[derive(Debug, Default)]
pub(super) struct OpenBooks {
    books: BTreeMap<BookId, OpenBook>,
    clock: u64,
}

impl OpenBooks {
    /// The book, opened from its released entries if it is not yet.
    pub(super) fn open(&mut self, db: &Db, id: BookId) -> Result<&mut OpenBook, StoreError> {
        self.clock += 1;
        if !self.books.contains_key(&id) {
            self.make_room();
            self.books.insert(id, OpenBook::load(db, id)?);
        }
        let missing = || StoreError::Damaged(format!("book {id} did not open"));
        let open = self.books.get_mut(&id).ok_or_else(missing)?;
        open.used = self.clock;
        Ok(open)
    }

    pub(super) fn is_open(&self, id: BookId) -> bool {
        self.books.contains_key(&id)
    }

    /// Those of them that are open are needed next.
    pub(super) fn keep<'a>(&mut self, ids: impl Iterator<Item = &'a BookId>) {
        self.clock += 1;
        for id in ids {
            if let Some(open) = self.books.get_mut(id) {
                open.used = self.clock;
            }
        }
    }

    /// Forgets a book that may be ahead of the disk.
    pub(super) fn close(&mut self, id: BookId) {
        self.books.remove(&id);
    }

    pub(super) fn close_all(&mut self) {
        self.books.clear();
    }

    fn make_room(&mut self) {
        let mut entries: u64 = self.books.values().map(OpenBook::entries).sum();
        while entries > MOST_OPEN_ENTRIES {
            let oldest = self.books.iter().min_by_key(|(_, open)| open.used);
            let Some((id, open)) = oldest.map(|(id, open)| (*id, open.entries())) else { return };
            entries -= open;
            self.books.remove(&id);
        }
    }
}

/// A book as its released entries make it.
pub(crate) fn load_book(db: &Db, id: BookId) -> Result<Book, StoreError> {
    let head = projection::find_head(db, id)?;
    let generation = head.map_or(FIRST_GENERATION, |head| head.generation);
    let read = |released: log::LogEntry| {
        let entry = Entry::from_bytes(&released.bytes).map(|entry| (entry, released.claim));
        entry.map_err(|error| StoreError::Damaged(format!("{} of {id}: {error}", released.entry)))
    };
    let entries = log::list_released(db, id)?.into_iter().map(read);
    let entries: Vec<(Entry, [u8; 8])> = entries.collect::<Result<_, _>>()?;
    let entries = entries.iter().map(|(entry, claim)| (entry, *claim));
    Book::replay(id, generation, entries)
        .map_err(|(entry, refusal)| StoreError::Damaged(format!("{entry} of {id}: {refusal}")))
}
