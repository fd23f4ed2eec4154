//! What becomes of one brought entry, as far as it can be said without the log.

use soban_core::base::{ActorId, EntryRef, Instant};
use soban_core::book::Entry;
use soban_core::sync::{ProblemKind, SentEntry};

use super::Caller;
use crate::store::log::Arrived;

/// What becomes of one brought entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may enter the log.
    Enter(Arrived),
    /// It may not, and is kept apart.
    Refuse(Arrived, ProblemKind),
}

/// Judges an entry by its bytes, its writer and the device's grants.
#[must_use]
pub fn judge(sent: &SentEntry, caller: &Caller, now: Instant) -> Verdict {
    let read = Entry::from_bytes(&sent.entry);
    let name = match &read {
        Ok(entry) => Some(entry.name()),
        Err(_) => Entry::claimed_name(&sent.entry),
    };
    let arrived = Arrived {
        book: sent.book,
        generation: sent.generation,
        entry: name.unwrap_or(EntryRef { actor: ActorId([0; 8]), seq: 0 }),
        claim: sent.hash,
        bytes: sent.entry.clone(),
        device: caller.device,
        received_at: now,
    };
    let problem = match read {
        Err(_) => Some(ProblemKind::Malformed),
        Ok(entry) if entry.actor.device() != caller.device => Some(ProblemKind::WrongActor),
        Ok(_) if !caller.was_granted(sent.book) => Some(ProblemKind::NoGrant),
        Ok(_) => None,
    };
    match problem {
        None => Verdict::Enter(arrived),
        Some(problem) => Verdict::Refuse(arrived, problem),
    }
}
