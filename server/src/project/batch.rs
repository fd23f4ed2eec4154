//! What a batch of entries came to, while it is being written.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use soban_core::base::BookId;

use super::Effects;
use crate::store::log::LogEntry;
use crate::store::{Store, StoreError};

/// New entries by their books.
pub(super) type NewEntries = BTreeMap<BookId, Vec<LogEntry>>;

/// A batch that is being written.
pub(super) struct Batch {
    new: NewEntries,
    effects: Vec<Arc<Effects>>,
    written: Receiver<Result<(), StoreError>>,
}

/// A batch that was written, or why it was not.
pub(super) struct Written {
    pub(super) new: NewEntries,
    pub(super) effects: Vec<Arc<Effects>>,
    pub(super) done: Result<(), StoreError>,
}

impl Batch {
    /// Hands all of it to the writer, to be written in one transaction.
    pub(super) fn begin(
        store: &Store,
        new: NewEntries,
        effects: Vec<Effects>,
    ) -> Result<Self, StoreError> {
        let effects: Vec<Arc<Effects>> = effects.into_iter().map(Arc::new).collect();
        let all = effects.clone();
        let write = move |db: &_| all.iter().try_for_each(|of_book| of_book.write(db, true));
        Ok(Self { new, effects, written: store.begin_write(write)? })
    }

    /// The place in the log of a book's last entry in it.
    pub(super) fn last_of(&self, book: BookId) -> Option<i64> {
        self.new.get(&book)?.last().map(|entry| entry.no)
    }

    /// Waits until it is written.
    pub(super) fn finish(self) -> Written {
        let done = self.written.recv().unwrap_or(Err(StoreError::Closed));
        Written { new: self.new, effects: self.effects, done }
    }
}
