//! What phones give back to a server that was restored from an older copy.
//!
//! A phone shows the server's own word for what it stands on. The word covers the chain of each of
//! its books, and the chain covers the hash of every entry: what is among those is let in as if its
//! author had brought it. Everything else waits for staff.

use std::collections::BTreeSet;

use crate::store::Db;
use soban_core::base::Instant;
use soban_core::book::Entry;
use soban_core::sync::{Chain, Cursor, Given, Standing, SyncRequest};

use super::take::MOST_SEALED_BYTES;
use super::told::MOST_BOOKS;
use super::{Caller, MOST_ENTRIES};
use crate::store::log::{self, Arrived, LogState};
use crate::store::projection::BookHead;
use crate::store::{StoreError, delivery, given, meta, projection};

/// The generation that a book has until lawful erasure makes a new one.
const FIRST_GENERATION: u32 = 1;

/// Begins a new epoch where the server's own word shows that it has forgotten something, and takes
/// in what is given back. Whether there is something new to project.
pub(super) fn take_given(
    db: &Db,
    request: &SyncRequest,
    proven: bool,
    caller: &Caller,
    now: Instant,
) -> Result<bool, StoreError> {
    let Some((standing, _)) = &request.standing else { return Ok(false) };
    if proven {
        renew_epoch(db, standing)?;
    }
    let (mut appended, mut room) = (false, MOST_ENTRIES);
    let given = request.given.iter().filter(|given| caller.was_granted(given.book));
    for given in given.take(MOST_BOOKS) {
        let cursor = standing.cursors.0.get(&given.book).filter(|_| proven);
        appended |= take_book(db, given, (cursor, &mut room), caller, now)?;
    }
    Ok(appended)
}

/// A cursor of this epoch that is ahead of the log, or of another log, was given by a server that
/// this one has forgotten to be.
fn renew_epoch(db: &Db, standing: &Standing) -> Result<(), StoreError> {
    let epoch = meta::epoch(db)?;
    for (book, cursor) in &standing.cursors.0 {
        let head = projection::find_head(db, *book)?;
        let ours = match cursor.position {
            0 => Some(Chain::start(*book, cursor.generation)),
            position => delivery::find_chain(db, *book, position)?,
        };
        let known = head.is_none_or(|head: BookHead| head.generation == cursor.generation);
        if cursor.epoch >= epoch && known && ours != Some(cursor.chain) {
            let renewed = cursor.epoch.saturating_add(1);
            tracing::warn!(epoch = renewed, "the data folder is an older copy: a new epoch begins");
            return meta::put(db, "epoch", &renewed.to_be_bytes());
        }
    }
    Ok(())
}

fn take_book(
    db: &Db,
    given: &Given,
    (cursor, room): (Option<&Cursor>, &mut usize),
    caller: &Caller,
    now: Instant,
) -> Result<bool, StoreError> {
    let head = projection::find_head(db, given.book)?;
    let generation = head.map_or(FIRST_GENERATION, |head| head.generation);
    if given.generation != generation {
        return Ok(false);
    }
    let chain = Chain::of(given.book, generation, &given.order);
    let whole = cursor.is_some_and(|cursor| {
        (cursor.generation, cursor.chain) == (generation, chain)
            && u64::try_from(given.order.len()) == Ok(cursor.position)
    });
    let covered = if whole { uncalled(db, given)? } else { BTreeSet::new() };
    take_entries(db, given, (generation, room), covered, caller, now)
}

/// Of the hashes that the word covers those that no entry of the log goes by. Each lets in one: more
/// under the same hash are not what it covers.
fn uncalled(db: &Db, given: &Given) -> Result<BTreeSet<[u8; 8]>, StoreError> {
    let known = given::claims_of(db, given.book)?;
    Ok(given.order.iter().copied().filter(|hash| !known.contains(hash)).collect())
}

fn take_entries(
    db: &Db,
    given: &Given,
    (generation, room): (u32, &mut usize),
    mut covered: BTreeSet<[u8; 8]>,
    caller: &Caller,
    now: Instant,
) -> Result<bool, StoreError> {
    let mut appended = false;
    let entries = given.entries.iter().take(*room);
    *room -= entries.len();
    for (hash, bytes) in entries {
        let Ok(entry) = Entry::from_bytes(bytes) else { continue };
        let name = entry.name();
        let proven = covered.contains(hash);
        match log::find_stored(db, given.book, name)? {
            None => {}
            Some((state, known)) => {
                let apart = matches!(state, LogState::Quarantined | LogState::Sealed);
                if !apart || !proven || known == *bytes && state == LogState::Quarantined {
                    continue;
                }
            }
        }
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if !proven {
            let sealed = delivery::sealed_bytes(db, caller.device)?.saturating_add(size);
            if sealed > MOST_SEALED_BYTES {
                break;
            }
            delivery::add_sealed(db, caller.device, size)?;
        }
        let arrived = Arrived {
            book: given.book,
            generation,
            entry: name,
            claim: *hash,
            bytes: bytes.clone(),
            // Its author's device, so that the author is named wherever it is shown.
            device: name.actor.device(),
            received_at: now,
        };
        given::make_way(db, given.book, name)?;
        if log::find_stored(db, given.book, name)?.is_some() {
            continue;
        }
        let state = if proven { LogState::Accepted } else { LogState::Sealed };
        given::append_given(db, &arrived, state, caller.device)?;
        covered.remove(hash);
        appended |= proven;
    }
    Ok(appended)
}
