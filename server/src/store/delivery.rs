//! What a device has been told, and what there is to tell it.

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{ActorId, BookId, DeviceId, EntryRef, Instant, OrgUnitId};
use soban_core::book::Clock;
use soban_core::sync::{Chain, CursorTable, DeviceStatus, TableDigest};

use super::StoreError;
use super::projection::BookHead;

/// A released entry, on its way down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Its position.
    pub position: u64,
    /// Which entry.
    pub entry: EntryRef,
    /// The first bytes of its hash.
    pub hash: [u8; 8],
    /// The chain up to it.
    pub chain: Chain,
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
}

/// The books of a unit and how far each has come.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn list_books_of(
    db: &Connection,
    unit: OrgUnitId,
) -> Result<Vec<(BookId, BookHead)>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT book, generation, position, chain FROM book WHERE org_unit = ?1 ORDER BY book",
    )?;
    let rows = list.query_map([unit.0], |row| {
        let head =
            BookHead { generation: row.get(1)?, position: row.get(2)?, chain: Chain(row.get(3)?) };
        let book = BookId::from_number(row.get(0)?);
        Ok((book.ok_or(rusqlite::Error::IntegralValueOutOfRange(0, 0))?, head))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
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

/// A book's released entries after a position, in order, at most this many.
///
/// # Errors
/// [`StoreError`].
pub fn list_after(
    db: &Connection,
    book: BookId,
    position: u64,
    most: u32,
) -> Result<Vec<Released>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT position, actor, seq, claim, chain, entry FROM log
         WHERE book = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
    )?;
    let rows = list.query_map(params![book.number(), position, most], |row| {
        Ok(Released {
            position: row.get(0)?,
            entry: EntryRef { actor: ActorId(row.get(1)?), seq: row.get(2)? },
            hash: row.get(3)?,
            chain: Chain(row.get(4)?),
            bytes: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everything that is in the log of a book, whatever became of it.
///
/// # Errors
/// [`StoreError`].
pub fn clock_of(db: &Connection, book: BookId) -> Result<Clock, StoreError> {
    let mut list =
        db.prepare_cached("SELECT actor, max(seq) FROM log WHERE book = ?1 GROUP BY actor")?;
    let rows = list.query_map([book.number()], |row| Ok((ActorId(row.get(0)?), row.get(1)?)))?;
    Ok(Clock(rows.collect::<Result<_, _>>()?))
}

/// The cursor table of this digest, if it is one of the last two that the device was replied.
///
/// # Errors
/// [`StoreError`].
pub fn find_table(
    db: &Connection,
    device: DeviceId,
    digest: TableDigest,
) -> Result<Option<CursorTable>, StoreError> {
    if digest == TableDigest::default() {
        return Ok(Some(CursorTable::default()));
    }
    let mut find = db.prepare_cached(
        "SELECT CASE ?2 WHEN last_digest THEN last_table WHEN prior_digest THEN prior_table END
         FROM device WHERE id = ?1",
    )?;
    let found: Option<Option<Vec<u8>>> =
        find.query_row(params![device.0, digest.0], |row| row.get(0)).optional()?;
    Ok(found.flatten().and_then(|bytes| CursorTable::from_bytes(&bytes)))
}

/// Remembers the table that a device is replied, and the one before it.
///
/// # Errors
/// [`StoreError`].
pub fn remember_table(
    db: &Connection,
    device: DeviceId,
    table: &CursorTable,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE device SET prior_digest = last_digest, prior_table = last_table,
             last_digest = ?2, last_table = ?3
         WHERE id = ?1 AND last_digest IS NOT ?2",
    )?;
    update.execute(params![device.0, table.digest().0, table.to_bytes()])?;
    Ok(())
}

/// Sets what a device said of itself.
///
/// # Errors
/// [`StoreError`].
pub fn put_status(
    db: &Connection,
    device: DeviceId,
    status: &DeviceStatus,
    unsent: u32,
    now: Instant,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE device SET seen_at = ?2, app_version = ?3, pack_version = ?4,
             clock_offset_ms = ?5, unsent = ?6, oldest_unsent = ?7, free_bytes = ?8
         WHERE id = ?1",
    )?;
    let oldest = if unsent == 0 { None } else { status.oldest_unsent };
    update.execute(params![
        device.0,
        now.0,
        status.app_version,
        status.pack_version,
        status.clock.0.saturating_sub(now.0),
        unsent,
        oldest,
        status.free_bytes
    ])?;
    Ok(())
}

/// Adds to what a revoked device has delivered; the sum in bytes.
///
/// # Errors
/// [`StoreError`].
pub fn add_sealed(db: &Connection, device: DeviceId, bytes: u64) -> Result<u64, StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE device SET sealed_bytes = sealed_bytes + ?2 WHERE id = ?1 RETURNING sealed_bytes",
    )?;
    Ok(update.query_row(params![device.0, bytes], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// A device's quarantined entries that it has not been told of. A device that comes back with the
/// digest of the reply that told it has been told.
///
/// # Errors
/// [`StoreError`].
pub fn list_untold(
    db: &Connection,
    device: DeviceId,
    came_with: TableDigest,
) -> Result<Vec<(BookId, EntryRef)>, StoreError> {
    db.prepare_cached("UPDATE log SET told = x'' WHERE device = ?1 AND state = 3 AND told = ?2")?
        .execute(params![device.0, came_with.0])?;
    let mut list = db.prepare_cached(
        "SELECT book, actor, seq FROM log
         WHERE device = ?1 AND state = 3 AND told IS NOT x'' LIMIT 100",
    )?;
    let rows = list.query_map([device.0], |row| {
        let book = BookId::from_number(row.get(0)?);
        let entry = EntryRef { actor: ActorId(row.get(1)?), seq: row.get(2)? };
        Ok((book.ok_or(rusqlite::Error::IntegralValueOutOfRange(0, 0))?, entry))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes in which reply a device is told of its quarantined entries.
///
/// # Errors
/// [`StoreError`].
pub fn mark_told(db: &Connection, device: DeviceId, reply: TableDigest) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE log SET told = ?2 WHERE device = ?1 AND state = 3 AND told IS NOT x''",
    )?;
    update.execute(params![device.0, reply.0])?;
    Ok(())
}
