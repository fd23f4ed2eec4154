//! How a response is spelt.

use minicbor::{Decode, Encode};

use super::{
    Lane, Name, PackedReference, Room, flat, hashes, malformed, of_seconds, pack_block, seconds,
    set, some,
};
use crate::base::{BookId, Seq};
use crate::sync::block::{Block, MAX_BLOCK_BYTES};
use crate::sync::message::{BookClock, Delivery, Item, Mac, Need, Stored, SyncResponse};
use crate::sync::{Cursor, Problem, WIRE_VERSION, WireError, cbor};

#[derive(Encode, Decode)]
#[cbor(array)]
struct Response {
    #[n(0)]
    version: u8,
    #[n(1)]
    now: i64,
    #[n(2)]
    mac: Mac,
    #[n(3)]
    stored: Option<Vec<StoredRun>>,
    #[n(4)]
    deliveries: Option<Vec<BookDelivery>>,
    #[n(5)]
    rest: Option<ResponseRest>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct StoredRun {
    #[n(0)]
    #[cbor(with = "cbor::book")]
    book: BookId,
    #[n(1)]
    actor: Name,
    #[n(2)]
    first: Seq,
    #[n(3)]
    count: u32,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct BookDelivery {
    #[n(0)]
    #[cbor(with = "cbor::book")]
    book: BookId,
    #[n(1)]
    after: u64,
    #[n(2)]
    cursor: Cursor,
    #[n(3)]
    own: Option<Vec<OwnRun>>,
    #[n(4)]
    block: Option<Block>,
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    order: Option<Vec<u8>>,
}

/// Entries that the receiver has, at a place among the items.
#[derive(Encode, Decode)]
#[cbor(array)]
struct OwnRun {
    #[n(0)]
    place: u64,
    #[n(1)]
    actor: Name,
    #[n(2)]
    first: Seq,
    #[n(3)]
    count: u32,
}

#[derive(Default, PartialEq, Encode, Decode)]
#[cbor(map)]
struct ResponseRest {
    #[n(0)]
    need: Option<u8>,
    #[n(1)]
    revoked: Option<bool>,
    #[n(2)]
    problems: Option<Vec<Problem>>,
    #[n(3)]
    clocks: Option<Vec<BookClock>>,
    #[n(4)]
    reference: Option<Vec<PackedReference>>,
    #[n(5)]
    more: Option<bool>,
    #[n(6)]
    pending: Option<bool>,
}

const NEED_STANDING: u8 = 1;
const NEED_CLOCKS: u8 = 2;
const NEED_PLAIN: u8 = 4;

impl Need {
    fn code(self) -> Option<u8> {
        let bit = |flag: bool, bit: u8| if flag { bit } else { 0 };
        let code = bit(self.standing, NEED_STANDING)
            | bit(self.clocks, NEED_CLOCKS)
            | bit(self.plain, NEED_PLAIN);
        (code > 0).then_some(code)
    }

    fn of(code: u8) -> Self {
        Self {
            standing: code & NEED_STANDING > 0,
            clocks: code & NEED_CLOCKS > 0,
            plain: code & NEED_PLAIN > 0,
        }
    }
}

impl SyncResponse {
    /// The bytes that travel; with no prefixes where the phone asked for `plain` blocks.
    #[must_use]
    pub fn to_bytes(&self, lane: &Lane<'_>, plain: bool) -> Vec<u8> {
        let stored = |stored: &Stored| StoredRun {
            book: stored.book,
            actor: Name::of(stored.actor, lane.device),
            first: stored.first,
            count: stored.last.saturating_sub(stored.first).saturating_add(1),
        };
        let rest = ResponseRest {
            need: self.need.code(),
            revoked: set(self.revoked),
            problems: some(self.problems.clone()),
            clocks: self.clocks.clone(),
            reference: some(self.reference.iter().map(PackedReference::pack).collect()),
            more: set(self.more),
            pending: set(self.pending),
        };
        cbor::to_bytes(&Response {
            version: WIRE_VERSION,
            now: seconds(self.now),
            mac: self.mac,
            stored: some(self.stored.iter().map(stored).collect()),
            deliveries: some(
                self.deliveries
                    .iter()
                    .map(|delivery| pack_delivery(delivery, lane, plain))
                    .collect(),
            ),
            rest: Some(rest).filter(|rest| *rest != ResponseRest::default()),
        })
    }

    /// Reads such bytes. A delivery that does not open here is left out, and said to be.
    ///
    /// # Errors
    /// [`WireError`] naming what is wrong with them.
    pub fn from_bytes(bytes: &[u8], lane: &Lane<'_>) -> Result<Self, WireError> {
        let read: Response = cbor::from_bytes(bytes)?;
        let rest = read.rest.unwrap_or_default();
        let mut room = Room(MAX_BLOCK_BYTES);
        let mut response = Self {
            now: of_seconds(read.now),
            mac: read.mac,
            need: Need::of(rest.need.unwrap_or_default()),
            revoked: rest.revoked.unwrap_or_default(),
            problems: rest.problems.unwrap_or_default(),
            clocks: rest.clocks,
            more: rest.more.unwrap_or_default(),
            pending: rest.pending.unwrap_or_default(),
            ..Self::default()
        };
        for StoredRun { book, actor, first, count } in read.stored.unwrap_or_default() {
            let actor = actor.actor(lane.device)?;
            let last = first.saturating_add(count.saturating_sub(1));
            response.stored.push(Stored { book, actor, first, last });
        }
        for delivery in read.deliveries.unwrap_or_default() {
            match open_delivery(delivery, lane, &mut room)? {
                Some(delivery) => response.deliveries.push(delivery),
                None => response.spoilt = true,
            }
        }
        let packed = rest.reference.unwrap_or_default().into_iter();
        response.reference = packed.map(PackedReference::open).collect::<Result<_, _>>()?;
        Ok(response)
    }
}

fn pack_delivery(delivery: &Delivery, lane: &Lane<'_>, plain: bool) -> BookDelivery {
    let mut own: Vec<OwnRun> = Vec::new();
    let mut new: Vec<([u8; 8], &[u8])> = Vec::new();
    for (place, item) in (0_u64..).zip(&delivery.items) {
        match item {
            Item::New(hash, bytes) => new.push((*hash, bytes.as_slice())),
            Item::Own(actor, seq) => {
                let name = Name::of(*actor, lane.device);
                let follows = |run: &&mut OwnRun| {
                    let count = u64::from(run.count);
                    run.actor == name
                        && run.place.checked_add(count) == Some(place)
                        && run.first.checked_add(run.count) == Some(*seq)
                };
                match own.last_mut().filter(follows) {
                    Some(run) => run.count += 1,
                    None => own.push(OwnRun { place, actor: name, first: *seq, count: 1 }),
                }
            }
        }
    }
    // By clocks nobody knows how much of what lies before the items the phone holds.
    let held = if plain || delivery.order.is_some() { 0 } else { delivery.after };
    let block = (!new.is_empty()).then(|| pack_block(new, delivery.book, held, lane));
    BookDelivery {
        book: delivery.book,
        after: delivery.after,
        cursor: delivery.cursor,
        own: some(own),
        block,
        order: delivery.order.as_deref().map(flat),
    }
}

/// The most items that a delivery has; more could only be a claim.
const MOST_ITEMS: u64 = 100_000;

fn open_delivery(
    read: BookDelivery,
    lane: &Lane<'_>,
    room: &mut Room,
) -> Result<Option<Delivery>, WireError> {
    let mut new = match &read.block {
        None => Vec::new(),
        Some(block) => match room.open(read.book, block, lane)? {
            None => return Ok(None),
            Some(entries) => entries,
        },
    }
    .into_iter();
    let mut items = Vec::new();
    for run in read.own.unwrap_or_default() {
        let actor = run.actor.actor(lane.device)?;
        if run.place > MOST_ITEMS || u64::from(run.count) > MOST_ITEMS {
            return Err(malformed("more own entries than a book has"));
        }
        while (items.len() as u64) < run.place {
            let (hash, bytes) = new.next().ok_or_else(|| malformed("a place beyond the items"))?;
            items.push(Item::New(hash, bytes));
        }
        let seqs = (0..run.count).filter_map(|n| run.first.checked_add(n));
        items.extend(seqs.map(|seq| Item::Own(actor, seq)));
    }
    items.extend(new.map(|(hash, bytes)| Item::New(hash, bytes)));
    let order = read.order.as_deref().map(hashes).transpose()?;
    let BookDelivery { book, after, cursor, .. } = read;
    Ok(Some(Delivery { book, after, items, order, cursor }))
}
