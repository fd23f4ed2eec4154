//! What devices have put into the log so far.

use rusqlite::{Connection, params};
use soban_core::base::{ActorId, BookId, DeviceId, OrgUnitId, Period};

use super::StoreError;

/// How many books of a unit the log has; counting ends at `most`.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn count_books(db: &Connection, unit: OrgUnitId, most: u32) -> Result<u32, StoreError> {
    let mut count = db.prepare_cached(
        "WITH RECURSIVE found (book) AS (
             SELECT min(book) FROM log WHERE book BETWEEN ?1 AND ?2
             UNION ALL
             SELECT (SELECT min(book) FROM log WHERE book > found.book AND book <= ?2)
             FROM found WHERE found.book IS NOT NULL LIMIT ?3
         ) SELECT count(book) FROM found",
    )?;
    let first = BookId::new(unit, Period::Standing).number();
    let range = params![first, first | 0xffff, most];
    Ok(count.query_row(range, |row| row.get(0))?)
}

/// Whether the log has anything of a book.
///
/// # Errors
/// [`StoreError`].
pub fn has_book(db: &Connection, book: BookId) -> Result<bool, StoreError> {
    let mut find = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM log WHERE book = ?1)")?;
    Ok(find.query_row([book.number()], |row| row.get(0))?)
}

/// Under how many names a device has written into a book.
///
/// # Errors
/// [`StoreError`].
pub fn count_actors(db: &Connection, book: BookId, device: DeviceId) -> Result<u32, StoreError> {
    let mut count = db.prepare_cached(
        "SELECT count(DISTINCT actor) FROM log WHERE book = ?1 AND actor BETWEEN ?2 AND ?3",
    )?;
    let name = |incarnation| ActorId::new(device, incarnation).0;
    let range = params![book.number(), name([0; 3]), name([0xff; 3])];
    Ok(count.query_row(range, |row| row.get(0))?)
}
