//! The organisation tree and the reference data made of it.

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{Date, OrgUnitId, sort, text};
use soban_core::sync::{OrgSubtree, OrgUnitDef};

use super::StoreError;

/// A kind of unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRow {
    /// Its identifier.
    pub name: String,
    /// Whether units of it have books.
    pub is_cell: bool,
    /// Whether units of it are places.
    pub is_place: bool,
    /// When it came to be.
    pub valid_from: Option<Date>,
    /// When it ceased to be.
    pub valid_to: Option<Date>,
}

/// A unit to be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Its number, for ever.
    pub id: OrgUnitId,
    /// Its kind.
    pub kind: String,
    /// The unit above it.
    pub parent: Option<OrgUnitId>,
    /// Its full name.
    pub name: String,
    /// Its name among its siblings.
    pub short_name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// When it came to be.
    pub valid_from: Option<Date>,
    /// When it ceased to be.
    pub valid_to: Option<Date>,
}

/// A cell looks after a village for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverageRow {
    /// The cell.
    pub cell: OrgUnitId,
    /// The village.
    pub village: OrgUnitId,
    /// Since when.
    pub valid_from: Option<Date>,
    /// Until when.
    pub valid_to: Option<Date>,
}

/// Loads kinds, units and coverage; units that are there already are brought up to date, and none
/// is removed. Units come after those they belong to.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn load(
    db: &Connection,
    kinds: &[KindRow],
    units: &[NewUnit],
    coverage: &[CoverageRow],
) -> Result<(), StoreError> {
    let days = |date: Option<Date>| date.map(Date::days);
    for kind in kinds {
        db.prepare_cached("INSERT OR REPLACE INTO org_kind VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
            params![
                kind.name,
                kind.is_cell,
                kind.is_place,
                days(kind.valid_from),
                days(kind.valid_to)
            ],
        )?;
    }
    for unit in units {
        let names = [&[unit.name.clone(), unit.short_name.clone()], unit.aliases.as_slice()];
        db.prepare_cached(
            "INSERT INTO org_unit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, parent = excluded.parent,
                 name = excluded.name, short_name = excluded.short_name,
                 aliases = excluded.aliases, fold = excluded.fold, sort = excluded.sort,
                 valid_from = excluded.valid_from, valid_to = excluded.valid_to",
        )?
        .execute(params![
            unit.id.0,
            unit.kind,
            unit.parent.map(|parent| parent.0),
            unit.name,
            unit.short_name,
            unit.aliases.join("|"),
            text::fold(&names.concat().join(" ")),
            sort::sort_key(&unit.short_name),
            days(unit.valid_from),
            days(unit.valid_to)
        ])?;
    }
    db.execute("DELETE FROM org_coverage", [])?;
    for row in coverage {
        db.prepare_cached("INSERT INTO org_coverage VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            row.cell.0,
            row.village.0,
            days(row.valid_from),
            days(row.valid_to)
        ])?;
    }
    Ok(())
}

/// The units that a phone of this unit needs names for: itself, what is above it, the places its
/// cell ever looked after, and what is above those.
///
/// # Errors
/// [`StoreError`].
pub fn subtree_for(db: &Connection, unit: OrgUnitId) -> Result<OrgSubtree, StoreError> {
    let mut list = db.prepare_cached(
        "WITH RECURSIVE needed (id) AS (
             SELECT ?1 UNION
             SELECT village FROM org_coverage WHERE cell = ?1 UNION
             SELECT u.parent FROM needed n JOIN org_unit u ON u.id = n.id
                 WHERE u.parent IS NOT NULL)
         SELECT u.id, u.kind, u.parent, u.name, u.short_name, u.valid_from, u.valid_to
         FROM needed n JOIN org_unit u ON u.id = n.id ORDER BY u.id",
    )?;
    let rows = list.query_map([unit.0], |row| {
        Ok(OrgUnitDef {
            id: row.get(0)?,
            kind: row.get(1)?,
            parent: row.get(2)?,
            name: row.get(3)?,
            short_name: row.get(4)?,
            valid_from: row.get(5)?,
            valid_to: row.get(6)?,
        })
    })?;
    Ok(OrgSubtree { units: rows.collect::<Result<_, _>>()? })
}

/// What a unit is called.
///
/// # Errors
/// [`StoreError`].
pub fn find_name(db: &Connection, unit: OrgUnitId) -> Result<Option<String>, StoreError> {
    let mut find = db.prepare_cached("SELECT name FROM org_unit WHERE id = ?1")?;
    Ok(find.query_row([unit.0], |row| row.get(0)).optional()?)
}

