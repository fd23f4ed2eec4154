//! Floor 4: the phone's one SQLite file, and a marker beside it that no backup may hold.
//!
//! It keeps and finds; it decides nothing. Every change is one transaction.
//!
//! ```
//! use soban_core::store::Store;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = std::env::temp_dir().join("soban-store-doc");
//! let mut opened = Store::open(&dir)?;
//! opened.store.write(|tx| tx.set_meta("language", b"vi"))?;
//! assert_eq!(opened.store.meta("language")?.as_deref(), Some(b"vi".as_slice()));
//! # drop(opened);
//! # std::fs::remove_dir_all(&dir)?;
//! # Ok(())
//! # }
//! ```

mod aside;
mod decision;
mod entry;
mod open;
#[cfg(feature = "probe")]
mod probe;
mod record;
mod rescue;
mod rows;
mod transaction;

pub use decision::DecisionRow;
pub use entry::{EntryRow, EntryState};
pub use open::{OpenError, Opened};
pub use record::{Count, ListQuery, StoredRecord, year_days};
pub use transaction::Transaction;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};
use thiserror::Error;

/// The database did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The device has no room left.
    #[error("the device has no room left")]
    Full,
    /// The file is damaged.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// The file system or SQLite fails in another way.
    #[error("the file cannot be read or written: {0}")]
    Failed(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// One phone's file, open.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    dir: PathBuf,
    /// The marker that goes in with the next change.
    next_marker: Option<[u8; 16]>,
    #[cfg(feature = "probe")]
    probe: probe::Probe,
}

impl Store {
    /// Opens the file in this folder, making both where they do not exist.
    ///
    /// # Errors
    /// [`OpenError`]; a damaged file is never replaced by an empty one.
    pub fn open(dir: &Path) -> Result<Opened, OpenError> {
        open::open(dir)
    }

    /// Does all of it, or none.
    ///
    /// # Errors
    /// What the closure says, or that the file cannot be written; then nothing was.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        job: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.connection.transaction().map_err(StoreError::from)?;
        let changes = Transaction::new(&transaction);
        let done = job(&changes)?;
        if let Some(marker) = self.next_marker {
            changes.set_meta(open::MARKER, &marker)?;
        }
        #[cfg(feature = "probe")]
        self.probe.fire();
        transaction.commit().map_err(StoreError::from)?;
        if let Some(marker) = self.next_marker.take() {
            // Where this fails, or a crash comes between, the next opening only finds a mismatch.
            drop(std::fs::write(self.dir.join(open::MARKER), marker));
        }
        Ok(done)
    }

    /// Writes this marker into the file with the next change, and beside it. A new one at every
    /// opening shows an older copy that was put in the file's place.
    pub fn renew_marker(&mut self, marker: [u8; 16]) {
        self.next_marker = Some(marker);
    }

    /// Lets the file grow no further, as a full disk would.
    #[cfg(test)]
    pub(crate) fn fill_up(&self) -> Result<(), StoreError> {
        let pages: u32 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        // The pragma answers with the limit.
        Ok(self.connection.query_row(
            &format!("PRAGMA max_page_count = {pages}"),
            [],
            |_| Ok(()),
        )?)
    }

    /// How SQLite would do this, its steps one after the other.
    #[cfg(test)]
    fn plan(&self, sql: &str, values: Vec<rusqlite::types::Value>) -> String {
        let mut explain = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let values = rusqlite::params_from_iter(values);
        let steps = explain.query_map(values, |row| row.get(3)).unwrap();
        steps.collect::<Result<Vec<String>, _>>().unwrap().join(", ")
    }

    /// Lets the file grow again.
    #[cfg(test)]
    pub(crate) fn make_room(&self) -> Result<(), StoreError> {
        Ok(self.connection.query_row("PRAGMA max_page_count = 1073741823", [], |_| Ok(()))?)
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A named value.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut find = self.connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(find.query_row([key], |row| row.get(0)).optional()?)
    }

    /// The reference data, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn references(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let mut list =
            self.connection.prepare_cached("SELECT name, bytes FROM reference ORDER BY name")?;
        let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether the record table was derived from the entries under the pack that is held now, to
    /// the end. It was not where a kill came between a new pack and its rows, or after a rescue,
    /// which leaves the rows to be made anew.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rows_are_current(&self) -> Result<bool, StoreError> {
        let mut compare = self.connection.prepare_cached(
            "SELECT (SELECT value FROM meta WHERE key = 'rows_under')
                 IS coalesce((SELECT hash FROM reference WHERE name = 'pack'), x'')",
        )?;
        Ok(compare.query_row([], |row| row.get(0))?)
    }

    /// The hashes of the reference data, ascending.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn reference_hashes(&self) -> Result<Vec<[u8; 8]>, StoreError> {
        let mut list =
            self.connection.prepare_cached("SELECT hash FROM reference ORDER BY hash")?;
        let rows = list.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Half-filled forms, the newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn drafts(&self) -> Result<Vec<DraftRow>, StoreError> {
        let mut list = self.connection.prepare_cached(
            "SELECT id, form, saved_at, body FROM draft ORDER BY saved_at DESC, id DESC",
        )?;
        let rows =
            list.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// A half-filled form: its id, its form, when it was saved, what the screen keeps of it.
pub type DraftRow = (i64, String, i64, Vec<u8>);

/// How far a book has been delivered: the book, generation, epoch, position, chain.
pub type CursorRow = (crate::base::BookId, u32, u32, u64, [u8; 8]);

impl Store {
    /// How far each book has been delivered.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn cursors(&self) -> Result<Vec<CursorRow>, StoreError> {
        let mut list = self
            .connection
            .prepare_cached("SELECT book, generation, epoch, position, chain FROM cursor")?;
        let rows = list.query_map([], |row| {
            Ok((rows::book(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
