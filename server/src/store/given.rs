//! What was given back to a log that had forgotten it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use soban_core::base::{BookId, DeviceId, EntryRef};

use super::StoreError;
use super::log::{self, Arrived, LogState};

/// Appends an entry that another device than its writer's gave back. One that was given back
/// before, and is not in its book, makes way: what is proven counts for more.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn append_given(
    db: &Connection,
    arrived: &Arrived,
    state: LogState,
    given_by: DeviceId,
) -> Result<(), StoreError> {
    let EntryRef { actor, seq } = arrived.entry;
    make_way(db, arrived.book, arrived.entry)?;
    log::append(db, arrived, state)?;
    db.prepare_cached("UPDATE log SET given_by = ?4 WHERE book = ?1 AND actor = ?2 AND seq = ?3")?
        .execute(params![arrived.book.number(), actor.0, seq, given_by.0])?;
    Ok(())
}

/// Removes an entry that was given back and is not in its book; whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn make_way(db: &Connection, book: BookId, entry: EntryRef) -> Result<bool, StoreError> {
    let mut remove = db.prepare_cached(
        "DELETE FROM log WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND state > 1
             AND given_by IS NOT NULL",
    )?;
    Ok(remove.execute(params![book.number(), entry.actor.0, entry.seq])? > 0)
}

/// The hash bytes that the entries of a book go by, but for those that are kept apart.
///
/// # Errors
/// [`StoreError`].
pub fn claims_of(db: &Connection, book: BookId) -> Result<BTreeSet<[u8; 8]>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT coalesce(substr(hash, 1, 8), claim) FROM log WHERE book = ?1 AND state < 3",
    )?;
    let rows = list.query_map([book.number()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many entries of a book there are, but for those that are kept apart.
///
/// # Errors
/// [`StoreError`].
pub fn count_entered(db: &Connection, book: BookId) -> Result<u64, StoreError> {
    let mut count = db.prepare_cached("SELECT count(*) FROM log WHERE book = ?1 AND state < 3")?;
    Ok(count.query_row([book.number()], |row| row.get(0))?)
}
