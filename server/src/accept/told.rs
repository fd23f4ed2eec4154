//! Which books a device is told of, how far it has been told each, and what the log holds of them. All of it happens where everybody waits, so a request names only so many.

use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::collections::{BTreeMap, BTreeSet};

use soban_core::base::{BookId, OrgUnitId};
use soban_core::book::Clock;
use soban_core::sync::{BookClock, Chain, Cursor, CursorTable, SyncRequest};

use super::Caller;
use crate::store::projection::BookHead;
use crate::store::{Db, StoreError, delivery, projection};

/// The books that are looked at of all that a request names: those that twenty units fill in fifty
/// years. Books of the device's units that the log has are looked at whatever it names.
pub(super) const MOST_BOOKS: usize = 1_024;
/// The generation that a book has until lawful erasure makes a new one.
const FIRST_GENERATION: u32 = 1;

/// What a request says of books, each named once, and of no unit but the device's.
pub(super) struct Named<'a> {
    /// What it holds of each, where it says so.
    pub(super) clocks: Option<BTreeMap<BookId, &'a Clock>>,
}

impl<'a> Named<'a> {
    pub(super) fn of(request: &'a SyncRequest, caller: &Caller) -> Self {
        let named = |clocks: &'a Vec<BookClock>| {
            let own = clocks.iter().filter(|held| caller.was_granted(held.book)).take(MOST_BOOKS);
            own.map(|held| (held.book, &held.clock)).collect()
        };
        Self { clocks: request.clocks.as_ref().map(named) }
    }
}

/// A book, and how far the device has been told it.
pub(super) struct Told {
    pub(super) book: BookId,
    pub(super) head: BookHead,
    pub(super) cursor: Cursor,
    /// Whether the cursor is one of this log.
    pub(super) sound: bool,
}

/// The books of the granted units: those that the log has, and those that only the phone has heard
/// of, because this side has lost them. By clocks, those whose cursors do not agree come first, so
/// that each such round settles some of them, however little fits in.
pub(super) fn list_told(
    db: &Db,
    named: &Named<'_>,
    granted: &BTreeSet<OrgUnitId>,
    table: &CursorTable,
    epoch: u32,
) -> Result<Vec<Told>, StoreError> {
    let mut books = BTreeMap::new();
    for unit in granted {
        books.extend(delivery::list_books_of(db, *unit)?);
    }
    let of_clocks = named.clocks.iter().flat_map(BTreeMap::keys);
    let heard_of = table.0.keys().take(MOST_BOOKS).chain(of_clocks);
    for book in heard_of.filter(|book| granted.contains(&book.org_unit)) {
        books.entry(*book).or_insert_with(|| first(*book));
    }
    let mut told = Vec::new();
    for (book, head) in books {
        let start = Cursor::start(book, head.generation, epoch);
        let cursor = table.0.get(&book).copied().unwrap_or(start);
        told.push(Told { book, head, cursor, sound: is_sound(db, (book, head), cursor, epoch)? });
    }
    if named.clocks.is_some() {
        told.sort_by_key(|told| (told.sound, told.book));
    }
    Ok(told)
}

pub(super) fn is_sound(
    db: &Db,
    (book, head): (BookId, BookHead),
    cursor: Cursor,
    epoch: u32,
) -> Result<bool, StoreError> {
    if (cursor.generation, cursor.epoch) != (head.generation, epoch) {
        return Ok(false);
    }
    let chain = match cursor.position {
        0 => Some(Chain::start(book, head.generation)),
        ahead if ahead > head.position => None,
        all if all == head.position => Some(head.chain),
        position => delivery::find_chain(db, book, position)?,
    };
    Ok(chain == Some(cursor.chain))
}

/// Where a book begins.
fn first(book: BookId) -> BookHead {
    let generation = FIRST_GENERATION;
    BookHead { generation, position: 0, chain: Chain::start(book, generation) }
}

/// What the log holds of the device's books: of those of its units, and of those that it named.
/// Every one of the phone's own actors that it named is named, with 0 where nothing is held, so
/// that it sees what to send again. Of a book whose grant has ended nothing is said but that.
pub(super) fn held_of(
    db: &Db,
    named: &Named<'_>,
    caller: &Caller,
    granted: &BTreeSet<OrgUnitId>,
) -> Result<Vec<BookClock>, StoreError> {
    let mut clocks: BTreeMap<BookId, Clock> = BTreeMap::new();
    for unit in granted {
        for (book, _) in delivery::list_books_of(db, *unit)? {
            clocks.insert(book, delivery::clock_of(db, book)?);
        }
    }
    for (book, theirs) in named.clocks.iter().flatten() {
        let book = *book;
        let clock = match clocks.entry(book) {
            Occupied(known) => known.into_mut(),
            Vacant(place) => place.insert(delivery::clock_of(db, book)?),
        };
        if !granted.contains(&book.org_unit) {
            clock.0.retain(|actor, _| actor.device() == caller.device);
        }
        let own = theirs.0.keys().filter(|actor| actor.device() == caller.device);
        for actor in own {
            clock.0.entry(*actor).or_insert(0);
        }
    }
    let held = |(book, clock): (BookId, Clock)| {
        let head = projection::find_head(db, book)?;
        let generation = head.map_or(FIRST_GENERATION, |head| head.generation);
        Ok(BookClock { book, generation, clock })
    };
    clocks.into_iter().map(held).collect()
}
