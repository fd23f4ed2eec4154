//! The reply: what was made durable, and what the device lacks.

use std::collections::BTreeMap;

use rusqlite::Connection;
use soban_core::base::{ActorId, BookId, EntryRef, Instant, Seq};
use soban_core::book::Clock;
use soban_core::sync::{
    BookClock, Cursor, CursorTable, Delivery, Item, Need, Problem, ProblemKind, Stored,
    SyncRequest, SyncResponse,
};

use super::{Caller, Reference, Verdict, judge};
use crate::store::delivery::{self, Released};
use crate::store::log::{self, LogState};
use crate::store::projection::BookHead;
use crate::store::{StoreError, meta};

/// What a revoked device may still deliver.
const MOST_SEALED_BYTES: u64 = 64 * 1024 * 1024;
/// What one reply carries at the most, whatever the phone asks for.
const MOST_REPLY_BYTES: usize = 512 * 1024;
/// Entries read from a book at a time.
const MOST_ENTRIES: u32 = 2_000;

/// Takes a request in and makes its reply.
pub(super) fn answer(
    db: &Connection,
    request: &SyncRequest,
    caller: &Caller,
    reference: &Reference,
    now: Instant,
) -> Result<SyncResponse, StoreError> {
    let mut response = SyncResponse::new(meta::epoch(db)?, now);
    let taken = take_entries(db, request, caller, now, &mut response)?;
    let unsent = request.status.unsent.saturating_sub(taken);
    delivery::put_status(db, caller.device, &request.status, unsent, now)?;
    if caller.revoked {
        response.revoked = true;
        return Ok(response);
    }
    for (book, entry) in delivery::list_untold(db, caller.device, request.digest)? {
        response.problems.push(problem(book, entry, ProblemKind::Quarantined));
    }
    if request.reference != reference.digest() {
        response.reference = Some(reference.items().to_vec());
    }
    deliver(db, request, caller, now, &mut response)?;
    delivery::mark_told(db, caller.device, response.digest)?;
    Ok(response)
}

fn problem(book: BookId, entry: EntryRef, kind: ProblemKind) -> Problem {
    Problem { book, actor: entry.actor, seq: entry.seq, kind }
}

/// Appends what may enter; the number of entries that are on disk now.
fn take_entries(
    db: &Connection,
    request: &SyncRequest,
    caller: &Caller,
    now: Instant,
    response: &mut SyncResponse,
) -> Result<u32, StoreError> {
    let mut stored: BTreeMap<(BookId, ActorId), Vec<Seq>> = BTreeMap::new();
    let mut taken = 0;
    for sent in &request.entries {
        let (arrived, kind) = match judge(sent, caller, now) {
            Verdict::Refuse(arrived, kind) => (arrived, Some(kind)),
            Verdict::Enter(arrived) => {
                let kind = enter(db, &arrived, caller)?;
                (arrived, kind)
            }
        };
        match kind {
            None => {
                let key = (arrived.book, arrived.entry.actor);
                stored.entry(key).or_default().push(arrived.entry.seq);
                taken += 1;
            }
            Some(kind) => {
                if !caller.revoked {
                    log::keep_refused(db, &arrived, kind)?;
                }
                response.problems.push(problem(arrived.book, arrived.entry, kind));
            }
        }
    }
    for ((book, actor), mut seqs) in stored {
        seqs.sort_unstable();
        response.stored.extend(runs(&seqs).map(|(first, last)| Stored {
            book,
            actor,
            first,
            last,
        }));
    }
    Ok(taken)
}

/// Appends one entry, unless it is there already; why not, if another is there in its place.
fn enter(
    db: &Connection,
    arrived: &log::Arrived,
    caller: &Caller,
) -> Result<Option<ProblemKind>, StoreError> {
    match log::find_bytes(db, arrived.book, arrived.entry)? {
        Some(bytes) if bytes == arrived.bytes => return Ok(None),
        Some(_) => return Ok(Some(ProblemKind::SequenceTaken)),
        None => {}
    }
    if !caller.revoked {
        log::append(db, arrived, LogState::Accepted)?;
        return Ok(None);
    }
    let bytes = u64::try_from(arrived.bytes.len()).unwrap_or(u64::MAX);
    if delivery::add_sealed(db, caller.device, bytes)? > MOST_SEALED_BYTES {
        return Ok(Some(ProblemKind::Sealed));
    }
    log::append(db, arrived, LogState::Sealed)?;
    Ok(None)
}

/// Runs of consecutive numbers in an ascending list.
fn runs(seqs: &[Seq]) -> impl Iterator<Item = (Seq, Seq)> {
    let runs = seqs.chunk_by(|a, b| *b - *a <= 1);
    runs.filter_map(|run| Some((*run.first()?, *run.last()?)))
}

