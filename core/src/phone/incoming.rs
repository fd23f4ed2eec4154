//! Taking in an answer: all of it in one transaction, or none.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::plan::{Action, Taken, plan};
use super::{Phone, PhoneError, books, enrol, needs};
use crate::base::{BookId, EntryHash, EntryRef, Instant};
use crate::book::{Entry, RecordRow};
use crate::form::Pack;
use crate::store::{EntryRow, EntryState, StoreError, Transaction};
use crate::sync::{Chain, Cursor, Need, ProblemKind, SyncResponse};

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SyncOutcome {
    /// Entries that are now on the district's disk.
    pub stored: u32,
    /// Entries that are new here.
    pub received: u32,
    /// Entries that the district did not take.
    pub refused: u32,
    /// Entries written anew under another name.
    pub reissued: u32,
    /// Whether forms or names changed.
    pub reference_changed: bool,
    /// Whether the district revoked this phone.
    pub revoked: bool,
    /// Whether there is more to send or to fetch: ask again.
    pub again: bool,
}

/// What an answer comes to, before any of it is on disk.
#[derive(Default)]
struct Staged {
    arrivals: Vec<Arrival>,
    reissues: Vec<(BookId, EntryRef)>,
    pack: Option<Pack>,
    clocks_wanted: bool,
}

/// What one book's delivery comes to.
struct Arrival {
    book: BookId,
    /// Whether the district takes this phone to hold an own entry that it does not: it was
    /// restored from a copy.
    lacks_own: bool,
    /// How far the book has been delivered now, if that can be believed.
    cursor: Option<Cursor>,
    generation: u32,
    order: Vec<EntryRef>,
    here: Vec<EntryRef>,
    fresh: Vec<(Entry, EntryHash)>,
    waiting: Vec<(Entry, [u8; 8])>,
    rows: Vec<RecordRow>,
}

impl Phone {
    /// Takes in an answer.
    ///
    /// # Errors
    /// [`PhoneError`]; then nothing of it was taken, and asking again is harmless.
    pub fn incoming(&mut self, answer: &[u8], now: Instant) -> Result<SyncOutcome, PhoneError> {
        let device = self.enrolled()?.device();
        let answer = SyncResponse::from_bytes(answer)?;
        let (epoch, server_now) = (answer.epoch, answer.now);
        let (more, digest) = (answer.more, answer.digest);
        let actions = plan(answer, device)?;
        let reopened = to_reopen(&actions);
        let taken = self.take_in(actions, (epoch, server_now, now));
        if taken.is_err() {
            // Open books may be ahead of the disk.
            self.books.clear();
        }
        let (mut outcome, reissues) = taken?;
        for (book, entry) in reissues {
            outcome.reissued += self.reissue_from(book, entry)?;
        }
        for book in reopened {
            outcome.reissued += self.reopen_book(book)?;
        }
        self.budget = self.budget.after_success();
        // An answer that asks for something cannot yet know the table that follows from it.
        if !outcome.again && self.cursor_table()?.digest() != digest && !outcome.revoked {
            self.store.write(|tx| tx.set_meta("send_cursors", &[1]))?;
        }
        let unsent = self.store.count_unsent()?.0 > 0;
        outcome.again |= more || (unsent && outcome.stored + outcome.reissued > 0);
        Ok(outcome)
    }

    fn take_in(
        &mut self,
        actions: Vec<Action>,
        (epoch, server_now, now): (u32, Instant, Instant),
    ) -> Result<(SyncOutcome, Vec<(BookId, EntryRef)>), PhoneError> {
        let mut outcome = SyncOutcome::default();
        let staged = self.stage(&actions)?;
        let books = &self.books;
        self.store.write(|tx| {
            for arrival in &staged.arrivals {
                write_arrival(tx, arrival)?;
                if let Some(book) = books.get(&arrival.book) {
                    needs::put_decisions(tx, book, arrival.order.iter().copied())?;
                }
                outcome.received += u32::try_from(arrival.fresh.len()).unwrap_or(u32::MAX);
            }
            for action in &actions {
                write_action(tx, action, &mut outcome)?;
            }
            if staged.clocks_wanted {
                tx.set_meta("send_clocks", &[1])?;
                outcome.again = true;
            }
            tx.set_meta("epoch", &epoch.to_be_bytes())?;
            tx.set_meta("synced_at", &now.0.to_be_bytes())?;
            tx.set_meta("clock_offset", &server_now.0.saturating_sub(now.0).to_be_bytes())
        })?;
        if let Some(pack) = staged.pack {
            self.pack = Arc::new(pack);
            self.load_names()?;
            self.rebuild_rows()?;
            outcome.reference_changed = true;
        }
        Ok((outcome, staged.reissues))
    }

