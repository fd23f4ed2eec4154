//! What a device lacks: by its cursors, or where those do not agree with the log, by its clocks.

use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::collections::{BTreeMap, BTreeSet};

use crate::store::Db;
use soban_core::base::{BookId, DeviceId, OrgUnitId};
use soban_core::book::Clock;
use soban_core::sync::{
    BookClock, Chain, Cursor, CursorTable, Delivery, Item, Standing, SyncRequest, SyncResponse,
};

use super::{Caller, Reference};
use crate::store::delivery::{self, Known, Released};
use crate::store::projection::BookHead;
use crate::store::{StoreError, projection};

/// What one reply carries at the most, whatever the phone asks for.
const MOST_REPLY_BYTES: usize = 512 * 1024;
/// What an item takes besides an entry's bytes, and all that an own entry takes.
const ITEM_BYTES: usize = 16;
/// The generation that a book has until lawful erasure makes a new one.
const FIRST_GENERATION: u32 = 1;

/// Who asks what.
pub(super) struct Asking<'a> {
    pub(super) request: &'a SyncRequest,
    /// Whether the server's word covers the standing that the request shows.
    pub(super) proven: bool,
    pub(super) caller: &'a Caller,
    pub(super) epoch: u32,
}

/// Adds what the device lacks, and remembers what it stands on then; nothing where the server must
/// be told that first.
///
/// The server vouches only for what it knows: a cursor that is neither one of this log nor under
/// its word is whatever a device made up, and its word for that would let in entries of anybody.
pub(super) fn deliver(
    db: &Db,
    asking: &Asking<'_>,
    reference: &Reference,
    response: &mut SyncResponse,
) -> Result<Option<Known>, StoreError> {
    let Asking { request, proven, caller, epoch } = *asking;
    let granted: BTreeSet<OrgUnitId> = caller.units_at(response.now).collect();
    let known = match &request.standing {
        Some((standing, _)) => Some(Known { standing: standing.clone(), proven }),
        None => delivery::find_standing(db, caller.device, request.digest)?,
    };
    let Some(came_with) = known else {
        (response.need.standing, response.need.clocks) = (true, true);
        response.clocks = Some(held_of(db, request.clocks.as_deref(), caller, &granted)?);
        return Ok(None);
    };
    let mut table = came_with.standing.cursors.clone();
    let mut room = Room::new(request.budget);
    let mut sound = BTreeSet::new();
    for told in list_told(db, request, &granted, &came_with.standing.cursors, epoch)? {
        if told.sound {
            sound.insert(told.book);
        }
        let Some(way) = way_to(request, &told, epoch) else {
            response.need.clocks = true;
            continue;
        };
        let (book, from, by_clocks) = (told.book, way.from, way.by_clocks);
        let Filled { items, order, cursor, all } = fill(db, &told, &way, caller.device, &mut room)?;
        response.more |= !all;
        let nothing_new =
            items.is_empty() && (cursor == told.cursor || cursor.position == 0 && !all);
        if !nothing_new {
            table.0.insert(book, cursor);
            sound.insert(book);
            let order = by_clocks.then_some(order);
            response.deliveries.push(Delivery { book, after: from.position, items, order, cursor });
        }
    }
    if request.clocks.is_some() || response.need.clocks {
        response.clocks = Some(held_of(db, request.clocks.as_deref(), caller, &granted)?);
    }
    response.reference = reference.lacking(&came_with.standing.reference);
    let proven = came_with.proven || is_all_sound(db, &table, &sound, caller, epoch)?;
    let reference = reference.after(&came_with.standing.reference);
    let replied = Known { standing: Standing { cursors: table, reference }, proven };
    delivery::remember_standings(db, caller.device, &came_with, &replied)?;
    Ok(Some(replied))
}

/// Whether every cursor is one of this log, of a book that the device was once granted.
fn is_all_sound(
    db: &Db,
    table: &CursorTable,
    sound: &BTreeSet<BookId>,
    caller: &Caller,
    epoch: u32,
) -> Result<bool, StoreError> {
    for (book, cursor) in table.0.iter().filter(|(book, _)| !sound.contains(*book)) {
        let head = projection::find_head(db, *book)?.filter(|_| caller.was_granted(*book));
        let Some(head) = head else { return Ok(false) };
        if !is_sound(db, (*book, head), *cursor, epoch)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A book, and how far the device has been told it.
struct Told {
    book: BookId,
    head: BookHead,
    cursor: Cursor,
    /// Whether the cursor is one of this log.
    sound: bool,
}

/// The books of the granted units: those that the log has, and those that only the phone has heard
/// of, because this side has lost them. By clocks, those whose cursors do not agree come first, so
/// that each such round settles some of them, however little fits in.
fn list_told(
    db: &Db,
    request: &SyncRequest,
    granted: &BTreeSet<OrgUnitId>,
    table: &CursorTable,
    epoch: u32,
) -> Result<Vec<Told>, StoreError> {
    let mut books = BTreeMap::new();
    for unit in granted {
        books.extend(delivery::list_books_of(db, *unit)?);
    }
    let asked = request.clocks.iter().flatten().map(|held| held.book);
    let heard_of = table.0.keys().copied().chain(asked);
    for book in heard_of.filter(|book| granted.contains(&book.org_unit)) {
        books.entry(book).or_insert_with(|| BookHead {
            generation: FIRST_GENERATION,
            position: 0,
            chain: Chain::start(book, FIRST_GENERATION),
        });
    }
    let mut told = Vec::new();
    for (book, head) in books {
        let start = Cursor::start(book, head.generation, epoch);
        let cursor = table.0.get(&book).copied().unwrap_or(start);
        told.push(Told { book, head, cursor, sound: is_sound(db, (book, head), cursor, epoch)? });
    }
    if request.clocks.is_some() {
        told.sort_by_key(|told| (told.sound, told.book));
    }
    Ok(told)
}

fn is_sound(
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

/// From where, and by what, a book is to be told.
struct Way<'a> {
    from: Cursor,
    /// Whether only what the clock lacks goes down.
    by_clocks: bool,
    /// What the phone says that it holds of the book, where it says so.
    held: Option<&'a Clock>,
}

static NOTHING: Clock = Clock(BTreeMap::new());

/// Nothing if the clocks are needed for it. Where the phone wishes it they go before any cursor: it
/// may have found out what its cursor does not show.
fn way_to<'a>(request: &'a SyncRequest, told: &Told, epoch: u32) -> Option<Way<'a>> {
    let Told { book, head, cursor, sound } = *told;
    let clocks = request.clocks.as_ref();
    let of_book = |clocks: &'a Vec<BookClock>| {
        let held = clocks.iter().find(|held| held.book == book);
        held.map_or(&NOTHING, |held| &held.clock)
    };
    let held = clocks.map(of_book);
    if sound && !request.by_clocks {
        // What a phone stands on may be more than it holds of its own: it was restored.
        let held = held.or(request.standing.is_some().then_some(&NOTHING));
        return Some(Way { from: cursor, by_clocks: false, held });
    }
    let from = Cursor::start(book, head.generation, epoch);
    held.map(|held| Way { from, by_clocks: true, held: Some(held) })
}

