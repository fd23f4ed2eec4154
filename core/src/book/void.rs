//! Making a record void, over what was seen of it.
//!
//! A void speaks of the whole record and of its rows, so whatever has been written to any of them
//! since the person looked stops it: written all the same, it would pass for a void that saw that,
//! and the disagreement would never show (design sections 4 and 5).

use super::{Book, Clock, Edit, Entry, SaveError, Writer, plan_edit};
use crate::base::RecordKey;
use crate::form::Pack;
use crate::record::{FieldNo, Fields, Value};

/// The entries that make a record void for a reason. `opened_at` is the state that the person saw.
///
/// # Errors
/// [`SaveError::Moved`] with what has been written since: fields, and [`FieldNo::FORM`] of a row
/// that is new.
pub fn plan_void(
    book: &Book,
    writer: Writer,
    pack: &Pack,
    opened_at: &Clock,
    record: RecordKey,
    reason: String,
) -> Result<Vec<Entry>, SaveError> {
    let of_rows = book.rows_of(record).into_iter().flat_map(|row| moved(book, row, opened_at));
    let moved: Vec<_> = moved(book, record, opened_at).into_iter().chain(of_rows).collect();
    if !moved.is_empty() {
        return Err(SaveError::Moved(moved));
    }
    let fields = Fields::from([(FieldNo::VOID, Value::Text(reason))]);
    plan_edit(book, writer, pack, opened_at, &[Edit { record, fields }], &[])
}

fn moved(book: &Book, record: RecordKey, opened_at: &Clock) -> Vec<(RecordKey, FieldNo)> {
    let unseen = |field: &FieldNo| {
        book.index.written(record, *field).iter().any(|written| !opened_at.saw(written.entry))
    };
    if unseen(&FieldNo::FORM) {
        return vec![(record, FieldNo::FORM)];
    }
    book.fields_of(record).filter(unseen).map(|field| (record, field)).collect()
}
