//! What a device lacks: by its cursors, or where those do not agree with the log, by its clocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::Db;
use soban_core::base::{BookId, DeviceId, OrgUnitId};
use soban_core::book::Clock;
use soban_core::sync::{
    BookClock, Chain, Cursor, CursorTable, Delivery, Item, Need, SyncRequest, SyncResponse,
};

use super::Caller;
use crate::store::delivery::{self, Released};
use crate::store::projection::BookHead;
use crate::store::{StoreError, projection};

/// What one reply carries at the most, whatever the phone asks for.
const MOST_REPLY_BYTES: usize = 512 * 1024;
/// What an item takes besides an entry's bytes, and all that an own entry takes.
const ITEM_BYTES: usize = 16;
/// The generation that a book has until lawful erasure makes a new one.
const FIRST_GENERATION: u32 = 1;

/// Adds what the device lacks, and remembers the cursor table that follows.
pub(super) fn deliver(
    db: &Db,
    request: &SyncRequest,
    caller: &Caller,
    response: &mut SyncResponse,
) -> Result<(), StoreError> {
    let known = match &request.cursors {
        Some(table) => Some(table.clone()),
        None => delivery::find_table(db, caller.device, request.digest)?,
    };
    let Some(came_with) = known else {
        response.need = Some(Need::Cursors);
        return Ok(());
    };
    let granted: BTreeSet<OrgUnitId> = caller.units_at(response.now).collect();
    let mut table = came_with.clone();
    let mut room = Room::new(request.budget);
    for told in list_told(db, request, &granted, &came_with, response.epoch)? {
        let Some(way) = way_to(request, &told, response.epoch) else {
            response.need = Some(Need::Clocks);
            continue;
        };
        let (book, from) = (told.book, way.from);
        let Filled { items, cursor, all } =
            fill(db, &told, way, owner(request, caller), &mut room)?;
        response.more |= !all;
        let nothing_new =
            items.is_empty() && (cursor == told.cursor || cursor.position == 0 && !all);
        if !nothing_new {
            table.0.insert(book, cursor);
            response.deliveries.push(Delivery { book, after: from.position, items, cursor });
        }
    }
    if let Some(asked) = &request.clocks {
        response.clocks = Some(held_of(db, asked, caller, &granted)?);
    }
    response.digest = table.digest();
    delivery::remember_tables(db, caller.device, &came_with, &table)
}

/// Whose entries go down as names alone. A table that had to be sent may be a restored phone's,
/// which has lost entries of its own: it gets them whole.
fn owner(request: &SyncRequest, caller: &Caller) -> Option<DeviceId> {
    let restored = request.cursors.is_some() && request.clocks.is_none();
    (!restored).then_some(caller.device)
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
        position => delivery::find_chain(db, book, position)?,
    };
    Ok(chain == Some(cursor.chain))
}

/// From where, and by what, a book is to be told.
struct Way<'a> {
    from: Cursor,
    clock: Option<&'a Clock>,
}

/// Nothing if the clocks are needed for it. Where they are given they go before any cursor: the
/// phone may have found out what its cursor does not show.
fn way_to<'a>(request: &'a SyncRequest, told: &Told, epoch: u32) -> Option<Way<'a>> {
    static NOTHING: Clock = Clock(BTreeMap::new());
    let Told { book, head, cursor, sound } = *told;
    match &request.clocks {
        None => sound.then_some(Way { from: cursor, clock: None }),
        Some(clocks) => {
            let held = clocks.iter().find(|held| held.book == book);
            let clock = held.map_or(&NOTHING, |held| &held.clock);
            Some(Way { from: Cursor::start(book, head.generation, epoch), clock: Some(clock) })
        }
    }
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
    cursor: Cursor,
    /// Whether these are all there are.
    all: bool,
}

/// As many entries as there is room for.
fn fill(
    db: &Db,
    told: &Told,
    way: Way<'_>,
    owner: Option<DeviceId>,
    room: &mut Room,
) -> Result<Filled, StoreError> {
    let (mut items, mut cursor) = (Vec::new(), way.from);
    if cursor.position < told.head.position {
        delivery::visit_after(db, told.book, cursor.position, |entry| {
            let item = item_of(&entry, way.clock, owner);
            let fits = item.as_ref().is_none_or(|item| room.take(bytes_of(item)));
            if fits {
                items.extend(item);
                cursor.position = entry.position;
                cursor.chain = entry.chain;
            }
            fits
        })?;
    }
    let all = cursor.position >= told.head.position;
    Ok(Filled { items, cursor, all })
}

/// How an entry goes down; by clocks, what the phone has of others does not go down at all.
fn item_of(entry: &Released<'_>, clock: Option<&Clock>, owner: Option<DeviceId>) -> Option<Item> {
    let own = owner == Some(entry.entry.actor.device());
    let held = clock.map(|clock| clock.saw(entry.entry));
    match (held, own) {
        (None | Some(true), true) => Some(Item::Own(entry.entry.actor, entry.entry.seq)),
        (Some(true), false) => None,
        (None | Some(false), _) => Some(Item::New(entry.hash, entry.bytes.to_vec())),
    }
}

fn bytes_of(item: &Item) -> usize {
    match item {
        Item::Own(..) => ITEM_BYTES,
        Item::New(_, bytes) => ITEM_BYTES + bytes.len(),
    }
}

/// What the log holds of the books that the phone named. Every one of the phone's own actors is
/// named, with 0 where nothing is held, so that it sees what to send again. Of a book whose grant
/// has ended nothing is said but that.
fn held_of(
    db: &Db,
    asked: &[BookClock],
    caller: &Caller,
    granted: &BTreeSet<OrgUnitId>,
) -> Result<Vec<BookClock>, StoreError> {
    let mut clocks = BTreeMap::new();
    for theirs in asked.iter().filter(|theirs| caller.was_granted(theirs.book)) {
        let book = theirs.book;
        let mut clock = delivery::clock_of(db, book)?;
        if !granted.contains(&book.org_unit) {
            clock.0.retain(|actor, _| actor.device() == caller.device);
        }
        let own = theirs.clock.0.keys().filter(|actor| actor.device() == caller.device);
        for actor in own {
            clock.0.entry(*actor).or_insert(0);
        }
        let head = projection::find_head(db, book)?;
        let generation = head.map_or(FIRST_GENERATION, |head| head.generation);
        clocks.insert(book, BookClock { book, generation, clock });
    }
    Ok(clocks.into_values().collect())
}
