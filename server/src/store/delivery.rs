//! What a device has been told, and what there is to tell it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{ActorId, BookId, DeviceId, EntryRef, OrgUnitId, Period, Seq};
use soban_core::book::Clock;
use soban_core::sync::{Chain, StandingDigest};

use super::StoreError;
use super::projection::BookHead;

/// Quarantined entries that one reply names at the most.
const MOST_UNTOLD: u32 = 100;

/// A released entry, on its way down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Released<'a> {
    /// Its position.
    pub position: u64,
    /// Which entry.
    pub entry: EntryRef,
    /// The first bytes of its hash.
    pub hash: [u8; 8],
    /// Whether its writer knows it under that hash.
    pub as_claimed: bool,
    /// The chain up to it.
    pub chain: Chain,
    /// Its canonical bytes.
    pub bytes: &'a [u8],
}

/// The books of a unit and how far each has come.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn list_books_of(
    db: &Connection,
    unit: OrgUnitId,
) -> Result<Vec<(BookId, BookHead)>, StoreError> {
    // By their numbers, which say whose they are: one search, and they come in order.
    let mut list = db.prepare_cached(
        "SELECT book, generation, position, chain FROM book WHERE book BETWEEN ?1 AND ?2
         ORDER BY book",
    )?;
    let [first, last] = [0, u16::MAX].map(|year| BookId::new(unit, Period::from_number(year)));
    let rows = list.query_map([first.number(), last.number()], |row| {
        let head =
            BookHead { generation: row.get(1)?, position: row.get(2)?, chain: Chain(row.get(3)?) };
        Ok((book(row.get(0)?)?, head))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn book(number: i64) -> rusqlite::Result<BookId> {
    BookId::from_number(number).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, number))
}

/// The chain at a position of a book.
///
/// # Errors
/// [`StoreError`].
pub fn find_chain(
    db: &Connection,
    book: BookId,
    position: u64,
) -> Result<Option<Chain>, StoreError> {
    let mut find = db.prepare_cached("SELECT chain FROM log WHERE book = ?1 AND position = ?2")?;
    let found = find.query_row(params![book.number(), position], |row| row.get(0));
    Ok(found.optional()?.map(Chain))
}

/// Shows a book's released entries after a position, in order, until `visit` says false.
///
/// # Errors
/// [`StoreError`].
pub fn visit_after(
    db: &Connection,
    book: BookId,
    position: u64,
    mut visit: impl FnMut(Released<'_>) -> bool,
) -> Result<(), StoreError> {
    let mut list = db.prepare_cached(
        "SELECT position, actor, seq, substr(hash, 1, 8), substr(hash, 1, 8) = claim, chain, entry
         FROM log WHERE book = ?1 AND position > ?2 ORDER BY position",
    )?;
    let mut rows = list.query(params![book.number(), position])?;
    while let Some(row) = rows.next()? {
        let released = Released {
            position: row.get(0)?,
            entry: EntryRef { actor: ActorId(row.get(1)?), seq: row.get(2)? },
            hash: row.get(3)?,
            as_claimed: row.get(4)?,
            chain: Chain(row.get(5)?),
            bytes: row.get_ref(6)?.as_blob().map_err(rusqlite::Error::from)?,
        };
        if !visit(released) {
            break;
        }
    }
    Ok(())
}

/// Everything that is in the log of a book, whatever became of it, but not what somebody else gave
/// back and what is kept apart: per actor the last entry before the first that is not there.
///
/// # Errors
/// [`StoreError`].
pub fn clock_of(db: &Connection, book: BookId) -> Result<Clock, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT actor, max(seq), count(*) FROM log
         WHERE book = ?1 AND NOT (state > 1 AND given_by IS NOT NULL) GROUP BY actor",
    )?;
    let rows = list.query_map([book.number()], |row| {
        Ok((ActorId(row.get(0)?), row.get::<_, Seq>(1)?, row.get::<_, Seq>(2)?))
    })?;
    let mut clock = BTreeMap::new();
    for row in rows {
        let (actor, last, count) = row?;
        let whole = if last == count { last } else { last_before_gap(db, book, actor)? };
        clock.insert(actor, whole);
    }
    Ok(Clock(clock))
}

