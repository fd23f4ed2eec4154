//! The log as a check reads it: every column that something follows from.

use rusqlite::{Connection, Row};
use soban_core::base::{ActorId, BookId, EntryRef};

use super::StoreError;

/// An entry of the log and all that is said of it. What should have a fixed length is as it is
/// stored: a check must be able to read what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRow {
    /// Its place in the log.
    pub no: i64,
    /// Its book.
    pub book: BookId,
    /// Its actor and sequence.
    pub entry: EntryRef,
    /// The generation of the book that it was written for.
    pub generation: u32,
    /// The first hash bytes that its writer named.
    pub claim: Vec<u8>,
    /// Whether staff let it in, whatever its writer claimed.
    pub let_in: bool,
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
    /// Its position, if it was released.
    pub position: Option<u64>,
    /// Its hash, if it was released.
    pub hash: Option<Vec<u8>>,
    /// The chain up to it, if it was released.
    pub chain: Option<Vec<u8>>,
}

const COLUMNS: &str = "no, book, actor, seq, generation, claim, let_in_by IS NOT NULL, entry,
     position, hash, chain";

fn logged_row(row: &Row<'_>) -> rusqlite::Result<LoggedRow> {
    let number = row.get(1)?;
    let book = BookId::from_number(number);
    Ok(LoggedRow {
        no: row.get(0)?,
        book: book.ok_or(rusqlite::Error::IntegralValueOutOfRange(1, number))?,
        entry: EntryRef { actor: ActorId(row.get(2)?), seq: row.get(3)? },
        generation: row.get(4)?,
        claim: row.get(5)?,
        let_in: row.get(6)?,
        bytes: row.get(7)?,
        position: row.get(8)?,
        hash: row.get(9)?,
        chain: row.get(10)?,
    })
}

/// The books that anything was ever released of.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn list_released_books(db: &Connection) -> Result<Vec<BookId>, StoreError> {
    let mut list =
        db.prepare("SELECT DISTINCT book FROM log WHERE position IS NOT NULL ORDER BY book")?;
    let rows = list.query_map([], |row| {
        let number = row.get(0)?;
        BookId::from_number(number).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, number))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A book's released entries, by position.
///
/// # Errors
/// [`StoreError`].
pub fn list_released_rows(db: &Connection, book: BookId) -> Result<Vec<LoggedRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM log WHERE book = ?1 AND position IS NOT NULL ORDER BY position"
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map([book.number()], logged_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Shows every entry that has no position.
///
/// # Errors
/// [`StoreError`].
pub fn visit_waiting(db: &Connection, mut visit: impl FnMut(&LoggedRow)) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM log WHERE position IS NULL ORDER BY no");
    let mut list = db.prepare(&sql)?;
    let mut rows = list.query([])?;
    while let Some(row) = rows.next()? {
        visit(&logged_row(row)?);
    }
    Ok(())
}

/// Entries that are said to be released and have no position, or the other way round.
///
/// # Errors
/// [`StoreError`].
pub fn count_misplaced(db: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM log WHERE (state = 1) <> (position IS NOT NULL)";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}
