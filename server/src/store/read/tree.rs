//! The organisation tree with each cell's last record of what is due, last sync and unsent count.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use soban_core::base::{Date, Instant, OrgUnitId};

use super::rows;
use crate::store::StoreError;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Its number.
    pub id: OrgUnitId,
    /// The name of its kind.
    pub kind: String,
    /// Whether it is a cell: has books.
    pub is_cell: bool,
    /// Its full name.
    pub name: String,
    /// Its name among its siblings.
    pub short_name: String,
    /// How many cells it is or holds.
    pub cells: u32,
}

/// A cell in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRow {
    /// Its number.
    pub id: OrgUnitId,
    /// Its full name.
    pub name: String,
    /// When the last of its records of the form that is due was.
    pub last_on: Option<Date>,
    /// How many rows that had.
    pub last_rows: u32,
    /// For how many months of the year asked for there is one.
    pub months_in_year: u32,
    /// Whether the one that is due is not here, of a cell that there was all that month.
    pub late: bool,
    /// When one of its devices last reached the server.
    pub synced_at: Option<Instant>,
    /// Entries its devices had not sent when they last did; nothing if none ever did.
    pub unsent: Option<u32>,
    /// How many disagreements are open in its books.
    pub contests: u32,
}

/// Natural keys of records that are due, each with the number of its month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DueKeys(pub BTreeMap<String, i32>);

impl DueKeys {
    fn json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// What is asked of what cells owe each month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DueQuery {
    /// The number of the form; 0 where nothing is due.
    pub form: u16,
    /// The number of its rows' form; 0 where those are not counted.
    pub rows: u16,
    /// The records of the year that are counted.
    pub year: DueKeys,
    /// The record that is due, in each way it may be; nothing is late if empty.
    pub due: DueKeys,
    /// The first and the last day of the month that is due.
    pub due_days: (Date, Date),
}

/// What a unit and everything below it come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitFigures {
    /// Its cells.
    pub cells: u32,
    /// Those of them with a record of the form that is due in the month asked about.
    pub cells_met: u32,
    /// Records that are not rows of others and not void.
    pub records: u32,
    /// Open disagreements.
    pub contests: u32,
}

/// Everything below a unit, itself included.
pub(in crate::store) const BELOW: &str = "WITH RECURSIVE below (id) AS (
         SELECT ?1 UNION ALL
         SELECT u.id FROM org_unit u JOIN below b ON u.parent = b.id)";

const UNIT: &str = "u.id, u.kind, k.is_cell, u.name, u.short_name,
     (WITH RECURSIVE b (id, cell) AS (
         SELECT u.id, k.is_cell UNION ALL
         SELECT c.id, ck.is_cell FROM org_unit c JOIN b ON c.parent = b.id
             JOIN org_kind ck ON ck.name = c.kind)
      SELECT count(*) FROM b WHERE cell)";

fn unit_row(row: &Row<'_>) -> rusqlite::Result<UnitRow> {
    Ok(UnitRow {
        id: OrgUnitId(row.get(0)?),
        kind: row.get(1)?,
        is_cell: row.get(2)?,
        name: row.get(3)?,
        short_name: row.get(4)?,
        cells: row.get(5)?,
    })
}

/// The unit of a number.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn find_unit(db: &Connection, id: OrgUnitId) -> Result<Option<UnitRow>, StoreError> {
    let sql =
        format!("SELECT {UNIT} FROM org_unit u JOIN org_kind k ON k.name = u.kind WHERE u.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id.0], unit_row).optional()?)
}