fn last_before_gap(db: &Connection, book: BookId, actor: ActorId) -> Result<Seq, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT seq FROM log WHERE book = ?1 AND actor = ?2
                 AND NOT (state > 1 AND given_by IS NOT NULL) ORDER BY seq",
    )?;
    let mut rows = list.query(params![book.number(), actor.0])?;
    let mut last = 0;
    while let Some(row) = rows.next()? {
        if row.get::<_, Seq>(0)? != last + 1 {
            break;
        }
        last += 1;
    }
    Ok(last)
}

/// The bytes of a book's entries up to a position, the last of them first, until they are more
/// than asked for; nothing if the log does not reach that far.
///
/// # Errors
/// [`StoreError`].
pub fn entries_before(
    db: &Connection,
    book: BookId,
    position: u64,
    most_bytes: usize,
) -> Result<Option<Vec<Vec<u8>>>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT position, entry FROM log WHERE book = ?1 AND position <= ?2
         ORDER BY position DESC",
    )?;
    let mut rows = list.query(params![book.number(), position])?;
    let (mut found, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        if found.is_empty() && row.get::<_, u64>(0)? != position {
            return Ok(None);
        }
        let entry: Vec<u8> = row.get(1)?;
        bytes += entry.len();
        found.push(entry);
        if bytes > most_bytes {
            break;
        }
    }
    Ok(Some(found).filter(|found| !found.is_empty()))
}

/// Bytes that a revoked device has delivered.
///
/// # Errors
/// [`StoreError`].
pub fn sealed_bytes(db: &Connection, device: DeviceId) -> Result<u64, StoreError> {
    let mut find = db.prepare_cached("SELECT sealed_bytes FROM device WHERE id = ?1")?;
    Ok(find.query_row([device.0], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Adds to what a revoked device has delivered.
///
/// # Errors
/// [`StoreError`].
pub fn add_sealed(db: &Connection, device: DeviceId, bytes: u64) -> Result<(), StoreError> {
    let mut update =
        db.prepare_cached("UPDATE device SET sealed_bytes = sealed_bytes + ?2 WHERE id = ?1")?;
    update.execute(params![device.0, bytes])?;
    Ok(())
}

/// An entry that was kept apart, and whose device does not know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untold {
    /// Its place in the log.
    pub no: i64,
    /// Its book.
    pub book: BookId,
    /// Which entry.
    pub entry: EntryRef,
}

/// A device's quarantined entries that it has not been told of, the oldest first; and those that
/// have been let in since under another hash than its own. A device that comes back with the digest
/// of the reply that told it has been told.
///
/// # Errors
/// [`StoreError`].
pub fn list_untold(
    db: &Connection,
    device: DeviceId,
    came_with: StandingDigest,
) -> Result<Vec<Untold>, StoreError> {
    for told in [
        "UPDATE log SET told = x'' WHERE device = ?1 AND state = 3 AND told = ?2",
        "UPDATE log SET told = x'' WHERE device = ?1 AND let_in_by IS NOT NULL
             AND told IS NOT NULL AND told = ?2",
    ] {
        db.prepare_cached(told)?.execute(params![device.0, came_with.0])?;
    }
    let mut list = db.prepare_cached(
        "SELECT no, book, actor, seq FROM log
             WHERE device = ?1 AND state = 3 AND told IS NOT x''
         UNION SELECT no, book, actor, seq FROM log
             WHERE device = ?1 AND let_in_by IS NOT NULL AND told IS NOT NULL AND told <> x''
                 AND state = 1 AND substr(hash, 1, 8) <> claim
         ORDER BY no LIMIT ?2",
    )?;
    let rows = list.query_map(params![device.0, MOST_UNTOLD], |row| {
        let entry = EntryRef { actor: ActorId(row.get(2)?), seq: row.get(3)? };
        Ok(Untold { no: row.get(0)?, book: book(row.get(1)?)?, entry })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes in which reply a device is told of quarantined entries.
///
/// # Errors
/// [`StoreError`].
pub fn mark_told(
    db: &Connection,
    untold: &[Untold],
    reply: StandingDigest,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached("UPDATE log SET told = ?2 WHERE no = ?1")?;
    for untold in untold {
        update.execute(params![untold.no, reply.0])?;
    }
    Ok(())
}
