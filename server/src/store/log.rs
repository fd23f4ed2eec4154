//! The log: what arrived, in order, and what became of it.

use rusqlite::{Connection, OptionalExtension, Row, params};
use soban_core::base::{ActorId, BookId, DeviceId, EntryHash, EntryRef, Instant, Seq};
use soban_core::sync::{Chain, ProblemKind};

use super::StoreError;

/// What became of an entry in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogState {
    /// On disk, and not looked at yet.
    Accepted,
    /// In its book, with a position.
    Released,
    /// It waits for entries that are not in the book.
    Held,
    /// It may not enter; kept apart and shown.
    Quarantined,
    /// Brought by a device that is revoked or was forgotten, or given back without proof; nobody
    /// looks at it until staff release it.
    Sealed,
}

impl LogState {
    /// Its number in the database.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Released => 1,
            Self::Held => 2,
            Self::Quarantined => 3,
            Self::Sealed => 4,
        }
    }

    /// Its identifier.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Released => "released",
            Self::Held => "held",
            Self::Quarantined => "quarantined",
            Self::Sealed => "sealed",
        }
    }

    /// The state of such a number. One that this version does not know is left alone.
    #[must_use]
    pub fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Accepted,
            1 => Self::Released,
            2 => Self::Held,
            3 => Self::Quarantined,
            _ => Self::Sealed,
        }
    }
}

/// An entry as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its book.
    pub book: BookId,
    /// The generation it names.
    pub generation: u32,
    /// Its actor and sequence.
    pub entry: EntryRef,
    /// The first hash bytes that its writer names.
    pub claim: [u8; 8],
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
    /// Who brought it.
    pub device: DeviceId,
    /// When.
    pub received_at: Instant,
}

/// An entry in the log, to be projected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Its place in the log.
    pub no: i64,
    /// Its book.
    pub book: BookId,
    /// Its actor and sequence.
    pub entry: EntryRef,
    /// The first hash bytes that its writer names; of a released one those that it has.
    pub claim: [u8; 8],
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
    /// Whether staff let it in, whatever its writer claims.
    pub let_in: bool,
}

const ENTRY: &str = "no, book, actor, seq, coalesce(substr(hash, 1, 8), claim), entry,
     let_in_by IS NOT NULL";

fn log_entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let book = BookId::from_number(row.get(1)?);
    Ok(LogEntry {
        no: row.get(0)?,
        book: book.ok_or(rusqlite::Error::IntegralValueOutOfRange(1, 0))?,
        entry: EntryRef { actor: ActorId(row.get(2)?), seq: row.get(3)? },
        claim: row.get(4)?,
        bytes: row.get(5)?,
        let_in: row.get(6)?,
    })
}

/// What is in the log under a name: what became of it, and its bytes.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn find_stored(
    db: &Connection,
    book: BookId,
    entry: EntryRef,
) -> Result<Option<(LogState, Vec<u8>)>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT state, entry FROM log WHERE book = ?1 AND actor = ?2 AND seq = ?3",
    )?;
    let found = find.query_row(params![book.number(), entry.actor.0, entry.seq], |row| {
        Ok((LogState::from_number(row.get(0)?), row.get(1)?))
    });
    Ok(found.optional()?)
}

/// Appends an entry whose name is not in the log yet.
///
/// # Errors
/// [`StoreError`].
pub fn append(db: &Connection, arrived: &Arrived, state: LogState) -> Result<(), StoreError> {
    match append_new(db, arrived, state)? {
        true => Ok(()),
        false => Err(rusqlite::Error::StatementChangedRows(0).into()),
    }
}

/// Appends an entry, unless its name is in the log already; whether it was not.
///
/// # Errors
/// [`StoreError`].
pub fn append_new(db: &Connection, arrived: &Arrived, state: LogState) -> Result<bool, StoreError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO log (book, actor, seq, generation, claim, entry, device, received_at, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (book, actor, seq) DO NOTHING",
    )?;
    let appended = insert.execute(params![
        arrived.book.number(),
        arrived.entry.actor.0,
        arrived.entry.seq,
        arrived.generation,
        arrived.claim,
        arrived.bytes,
        arrived.device.0,
        arrived.received_at.0,
        state.number()
    ])?;
    Ok(appended > 0)
}

/// Lets in what a device brought or gave back and what is sealed of it; how many entries.
///
/// # Errors
/// [`StoreError`].
pub fn unseal(db: &Connection, device: DeviceId) -> Result<usize, StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE log SET state = 0, reason = NULL
         WHERE state > 1 AND state = 4 AND (device = ?1 OR given_by = ?1)",
    )?;
    Ok(update.execute([device.0])?)
}

/// The last sequence that an actor has in a book's log, whatever became of it; 0 for none.
///
/// # Errors
/// [`StoreError`].
pub fn last_of(db: &Connection, book: BookId, actor: ActorId) -> Result<Seq, StoreError> {
    let mut find =
        db.prepare_cached("SELECT coalesce(max(seq), 0) FROM log WHERE book = ?1 AND actor = ?2")?;
    Ok(find.query_row(params![book.number(), actor.0], |row| row.get(0))?)
}

