//! Taking in an answer: all of it in one transaction, or none.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::outgoing::{Held, OWN_WISH};
use super::plan::{Action, plan};
use super::{Phone, PhoneError, needs};
use crate::base::{BookId, DeviceId, EntryRef, Instant};
use crate::book::Clock;
use crate::store::{StoreError, Transaction};
use crate::sync::{BookClock, Effort, Lane, Mac, ProblemKind, SyncResponse};

/// In such a time a district has given a place to whatever it confirmed.
const LONG_PLACED_MS: i64 = 60_000;

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SyncOutcome {
    /// Entries that are now on the district's disk.
    pub stored: u32,
    /// Entries that are new here.
    pub received: u32,
    /// Entries that the district did not take.
    pub refused: u32,
    /// Entries of others that the district had forgotten, and was given.
    pub given_back: u32,
    /// Entries written anew under another name.
    pub reissued: u32,
    /// Entries that still wait to be sent: with those stored, how far it has come.
    pub unsent: u32,
    /// Whether forms or names changed.
    pub reference_changed: bool,
    /// Whether the district revoked this phone.
    pub revoked: bool,
    /// Whether there is more to send or to fetch: ask again.
    pub again: bool,
}

/// What an answer says beside its parts.
struct Heard {
    mac: Mac,
    /// The district's clock less this phone's, in milliseconds.
    offset: i64,
    now: Instant,
    spoilt: bool,
}

impl Phone {
    /// Takes in an answer.
    ///
    /// # Errors
    /// [`PhoneError`]; then nothing of it was taken, and asking again is harmless.
    pub fn incoming(&mut self, answer: &[u8], now: Instant) -> Result<SyncOutcome, PhoneError> {
        let device = self.enrolled()?.device();
        let prefixes = &Held(&self.store);
        let lane = Lane { device, prefixes, effort: Effort::Bytes };
        let mut answer = SyncResponse::from_bytes(answer, &lane)?;
        let more = answer.more;
        let heard = Heard {
            mac: answer.mac,
            offset: answer.now.0.saturating_sub(now.0),
            now,
            spoilt: answer.spoilt,
        };
        let unsent_before = self.store.count_unsent()?.0;
        let held = answer.clocks.take();
        let mut actions = plan(answer, device)?;
        actions.extend(self.send_again(held.as_deref(), device)?);
        let lacking = self.lacking_at(held.as_deref())?;
        let reopened = to_reopen(&actions);
        let taken = self.take_in(&actions, &heard, !lacking.is_empty());
        if taken.is_err() {
            // Open books may be ahead of the disk.
            self.books.clear();
        }
        let (mut outcome, reissues) = taken?;
        (self.lacking, self.more) = (lacking, more);
        outcome.given_back = std::mem::take(&mut self.offered_entries);
        for (book, entry) in reissues {
            outcome.reissued += self.reissue_from(book, entry)?;
        }
        for book in reopened {
            outcome.reissued += self.reopen_book(book)?;
        }
        outcome.unsent = self.store.count_unsent()?.0;
        let moved = outcome.stored + outcome.reissued > 0 || outcome.unsent > unsent_before;
        outcome.again |= more || (outcome.unsent > 0 && moved);
        Ok(outcome)
    }

    /// What of this phone's own entries the district does not hold, where it says what it holds.
    fn send_again(
        &self,
        held: Option<&[BookClock]>,
        device: DeviceId,
    ) -> Result<Vec<Action>, PhoneError> {
        let Some(held) = held else { return Ok(Vec::new()) };
        let mut actions = Vec::new();
        for book in self.store.books()? {
            let theirs = held.iter().find(|theirs| theirs.book == book);
            for (actor, last) in self.store.last_by_actor(book)?.0 {
                let held = theirs.map_or(0, |theirs| theirs.clock.last(actor));
                if actor.device() == device && held < last {
                    actions.push(Action::SendAgain(book, actor, held));
                }
            }
        }
        Ok(actions)
    }

    /// What the district has forgotten of what others wrote, book by book. Nothing where it was
    /// just given and is lacking still: then the district has its reasons.
    fn lacking_at(&self, held: Option<&[BookClock]>) -> Result<Vec<(BookId, Clock)>, PhoneError> {
        let Some(held) = held else { return Ok(Vec::new()) };
        let table = self.cursor_table()?;
        let mut lacking = Vec::new();
        for book in table.0.keys() {
            let theirs = held.iter().find(|theirs| theirs.book == *book);
            let clock = theirs.map_or_else(Clock::default, |theirs| theirs.clock.clone());
            let asked = (*book, clock);
            if !self.offered.contains(&asked) && self.given(&asked, &table)?.is_some() {
                lacking.push(asked);
            }
        }
        Ok(lacking)
    }

