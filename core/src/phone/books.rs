//! Books kept open while the phone is, each rebuilt from its entries when it is first needed.

use super::{Phone, PhoneError, needs};
use crate::base::{BookId, RecordKey};
use crate::book::{Book, Entry, RecordRow, Refusal, row_of};
use crate::form::Pack;
use crate::store::{EntryRow, EntryState, StoreError, Transaction};

/// Books of an unknown generation start at the first.
const FIRST_GENERATION: u32 = 1;

impl Phone {
    /// Forgets the open books; each is opened anew from its entries when it is next needed. For
    /// whoever caught a panic, after which an open book may be ahead of the disk.
    pub fn close_books(&mut self) {
        self.books.clear();
    }

    /// The book, opened if it is not yet. What cannot enter it now stays in the file; own entries
    /// that stand on something that is gone for good are written anew.
    pub(super) fn open_book(&mut self, id: BookId) -> Result<&mut Book, PhoneError> {
        if !self.books.contains_key(&id) {
            self.reopen_book(id)?;
        }
        self.books.get_mut(&id).ok_or_else(|| PhoneError::File("a book is missing".to_owned()))
    }

    /// The book from its entries in the file, some of them left out.
    pub(super) fn load_book(&self, id: BookId, left_out: &[Entry]) -> Result<Loaded, PhoneError> {
        let mut rows = self.store.entries_of(id)?;
        rows.retain(|row| !left_out.contains(&row.entry));
        let generation = rows.iter().map(|row| row.generation).max().unwrap_or(FIRST_GENERATION);
        rows.retain(|row| row.generation == generation);
        let (apart, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(EntryRow::is_apart);
        let (waiting, settled): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.state == EntryState::Waiting);
        let entries = settled.iter().map(|row| (&row.entry, row.hash));
        let mut loaded = match Book::replay(id, generation, entries) {
            Ok(book) => Loaded::new(book),
            // Damage took something out or changed it: what still stands alone is shown.
            Err(_) => replay_what_enters(id, generation, settled),
        };
        for row in waiting {
            // Still not: it stays in the file, and is counted there.
            drop(loaded.book.apply(&row.entry, Some(row.hash)));
        }
        loaded.apart = apart;
        Ok(loaded)
    }

    /// Writes the record table of every book anew, from entries, unless it follows from them under
    /// this pack already.
    pub(super) fn renew_rows(&mut self) -> Result<(), PhoneError> {
        if self.store.rows_are_current()? {
            return Ok(());
        }
        for id in self.store.books()? {
            self.books.remove(&id);
            self.rebuild_book_rows(id)?;
        }
        Ok(self.store.write(|tx| tx.mark_rows_current())?)
    }

    pub(super) fn rebuild_book_rows(&mut self, id: BookId) -> Result<(), PhoneError> {
        let pack = self.pack.clone();
        let book = self.open_book(id)?;
        let rows = all_rows(book, &pack);
        let Some(book) = self.books.get(&id) else { return Ok(()) };
        self.store.write(|tx| {
            tx.clear_records(id)?;
            rows.iter().try_for_each(|row| tx.put_record(id, row))?;
            needs::put_decisions(tx, book, book.entries())
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

/// A book as its entries make it, and those that did not enter it.
pub(super) struct Loaded {
    pub(super) book: Book,
    /// Those that the district does not take, or that damage has changed.
    pub(super) apart: Vec<EntryRow>,
    /// Those whose bytes are no longer those that were written.
    pub(super) damaged: Vec<EntryRow>,
    /// Those that stand on something that is not here.
    pub(super) astray: Vec<EntryRow>,
}

impl Loaded {
    fn new(book: Book) -> Self {
        Self { book, apart: Vec::new(), damaged: Vec::new(), astray: Vec::new() }
    }
}

fn replay_what_enters(id: BookId, generation: u32, rows: Vec<EntryRow>) -> Loaded {
    let mut loaded = Loaded::new(Book::new(id, generation));
    let mut left = rows;
    while !left.is_empty() {
        let before = left.len();
        for row in std::mem::take(&mut left) {
            match loaded.book.apply(&row.entry, Some(row.hash)) {
                Ok(_) => {}
                Err(Refusal::Missing(_)) => left.push(row),
                Err(_) => loaded.damaged.push(row),
            }
        }
        if left.len() == before {
            loaded.astray = std::mem::take(&mut left);
        }
    }
    loaded
}

/// Writes rows inside a transaction.
pub(super) fn put_rows(
    tx: &Transaction<'_>,
    book: BookId,
    rows: &[RecordRow],
) -> Result<(), StoreError> {
    rows.iter().try_for_each(|row| tx.put_record(book, row))
}
