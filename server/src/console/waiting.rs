//! Why an entry is not in its book, in people's words.

use super::words::Words;
use crate::store::log::{self, LogState};

/// What became of an entry.
pub(crate) fn state_said(words: &Words, state: LogState) -> String {
    words.t(match state {
        LogState::Accepted => "state-accepted",
        LogState::Released => "state-released",
        LogState::Held => "state-held",
        LogState::Quarantined => "state-quarantined",
        LogState::Sealed => "state-sealed",
    })
}

/// Why, where the log says so.
pub(crate) fn reason_said(words: &Words, reason: Option<&str>) -> String {
    reason.map_or_else(String::new, |reason| {
        words.t(match reason {
            log::MISSING => "reason-missing",
            log::BRANCH => "reason-branch",
            reason if reason.starts_with(log::FAILED) => "reason-failed",
            // The rest is in the words of the program, for whoever mends it.
            _ => "reason-contradicts",
        })
    })
}
