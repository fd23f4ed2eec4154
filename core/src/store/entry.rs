//! Entries as rows.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, StoreError, rows};
use crate::base::{BookId, EntryRef, Instant};
use crate::book::{Clock, Entry};

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryState {
    /// Written here, not confirmed by the district.
    Unsent,
    /// On the district's disk.
    Stored,
    /// In the district's book, or received from it.
    Delivered,
    /// The district did not take it.
    Refused,
    /// Received, and it could not enter the book; tried again when the book is opened.
    Waiting,
}

impl EntryState {
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Unsent => 0,
            Self::Stored => 1,
            Self::Delivered => 2,
            Self::Refused => 3,
            Self::Waiting => 4,
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        let all = [Self::Unsent, Self::Stored, Self::Delivered, Self::Refused, Self::Waiting];
        all.into_iter().find(|state| state.number() == number)
    }
}

/// An entry and what the phone knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its book.
    pub book: BookId,
    /// The generation of the book that it belongs to.
    pub generation: u32,
    /// The entry.
    pub entry: Entry,
    /// The first bytes of its hash.
    pub hash: [u8; 8],
    /// How far it has come.
    pub state: EntryState,
    /// The district's reason, of one that it refused or had no room for.
    pub problem: Option<u8>,
}

impl EntryRow {
    /// Whether the district was asked to take it and did not.
    #[must_use]
    pub fn was_not_taken(&self) -> bool {
        self.state == EntryState::Refused || self.problem.is_some()
    }

    /// Whether it is no part of its book: the district keeps it apart, or damage has changed it.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        let apart = |code: &u8| APART.contains(code);
        self.state == EntryState::Refused && self.problem.as_ref().is_some_and(apart)
    }
}

/// The reasons, as `ProblemKind` numbers them, for which an entry is no part of its book:
/// malformed, quarantined, damaged.
const APART: [u8; 3] = [1, 6, 8];

const COLUMNS: &str = "book, generation, entry, hash, state, problem";

/// What is sent first.
const SENT_FIRST: &str = "ORDER BY problem IS NOT NULL, no";

// As the index `entry_unsent` says it, which alone is read for them.
const COUNT_UNSENT: &str = "SELECT count(*), min(time) FROM entry WHERE state = 0";
const COUNT_REFUSED: &str = "SELECT count(*) FROM entry WHERE state = 3 OR problem IS NOT NULL";

/// Nothing for what no longer reads: what SQLite cannot see damaged must not keep the other
/// entries from being read and sent. It stays in the file, and is counted there.
fn entry_row(row: &Row<'_>) -> Option<EntryRow> {
    let bytes: Vec<u8> = row.get(2).ok()?;
    let hash: Vec<u8> = row.get(3).ok()?;
    Some(EntryRow {
        book: rows::book(row, 0).ok()?,
        generation: row.get(1).ok()?,
        entry: Entry::from_bytes(&bytes).ok()?,
        hash: *hash.first_chunk()?,
        state: EntryState::from_number(row.get(4).ok()?)?,
        problem: row.get(5).ok()?,
    })
}

