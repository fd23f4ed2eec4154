//! Devices: who asks, what they said of themselves, what they may write.

use rusqlite::{Connection, OptionalExtension, Row, params};
use soban_core::base::{DeviceId, Instant, OrgUnitId};
use soban_core::sync::Holder;

use super::StoreError;
use crate::accept::{Caller, Grant};

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its id.
    pub id: DeviceId,
    /// Who holds it.
    pub holder: String,
    /// Whose books it writes.
    pub org_unit: OrgUnitId,
    /// What that unit is called.
    pub unit_name: String,
    /// When it was enrolled.
    pub enrolled_at: Instant,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// When it last reached the server.
    pub seen_at: Option<Instant>,
    /// Its program's version.
    pub app_version: Option<String>,
    /// Its pack's version.
    pub pack_version: Option<u32>,
    /// Its clock less the server's, in milliseconds.
    pub clock_offset_ms: Option<i64>,
    /// Entries it had not sent when it last did.
    pub unsent: Option<u32>,
    /// The device time of the oldest of them.
    pub oldest_unsent: Option<Instant>,
    /// The free space that it has at least, in bytes.
    pub free_bytes: Option<u64>,
    /// Whether it came back to a server that had forgotten it, and waits for staff.
    pub pending: bool,
}

/// Rises whenever what a token may do changes, whoever changes it.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn access_version(db: &Connection) -> Result<i64, StoreError> {
    let mut find = db.prepare_cached("SELECT version FROM access")?;
    Ok(find.query_row([], |row| row.get(0))?)
}

/// The device with this token, and all that it was ever granted.
///
/// # Errors
/// [`StoreError`].
pub fn find_caller(db: &Connection, token_hash: &[u8; 32]) -> Result<Option<Caller>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT id, revoked_at IS NOT NULL, pending FROM device WHERE token_hash = ?1",
    )?;
    let found = find.query_row([token_hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let found: Option<([u8; 5], bool, bool)> = found.optional()?;
    let Some((id, revoked, pending)) = found else { return Ok(None) };
    let device = DeviceId(id);
    let (grants, as_of) = (list_grants(db, device)?, Some(access_version(db)?));
    Ok(Some(Caller { device, revoked, pending, grants, as_of }))
}

/// All that a device was ever granted, by unit; whoever asks sees to their dates.
///
/// # Errors
/// [`StoreError`].
pub fn list_grants(db: &Connection, id: DeviceId) -> Result<Vec<Grant>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT org_unit, valid_from, valid_to FROM device_grant WHERE device = ?1
         ORDER BY org_unit",
    )?;
    let grants = list.query_map([id.0], |row| {
        Ok(Grant {
            org_unit: OrgUnitId(row.get(0)?),
            valid_from: Instant(row.get(1)?),
            valid_to: row.get::<_, Option<i64>>(2)?.map(Instant),
        })
    })?;
    Ok(grants.collect::<Result<_, _>>()?)
}

const DEVICE: &str = "d.id, d.holder, g.org_unit, u.name, d.enrolled_at, d.revoked_at, d.seen_at,
     d.app_version, d.pack_version, d.clock_offset_ms, d.unsent, d.oldest_unsent, d.free,
     d.pending";

fn device_row(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    let instant =
        |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Instant));
    Ok(DeviceRow {
        id: DeviceId(row.get(0)?),
        holder: row.get(1)?,
        org_unit: OrgUnitId(row.get(2)?),
        unit_name: row.get(3)?,
        enrolled_at: Instant(row.get(4)?),
        revoked_at: instant(5)?,
        seen_at: instant(6)?,
        app_version: row.get(7)?,
        pack_version: row.get(8)?,
        clock_offset_ms: row.get(9)?,
        unsent: row.get(10)?,
        oldest_unsent: instant(11)?,
        free_bytes: row.get::<_, Option<u8>>(12)?.map(|power| 1 << (power.min(40) + 20)),
        pending: row.get(13)?,
    })
}

