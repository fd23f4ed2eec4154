//! What becomes of one brought entry, as far as it can be said without the log.

use soban_core::base::{BookId, EntryRef, Instant};
use soban_core::book::Entry;
use soban_core::sync::{ProblemKind, SentEntry};

use super::Caller;
use crate::store::log::Arrived;

/// The generation that every book has until lawful erasure makes a new one.
const GENERATION: u32 = 1;

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
        Ok(entry) => entry.name(),
        Err(_) => unreadable_name(sent, caller),
    };
    let arrived = Arrived {
        book: sent.book,
        generation: sent.generation,
        entry: name,
        claim: sent.hash,
        bytes: sent.entry.clone(),
        device: caller.device,
        received_at: now,
    };
    let problem = match read {
        Err(_) => Some(ProblemKind::Malformed),
        Ok(entry) if entry.actor.device() != caller.device => Some(ProblemKind::WrongActor),
        // A grant that has ended still lets a phone deliver: cells move between districts.
        Ok(_) if !was_granted(caller, sent.book) => Some(ProblemKind::NoGrant),
        Ok(_) if sent.generation != GENERATION => Some(ProblemKind::OtherGeneration),
        Ok(_) => None,
    };
    match problem {
        None => Verdict::Enter(arrived),
        Some(problem) => Verdict::Refuse(arrived, problem),
    }
}

fn was_granted(caller: &Caller, book: BookId) -> bool {
    caller.grants.iter().any(|grant| grant.org_unit == book.org_unit)
}

/// An entry that does not read has no name of its own: the sender's device stands for it, so that
/// what is kept of it can be found.
fn unreadable_name(sent: &SentEntry, caller: &Caller) -> EntryRef {
    let [a, b, c, ..] = sent.hash;
    EntryRef { actor: soban_core::base::ActorId::new(caller.device, [a, b, c]), seq: 0 }
}
