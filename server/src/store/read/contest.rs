//! Open disagreements.

use rusqlite::{Connection, OptionalExtension, Row, params};
use soban_core::base::{Instant, OrgUnitId, RecordId};

use super::rows;
use super::tree::BELOW;
use crate::store::StoreError;

/// An open disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestRow {
    /// Its number on this server.
    pub id: i64,
    /// The record it is about.
    pub record: RecordId,
    /// 1 values, 2 void, 3 twins, 4 changed after a decision, 5 rulings on two that disagree.
    pub kind: u8,
    /// The first field in question; 0 for none.
    pub field: u16,
    /// Of kind 5 the other record.
    pub other: Option<RecordId>,
    /// 0 quiet, 1 review, 2 critical.
    pub policy: u8,
    /// When the entry that opened it arrived.
    pub since: Instant,
}

const COLUMNS: &str = "x.id, x.book, x.actor, x.seq, x.idx, x.kind, x.field, x.policy, x.since, \
     x.other";

fn contest_row(row: &Row<'_>) -> rusqlite::Result<ContestRow> {
    Ok(ContestRow {
        id: row.get(0)?,
        record: rows::id(row, 1)?,
        kind: row.get(5)?,
        field: row.get(6)?,
        policy: row.get(7)?,
        since: Instant(row.get(8)?),
        other: row.get::<_, String>(9)?.parse().ok(),
    })
}

/// Disagreements at or below a unit: the critical ones first, then the oldest.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn list_contests(
    db: &Connection,
    scope: OrgUnitId,
    (offset, limit): (u32, u32),
) -> Result<Vec<ContestRow>, StoreError> {
    let sql = format!(
        "{BELOW} SELECT {COLUMNS} FROM below b JOIN contest x ON x.org_unit = b.id
         ORDER BY x.policy DESC, x.since, x.id LIMIT ?2 OFFSET ?3"
    );
    let mut list = db.prepare_cached(&sql)?;
    let found = list.query_map(params![scope.0, limit, offset], contest_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// How many disagreements are open at or below a unit.
///
/// # Errors
/// [`StoreError`].
pub fn count_contests(db: &Connection, scope: OrgUnitId) -> Result<u32, StoreError> {
    let sql = format!("{BELOW} SELECT count(*) FROM below b JOIN contest x ON x.org_unit = b.id");
    Ok(db.prepare_cached(&sql)?.query_row([scope.0], |row| row.get(0))?)
}

/// One disagreement, if it is still open.
///
/// # Errors
/// [`StoreError`].
pub fn find_contest(db: &Connection, id: i64) -> Result<Option<ContestRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM contest x WHERE x.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id], contest_row).optional()?)
}

/// Disagreements that are open on one record.
///
/// # Errors
/// [`StoreError`].
pub fn contests_on(db: &Connection, record: RecordId) -> Result<Vec<ContestRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM contest x
         WHERE x.book = ?1 AND x.actor = ?2 AND x.seq = ?3 AND x.idx = ?4 ORDER BY x.kind, x.field"
    );
    let mut list = db.prepare_cached(&sql)?;
    let values =
        params![record.book.number(), record.key.actor.0, record.key.seq, record.key.index];
    let found = list.query_map(values, contest_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}
