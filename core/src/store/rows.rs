//! Between columns and ids.

use rusqlite::Row;
use rusqlite::types::{Type, ValueRef};

use crate::base::{ActorId, BookId, RecordId, RecordKey};

pub(super) fn damaged(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, what.to_owned().into())
}

pub(super) fn book(row: &Row<'_>, column: usize) -> rusqlite::Result<BookId> {
    BookId::from_number(row.get(column)?).ok_or_else(|| damaged(column, "no book"))
}

pub(super) fn actor(row: &Row<'_>, column: usize) -> rusqlite::Result<ActorId> {
    row.get(column).map(ActorId)
}

/// A key from three columns in a row.
pub(super) fn key(row: &Row<'_>, column: usize) -> rusqlite::Result<RecordKey> {
    Ok(RecordKey {
        actor: actor(row, column)?,
        seq: row.get(column + 1)?,
        index: row.get(column + 2)?,
    })
}

/// An id from four columns in a row.
pub(super) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<RecordId> {
    Ok(RecordId { book: book(row, column)?, key: key(row, column + 1)? })
}

/// A text, readable even where damage has made it none: the list must still be read.
pub(super) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    })
}