    /// Puts what is delivered into the open books, and finds out what is to be written.
    fn stage(&mut self, actions: &[Action]) -> Result<Staged, PhoneError> {
        let table = self.cursor_table()?;
        let by_clocks = self.is_set("send_clocks")?;
        let mut staged = Staged::default();
        for action in actions {
            match action {
                Action::Reissue(book, entry) => staged.reissues.push((*book, *entry)),
                Action::Refer(items) => staged.pack = Some(enrol::read_pack(items)?),
                _ => {}
            }
        }
        for action in actions {
            let Action::Deliver { book, taken, after, cursor } = action else { continue };
            // Where one of our own names means another entry to the district, its positions say
            // nothing of what is here: first the names are put right, then the clocks tell.
            if staged.reissues.iter().any(|(reissued, _)| reissued == book) {
                staged.clocks_wanted = true;
                continue;
            }
            let start = Cursor::start(*book, cursor.generation, cursor.epoch);
            let from = table.0.get(book).copied().unwrap_or(start);
            // By clocks, the items are not all that lies between the two positions.
            let gapless = !by_clocks && (*after, cursor.epoch) == (from.position, from.epoch);
            let mut arrival = self.arrive(*book, taken)?;
            let chain = self.chain_over(&arrival, from.chain);
            let broken = gapless && chain.is_some_and(|chain| chain != cursor.chain);
            if arrival.lacks_own || broken {
                staged.clocks_wanted = true;
            } else {
                arrival.cursor = Some(*cursor);
            }
            staged.arrivals.push(arrival);
        }
        Ok(staged)
    }

    /// Puts delivered entries into the open book.
    fn arrive(&mut self, id: BookId, taken: &[Taken]) -> Result<Arrival, PhoneError> {
        self.open_book(id)?;
        let Some(book) = self.books.get_mut(&id) else {
            return Err(PhoneError::File("a book is missing".to_owned()));
        };
        let generation = book.generation();
        let (mut here, mut fresh, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        let (mut order, mut let_in) = (Vec::with_capacity(taken.len()), Vec::new());
        for taken in taken {
            order.push(taken.name());
            match taken {
                Taken::Here(entry) => {
                    here.push(*entry);
                    // One that was kept apart, and that staff have let in after all.
                    let row = self.store.find_entry(id, *entry)?;
                    let row = row.filter(|_| book.hash_of(*entry).is_none());
                    if let Some(EntryRow { entry, hash, .. }) = row
                        && book.apply(&entry, Some(hash)).is_ok()
                    {
                        let_in.push(entry);
                    }
                }
                Taken::New(entry, hash) => match book.apply(entry, Some(*hash)) {
                    Ok(full) => fresh.push((entry.as_ref().clone(), full)),
                    // An entry that cannot enter must not keep the others out.
                    Err(_) => waiting.push((entry.as_ref().clone(), *hash)),
                },
            }
        }
        let_in.extend(fresh.iter().map(|(entry, _)| entry.clone()));
        let rows = self.rows_after(id, &let_in);
        let lacks =
            |entry: &EntryRef| Ok::<_, PhoneError>(self.store.find_entry(id, *entry)?.is_none());
        let lacks_own = here.iter().map(lacks).collect::<Result<Vec<_>, _>>()?.contains(&true);
        let cursor = None;
        Ok(Arrival { book: id, lacks_own, cursor, generation, order, here, fresh, waiting, rows })
    }

    /// The chain after an arrival; nothing if one of its entries has no hash here.
    fn chain_over(&self, arrival: &Arrival, start: Chain) -> Option<Chain> {
        let book = self.books.get(&arrival.book)?;
        let mut chain = start;
        for entry in &arrival.order {
            chain = chain.then(book.hash_of(*entry)?);
        }
        Some(chain)
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

fn write_arrival(tx: &Transaction<'_>, arrival: &Arrival) -> Result<(), StoreError> {
    let Arrival { book, generation, .. } = *arrival;
    for entry in &arrival.here {
        tx.mark_delivered(book, *entry)?;
    }
    for (entry, hash) in &arrival.fresh {
        // One that was here, and stood on something that was not, moves behind that.
        tx.forget_entry(book, entry.name())?;
        tx.add_entry(book, generation, entry, *hash, EntryState::Delivered)?;
        tx.mark_delivered(book, entry.name())?;
    }
    for (entry, hash) in &arrival.waiting {
        tx.add_waiting(book, generation, entry, *hash)?;
    }
    if let Some(Cursor { generation, epoch, position, chain }) = arrival.cursor {
        tx.set_cursor(book, (generation, epoch, position, chain.0))?;
    }
    books::put_rows(tx, book, &arrival.rows)
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
        Action::SendAgain(book, actor, above) => tx.mark_lost(*book, *actor, *above)?,
        Action::Refer(items) => {
            let items = items.iter();
            tx.set_references(items.map(|item| (item.name.as_str(), item.bytes.as_slice())))?;
        }
        Action::Ask(need) => {
            let flag = |wanted: bool| [u8::from(wanted)];
            tx.set_meta("send_cursors", &flag(*need == Some(Need::Cursors)))?;
            tx.set_meta("send_clocks", &flag(*need == Some(Need::Clocks)))?;
            outcome.again |= need.is_some();
        }
        Action::Revoked(revoked) => {
            tx.set_meta("revoked", &[u8::from(*revoked)])?;
            outcome.revoked = *revoked;
        }
        Action::Deliver { .. } | Action::Reissue(..) => {}
    }
    Ok(())
}
