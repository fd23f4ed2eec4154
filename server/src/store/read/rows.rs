//! Between columns and the core's types.

use rusqlite::Row;
use rusqlite::types::Type;
use soban_core::base::{ActorId, BookId, Date, RecordId, RecordKey};
use soban_core::book::RecordRow;
use soban_core::record::{Fields, FormNo};

/// A record's row and where it lives.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRecord {
    /// Its id.
    pub id: RecordId,
    /// What is shown of it.
    pub row: RecordRow,
}

pub(in crate::store) fn damaged(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, what.to_owned().into())
}

pub(super) fn book(row: &Row<'_>, column: usize) -> rusqlite::Result<BookId> {
    BookId::from_number(row.get(column)?).ok_or_else(|| damaged(column, "no book"))
}

pub(super) fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get::<_, Option<i32>>(column)?.and_then(Date::from_days))
}

/// A key from three columns in a row.
pub(super) fn key(row: &Row<'_>, column: usize) -> rusqlite::Result<RecordKey> {
    Ok(RecordKey {
        actor: ActorId(row.get(column)?),
        seq: row.get(column + 1)?,
        index: row.get(column + 2)?,
    })
}

/// An id from four columns in a row.
pub(in crate::store) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<RecordId> {
    Ok(RecordId { book: book(row, column)?, key: key(row, column + 1)? })
}

/// The columns that [`stored_record`] reads, in its order.
pub(super) const RECORD: &str = "r.book, r.actor, r.seq, r.idx, r.form, r.form_version, \
     r.parent_actor, r.parent_seq, r.parent_idx, r.void, r.occurred_on, r.same_as, r.natural_key, \
     r.contests, r.fold, r.fields";

pub(super) fn stored_record(row: &Row<'_>) -> rusqlite::Result<StoredRecord> {
    let id = id(row, 0)?;
    let parent: Option<[u8; 8]> = row.get(6)?;
    let fields: Vec<u8> = row.get(15)?;
    let same_as: Option<String> = row.get(11)?;
    let fields: Fields =
        minicbor::decode(&fields).map_err(|error| damaged(15, &error.to_string()))?;
    let row = RecordRow {
        key: id.key,
        form: FormNo(row.get(4)?),
        form_version: row.get(5)?,
        parent: parent.map(|_| key(row, 6)).transpose()?,
        void: row.get(9)?,
        occurred_on: date(row, 10)?,
        same_as: same_as.and_then(|id| id.parse().ok()),
        natural_key: row.get(12)?,
        contests: row.get(13)?,
        fold: row.get(14)?,
        fields,
    };
    Ok(StoredRecord { id, row })
}