/// Bytes left in a reply. The first item always fits: every reply makes progress.
struct Room {
    left: usize,
    begun: bool,
}

impl Room {
    fn new(asked: u32) -> Self {
        let asked = usize::try_from(asked).unwrap_or(usize::MAX);
        Self { left: asked.min(MOST_REPLY_BYTES), begun: false }
    }

    fn take(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.left || !self.begun;
        if fits {
            self.begun = true;
            self.left = self.left.saturating_sub(bytes);
        }
        fits
    }
}

struct Filled {
    items: Vec<Item>,
    /// The hashes of all that the cursor passed.
    order: Vec<[u8; 8]>,
    cursor: Cursor,
    /// Whether these are all there are.
    all: bool,
}

/// As many entries as there is room for.
fn fill(
    db: &Db,
    told: &Told,
    way: &Way<'_>,
    device: DeviceId,
    room: &mut Room,
) -> Result<Filled, StoreError> {
    let (mut items, mut order, mut cursor) = (Vec::new(), Vec::new(), way.from);
    if cursor.position < told.head.position {
        delivery::visit_after(db, told.book, cursor.position, |entry| {
            let item = item_of(&entry, way, device);
            let fits = item.as_ref().is_none_or(|item| room.take(bytes_of(item)));
            if fits {
                items.extend(item);
                order.push(entry.hash);
                cursor.position = entry.position;
                cursor.chain = entry.chain;
            }
            fits
        })?;
    }
    let all = cursor.position >= told.head.position;
    Ok(Filled { items, order, cursor, all })
}

/// How an entry goes down: what the phone holds of its own as names alone; by clocks, what it has
/// of others not at all. Its own that was let in under another hash than its own goes down whole.
fn item_of(entry: &Released<'_>, way: &Way<'_>, device: DeviceId) -> Option<Item> {
    let own = entry.entry.actor.device() == device;
    let new = || Item::New(entry.hash, entry.bytes.to_vec());
    if own && !entry.as_claimed {
        return Some(new());
    }
    let held = way.held.map(|held| held.saw(entry.entry));
    match (way.by_clocks, own, held) {
        (_, true, None | Some(true)) => Some(Item::Own(entry.entry.actor, entry.entry.seq)),
        (true, false, Some(true)) => None,
        _ => Some(new()),
    }
}

fn bytes_of(item: &Item) -> usize {
    match item {
        Item::Own(..) => ITEM_BYTES,
        Item::New(_, bytes) => ITEM_BYTES + bytes.len(),
    }
}

/// What the log holds of the device's books: of those of its units, and of those that it named.
/// Every one of the phone's own actors that it named is named, with 0 where nothing is held, so
/// that it sees what to send again. Of a book whose grant has ended nothing is said but that.
fn held_of(
    db: &Db,
    asked: Option<&[BookClock]>,
    caller: &Caller,
    granted: &BTreeSet<OrgUnitId>,
) -> Result<Vec<BookClock>, StoreError> {
    let mut clocks: BTreeMap<BookId, Clock> = BTreeMap::new();
    for unit in granted {
        for (book, _) in delivery::list_books_of(db, *unit)? {
            clocks.insert(book, delivery::clock_of(db, book)?);
        }
    }
    let asked = asked.unwrap_or_default().iter();
    for theirs in asked.filter(|theirs| caller.was_granted(theirs.book)) {
        let book = theirs.book;
        let clock = match clocks.entry(book) {
            Occupied(known) => known.into_mut(),
            Vacant(place) => place.insert(delivery::clock_of(db, book)?),
        };
        if !granted.contains(&book.org_unit) {
            clock.0.retain(|actor, _| actor.device() == caller.device);
        }
        let own = theirs.clock.0.keys().filter(|actor| actor.device() == caller.device);
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
