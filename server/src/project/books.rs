//! Books kept open between batches, the least recently used closed first.

use std::collections::BTreeMap;

use rusqlite::Connection;
use soban_core::base::BookId;
use soban_core::book::{Book, Entry};

use crate::store::{StoreError, log};

/// Books open at once: a few hundred kilobytes each.
const MOST_OPEN: usize = 128;
/// The generation of a book that nothing was released of.
const FIRST_GENERATION: u32 = 1;

#[derive(Debug, Default)]
pub(super) struct OpenBooks {
    books: BTreeMap<BookId, (Book, u64)>,
    clock: u64,
}

impl OpenBooks {
    /// The book, opened from its released entries if it is not yet.
    pub(super) fn open(&mut self, db: &Connection, id: BookId) -> Result<&mut Book, StoreError> {
        self.clock += 1;
        let now = self.clock;
        if !self.books.contains_key(&id) {
            self.close_oldest();
            self.books.insert(id, (load_book(db, id)?, now));
        }
        match self.books.get_mut(&id) {
            Some((book, used)) => {
                *used = now;
                Ok(book)
            }
            None => Err(StoreError::Damaged(format!("book {id} did not open"))),
        }
    }

    /// Forgets a book that may be ahead of the disk.
    pub(super) fn close(&mut self, id: BookId) {
        self.books.remove(&id);
    }

    pub(super) fn close_all(&mut self) {
        self.books.clear();
    }

    fn close_oldest(&mut self) {
        if self.books.len() >= MOST_OPEN {
            let oldest = self.books.iter().min_by_key(|(_, (_, used))| *used);
            if let Some(id) = oldest.map(|(id, _)| *id) {
                self.books.remove(&id);
            }
        }
    }
}

/// A book as its released entries make it.
pub(crate) fn load_book(db: &Connection, id: BookId) -> Result<Book, StoreError> {
    let head = crate::store::projection::find_head(db, id)?;
    let generation = head.map_or(FIRST_GENERATION, |head| head.generation);
    let read = |released: log::LogEntry| {
        let entry = Entry::from_bytes(&released.bytes);
        entry.map_err(|error| StoreError::Damaged(format!("{} of {id}: {error}", released.entry)))
    };
    let entries = log::list_released(db, id)?.into_iter().map(read);
    let entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
    Book::replay(id, generation, &entries)
        .map_err(|(entry, refusal)| StoreError::Damaged(format!("{entry} of {id}: {refusal}")))
}
