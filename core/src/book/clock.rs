//! Vector clocks: how far a writer had seen each actor.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::base::{ActorId, EntryRef, Seq};

/// Per actor, the last sequence seen; an absent actor was not seen at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clock(pub BTreeMap<ActorId, Seq>);

impl Clock {
    /// Whether the entry was seen.
    #[must_use]
    pub fn saw(&self, entry: EntryRef) -> bool {
        self.last(entry.actor) >= entry.seq
    }

    /// The last sequence seen of an actor; 0 for none.
    #[must_use]
    pub fn last(&self, actor: ActorId) -> Seq {
        self.0.get(&actor).copied().unwrap_or(0)
    }

    /// Counts an entry as seen.
    pub fn see(&mut self, entry: EntryRef) {
        let last = self.0.entry(entry.actor).or_default();
        *last = entry.seq.max(*last);
    }

    /// Counts everything as seen that the other has seen.
    pub fn see_all(&mut self, other: &Self) {
        for (actor, seq) in &other.0 {
            self.see(EntryRef { actor: *actor, seq: *seq });
        }
    }
}

/// As text: a form that is opened on a state names it when it is saved.
impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (actor, seq)) in self.0.iter().enumerate() {
            let between = if place == 0 { "" } else { "." };
            write!(f, "{between}{actor}-{seq}")?;
        }
        Ok(())
    }
}

/// The text names no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the text names no clock")]
pub struct ClockError;

impl FromStr for Clock {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Self, ClockError> {
        let part = |part: &str| {
            let (actor, seq) = part.split_once('-')?;
            Some((actor.parse().ok()?, seq.parse().ok()?))
        };
        let parts = text.split('.').filter(|part| !part.is_empty());
        parts.map(part).collect::<Option<_>>().map(Self).ok_or(ClockError)
    }
}
