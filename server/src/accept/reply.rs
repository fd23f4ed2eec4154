//! The answer to a request: what was made durable, what was found out, and what the device lacks.

use crate::store::Db;
use soban_core::base::Instant;
use soban_core::sync::{Mac, Problem, ProblemKind, SyncRequest, SyncResponse};

use super::{Caller, Reference, Verdict, deliver, give, take};
use crate::store::delivery;
use crate::store::standing::{self, Kept, Replied, Seen};
use crate::store::{StoreError, meta};

/// A request, and what was found out about it before the database was asked.
pub(super) struct Asked<'a> {
    pub(super) request: &'a SyncRequest,
    pub(super) verdicts: &'a [Verdict],
    /// The server's word for what this device stands on, of the bytes of that.
    pub(super) word: &'a dyn Fn(&[u8]) -> Mac,
}

impl Asked<'_> {
    /// Whether the server's own word covers what the device says it stands on.
    fn is_proven(&self) -> bool {
        let shown = self.request.standing.as_ref();
        shown.is_some_and(|(standing, mac)| (self.word)(&standing.to_bytes()) == *mac)
    }
}

/// Takes a request in and makes its reply; and whether there is something new to project. Nothing
/// is done where what was read of the caller no longer holds.
pub(super) fn answer(
    db: &Db,
    asked: &Asked<'_>,
    caller: &Caller,
    reference: &Reference,
    now: Instant,
) -> Result<Option<(SyncResponse, bool)>, StoreError> {
    let request = asked.request;
    let mut response = SyncResponse::new(now);
    let kept = standing::find(db, caller.device, request.digest)?;
    if !caller.is_current(kept.access_version) {
        return Ok(None);
    }
    let Kept { brought_bytes, apart, known, .. } = kept;
    let taken = take::take_entries(db, asked.verdicts, (caller, brought_bytes), &mut response)?;
    let sent = u32::try_from(request.entries.len()).unwrap_or(u32::MAX);
    let unsent = request.status.left.saturating_add(sent.saturating_sub(taken.stored));
    let seen = Seen { status: &request.status, unsent, brought_bytes: taken.bytes, at: now };
    response.need.plain = request.spoilt;
    if caller.is_sealed() {
        (response.revoked, response.pending) = (caller.revoked, caller.pending);
        standing::put(db, caller.device, &seen, None)?;
        return Ok(Some((response, taken.appended)));
    }
    let proven = asked.is_proven();
    let given = give::take_given(db, request, proven, caller, now)?;
    let epoch = meta::epoch(db)?;
    // Of nearly every device nothing is kept apart.
    let untold = match apart {
        true => delivery::list_untold(db, caller.device, request.digest)?,
        false => Vec::new(),
    };
    response.problems.extend(untold.iter().map(|untold| Problem {
        book: untold.book,
        actor: untold.entry.actor,
        seq: untold.entry.seq,
        kind: ProblemKind::Quarantined,
    }));
    let asking = deliver::Asking { request, proven, caller, epoch, known };
    let replied = deliver::deliver(db, asking, reference, &mut response)?;
    standing::put(db, caller.device, &seen, replied.as_ref())?;
    if let Some(Replied { after, .. }) = replied {
        if after.is_proven() {
            response.mac = (asked.word)(after.bytes());
        }
        let digest = after.digest();
        // Only a digest that it could not have come with by itself proves that a reply arrived;
        // until then a quarantine is told again, which is harmless.
        if !response.need.is_any() && digest != request.digest {
            delivery::mark_told(db, &untold, digest)?;
        }
    }
    Ok(Some((response, taken.appended || given)))
}