/// Adds what the device lacks, and remembers the cursor table that follows.
fn deliver(
    db: &Connection,
    request: &SyncRequest,
    caller: &Caller,
    now: Instant,
    response: &mut SyncResponse,
) -> Result<(), StoreError> {
    let known = match &request.cursors {
        Some(table) => Some(table.clone()),
        None => delivery::find_table(db, caller.device, request.digest)?,
    };
    let Some(mut table) = known else {
        response.need = Some(Need::Cursors);
        return Ok(());
    };
    let asked = usize::try_from(request.budget).unwrap_or(usize::MAX);
    let mut room = asked.min(MOST_REPLY_BYTES);
    let units = caller.grants.iter().filter(|grant| grant.holds_at(now));
    for unit in units.map(|grant| grant.org_unit) {
        for (book, head) in delivery::list_books_of(db, unit)? {
            let way = way_to(db, &table, request, (book, head), response.epoch)?;
            let (from, clock) = match way {
                Way::Cursor(cursor) => (cursor, None),
                Way::Clock(clock) => {
                    (Cursor::start(book, head.generation, response.epoch), Some(clock))
                }
                Way::Unknown => {
                    response.need = Some(Need::Clocks);
                    continue;
                }
            };
            if clock.is_some() {
                let held = delivery::clock_of(db, book)?;
                let generation = head.generation;
                let held = BookClock { book, generation, clock: held };
                response.clocks.get_or_insert_default().push(held);
            }
            let released = delivery::list_after(db, book, from.position, MOST_ENTRIES)?;
            let (delivery, all) = fill(caller, (book, from), released, clock.as_ref(), &mut room);
            response.more |= !all;
            if let Some(delivery) = delivery {
                table.0.insert(book, delivery.cursor);
                response.deliveries.push(delivery);
            }
        }
    }
    add_unknown_books(request, response);
    response.digest = table.digest();
    delivery::remember_table(db, caller.device, &table)
}

/// Books that a phone holds by its clocks and this server has never heard of: it lost them whole.
fn add_unknown_books(request: &SyncRequest, response: &mut SyncResponse) {
    let Some(asked) = &request.clocks else { return };
    let known = response.clocks.get_or_insert_default();
    for held in asked {
        if known.iter().all(|clock| clock.book != held.book) {
            // Every actor named with nothing held, so that each author sees what to send again.
            let none = held.clock.0.keys().map(|actor| (*actor, 0)).collect();
            let (book, generation) = (held.book, held.generation);
            known.push(BookClock { book, generation, clock: Clock(none) });
        }
    }
}

/// From where a book is to be told.
enum Way {
    Cursor(Cursor),
    Clock(Clock),
    Unknown,
}

fn way_to(
    db: &Connection,
    table: &CursorTable,
    request: &SyncRequest,
    (book, head): (BookId, BookHead),
    epoch: u32,
) -> Result<Way, StoreError> {
    let start = Cursor::start(book, head.generation, epoch);
    let cursor = table.0.get(&book).copied().unwrap_or(start);
    let chain = match cursor.position {
        0 => Some(start.chain),
        position => delivery::find_chain(db, book, position)?,
    };
    let sound = (cursor.generation, cursor.epoch) == (head.generation, epoch);
    if sound && chain == Some(cursor.chain) && request.clocks.is_none() {
        return Ok(Way::Cursor(cursor));
    }
    Ok(match &request.clocks {
        None => Way::Unknown,
        Some(clocks) => {
            let held = clocks.iter().find(|held| held.book == book);
            Way::Clock(held.map(|held| held.clock.clone()).unwrap_or_default())
        }
    })
}

/// As many entries as there is room for, and whether those were all.
fn fill(
    caller: &Caller,
    (book, from): (BookId, Cursor),
    released: Vec<Released>,
    clock: Option<&Clock>,
    room: &mut usize,
) -> (Option<Delivery>, bool) {
    let mut cursor = from;
    let mut items = Vec::new();
    let mut all = released.len() < usize::try_from(MOST_ENTRIES).unwrap_or(usize::MAX);
    for entry in released {
        let own = entry.entry.actor.device() == caller.device && clock.is_none();
        let held = clock.is_some_and(|clock| clock.saw(entry.entry));
        let bytes = if own || held { 12 } else { entry.bytes.len() + 16 };
        // The first entry of a reply always fits: every reply makes progress.
        if bytes > *room && *room < MOST_REPLY_BYTES && !items.is_empty() {
            all = false;
            break;
        }
        *room = room.saturating_sub(bytes);
        items.push(if own || held {
            Item::Own(entry.entry.actor, entry.entry.seq)
        } else {
            Item::New(entry.hash, entry.bytes)
        });
        cursor.position = entry.position;
        cursor.chain = entry.chain;
    }
    // By clocks the cursor itself is news, even with nothing to bring.
    if items.is_empty() && clock.is_none() {
        return (None, all);
    }
    (Some(Delivery { book, after: from.position, items, cursor }), all)
}
