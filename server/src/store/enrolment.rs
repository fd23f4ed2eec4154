//! Codes that make devices, and the devices that they make.

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{DeviceId, Instant, OrgUnitId};

use super::StoreError;

/// A code that has been given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Whose books.
    pub org_unit: OrgUnitId,
    /// Who will hold the phone.
    pub holder: String,
    /// Until when it may be used.
    pub expires_at: Instant,
    /// The key that has used it.
    pub used_by: Option<[u8; 32]>,
}

/// A device to be enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// Its id.
    pub id: DeviceId,
    /// Who holds it.
    pub holder: String,
    /// Its public key.
    pub public_key: [u8; 32],
    /// CBOR of its signed certificate.
    pub certificate: Vec<u8>,
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// Whose books it may write.
    pub org_unit: OrgUnitId,
}

/// A device that comes with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDevice {
    /// Its id.
    pub id: DeviceId,
    /// CBOR of its signed certificate.
    pub certificate: Vec<u8>,
    /// Whether it is revoked.
    pub revoked: bool,
}

/// Keeps a code that is given out.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn add_invitation(
    db: &Connection,
    code_hash: &[u8; 32],
    invitation: &Invitation,
    now: Instant,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO enrolment (code_hash, org_unit, holder, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        code_hash,
        invitation.org_unit.0,
        invitation.holder,
        now.0,
        invitation.expires_at.0
    ])?;
    Ok(())
}

/// The code of this hash.
///
/// # Errors
/// [`StoreError`].
pub fn find_invitation(
    db: &Connection,
    code_hash: &[u8; 32],
) -> Result<Option<Invitation>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT org_unit, holder, expires_at, used_by FROM enrolment WHERE code_hash = ?1",
    )?;
    let found = find.query_row([code_hash], |row| {
        Ok(Invitation {
            org_unit: OrgUnitId(row.get(0)?),
            holder: row.get(1)?,
            expires_at: Instant(row.get(2)?),
            used_by: row.get(3)?,
        })
    });
    Ok(found.optional()?)
}

/// Marks a code as used by a key.
///
/// # Errors
/// [`StoreError`].
pub fn use_invitation(
    db: &Connection,
    code_hash: &[u8; 32],
    public_key: &[u8; 32],
    now: Instant,
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE enrolment SET used_at = ?2, used_by = ?3 WHERE code_hash = ?1")?
        .execute(params![code_hash, now.0, public_key])?;
    Ok(())
}

/// Enrols a device and grants it its unit.
///
/// # Errors
/// [`StoreError`].
pub fn add_device(db: &Connection, new: &NewDevice, now: Instant) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO device (id, holder, public_key, certificate, token_hash, enrolled_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        new.id.0,
        new.holder,
        new.public_key,
        new.certificate,
        new.token_hash,
        now.0
    ])?;
    grant(db, new.id, new.org_unit, now)
}

/// Marks a device that came back to a server that had forgotten it: it waits for staff.
///
/// # Errors
/// [`StoreError`].
pub fn set_pending(db: &Connection, device: DeviceId) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE device SET pending = 1 WHERE id = ?1")?.execute([device.0])?;
    Ok(())
}

/// Lets a device write a unit's books, unless it may already.
///
/// # Errors
/// [`StoreError`].
pub fn grant(
    db: &Connection,
    device: DeviceId,
    org_unit: OrgUnitId,
    now: Instant,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO device_grant VALUES (?1, ?2, ?3, NULL)
         ON CONFLICT (device, org_unit) DO UPDATE SET valid_to = NULL",
    )?
    .execute(params![device.0, org_unit.0, now.0])?;
    Ok(())
}

/// The device with this key.
///
/// # Errors
/// [`StoreError`].
pub fn find_by_key(
    db: &Connection,
    public_key: &[u8; 32],
) -> Result<Option<KnownDevice>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT id, certificate, revoked_at IS NOT NULL FROM device WHERE public_key = ?1",
    )?;
    let found = find.query_row([public_key], |row| {
        Ok(KnownDevice {
            id: DeviceId(row.get(0)?),
            certificate: row.get(1)?,
            revoked: row.get(2)?,
        })
    });
    Ok(found.optional()?)
}

/// Replaces a device's holder, certificate and token.
///
/// # Errors
/// [`StoreError`].
pub fn renew(
    db: &Connection,
    device: DeviceId,
    (holder, certificate): (&str, &[u8]),
    token_hash: &[u8; 32],
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE device SET holder = ?2, certificate = ?3, token_hash = ?4 WHERE id = ?1",
    )?
    .execute(params![device.0, holder, certificate, token_hash])?;
    Ok(())
}

/// Replaces a device's token.
///
/// # Errors
/// [`StoreError`].
pub fn set_token(
    db: &Connection,
    device: DeviceId,
    token_hash: &[u8; 32],
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE device SET token_hash = ?2 WHERE id = ?1")?
        .execute(params![device.0, token_hash])?;
    Ok(())
}