/// The units directly below one, in Vietnamese order.
///
/// # Errors
/// [`StoreError`].
pub fn list_children(db: &Connection, id: OrgUnitId) -> Result<Vec<UnitRow>, StoreError> {
    let sql = format!(
        "SELECT {UNIT} FROM org_unit u JOIN org_kind k ON k.name = u.kind
         WHERE u.parent = ?1 ORDER BY u.sort, u.id"
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map([id.0], unit_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// From the root of the tree down to a unit, itself last.
///
/// # Errors
/// [`StoreError`].
pub fn path_to(db: &Connection, id: OrgUnitId) -> Result<Vec<UnitRow>, StoreError> {
    let sql = format!(
        "WITH RECURSIVE up (id, depth) AS (
             SELECT ?1, 0 UNION ALL
             SELECT u.parent, depth + 1 FROM org_unit u JOIN up ON u.id = up.id
             WHERE u.parent IS NOT NULL)
         SELECT {UNIT} FROM up JOIN org_unit u ON u.id = up.id
         JOIN org_kind k ON k.name = u.kind ORDER BY up.depth DESC"
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map([id.0], unit_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The cells at or below a unit, in Vietnamese order.
///
/// # Errors
/// [`StoreError`].
pub fn list_cells(
    db: &Connection,
    unit: OrgUnitId,
    asked: &DueQuery,
    (offset, limit): (u32, u32),
) -> Result<Vec<CellRow>, StoreError> {
    let sql = format!(
        "{BELOW},
         cell (id, name, whole) AS (
             SELECT u.id, u.name,
                 coalesce(u.valid_from <= ?6, 1) AND coalesce(u.valid_to >= ?7, 1)
             FROM below b JOIN org_unit u ON u.id = b.id
             JOIN org_kind k ON k.name = u.kind WHERE k.is_cell
             ORDER BY u.sort, u.id LIMIT ?8 OFFSET ?9),
         last (id, book, actor, seq, idx, held) AS (
             SELECT c.id, m.book, m.actor, m.seq, m.idx, max(m.occurred_on)
             FROM cell c JOIN record m ON m.org_unit = c.id AND m.form = ?2
             WHERE m.void IS NULL AND m.occurred_on IS NOT NULL GROUP BY c.id)
         SELECT c.id, c.name, l.held,
             (SELECT count(*) FROM record a WHERE a.book = l.book AND a.parent_actor = l.actor
                 AND a.parent_seq = l.seq AND a.parent_idx = l.idx AND a.form = ?3),
             (SELECT count(DISTINCT y.value) FROM json_each(?4) y JOIN record m
                 ON m.org_unit = c.id AND m.form = ?2 AND m.natural_key = y.key
                 AND m.void IS NULL),
             (SELECT max(d.seen_at) FROM device_grant g JOIN device d ON d.id = g.device
                 WHERE g.org_unit = c.id),
             (SELECT sum(d.unsent) FROM device_grant g JOIN device d ON d.id = g.device
                 WHERE g.org_unit = c.id AND d.revoked_at IS NULL),
             (SELECT count(*) FROM contest x WHERE x.org_unit = c.id),
             c.whole AND NOT EXISTS (SELECT 1 FROM json_each(?5) y JOIN record m
                 ON m.org_unit = c.id AND m.form = ?2 AND m.natural_key = y.key
                 AND m.void IS NULL)
         FROM cell c LEFT JOIN last l ON l.id = c.id"
    );
    let mut list = db.prepare_cached(&sql)?;
    let (first, last) = asked.due_days;
    let (year, due) = (asked.year.json(), asked.due.json());
    let values = params![
        unit.0,
        asked.form,
        asked.rows,
        year,
        due,
        first.days(),
        last.days(),
        limit,
        offset
    ];
    let rows = list.query_map(values, |row| {
        Ok(CellRow {
            id: OrgUnitId(row.get(0)?),
            name: row.get(1)?,
            last_on: rows::date(row, 2)?,
            last_rows: row.get(3)?,
            months_in_year: row.get(4)?,
            synced_at: row.get::<_, Option<i64>>(5)?.map(Instant),
            unsent: row.get(6)?,
            contests: row.get(7)?,
            late: row.get::<_, bool>(8)? && !asked.due.0.is_empty(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a unit and everything below it come to; `from` to `to` is the month asked about.
///
/// # Errors
/// [`StoreError`].
pub fn figures_of(
    db: &Connection,
    unit: OrgUnitId,
    form: u16,
    (from, to): (Date, Date),
) -> Result<UnitFigures, StoreError> {
    let sql = format!(
        "{BELOW}
         SELECT
             (SELECT count(*) FROM below b JOIN org_unit u ON u.id = b.id
                 JOIN org_kind k ON k.name = u.kind WHERE k.is_cell),
             (SELECT count(DISTINCT m.org_unit) FROM below b JOIN record m
                 ON m.org_unit = b.id AND m.form = ?2 AND m.void IS NULL
                 AND m.occurred_on BETWEEN ?3 AND ?4),
             (SELECT count(*) FROM below b JOIN record r ON r.org_unit = b.id
                 WHERE r.parent_actor IS NULL AND r.void IS NULL),
             (SELECT count(*) FROM below b JOIN contest x ON x.org_unit = b.id)"
    );
    let mut figures = db.prepare_cached(&sql)?;
    Ok(figures.query_row(params![unit.0, form, from.days(), to.days()], |row| {
        Ok(UnitFigures {
            cells: row.get(0)?,
            cells_met: row.get(1)?,
            records: row.get(2)?,
            contests: row.get(3)?,
        })
    })?)
}

/// The years that books at or below a unit cover, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_years(db: &Connection, unit: OrgUnitId) -> Result<Vec<u16>, StoreError> {
    let sql = format!(
        "{BELOW} SELECT DISTINCT k.period FROM below b JOIN book k ON k.org_unit = b.id
         WHERE k.period > 0 ORDER BY k.period DESC"
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map([unit.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
