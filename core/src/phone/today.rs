//! Which day it is where the district is: phones' clocks are wrong by years.
//!
//! For what is filled in, offered and asked about; entries keep the device's own time.

use super::{Phone, PhoneError};
use crate::base::{Date, Instant};

impl Phone {
    /// The date in Vietnam when this phone's clock says `now`, by what the district's clock was
    /// ahead of it at the last answer. A clock out of all range reads as 1970.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn today(&self, now: Instant) -> Result<Date, PhoneError> {
        let by_district = Instant(now.0.saturating_add(self.clock_offset()?));
        Ok(by_district.local_date().unwrap_or_default())
    }

    /// The district's clock less this phone's, in milliseconds; 0 before it was ever told.
    pub(super) fn clock_offset(&self) -> Result<i64, PhoneError> {
        Ok(self.meta_i64("clock_offset")?.unwrap_or(0))
    }
}