impl Store {
    /// The entries of a book, each after those it stands on; refused ones too, since what was
    /// written here stays readable.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn entries_of(&self, book: BookId) -> Result<Vec<EntryRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM entry WHERE book = ?1 ORDER BY no");
        let mut list = self.connection.prepare_cached(&sql)?;
        let rows = list.query_map([book.number()], |row| Ok(entry_row(row)))?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Entries of a book that came and could not enter it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn waiting_of(&self, book: BookId) -> Result<Vec<EntryRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM entry WHERE book = ?1 AND length(hash) < 32 ORDER BY no"
        );
        let mut list = self.connection.prepare_cached(&sql)?;
        let rows = list.query_map([book.number()], |row| Ok(entry_row(row)))?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Entries not confirmed by the district, oldest first, at most this many. Those for which it
    /// had no room come last: they must not take all of a request for themselves.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unsent(&self, most: u32) -> Result<Vec<EntryRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM entry WHERE state = 0 {SENT_FIRST} LIMIT ?1");
        let mut list = self.connection.prepare_cached(&sql)?;
        let rows = list.query_map([most], |row| Ok(entry_row(row)))?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// How many entries are not confirmed, and the device time of the oldest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_unsent(&self) -> Result<(u32, Option<Instant>), StoreError> {
        let mut count = self.connection.prepare_cached(COUNT_UNSENT)?;
        Ok(count
            .query_row([], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(Instant))))?)
    }

    /// How many entries are not confirmed beside the first of [`Store::unsent`], and the device
    /// time of the oldest of those.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_unsent_after(&self, first: usize) -> Result<(u32, Option<Instant>), StoreError> {
        let sql = format!(
            "SELECT count(*), min(time) FROM
                 (SELECT time FROM entry WHERE state = 0 {SENT_FIRST} LIMIT -1 OFFSET ?1)"
        );
        let mut count = self.connection.prepare_cached(&sql)?;
        Ok(count.query_row([first], |row| {
            Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(Instant)))
        })?)
    }

    /// How many entries the district refused or had no room for.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count_refused(&self) -> Result<u32, StoreError> {
        let mut count = self.connection.prepare_cached(COUNT_REFUSED)?;
        Ok(count.query_row([], |row| row.get(0))?)
    }

    /// The oldest and the newest entry that the district has confirmed, and that stand at no place of
    /// its log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unplaced(&self) -> Result<Option<(i64, i64)>, StoreError> {
        let mut find = self.connection.prepare_cached(
            "SELECT min(no), max(no) FROM entry WHERE position IS NULL AND state IN (1, 2)
             HAVING count(*) > 0",
        )?;
        Ok(find.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The books that hold entries.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn books(&self) -> Result<Vec<BookId>, StoreError> {
        let mut list =
            self.connection.prepare_cached("SELECT DISTINCT book FROM entry ORDER BY book")?;
        let rows = list.query_map([], |row| rows::book(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All that is held of a book without a gap: after a rescue, what lies behind one is to be
    /// sent anew.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn clock_of(&self, book: BookId) -> Result<Clock, StoreError> {
        let mut list = self
            .connection
            .prepare_cached("SELECT actor, seq FROM entry WHERE book = ?1 ORDER BY actor, seq")?;
        let rows = list.query_map([book.number()], |row| {
            Ok(EntryRef { actor: rows::actor(row, 0)?, seq: row.get(1)? })
        })?;
        let mut clock = Clock::default();
        for entry in rows {
            let entry = entry?;
            if clock.last(entry.actor) + 1 == entry.seq {
                clock.see(entry);
            }
        }
        Ok(clock)
    }

    /// The bytes of a book's entries up to a position of the district's log, the last of them
    /// first; nothing if one of those that are asked for is not here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn entries_before(
        &self,
        book: BookId,
        position: u64,
        most_bytes: usize,
    ) -> Result<Option<Vec<Vec<u8>>>, StoreError> {
        let mut list = self.connection.prepare_cached(
            "SELECT position, entry FROM entry WHERE book = ?1 AND position <= ?2
             ORDER BY position DESC",
        )?;
        let mut rows = list.query(params![book.number(), position])?;
        let (mut found, mut bytes, mut expected) = (Vec::new(), 0, position);
        while let Some(row) = rows.next()? {
            if row.get::<_, u64>(0)? != expected {
                return Ok(None);
            }
            let entry: Vec<u8> = row.get(1)?;
            bytes += entry.len();
            found.push(entry);
            if bytes > most_bytes {
                return Ok(Some(found));
            }
            expected -= 1;
        }
        Ok(Some(found).filter(|_| expected == 0))
    }

    /// The entries of a book that stand in the district's log, and where, in that order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn delivered(&self, book: BookId) -> Result<Vec<(u64, EntryRow)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, position FROM entry WHERE book = ?1 AND position IS NOT NULL
             ORDER BY position"
        );
        let mut list = self.connection.prepare_cached(&sql)?;
        let rows = list.query_map([book.number()], |row| {
            Ok(entry_row(row).map(|entry| (row.get(6), entry)))
        })?;
        let mut found = Vec::new();
        for row in rows {
            if let Some((position, entry)) = row? {
                found.push((position?, entry));
            }
        }
        Ok(found)
    }

    /// The entry of a book with these first bytes of its hash.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_hashed(&self, book: BookId) -> Result<BTreeMap<[u8; 8], EntryRef>, StoreError> {
        let mut list = self
            .connection
            .prepare_cached("SELECT substr(hash, 1, 8), actor, seq FROM entry WHERE book = ?1")?;
        let rows = list.query_map([book.number()], |row| {
            Ok((row.get(0)?, EntryRef { actor: rows::actor(row, 1)?, seq: row.get(2)? }))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The last entry that is held of each actor of a book, whatever is missing before it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn last_by_actor(&self, book: BookId) -> Result<Clock, StoreError> {
        let mut list = self
            .connection
            .prepare_cached("SELECT actor, max(seq) FROM entry WHERE book = ?1 GROUP BY actor")?;
        let rows =
            list.query_map([book.number()], |row| Ok((rows::actor(row, 0)?, row.get(1)?)))?;
        Ok(Clock(rows.collect::<Result<_, _>>()?))
    }

    /// The state of one entry.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find_entry(
        &self,
        book: BookId,
        entry: EntryRef,
    ) -> Result<Option<EntryRow>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM entry WHERE book = ?1 AND actor = ?2 AND seq = ?3");
        let mut find = self.connection.prepare_cached(&sql)?;
        let mut rows = find.query_map(params![book.number(), entry.actor.0, entry.seq], |row| {
            Ok(entry_row(row))
        })?;
        Ok(rows.next().transpose()?.flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unsent_or_refused_is_counted_without_reading_an_entry() {
        let dir = std::env::temp_dir().join(format!("soban-counts-{}", std::process::id()));
        let store = Store::open(&dir).unwrap().store;
        for sql in [COUNT_UNSENT, COUNT_REFUSED] {
            let plan = store.plan(sql, Vec::new());
            assert_eq!(plan, "SCAN entry USING COVERING INDEX entry_unsent", "{sql}");
        }
        drop(store);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
