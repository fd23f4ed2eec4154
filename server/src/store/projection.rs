//! What follows from the log: positions, writes, record rows and contests.

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{BookId, Date, EntryRef, RecordKey};
use soban_core::book::RecordRow;
use soban_core::record::{FieldNo, Value};
use soban_core::sync::Chain;

use super::StoreError;
use super::twins::Moved;

/// How far a book has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookHead {
    /// Its generation.
    pub generation: u32,
    /// The last position given.
    pub position: u64,
    /// The chain up to it.
    pub chain: Chain,
}

/// One value written to a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteRow {
    /// Which record.
    pub record: RecordKey,
    /// Which field.
    pub field: FieldNo,
    /// Who wrote it.
    pub entry: EntryRef,
    /// The counter of Automerge's operation.
    pub counter: u64,
    /// What was written.
    pub value: Value,
}

/// A disagreement to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContest {
    /// The record it is about.
    pub record: RecordKey,
    /// 1 values, 2 void, 4 changed after a decision.
    pub kind: u8,
    /// The first field in question; 0 for none.
    pub field: u16,
    /// 0 quiet, 1 review, 2 critical.
    pub policy: u8,
    /// The entries that take sides.
    pub sides: Vec<EntryRef>,
}

/// How far a book has come; nothing if no entry of it was ever released.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn find_head(db: &Connection, book: BookId) -> Result<Option<BookHead>, StoreError> {
    let mut find =
        db.prepare_cached("SELECT generation, position, chain FROM book WHERE book = ?1")?;
    let head = |row: &rusqlite::Row<'_>| {
        Ok(BookHead { generation: row.get(0)?, position: row.get(1)?, chain: Chain(row.get(2)?) })
    };
    Ok(find.query_row([book.number()], head).optional()?)
}

/// Sets how far a book has come.
///
/// # Errors
/// [`StoreError`].
pub fn put_head(db: &Connection, book: BookId, head: BookHead) -> Result<(), StoreError> {
    let mut put =
        // Not `OR REPLACE`: that can undo itself alone, and keeping what it needs for it is slow in
        // a transaction with many changes.
        db.prepare_cached(
            "INSERT INTO book VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (book) DO UPDATE
             SET generation = excluded.generation, position = excluded.position,
                 chain = excluded.chain",
        )?;
    put.execute(params![
        book.number(),
        book.org_unit.0,
        book.period.number(),
        head.generation,
        head.position,
        head.chain.0
    ])?;
    Ok(())
}

/// Adds a written value.
///
/// # Errors
/// [`StoreError`].
pub fn add_write(db: &Connection, book: BookId, write: &WriteRow) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO writes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT DO NOTHING",
    )?;
    insert.execute(params![
        book.number(),
        write.record.actor.0,
        write.record.seq,
        write.record.index,
        write.field.0,
        write.entry.actor.0,
        write.entry.seq,
        write.counter,
        minicbor::to_vec(&write.value).unwrap_or_default()
    ])?;
    Ok(())
}

/// Writes a record's row anew, and notes whose twin it was and is.
///
/// # Errors
/// [`StoreError`].
pub fn put_record(
    db: &Connection,
    book: BookId,
    row: &RecordRow,
    moved: &mut Moved,
) -> Result<(), StoreError> {
    moved.row(db, book, row)?;
    let parent = row.parent;
    let mut put = db.prepare_cached(
        "INSERT OR REPLACE INTO record VALUES
         (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?;
    put.execute(params![
        book.number(),
        row.key.actor.0,
        row.key.seq,
        row.key.index,
        book.org_unit.0,
        row.form.0,
        row.form_version,
        parent.map(|parent| parent.actor.0),
        parent.map(|parent| parent.seq),
        parent.map(|parent| parent.index),
        row.void,
        row.occurred_on.map(Date::days),
        row.same_as.map(|id| id.to_string()),
        row.natural_key,
        row.contests,
        row.fold,
        minicbor::to_vec(&row.fields).unwrap_or_default()
    ])?;
    Ok(())
}

/// Replaces what is contested of a record inside its own book: values, voids, and what was
/// changed after a decision.
///
/// # Errors
/// [`StoreError`].
pub fn put_contests(
    db: &Connection,
    book: BookId,
    record: RecordKey,
    contests: &[NewContest],
) -> Result<(), StoreError> {
    let mut list = db.prepare_cached(
        "SELECT kind, field FROM contest
         WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND idx = ?4 AND kind IN (1, 2, 4)",
    )?;
    let values = params![book.number(), record.actor.0, record.seq, record.index];
    let rows = list.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let open: Vec<(u8, u16)> = rows.collect::<Result<_, _>>()?;
    for (kind, field) in open {
        if !contests.iter().any(|contest| (contest.kind, contest.field) == (kind, field)) {
            remove_contest(db, book, record, kind, field)?;
        }
    }
    for contest in contests {
        put_contest(db, book, contest)?;
    }
    Ok(())
}

pub(super) fn remove_contest(
    db: &Connection,
    book: BookId,
    record: RecordKey,
    kind: u8,
    field: u16,
) -> Result<(), StoreError> {
    let mut remove = db.prepare_cached(
        "DELETE FROM contest WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND idx = ?4
         AND kind = ?5 AND field = ?6",
    )?;
    let RecordKey { actor, seq, index } = record;
    remove.execute(params![book.number(), actor.0, seq, index, kind, field])?;
    Ok(())
}

/// Its number stays while it is open. It is open since the second of its sides arrived.
fn put_contest(db: &Connection, book: BookId, contest: &NewContest) -> Result<(), StoreError> {
    let mut find = db.prepare_cached(
        "SELECT no, received_at FROM log WHERE book = ?1 AND actor = ?2 AND seq = ?3",
    )?;
    let mut arrivals: Vec<(i64, i64)> = Vec::new();
    for side in &contest.sides {
        let values = params![book.number(), side.actor.0, side.seq];
        arrivals.push(find.query_row(values, |row| Ok((row.get(0)?, row.get(1)?)))?);
    }
    arrivals.sort_unstable();
    let since = arrivals.get(1).or(arrivals.first()).map_or(0, |(_, at)| *at);
    let mut put = db.prepare_cached(
        "INSERT INTO contest (book, actor, seq, idx, org_unit, kind, field, policy, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (book, actor, seq, idx, kind, field, other)
         DO UPDATE SET policy = excluded.policy, since = excluded.since",
    )?;
    let RecordKey { actor, seq, index } = contest.record;
    put.execute(params![
        book.number(),
        actor.0,
        seq,
        index,
        book.org_unit.0,
        contest.kind,
        contest.field,
        contest.policy,
        since
    ])?;
    Ok(())
}

/// Whether it is what was to be written that the database does not take, and not the database
/// that fails: trying again would not help.
#[must_use]
pub fn is_refused(error: &StoreError) -> bool {
    use rusqlite::ErrorCode::{ConstraintViolation, TooBig, TypeMismatch};
    match error {
        StoreError::Damaged(_) => true,
        StoreError::Sqlite(error) => matches!(
            error.sqlite_error_code(),
            None | Some(ConstraintViolation | TypeMismatch | TooBig)
        ),
        _ => false,
    }
}
