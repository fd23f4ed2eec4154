//! What is in the log and not in its book, as staff see it; and what they let in.

use rusqlite::{Connection, OptionalExtension, Row, params};
use soban_core::base::{ActorId, BookId, DeviceId, EntryRef, Instant, OrgUnitId};

use super::StoreError;
use super::log::LogState;
use super::read::BELOW;

/// An entry that is quarantined or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApartRow {
    /// Its place in the log.
    pub no: i64,
    /// Its book.
    pub book: BookId,
    /// What the book's unit is called.
    pub unit: String,
    /// Its actor and sequence.
    pub entry: EntryRef,
    /// Which of the two it is.
    pub state: LogState,
    /// Why.
    pub reason: Option<String>,
    /// Its canonical bytes, if they are any.
    pub bytes: Vec<u8>,
    /// Its author's device.
    pub device: DeviceId,
    /// The person who holds that; empty if nobody is known to.
    pub holder: String,
    /// When it arrived.
    pub received_at: Instant,
}

const APART: &str = "l.no, l.book, u.name, l.actor, l.seq, l.state, l.reason, l.entry, l.device,
     coalesce(d.holder, ''), l.received_at";

fn apart_row(row: &Row<'_>) -> rusqlite::Result<ApartRow> {
    let number = row.get(1)?;
    let book = BookId::from_number(number);
    Ok(ApartRow {
        no: row.get(0)?,
        book: book.ok_or(rusqlite::Error::IntegralValueOutOfRange(1, number))?,
        unit: row.get(2)?,
        entry: EntryRef { actor: ActorId(row.get(3)?), seq: row.get(4)? },
        state: LogState::from_number(row.get(5)?),
        reason: row.get(6)?,
        bytes: row.get(7)?,
        device: DeviceId(row.get(8)?),
        holder: row.get(9)?,
        received_at: Instant(row.get(10)?),
    })
}

/// The entries that are quarantined or held in the books of the units at or below one, by book and
/// in the order in which they arrived.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn list_apart(
    db: &Connection,
    scope: OrgUnitId,
    (offset, limit): (u32, u32),
) -> Result<Vec<ApartRow>, StoreError> {
    let sql = format!(
        "{BELOW} SELECT {APART} FROM below b JOIN org_unit u ON u.id = b.id
         JOIN log l ON l.book BETWEEN b.id * 65536 AND b.id * 65536 + 65535
             AND l.state > 1 AND l.state IN (2, 3)
         LEFT JOIN device d ON d.id = l.device
         ORDER BY l.book, l.no LIMIT ?2 OFFSET ?3"
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map(params![scope.0, limit, offset], apart_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many those are.
///
/// # Errors
/// [`StoreError`].
pub fn count_apart(db: &Connection, scope: OrgUnitId) -> Result<u32, StoreError> {
    let sql = format!(
        "{BELOW} SELECT count(*) FROM below b
         JOIN log l ON l.book BETWEEN b.id * 65536 AND b.id * 65536 + 65535
             AND l.state > 1 AND l.state IN (2, 3)"
    );
    Ok(db.prepare_cached(&sql)?.query_row([scope.0], |row| row.get(0))?)
}

/// The entry at a place of the log, if it is quarantined or held.
///
/// # Errors
/// [`StoreError`].
pub fn find_apart(db: &Connection, no: i64) -> Result<Option<ApartRow>, StoreError> {
    let sql = format!(
        "SELECT {APART} FROM log l JOIN org_unit u ON u.id = l.book >> 16
         LEFT JOIN device d ON d.id = l.device WHERE l.no = ?1 AND l.state IN (2, 3)"
    );
    Ok(db.prepare_cached(&sql)?.query_row([no], apart_row).optional()?)
}

/// Lets an entry in that is quarantined, or held: from now on nobody minds what its writer claimed.
/// The projector looks at a quarantined one again; one that is held still waits its turn. Whether
/// there was one.
///
/// # Errors
/// [`StoreError`].
pub fn let_in(db: &Connection, no: i64, by: &str, now: Instant) -> Result<bool, StoreError> {
    // Its device may not have been told yet that it was kept apart; it is told all the same.
    let mut update = db.prepare_cached(
        "UPDATE log SET let_in_by = ?2, let_in_at = ?3,
             reason = CASE state WHEN 2 THEN reason END,
             told = CASE state WHEN 3 THEN coalesce(told, x'00') ELSE told END,
             state = CASE state WHEN 3 THEN 0 ELSE state END
         WHERE no = ?1 AND state IN (2, 3)",
    )?;
    Ok(update.execute(params![no, by, now.0])? > 0)
}
