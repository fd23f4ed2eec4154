//! Books kept open while the phone is, each rebuilt from its entries when it is first needed.

use super::{Phone, PhoneError};
use crate::base::{BookId, RecordKey};
use crate::book::{Book, Entry, RecordRow, row_of};
use crate::form::Pack;
use crate::store::{EntryState, StoreError, Transaction};

/// Books of an unknown generation start at the first.
const FIRST_GENERATION: u32 = 1;

impl Phone {
    /// Forgets the open books; each is opened anew from its entries when it is next needed. For
    /// whoever caught a panic, after which an open book may be ahead of the disk.
    pub fn close_books(&mut self) {
        self.books.clear();
    }

    /// The book, opened if it is not yet. What cannot enter it now stays in the file.
    pub(super) fn open_book(&mut self, id: BookId) -> Result<&mut Book, PhoneError> {
        if !self.books.contains_key(&id) {
            let book = self.load_book(id, &[])?;
            self.books.insert(id, book);
        }
        self.books.get_mut(&id).ok_or_else(|| PhoneError::File("a book is missing".to_owned()))
    }

    /// The book from its entries in the file, some of them left out.
    pub(super) fn load_book(&self, id: BookId, left_out: &[Entry]) -> Result<Book, PhoneError> {
        let mut rows = self.store.entries_of(id)?;
        rows.retain(|row| !left_out.contains(&row.entry));
        let generation = rows.iter().map(|row| row.generation).max().unwrap_or(FIRST_GENERATION);
        let here = |state: EntryState| state != EntryState::Waiting;
        let (settled, waiting): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .filter(|row| row.generation == generation)
            .partition(|row| here(row.state));
        let entries: Vec<Entry> = settled.into_iter().map(|row| row.entry).collect();
        let mut book = match Book::replay(id, generation, &entries) {
            Ok(book) => book,
            // After a rescue a middle part may be gone; what still stands alone is shown.
            Err(_) => replay_what_enters(id, generation, &entries),
        };
        for row in waiting {
            // Still not: it stays in the file, and is counted there.
            drop(book.apply(&row.entry, Some(row.hash)));
        }
        Ok(book)
    }

    /// Writes the record table of every book anew, from entries.
    pub(super) fn rebuild_rows(&mut self) -> Result<(), PhoneError> {
        for id in self.store.books()? {
            self.books.remove(&id);
            self.rebuild_book_rows(id)?;
        }
        Ok(())
    }

    pub(super) fn rebuild_book_rows(&mut self, id: BookId) -> Result<(), PhoneError> {
        let pack = self.pack.clone();
        let book = self.open_book(id)?;
        let rows = all_rows(book, &pack);
        self.store.write(|tx| {
            tx.clear_records(id)?;
            rows.iter().try_for_each(|row| tx.put_record(id, row))
        })?;
        Ok(())
    }

    /// The rows that writing these entries may have changed: the records they wrote to, and the
    /// records those are rows of.
    pub(super) fn rows_after(&self, id: BookId, entries: &[Entry]) -> Vec<RecordRow> {
        let Some(book) = self.books.get(&id) else { return Vec::new() };
        let touched = entries.iter().flat_map(|entry| book.touched_by(entry.name()));
        let mut keys: Vec<RecordKey> =
            touched.flat_map(|key| [Some(key), book.parent_of(key)]).flatten().collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().filter_map(|key| row_of(book, key, &self.pack)).collect()
    }
}

/// The rows of every record of a book.
pub(super) fn all_rows(book: &Book, pack: &Pack) -> Vec<RecordRow> {
    book.records().filter_map(|key| row_of(book, key, pack)).collect()
}

fn replay_what_enters(id: BookId, generation: u32, entries: &[Entry]) -> Book {
    let mut book = Book::new(id, generation);
    for entry in entries {
        drop(book.apply(entry, None));
    }
    book
}

/// Writes rows inside a transaction.
pub(super) fn put_rows(
    tx: &Transaction<'_>,
    book: BookId,
    rows: &[RecordRow],
) -> Result<(), StoreError> {
    rows.iter().try_for_each(|row| tx.put_record(book, row))
}