/// What a unit and the one above it are called; the latter is empty at the top.
///
/// # Errors
/// [`StoreError`].
pub fn names_of(db: &Connection, unit: OrgUnitId) -> Result<Option<(String, String)>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT u.name, ifnull(above.name, '') FROM org_unit u
         LEFT JOIN org_unit above ON above.id = u.parent WHERE u.id = ?1",
    )?;
    Ok(find.query_row([unit.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The cells at or below a unit, in Vietnamese order; only those without a phone that may write for
/// them if `unserved`.
///
/// # Errors
/// [`StoreError`].
pub fn cells_below(
    db: &Connection,
    unit: OrgUnitId,
    unserved: bool,
) -> Result<Vec<OrgUnitId>, StoreError> {
    let mut list = db.prepare_cached(
        "WITH RECURSIVE below (id, way) AS (
             SELECT id, hex(sort) FROM org_unit WHERE id = ?1 UNION ALL
             SELECT u.id, below.way || '.' || hex(u.sort) FROM below JOIN org_unit u ON u.parent = below.id)
         SELECT below.id FROM below JOIN org_unit u ON u.id = below.id
         JOIN org_kind k ON k.name = u.kind
         WHERE k.is_cell AND NOT (?2 AND EXISTS (
             SELECT 1 FROM device_grant g JOIN device d ON d.id = g.device
             WHERE g.org_unit = below.id AND d.revoked_at IS NULL))
         ORDER BY below.way, below.id",
    )?;
    let rows = list.query_map((unit.0, unserved), |row| row.get(0).map(OrgUnitId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a unit is another, or lies below it.
///
/// # Errors
/// [`StoreError`].
pub fn is_within(db: &Connection, unit: OrgUnitId, scope: OrgUnitId) -> Result<bool, StoreError> {
    let mut find = db.prepare_cached(
        "WITH RECURSIVE up (id) AS (
             SELECT ?1 UNION
             SELECT u.parent FROM org_unit u JOIN up ON u.id = up.id WHERE u.parent IS NOT NULL)
         SELECT EXISTS (SELECT 1 FROM up WHERE id = ?2)",
    )?;
    Ok(find.query_row([unit.0, scope.0], |row| row.get(0))?)
}

/// A unit and those above it; nothing if there is no such unit.
///
/// # Errors
/// [`StoreError`].
pub fn list_above(db: &Connection, unit: OrgUnitId) -> Result<Vec<OrgUnitId>, StoreError> {
    let mut list = db.prepare_cached(
        "WITH RECURSIVE up (id) AS (
             SELECT id FROM org_unit WHERE id = ?1 UNION
             SELECT u.parent FROM org_unit u JOIN up ON u.id = up.id WHERE u.parent IS NOT NULL)
         SELECT id FROM up",
    )?;
    let rows = list.query_map([unit.0], |row| row.get(0).map(OrgUnitId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The units that have books, each with its holder-to-be's place in the tree: id and name.
///
/// # Errors
/// [`StoreError`].
pub fn list_all_cells(db: &Connection) -> Result<Vec<(OrgUnitId, String)>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT u.id, u.name FROM org_unit u JOIN org_kind k ON k.name = u.kind
         WHERE k.is_cell ORDER BY u.id",
    )?;
    let rows = list.query_map([], |row| Ok((OrgUnitId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The unit with nothing above it that holds the most cells: the district itself.
///
/// # Errors
/// [`StoreError`].
pub fn root(db: &Connection) -> Result<Option<OrgUnitId>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT u.id FROM org_unit u JOIN org_kind k ON k.name = u.kind
         WHERE u.parent IS NULL AND NOT k.is_place ORDER BY u.id LIMIT 1",
    )?;
    Ok(find.query_row([], |row| row.get(0)).optional()?.map(OrgUnitId))
}

/// The pack's bytes.
///
/// # Errors
/// [`StoreError`].
pub fn pack_bytes(db: &Connection) -> Result<Option<Vec<u8>>, StoreError> {
    let mut find = db.prepare_cached("SELECT bytes FROM reference WHERE name = 'pack'")?;
    Ok(find.query_row([], |row| row.get(0)).optional()?)
}

/// Installs a pack.
///
/// # Errors
/// [`StoreError`].
pub fn put_pack(db: &Connection, bytes: &[u8]) -> Result<(), StoreError> {
    db.execute("INSERT OR REPLACE INTO reference VALUES ('pack', ?1)", [bytes])?;
    Ok(())
}

/// Which cell looks after which village, now or once.
///
/// # Errors
/// [`StoreError`].
pub fn list_coverage(db: &Connection) -> Result<Vec<(OrgUnitId, OrgUnitId)>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT cell, village FROM org_coverage ORDER BY valid_to IS NOT NULL, cell, village",
    )?;
    let rows = list.query_map([], |row| Ok((OrgUnitId(row.get(0)?), OrgUnitId(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