    fn take_in(
        &mut self,
        actions: &[Action],
        heard: &Heard,
        give_back: bool,
    ) -> Result<(SyncOutcome, Vec<(BookId, EntryRef)>), PhoneError> {
        let mut outcome = SyncOutcome::default();
        let staged = self.stage(actions)?;
        let unplaced = self.store.unplaced()?;
        let synced_at = self.meta_i64("synced_at")?.unwrap_or(i64::MAX);
        let waited = heard.now.0.saturating_sub(synced_at) >= LONG_PLACED_MS;
        let sent_again = self.meta_i64("sent_again")?.unwrap_or(0);
        let (books, versions) = (&self.books, self.sent_versions.take());
        let budget = self.budget.after_success();
        self.store.write(|tx| {
            for arrival in &staged.arrivals {
                arrival.write(tx)?;
                if let Some(book) = books.get(&arrival.book) {
                    needs::put_decisions(tx, book, arrival.entered())?;
                }
                outcome.received += u32::try_from(arrival.fresh.len()).unwrap_or(u32::MAX);
            }
            for action in actions {
                write_action(tx, action, &mut outcome)?;
            }
            if let Some(versions) = &versions {
                tx.set_meta("told_versions", versions.as_bytes())?;
            }
            if let Some((oldest, newest)) = unplaced
                && tx.is_unplaced(oldest)?
            {
                // A place comes soon, unless the district was restored and has forgotten: then
                // cursors, which count places, do not show it.
                tx.set_meta("send_clocks", &[1])?;
                // Once each: what the district has after all it takes for a repeat.
                if waited && tx.send_unplaced_again(sent_again, newest)? > 0 {
                    tx.set_meta("sent_again", &newest.to_be_bytes())?;
                    outcome.again = true;
                }
            }
            if staged.clocks_wanted || give_back {
                let why = if staged.clocks_wanted { OWN_WISH } else { 1 };
                tx.set_meta("send_clocks", &[why])?;
                outcome.again = true;
            }
            if heard.spoilt {
                tx.set_meta("plain", &[1])?;
                outcome.again = true;
            }
            // Where the server cannot say what this phone stands on, its last word still counts.
            if heard.mac != Mac::default() && !staged.stale {
                tx.set_meta("mac", &heard.mac.0)?;
            }
            tx.set_meta("budget", &budget.bytes().to_be_bytes())?;
            tx.set_meta("synced_at", &heard.now.0.to_be_bytes())?;
            tx.set_meta("clock_offset", &heard.offset.to_be_bytes())
        })?;
        self.budget = budget;
        for arrival in staged.arrivals.iter().filter(|arrival| arrival.anew) {
            // Something that was kept apart may be in the district's book now.
            self.books.remove(&arrival.book);
        }
        if let Some(pack) = staged.pack {
            self.pack = Arc::new(pack);
            self.renew_rows()?;
        }
        if staged.referred {
            self.load_names()?;
            outcome.reference_changed = true;
        }
        Ok((outcome, staged.reissues))
    }
}

/// Books in which something will not come, or is to be sent again: what stands on it there may have
/// to be written anew.
fn to_reopen(actions: &[Action]) -> BTreeSet<BookId> {
    let book = |action: &Action| match action {
        Action::Refuse(book, _, ProblemKind::Quarantined | ProblemKind::Malformed)
        | Action::SendAgain(book, ..) => Some(*book),
        _ => None,
    };
    actions.iter().filter_map(book).collect()
}

fn write_action(
    tx: &Transaction<'_>,
    action: &Action,
    outcome: &mut SyncOutcome,
) -> Result<(), StoreError> {
    match action {
        Action::Confirm(stored) => {
            tx.mark_stored(stored.book, stored.actor, stored.first, stored.last)?;
            outcome.stored += stored.last.saturating_sub(stored.first).saturating_add(1);
        }
        Action::Refuse(book, entry, kind) => {
            tx.mark_refused(*book, *entry, kind.code())?;
            outcome.refused += 1;
        }
        Action::Keep(book, entry) => {
            tx.mark_kept(*book, *entry, ProblemKind::Full.code())?;
            outcome.refused += 1;
        }
        Action::SendAgain(book, actor, above) => tx.mark_lost(*book, *actor, *above)?,
        Action::Refer(items) => {
            for item in items {
                tx.set_reference(&item.name, item.hash(), &item.bytes)?;
            }
        }
        Action::Ask(need) => {
            let flag = |wanted: bool| [u8::from(wanted)];
            tx.set_meta("send_standing", &flag(need.standing))?;
            tx.set_meta("send_clocks", &flag(need.clocks))?;
            tx.set_meta("plain", &flag(need.plain))?;
            if need.standing {
                // Perhaps it has forgotten that too.
                tx.set_meta("told_versions", b"")?;
            }
            outcome.again |= need.is_any();
        }
        Action::Revoked(revoked) => {
            tx.set_meta("revoked", &[u8::from(*revoked)])?;
            outcome.revoked = *revoked;
        }
        Action::Pending(pending) => tx.set_meta("pending", &[u8::from(*pending)])?,
        Action::Deliver { .. } | Action::Reissue(..) => {}
    }
    Ok(())
}
