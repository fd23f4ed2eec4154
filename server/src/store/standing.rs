//! What is kept of a device between its syncs: what it stands on, and what it last said of itself.

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{DeviceId, Instant};
use soban_core::sync::{DeviceStatus, Standing, StandingDigest, Versions};

use super::StoreError;

/// The longest name of a version that is kept of a device.
const MOST_VERSION_CHARS: usize = 64;
/// What a device stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    standing: Standing,
    bytes: Vec<u8>,
    digest: StandingDigest,
    proven: bool,
}

impl Known {
    /// `proven`: whether the server vouches for all of it: each cursor is one of its log, or came
    /// under its word.
    #[must_use]
    pub fn new(standing: Standing, proven: bool) -> Self {
        let bytes = standing.to_bytes();
        let digest = standing.digest_of(&bytes);
        Self { standing, bytes, digest, proven }
    }

    /// Its cursors and its reference data.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The bytes of that.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What names that.
    #[must_use]
    pub fn digest(&self) -> StandingDigest {
        self.digest
    }

    /// Whether the server vouches for it.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.proven
    }
}

/// What is kept of a device between its syncs, and what a sync must know before it begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// The version of all tokens and grants; nothing where the device is not there.
    pub access_version: Option<i64>,
    /// How many bytes it has brought in all.
    pub brought_bytes: u64,
    /// Whether anything that it brought is or was kept apart.
    pub apart: bool,
    /// What it stands on by the digest that it came with, if it may stand on that: on what it was
    /// replied, or on what it came with then.
    pub known: Option<Known>,
}

/// What is kept of a device that comes with a digest: one question, since every sync asks it.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn find(db: &Connection, device: DeviceId, digest: StandingDigest) -> Result<Kept, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT (SELECT version FROM access), stored_bytes,
             EXISTS (SELECT 1 FROM log WHERE device = ?1 AND state = 3) OR EXISTS (
                 SELECT 1 FROM log
                 WHERE device = ?1 AND let_in_by IS NOT NULL AND told IS NOT NULL),
             CASE ?2 WHEN last_digest THEN last_standing WHEN prior_digest THEN prior_standing END,
             CASE ?2 WHEN last_digest THEN last_proven ELSE prior_proven END
         FROM device WHERE id = ?1",
    )?;
    let kept = find.query_row(params![device.0, digest.0], |row| {
        let bytes = row.get_ref(3)?.as_blob_or_null()?;
        let standing = bytes.and_then(|bytes| Some((Standing::from_bytes(bytes)?, bytes.to_vec())));
        let proven = row.get(4)?;
        let known = standing.map(|(standing, bytes)| Known { standing, bytes, digest, proven });
        let (access_version, brought_bytes) = (row.get(0)?, row.get(1)?);
        Ok(Kept { access_version, brought_bytes, apart: row.get(2)?, known })
    });
    let mut kept = kept.optional()?.unwrap_or_default();
    if digest == StandingDigest::default() {
        kept.known = Some(Known::new(Standing::default(), true));
    }
    Ok(kept)
}

/// What a device stands on after a reply, and what it came with: it stands on one of the two from
/// now on, whether the reply arrives or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    /// What it came with.
    pub came_with: Known,
    /// What it stands on if the reply arrives.
    pub after: Known,
}

/// Remembers what a device stands on.
///
/// # Errors
/// [`StoreError`].
pub fn remember(db: &Connection, device: DeviceId, replied: &Replied) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE device SET last_digest = ?2, last_standing = ?3, last_proven = ?4,
             prior_digest = ?5, prior_standing = ?6, prior_proven = ?7
         WHERE id = ?1",
    )?;
    let Replied { came_with: prior, after: last } = replied;
    update.execute(params![
        device.0,
        last.digest.0,
        last.bytes,
        last.proven,
        prior.digest.0,
        prior.bytes,
        prior.proven
    ])?;
    Ok(())
}

/// What a request tells of its device.
#[derive(Debug)]
pub struct Seen<'a> {
    /// What the device says of itself. It names its versions where they have changed.
    pub status: &'a DeviceStatus,
    /// Entries that it has still to send.
    pub unsent: u32,
    /// What it brought.
    pub brought_bytes: u64,
    /// When.
    pub at: Instant,
}

/// Sets what a device said of itself, counts what it brought, and remembers what it stands on after
/// a reply that says so: one write, since every sync waits for it.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    db: &Connection,
    device: DeviceId,
    seen: &Seen<'_>,
    replied: Option<&Replied>,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE device SET seen_at = ?2, clock_offset_ms = ?3, unsent = ?4, oldest_unsent = ?5,
             free = coalesce(?6, free), stored_bytes = stored_bytes + ?7,
             last_digest = coalesce(?8, last_digest),
             last_standing = coalesce(?9, last_standing),
             last_proven = coalesce(?10, last_proven),
             prior_digest = coalesce(?11, prior_digest),
             prior_standing = coalesce(?12, prior_standing),
             prior_proven = coalesce(?13, prior_proven)
         WHERE id = ?1",
    )?;
    let Seen { status, unsent, brought_bytes, at } = *seen;
    let (after, came_with) = (replied.map(|r| &r.after), replied.map(|r| &r.came_with));
    update.execute(params![
        device.0,
        at.0,
        status.clock.0.saturating_sub(at.0),
        unsent,
        status.oldest_left.filter(|_| unsent > 0).map(|oldest| oldest.0),
        status.free,
        brought_bytes,
        after.map(|known| known.digest.0),
        after.map(|known| &known.bytes),
        after.map(|known| known.proven),
        came_with.map(|known| known.digest.0),
        came_with.map(|known| &known.bytes),
        came_with.map(|known| known.proven)
    ])?;
    if let Some(Versions { app, pack }) = &status.versions {
        let app: String = app.chars().take(MOST_VERSION_CHARS).collect();
        db.prepare_cached("UPDATE device SET app_version = ?2, pack_version = ?3 WHERE id = ?1")?
            .execute(params![device.0, app, pack])?;
    }
    Ok(())
}
