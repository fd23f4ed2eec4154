//! Appending what may enter to the log.

use std::collections::BTreeMap;

use crate::store::Db;
use soban_core::base::{ActorId, BookId, Seq};
use soban_core::sync::{Problem, ProblemKind, Stored, SyncResponse};

use super::quota::Quota;
use super::{Caller, Verdict};
use crate::store::log::{self, Arrived, LogState};
use crate::store::{StoreError, delivery, given, projection};

/// What a revoked device may still deliver.
pub(super) const MOST_SEALED_BYTES: u64 = 64 * 1024 * 1024;
/// The generation that a book has until lawful erasure makes a new one.
const FIRST_GENERATION: u32 = 1;

/// What became of the entries of a request.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Entries that are on disk, those that were there before included.
    pub(super) stored: u32,
    /// Whether any of them is new to the projection.
    pub(super) appended: bool,
    /// What they use of the device's room.
    pub(super) bytes: u64,
}

/// What becomes of one entry.
enum Outcome {
    /// It was there already, or is now.
    Stored {
        appended: bool,
    },
    /// It is on disk, and nobody looks at it until staff release it.
    Sealed,
    Refused(ProblemKind),
    /// Neither taken nor kept apart: the phone keeps it, and brings it again.
    Full,
    /// As much is sealed of a revoked device as may be.
    NoRoom,
}

/// Appends what may enter, and says so in the response.
pub(super) fn take_entries(
    db: &Db,
    verdicts: &[Verdict],
    (caller, brought_bytes): (&Caller, u64),
    response: &mut SyncResponse,
) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    let mut quota = Quota::of(db, caller.device, brought_bytes);
    let mut stored: BTreeMap<(BookId, ActorId), Vec<Seq>> = BTreeMap::new();
    for verdict in verdicts {
        let (arrived, outcome) = match verdict {
            Verdict::Refuse(arrived, kind) => (arrived, Outcome::Refused(*kind)),
            Verdict::Enter(arrived) => (arrived, enter(db, arrived, caller, &mut quota)?),
        };
        let problem = match outcome {
            Outcome::Stored { appended } => {
                taken.appended |= appended;
                None
            }
            Outcome::Sealed => Some(ProblemKind::Sealed),
            Outcome::Refused(kind) => {
                keep_refused(db, arrived, kind, caller, &mut quota)?;
                Some(kind)
            }
            Outcome::Full => Some(ProblemKind::Full),
            Outcome::NoRoom => continue,
        };
        let (book, entry) = (arrived.book, arrived.entry);
        if matches!(outcome, Outcome::Stored { .. } | Outcome::Sealed) {
            stored.entry((book, entry.actor)).or_default().push(entry.seq);
            taken.stored += 1;
        }
        let said = problem.map(|kind| Problem { book, actor: entry.actor, seq: entry.seq, kind });
        response.problems.extend(said);
    }
    response.stored = stored.into_iter().flat_map(ranges).collect();
    taken.bytes = quota.used();
    Ok(taken)
}

/// Keeps what was refused to be looked at, where there is room for it. Nothing but what is sealed,
/// and counted, is kept of a revoked device.
fn keep_refused(
    db: &Db,
    arrived: &Arrived,
    kind: ProblemKind,
    caller: &Caller,
    quota: &mut Quota<'_>,
) -> Result<(), StoreError> {
    let bytes = arrived.bytes.len();
    if !caller.is_sealed() && quota.has_room(bytes) && log::keep_refused(db, arrived, kind)? {
        quota.take(bytes);
    }
    Ok(())
}

/// Appends one entry, unless it is there already.
fn enter(
    db: &Db,
    arrived: &Arrived,
    caller: &Caller,
    quota: &mut Quota<'_>,
) -> Result<Outcome, StoreError> {
    let head = projection::find_head(db, arrived.book)?;
    if arrived.generation != head.map_or(FIRST_GENERATION, |head| head.generation) {
        return Ok(Outcome::Refused(ProblemKind::OtherGeneration));
    }
    let size = arrived.bytes.len();
    // Nearly every entry is new and the next of its writer in a book that there is: it is appended
    // without being looked for.
    let is_next = head.is_some() && arrived.entry.seq > 1 && !caller.is_sealed();
    if is_next && quota.has_room(size) && log::append_new(db, arrived, LogState::Accepted)? {
        quota.take(size);
        return Ok(Outcome::Stored { appended: true });
    }
    match log::find_stored(db, arrived.book, arrived.entry)? {
        None => {}
        // What somebody else gave back in its author's name counts for less than the author.
        Some((_, bytes))
            if bytes != arrived.bytes && given::make_way(db, arrived.book, arrived.entry)? => {}
        Some((_, bytes)) if bytes != arrived.bytes => {
            return Ok(Outcome::Refused(ProblemKind::SequenceTaken));
        }
        Some((LogState::Sealed, _)) => return Ok(Outcome::Sealed),
        Some(_) => return Ok(Outcome::Stored { appended: false }),
    }
    if !caller.is_sealed() {
        if !quota.has_room(size) || !quota.may_begin(arrived, head.is_some())? {
            return Ok(Outcome::Full);
        }
        quota.take(size);
        log::append(db, arrived, LogState::Accepted)?;
        return Ok(Outcome::Stored { appended: true });
    }
    let bytes = u64::try_from(size).unwrap_or(u64::MAX);
    if delivery::sealed_bytes(db, caller.device)?.saturating_add(bytes) > MOST_SEALED_BYTES {
        return Ok(Outcome::NoRoom);
    }
    delivery::add_sealed(db, caller.device, bytes)?;
    log::append(db, arrived, LogState::Sealed)?;
    Ok(Outcome::Sealed)
}

/// Runs of consecutive sequences.
fn ranges(((book, actor), mut seqs): ((BookId, ActorId), Vec<Seq>)) -> Vec<Stored> {
    seqs.sort_unstable();
    let runs = seqs.chunk_by(|a, b| *b - *a <= 1);
    let range = |run: &[Seq]| {
        let (first, last) = (*run.first()?, *run.last()?);
        Some(Stored { book, actor, first, last })
    };
    runs.filter_map(range).collect()
}
