//! Vector clocks: how far a writer had seen each actor.

use std::collections::BTreeMap;

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