/// Devices of the units at or below one: those that have been silent longest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_devices(
    db: &Connection,
    scope: OrgUnitId,
    (offset, limit): (u32, u32),
) -> Result<Vec<DeviceRow>, StoreError> {
    let sql = format!(
        "{} SELECT {DEVICE} FROM below b JOIN device_grant g ON g.org_unit = b.id
         JOIN device d ON d.id = g.device JOIN org_unit u ON u.id = g.org_unit
         ORDER BY d.revoked_at IS NOT NULL, d.seen_at, d.id LIMIT ?2 OFFSET ?3",
        super::read::BELOW
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map(params![scope.0, limit, offset], device_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every device, by unit.
///
/// # Errors
/// [`StoreError`].
pub fn list_all_devices(db: &Connection) -> Result<Vec<DeviceRow>, StoreError> {
    let sql = format!(
        "SELECT {DEVICE} FROM device d JOIN device_grant g ON g.device = d.id
         JOIN org_unit u ON u.id = g.org_unit ORDER BY g.org_unit, d.enrolled_at, d.id"
    );
    let mut list = db.prepare_cached(&sql)?;
    let rows = list.query_map([], device_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The devices that were ever granted a unit, in the order in which they were enrolled.
///
/// # Errors
/// [`StoreError`].
pub fn list_devices_of(db: &Connection, unit: OrgUnitId) -> Result<Vec<DeviceId>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT d.id FROM device_grant g JOIN device d ON d.id = g.device
         WHERE g.org_unit = ?1 ORDER BY d.enrolled_at, d.id",
    )?;
    let rows = list.query_map([unit.0], |row| row.get(0).map(DeviceId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One device; of several units the one that it was granted last and for longest.
///
/// # Errors
/// [`StoreError`].
pub fn find_device(db: &Connection, id: DeviceId) -> Result<Option<DeviceRow>, StoreError> {
    let sql = format!(
        "SELECT {DEVICE} FROM device d JOIN device_grant g ON g.device = d.id
         JOIN org_unit u ON u.id = g.org_unit WHERE d.id = ?1
         ORDER BY g.valid_to DESC NULLS FIRST, g.valid_from DESC, g.org_unit LIMIT 1"
    );
    Ok(db.prepare_cached(&sql)?.query_row([id.0], device_row).optional()?)
}

/// Who holds the devices that write or once wrote for a unit, by device.
///
/// # Errors
/// [`StoreError`].
pub fn list_holders(db: &Connection, unit: OrgUnitId) -> Result<Vec<Holder>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT d.id, d.holder FROM device_grant g JOIN device d ON d.id = g.device
         WHERE g.org_unit = ?1 ORDER BY d.id",
    )?;
    let rows = list.query_map([unit.0], |row| {
        Ok(Holder { device: DeviceId(row.get(0)?), name: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Revokes a device; whether there was one to revoke.
///
/// # Errors
/// [`StoreError`].
pub fn revoke(db: &Connection, id: DeviceId, now: Instant) -> Result<bool, StoreError> {
    let changed = db
        .prepare_cached("UPDATE device SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL")?
        .execute(params![id.0, now.0])?;
    Ok(changed > 0)
}

/// Lets in a device that waits for staff; whether it did.
///
/// # Errors
/// [`StoreError`].
pub fn confirm(db: &Connection, id: DeviceId) -> Result<bool, StoreError> {
    let mut update =
        db.prepare_cached("UPDATE device SET pending = 0 WHERE id = ?1 AND pending = 1")?;
    Ok(update.execute([id.0])? > 0)
}

/// How many devices there are.
///
/// # Errors
/// [`StoreError`].
pub fn count_devices(db: &Connection) -> Result<u64, StoreError> {
    Ok(db.query_row("SELECT count(*) FROM device", [], |row| row.get(0))?)
}
