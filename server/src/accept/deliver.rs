//! What a device lacks: by its cursors, or where those do not agree with the log, by its clocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::Db;
use soban_core::base::{BookId, DeviceId, OrgUnitId};
use soban_core::book::Clock;
use soban_core::sync::{Cursor, CursorTable, Delivery, Item, Standing, SyncRequest, SyncResponse};

use super::told::{MOST_BOOKS, Named, Told, held_of, is_sound, list_told};
use super::{Caller, Reference};
use crate::store::delivery::{self, Released};
use crate::store::standing::{Known, Replied};
use crate::store::{StoreError, given, projection};

/// What one reply carries at the most, whatever the phone asks for.
const MOST_REPLY_BYTES: usize = 512 * 1024;
/// What an item takes besides an entry's bytes, and all that an own entry takes.
const ITEM_BYTES: usize = 16;

/// Who asks what.
pub(super) struct Asking<'a> {
    pub(super) request: &'a SyncRequest,
    /// Whether the server's word covers the standing that the request shows.
    pub(super) proven: bool,
    pub(super) caller: &'a Caller,
    pub(super) epoch: u32,
    /// What is known of the digest that the request came with.
    pub(super) known: Option<Known>,
}

/// Adds what the device lacks, and says what it stands on then; nothing where the server must be told
/// that first, or is shown more books than anybody has.
///
/// The server vouches only for what it knows: a cursor that is neither one of this log nor under
/// its word is whatever a device made up, and its word for that would let in entries of anybody.
pub(super) fn deliver(
    db: &Db,
    asking: Asking<'_>,
    reference: &Reference,
    response: &mut SyncResponse,
) -> Result<Option<Replied>, StoreError> {
    let Asking { request, proven, caller, epoch, known } = asking;
    let granted: BTreeSet<OrgUnitId> = caller.units_at(response.now).collect();
    let named = Named::of(request, caller);
    let known = match &request.standing {
        Some((standing, _)) => Some(Known::new(standing.clone(), proven)),
        None => known,
    };
    let Some(came_with) = known else {
        (response.need.standing, response.need.clocks) = (true, true);
        response.clocks = Some(held_of(db, &named, caller, &granted)?);
        return Ok(None);
    };
    let mut table = came_with.standing().cursors.clone();
    let mut room = Room::new(request.budget);
    let mut sound = BTreeSet::new();
    let giving = came_with.is_proven() && !request.given.is_empty();
    for told in list_told(db, &named, &granted, &came_with.standing().cursors, epoch)? {
        if told.sound {
            sound.insert(told.book);
        } else if giving && given::count_entered(db, told.book)? < told.cursor.position {
            // It gives back piece by piece: told where it stands now, it would no longer stand where
            // the word covers the rest.
            response.need.clocks = true;
            continue;
        }
        let Some(way) = way_to(request, &named, &told, epoch) else {
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
        response.clocks = Some(held_of(db, &named, caller, &granted)?);
    }
    response.reference = reference.lacking(&came_with.standing().reference);
    let too_many = table.0.len() > MOST_BOOKS;
    let proven =
        came_with.is_proven() || !too_many && is_all_sound(db, &table, &sound, caller, epoch)?;
    if too_many && !proven {
        return Ok(None);
    }
    let reference = reference.after(&came_with.standing().reference);
    let after = Known::new(Standing { cursors: table, reference }, proven);
    Ok(Some(Replied { came_with, after }))
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
fn way_to<'a>(
    request: &SyncRequest,
    named: &Named<'a>,
    told: &Told,
    epoch: u32,
) -> Option<Way<'a>> {
    let Told { book, head, cursor, sound } = *told;
    let of_book = |clocks: &BTreeMap<BookId, &'a Clock>| clocks.get(&book).copied();
    let held = named.clocks.as_ref().map(|clocks| of_book(clocks).unwrap_or(&NOTHING));
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
