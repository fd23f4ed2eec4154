//! What staff decided, and what of it the holder has read.

use super::{Store, StoreError, rows};
use crate::base::{BookId, EntryRef, RecordId};

/// A decision, or its part in one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionRow {
    /// The book and the entry that carry it.
    pub entry_of: (BookId, EntryRef),
    /// Names the decision.
    pub id: RecordId,
    /// The record it is about.
    pub record: RecordId,
    /// Whether the holder has read it.
    pub seen: bool,
}

impl Store {
    /// What staff decided, each decision once; only what the holder has not read if `unread`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn decisions(&self, unread: bool) -> Result<Vec<DecisionRow>, StoreError> {
        let mut list = self.connection.prepare_cached(
            "SELECT book, actor, seq, id, record, seen FROM decision WHERE seen <= ?1
             GROUP BY id, record ORDER BY book, seq",
        )?;
        let found = list.query_map([!unread], |row| {
            let id = |column: usize| {
                let text: String = row.get(column)?;
                text.parse::<RecordId>().map_err(|_| rows::damaged(column, "no record id"))
            };
            let entry = EntryRef { actor: rows::actor(row, 1)?, seq: row.get(2)? };
            Ok(DecisionRow {
                entry_of: (rows::book(row, 0)?, entry),
                id: id(3)?,
                record: id(4)?,
                seen: row.get(5)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// How many decisions the holder has not read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_unread(&self) -> Result<u32, StoreError> {
        let mut count = self
            .connection
            .prepare_cached("SELECT count(DISTINCT id) FROM decision WHERE seen = 0")?;
        Ok(count.query_row([], |row| row.get(0))?)
    }
}
