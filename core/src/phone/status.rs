//! What a phone says of itself.

use serde::Serialize;

use super::{Phone, PhoneError};
use crate::base::OrgUnitId;

/// What a phone says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The device; nothing before enrolment.
    pub device: Option<String>,
    /// The unit it writes for.
    pub org_unit: Option<u32>,
    /// What that unit is called; empty before enrolment.
    pub unit_name: String,
    /// What the unit above it is called.
    pub parent_name: String,
    /// Who holds this phone.
    pub holder: String,
    /// Whether it is a phone to practise on.
    pub practice: bool,
    /// The pack's version; 0 for none.
    pub pack_version: u32,
    /// Entries that the district has not confirmed.
    pub unsent: u32,
    /// The device time of the oldest of them.
    pub oldest_unsent_at: Option<i64>,
    /// Entries that the district did not take.
    pub refused: u32,
    /// Records that are contested.
    pub contested: u32,
    /// Decisions of staff that the holder has not read.
    pub unread: u32,
    /// When the last sync was answered, by this phone's clock.
    pub synced_at: Option<i64>,
    /// The district's clock less this phone's, in milliseconds.
    pub clock_offset_ms: i64,
    /// Whether the district revoked this phone.
    pub revoked: bool,
    /// Whether the district has forgotten this phone, and its staff have not confirmed it yet.
    pub pending: bool,
    /// The damaged file that was set aside at this opening.
    pub set_aside: Option<String>,
}

impl Phone {
    /// What this phone says of itself.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn status(&self) -> Result<Status, PhoneError> {
        let (unsent, oldest) = self.store.count_unsent()?;
        let identity = self.identity.as_ref();
        let own = identity.and_then(|identity| identity.org_units().first());
        let own_unit = own.and_then(|own| self.org.units.iter().find(|unit| unit.id == own.0));
        let above = own_unit.and_then(|own| own.parent);
        Ok(Status {
            device: identity.map(|identity| identity.device().to_string()),
            org_unit: own.map(|unit| unit.0),
            unit_name: own.map_or_else(String::new, |unit| self.name_of_unit(*unit)),
            parent_name: above.map_or_else(String::new, |id| self.name_of_unit(OrgUnitId(id))),
            holder: identity.map_or_else(String::new, |own| own.certificate.holder.clone()),
            practice: self.is_practice()?,
            pack_version: self.pack.version,
            unsent,
            oldest_unsent_at: oldest.map(|instant| instant.0),
            refused: self.store.count_refused()?,
            contested: self.store.count_contested()?,
            unread: self.store.count_unread()?,
            synced_at: self.meta_i64("synced_at")?,
            clock_offset_ms: self.clock_offset()?,
            revoked: self.is_set("revoked")?,
            pending: self.is_set("pending")?,
            set_aside: self.set_aside.as_ref().map(|path| path.display().to_string()),
        })
    }

    pub(super) fn is_set(&self, flag: &str) -> Result<bool, PhoneError> {
        Ok(self.store.meta(flag)?.is_some_and(|value| value == [1]))
    }

    pub(super) fn meta_i64(&self, key: &str) -> Result<Option<i64>, PhoneError> {
        let bytes = self.store.meta(key)?.and_then(|bytes| bytes.try_into().ok());
        Ok(bytes.map(i64::from_be_bytes))
    }
}
