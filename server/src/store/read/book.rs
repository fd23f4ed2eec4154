//! One unit's books, their records, and who brought which entry when.

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{BookId, DeviceId, EntryRef, Instant, OrgUnitId, RecordId};
use soban_core::book::Entry;

use super::rows::{self, RECORD, StoredRecord, stored_record};
use crate::store::StoreError;
use crate::store::log::LogState;

/// A book in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookRow {
    /// Which book.
    pub id: BookId,
    /// How many records it holds that are not rows of others, voided ones included.
    pub records: u32,
    /// How many entries wait: held or quarantined.
    pub waiting: u32,
    /// How many disagreements are open in it.
    pub contests: u32,
}

/// An entry that is in the log and not in its book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRow {
    /// Its place in the log.
    pub no: i64,
    /// Which entry.
    pub entry: EntryRef,
    /// What became of it.
    pub state: LogState,
    /// Why.
    pub reason: Option<String>,
    /// When it arrived.
    pub received_at: Instant,
}

/// Who brought an entry, and when it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryOrigin {
    /// Which entry.
    pub entry: EntryRef,
    /// The device.
    pub device: DeviceId,
    /// The person who holds it.
    pub holder: String,
    /// When it arrived.
    pub received_at: Instant,
}

/// A unit's books, the newest year first and what outlives a year last.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn list_books(db: &Connection, unit: OrgUnitId) -> Result<Vec<BookRow>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT b.book,
             (SELECT count(*) FROM record r WHERE r.book = b.book AND r.parent_actor IS NULL),
             (SELECT count(*) FROM log l WHERE l.book = b.book AND l.state > 1
                 AND l.state IN (2, 3)),
             (SELECT count(*) FROM contest x WHERE x.book = b.book)
         FROM (SELECT DISTINCT book FROM log WHERE book BETWEEN ?1 AND ?2) b
         ORDER BY b.book DESC",
    )?;
    let first = i64::from(unit.0) << 16;
    let found = list.query_map([first, first + 0xffff], |row| {
        Ok(BookRow {
            id: rows::book(row, 0)?,
            records: row.get(1)?,
            waiting: row.get(2)?,
            contests: row.get(3)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Every book that holds an entry.
///
/// # Errors
/// [`StoreError`].
pub fn list_all_books(db: &Connection) -> Result<Vec<BookId>, StoreError> {
    let mut list = db.prepare_cached("SELECT book FROM book ORDER BY book")?;
    let found = list.query_map([], |row| rows::book(row, 0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A book's records that are not rows of others, by form and then the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_records(
    db: &Connection,
    book: BookId,
    (offset, limit): (u32, u32),
) -> Result<Vec<StoredRecord>, StoreError> {
    let sql = format!(
        "SELECT {RECORD} FROM record r WHERE r.book = ?1 AND r.parent_actor IS NULL
         ORDER BY r.form, r.occurred_on DESC, r.seq, r.idx, r.actor LIMIT ?2 OFFSET ?3"
    );
    let mut list = db.prepare_cached(&sql)?;
    let found = list.query_map(params![book.number(), limit, offset], stored_record)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// One record.
///
/// # Errors
/// [`StoreError`].
pub fn find_record(db: &Connection, id: RecordId) -> Result<Option<StoredRecord>, StoreError> {
    let sql = format!(
        "SELECT {RECORD} FROM record r
         WHERE r.book = ?1 AND r.actor = ?2 AND r.seq = ?3 AND r.idx = ?4"
    );
    let values = params![id.book.number(), id.key.actor.0, id.key.seq, id.key.index];
    Ok(db.prepare_cached(&sql)?.query_row(values, stored_record).optional()?)
}

/// The rows of a record.
///
/// # Errors
/// [`StoreError`].
pub fn list_rows(db: &Connection, id: RecordId) -> Result<Vec<StoredRecord>, StoreError> {
    let sql = format!(
        "SELECT {RECORD} FROM record r WHERE r.book = ?1 AND r.parent_actor = ?2
         AND r.parent_seq = ?3 AND r.parent_idx = ?4 ORDER BY r.seq, r.idx, r.actor"
    );
    let mut list = db.prepare_cached(&sql)?;
    let values = params![id.book.number(), id.key.actor.0, id.key.seq, id.key.index];
    let found = list.query_map(values, stored_record)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A book's entries that are in the log and not in the book.
///
/// # Errors
/// [`StoreError`].
pub fn list_waiting(db: &Connection, book: BookId) -> Result<Vec<WaitingRow>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT actor, seq, state, reason, received_at, no FROM log
         WHERE no IN (SELECT no FROM log WHERE book = ?1 AND state > 1 UNION ALL
                      SELECT no FROM log WHERE book = ?1 AND state = 0)
         ORDER BY no",
    )?;
    let found = list.query_map([book.number()], |row| {
        let actor = soban_core::base::ActorId(row.get(0)?);
        Ok(WaitingRow {
            entry: EntryRef { actor, seq: row.get(1)? },
            state: LogState::from_number(row.get(2)?),
            reason: row.get(3)?,
            received_at: Instant(row.get(4)?),
            no: row.get(5)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A book's entries in the order of their positions, to open it from.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Damaged`] for one that does not read.
pub fn entries_of_book(db: &Connection, book: BookId) -> Result<Vec<Entry>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT entry FROM log WHERE book = ?1 AND position IS NOT NULL ORDER BY position",
    )?;
    let found = list.query_map([book.number()], |row| row.get::<_, Vec<u8>>(0))?;
    let read = |bytes: rusqlite::Result<Vec<u8>>| {
        let entry = Entry::from_bytes(&bytes?);
        entry.map_err(|error| StoreError::Damaged(format!("an entry of book {book}: {error}")))
    };
    found.map(read).collect()
}

/// Who brought the entries of a book, and when.
///
/// # Errors
/// [`StoreError`].
pub fn origins_of(db: &Connection, book: BookId) -> Result<Vec<EntryOrigin>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT l.actor, l.seq, l.device, coalesce(d.holder, ''), l.received_at
         FROM log l LEFT JOIN device d ON d.id = l.device WHERE l.book = ?1 ORDER BY l.no",
    )?;
    let found = list.query_map([book.number()], |row| {
        let actor = soban_core::base::ActorId(row.get(0)?);
        Ok(EntryOrigin {
            entry: EntryRef { actor, seq: row.get(1)? },
            device: DeviceId(row.get(2)?),
            holder: row.get(3)?,
            received_at: Instant(row.get(4)?),
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// How much the server holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Records, rows of others included.
    pub records: u64,
    /// Entries that have a position.
    pub entries: u64,
    /// Open disagreements.
    pub contests: u64,
}

/// How much the server holds.
///
/// # Errors
/// [`StoreError`].
pub fn totals(db: &Connection) -> Result<Totals, StoreError> {
    Ok(db.query_row(
        "SELECT (SELECT count(*) FROM record), (SELECT coalesce(sum(position), 0) FROM book),
             (SELECT count(*) FROM contest)",
        [],
        |row| Ok(Totals { records: row.get(0)?, entries: row.get(1)?, contests: row.get(2)? }),
    )?)
}