/// Keeps what could not enter the log, once; whether it is new.
///
/// # Errors
/// [`StoreError`].
pub fn keep_refused(
    db: &Connection,
    arrived: &Arrived,
    problem: ProblemKind,
) -> Result<bool, StoreError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO refused (device, book, actor, seq, claim, entry, problem, received_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    )?;
    let kept = insert.execute(params![
        arrived.device.0,
        arrived.book.number(),
        arrived.entry.actor.0,
        arrived.entry.seq,
        arrived.claim,
        arrived.bytes,
        problem.code(),
        arrived.received_at.0
    ])?;
    Ok(kept > 0)
}

/// The places and books of the oldest entries that nobody has looked at.
///
/// # Errors
/// [`StoreError`].
pub fn list_accepted(db: &Connection, most: u32) -> Result<Vec<(i64, BookId)>, StoreError> {
    let mut list =
        db.prepare_cached("SELECT no, book FROM log WHERE state = 0 ORDER BY no LIMIT ?1")?;
    let rows = list.query_map([most], |row| {
        let book = BookId::from_number(row.get(1)?);
        Ok((row.get(0)?, book.ok_or(rusqlite::Error::IntegralValueOutOfRange(1, 0))?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entries of a book that are held, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_held(db: &Connection, book: BookId) -> Result<Vec<LogEntry>, StoreError> {
    let sql =
        format!("SELECT {ENTRY} FROM log WHERE book = ?1 AND state > 1 AND state = 2 ORDER BY no");
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map([book.number()], log_entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The names of a book's quarantined entries.
///
/// # Errors
/// [`StoreError`].
pub fn list_quarantined(db: &Connection, book: BookId) -> Result<Vec<EntryRef>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT actor, seq FROM log WHERE book = ?1 AND state > 1 AND state = 3 ORDER BY no",
    )?;
    let rows = list.query_map([book.number()], |row| {
        Ok(EntryRef { actor: ActorId(row.get(0)?), seq: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entry at a place of the log; nothing if it made way for its author's own.
///
/// # Errors
/// [`StoreError`].
pub fn find_entry(db: &Connection, no: i64) -> Result<Option<LogEntry>, StoreError> {
    let sql = format!("SELECT {ENTRY} FROM log WHERE no = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([no], log_entry).optional()?)
}

/// The entries of a book that are in it, by position.
///
/// # Errors
/// [`StoreError`].
pub fn list_released(db: &Connection, book: BookId) -> Result<Vec<LogEntry>, StoreError> {
    let sql = format!(
        "SELECT {ENTRY} FROM log WHERE book = ?1 AND position IS NOT NULL ORDER BY position"
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map([book.number()], log_entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Why an entry is held that waits for others to arrive.
pub const MISSING: &str = "waits for entries that have not arrived";
/// Why an entry is held that stands on one that is quarantined.
pub const BRANCH: &str = "stands on an entry that is kept apart";
/// How the reason begins of an entry that a version of the program failed on.
pub const FAILED: &str = "projection-failed";

/// Sets what became of an entry that is not in its book.
///
/// # Errors
/// [`StoreError`].
pub fn set_state(
    db: &Connection,
    no: i64,
    state: LogState,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached("UPDATE log SET state = ?2, reason = ?3 WHERE no = ?1")?;
    update.execute(params![no, state.number(), reason])?;
    Ok(())
}

/// Gives an entry its position.
///
/// # Errors
/// [`StoreError`].
pub fn release(
    db: &Connection,
    no: i64,
    position: u64,
    hash: EntryHash,
    chain: Chain,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE log SET state = 1, reason = NULL, position = ?2, hash = ?3, chain = ?4
         WHERE no = ?1",
    )?;
    update.execute(params![no, position, hash.0, chain.0])?;
    Ok(())
}

/// The reasons of failed projections.
///
/// # Errors
/// [`StoreError`].
pub fn failure_reasons(db: &Connection) -> Result<Vec<String>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT DISTINCT reason FROM log WHERE state = 3 AND reason LIKE 'projection-failed%'",
    )?;
    let rows = list.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes failed projections back among those nobody has looked at: after an upgrade they are
/// tried again.
///
/// # Errors
/// [`StoreError`].
pub fn retry_failed(db: &Connection, reason: &str) -> Result<usize, StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE log SET state = 0, reason = NULL WHERE state = 3 AND reason = ?1",
    )?;
    Ok(update.execute([reason])?)
}

/// How many entries are in each state: accepted, released, held, quarantined, sealed. Released
/// ones are counted by the books' positions, which have no gap.
///
/// # Errors
/// [`StoreError`].
pub fn count_by_state(db: &Connection) -> Result<[u64; 5], StoreError> {
    let mut counts = [0; 5];
    let mut list = db.prepare_cached(
        "SELECT 0, count(*) FROM log WHERE state = 0
         UNION ALL SELECT state, count(*) FROM log WHERE state > 1 GROUP BY state
         UNION ALL SELECT 1, coalesce(sum(position), 0) FROM book",
    )?;
    let rows = list.query_map([], |row| Ok((row.get::<_, usize>(0)?, row.get(1)?)))?;
    for row in rows {
        let (state, count) = row?;
        if let Some(slot) = counts.get_mut(state) {
            *slot = count;
        }
    }
    Ok(counts)
}
