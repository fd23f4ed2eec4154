//! The answer to a request: what was made durable, what was found out, and what the device lacks.

use crate::store::Db;
use soban_core::base::Instant;
use soban_core::sync::{Problem, ProblemKind, SyncRequest, SyncResponse};

use super::{Caller, Reference, Verdict, deliver, take};
use crate::store::{StoreError, delivery, meta};

/// Takes a request in and makes its reply; and whether there is something new to project.
pub(super) fn answer(
    db: &Db,
    request: &SyncRequest,
    verdicts: &[Verdict],
    caller: &Caller,
    reference: &Reference,
    now: Instant,
) -> Result<(SyncResponse, bool), StoreError> {
    let mut response = SyncResponse::new(meta::epoch(db)?, now);
    let taken = take::take_entries(db, verdicts, caller, &mut response)?;
    let unsent = request.status.unsent.saturating_sub(taken.stored);
    delivery::put_status(db, caller.device, &request.status, unsent, now)?;
    if caller.revoked {
        response.revoked = true;
        return Ok((response, taken.appended));
    }
    if request.reference != reference.digest() {
        response.reference = Some(reference.items().to_vec());
    }
    let untold = delivery::list_untold(db, caller.device, request.digest)?;
    response.problems.extend(untold.iter().map(|untold| Problem {
        book: untold.book,
        actor: untold.entry.actor,
        seq: untold.entry.seq,
        kind: ProblemKind::Quarantined,
    }));
    deliver::deliver(db, request, caller, &mut response)?;
    // Only a digest that it could not have come with by itself proves that a reply arrived; until
    // then a quarantine is told again, which is harmless.
    if response.need.is_none() && response.digest != request.digest {
        delivery::mark_told(db, &untold, response.digest)?;
    }
    Ok((response, taken.appended))
}
