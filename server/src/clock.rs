//! The one place where the server reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use soban_core::base::Instant;

/// Now, in milliseconds UTC.
#[must_use]
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
