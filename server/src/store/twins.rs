//! Twins: records of one org unit and form with one natural key, in whatever books.
//!
//! A set of twins is one disagreement, kept on the first of them by id, and open since the second
//! of them arrived: both follow from the set alone, in whatever order it came about.

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{BookId, RecordId, RecordKey};
use soban_core::book::RecordRow;

use super::StoreError;
use super::projection::remove_contest;

const TWINS: u8 = 3;

/// What twins have in common besides their unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TwinKey {
    form: u16,
    natural_key: String,
}

impl TwinKey {
    /// Nothing for a void record, and for the row of another: rows are told apart by what they
    /// are rows of.
    pub(super) fn of(row: &RecordRow) -> Option<Self> {
        let whole = row.void.is_none() && row.parent.is_none();
        let natural_key = row.natural_key.clone().filter(|_| whole)?;
        Some(Self { form: row.form.0, natural_key })
    }
}

/// The key of a record as it is stored.
pub(super) fn find_key(
    db: &Connection,
    book: BookId,
    key: RecordKey,
) -> Result<Option<TwinKey>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT form, natural_key FROM record
         WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND idx = ?4
             AND natural_key IS NOT NULL AND void IS NULL AND parent_actor IS NULL",
    )?;
    let values = params![book.number(), key.actor.0, key.seq, key.index];
    let found =
        find.query_row(values, |row| Ok(TwinKey { form: row.get(0)?, natural_key: row.get(1)? }));
    Ok(found.optional()?)
}

/// A record's row was written: its key was this and is that.
pub(super) fn moved(
    db: &Connection,
    record: RecordId,
    before: Option<TwinKey>,
    now: Option<TwinKey>,
) -> Result<(), StoreError> {
    if before == now {
        return Ok(());
    }
    if before.is_some() {
        remove_contest(db, record.book, record.key, TWINS, 0)?;
    }
    let unit = record.book.org_unit.0;
    before.iter().chain(&now).try_for_each(|key| refresh(db, unit, key))
}

struct Twin {
    id: (i64, [u8; 8], u32, u16),
    arrived: (i64, i64),
    contest: Option<i64>,
}

fn refresh(db: &Connection, unit: u32, key: &TwinKey) -> Result<(), StoreError> {
    let twins = list_twins(db, unit, key)?;
    let mut contests = twins.iter().filter_map(|twin| twin.contest);
    // Its number stays while it is open.
    let kept = contests.next();
    let mut remove = db.prepare_cached("DELETE FROM contest WHERE id = ?1")?;
    for other in contests {
        remove.execute([other])?;
    }
    let mut arrivals: Vec<(i64, i64)> = twins.iter().map(|twin| twin.arrived).collect();
    arrivals.sort_unstable();
    let (Some(first), Some((_, since))) = (twins.first(), arrivals.get(1)) else {
        kept.map(|kept| remove.execute([kept])).transpose()?;
        return Ok(());
    };
    let (book, actor, seq, idx) = first.id;
    let mut put = db.prepare_cached(
        "INSERT INTO contest (id, book, actor, seq, idx, org_unit, kind, field, policy, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 3, 0, 1, ?7)
         ON CONFLICT (id) DO UPDATE SET book = excluded.book, actor = excluded.actor,
             seq = excluded.seq, idx = excluded.idx, since = excluded.since",
    )?;
    put.execute(params![kept, book, actor, seq, idx, unit, since])?;
    Ok(())
}

fn list_twins(db: &Connection, unit: u32, key: &TwinKey) -> Result<Vec<Twin>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT r.book, r.actor, r.seq, r.idx, l.no, l.received_at, x.id
         FROM record r
         JOIN log l ON l.book = r.book AND l.actor = r.actor AND l.seq = r.seq
         LEFT JOIN contest x ON x.book = r.book AND x.actor = r.actor AND x.seq = r.seq
             AND x.idx = r.idx AND x.kind = 3 AND x.field = 0
         WHERE r.org_unit = ?1 AND r.form = ?2 AND r.natural_key = ?3
             AND r.void IS NULL AND r.parent_actor IS NULL
         ORDER BY r.book, r.actor, r.seq, r.idx",
    )?;
    let rows = list.query_map(params![unit, key.form, key.natural_key], |row| {
        Ok(Twin {
            id: (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?),
            arrived: (row.get(4)?, row.get(5)?),
            contest: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
