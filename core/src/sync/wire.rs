//! How the messages of a sync are spelt: CBOR arrays of small numbers, whose tail is left out
//! where it says nothing, and a map for what is rare. Described in `docs/wire.md`.

use std::sync::Arc;

use minicbor::{Decode, Encode};

use super::block::{Block, Effort, MAX_BLOCK_BYTES, Prefixes, deflate, inflate, prefix_position};
use super::message::{
    BookClock, DEFAULT_BUDGET, Delivery, DeviceStatus, Given, Item, Mac, Need, ReferenceItem,
    SentEntry, Stored, SyncRequest, SyncResponse, Versions,
};
use super::{Cursor, Problem, Standing, StandingDigest, WIRE_VERSION, WireError, cbor};
use crate::base::{ActorId, BookId, DeviceId, Instant, Seq};

/// The most bytes that a piece of reference data has.
const MAX_REFERENCE_BYTES: usize = 4 * 1024 * 1024;

/// What both sides know beside a message: whose it is, and what of the books is held here.
#[derive(Clone, Copy)]
pub struct Lane<'a> {
    /// The phone.
    pub device: DeviceId,
    /// What blocks may stand on.
    pub prefixes: &'a dyn Prefixes,
    /// How hard to compress.
    pub effort: Effort,
}

impl std::fmt::Debug for Lane<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lane").field("device", &self.device).finish_non_exhaustive()
    }
}

/// An actor of the phone by its incarnation, another by its whole name.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
struct Name(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    Vec<u8>,
);

impl Name {
    fn of(actor: ActorId, device: DeviceId) -> Self {
        let own = actor.device() == device;
        Self(actor.0.get(if own { 5.. } else { 0.. }).unwrap_or_default().to_vec())
    }

    fn actor(&self, device: DeviceId) -> Result<ActorId, WireError> {
        if let Ok(incarnation) = <[u8; 3]>::try_from(self.0.as_slice()) {
            return Ok(ActorId::new(device, incarnation));
        }
        let whole = <[u8; 8]>::try_from(self.0.as_slice());
        whole.map(ActorId).map_err(|_| malformed("a name of another length"))
    }
}

fn malformed(what: &str) -> WireError {
    WireError::Malformed(what.to_owned())
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Request {
    #[n(0)]
    version: u8,
    #[n(1)]
    digest: StandingDigest,
    #[n(2)]
    clock: i64,
    #[n(3)]
    free: Option<u8>,
    #[n(4)]
    blocks: Option<Vec<BookBlock>>,
    #[n(5)]
    rest: Option<RequestRest>,
}

/// Entries of one book on their way up.
#[derive(Encode, Decode)]
#[cbor(array)]
struct BookBlock {
    #[n(0)]
    #[cbor(with = "cbor::book")]
    book: BookId,
    #[n(1)]
    generation: u32,
    #[n(2)]
    block: Block,
}

#[derive(Default, PartialEq, Encode, Decode)]
#[cbor(map)]
struct RequestRest {
    #[n(0)]
    left: Option<u32>,
    #[n(1)]
    oldest_left: Option<i64>,
    #[n(2)]
    versions: Option<Versions>,
    #[n(3)]
    standing: Option<Standing>,
    #[n(4)]
    mac: Option<Mac>,
    #[n(5)]
    clocks: Option<Vec<BookClock>>,
    #[n(6)]
    given: Option<Vec<GivenBook>>,
    #[n(7)]
    plain: Option<bool>,
    #[n(8)]
    budget: Option<u32>,
    #[n(9)]
    by_clocks: Option<bool>,
}

#[derive(PartialEq, Encode, Decode)]
#[cbor(array)]
struct GivenBook {
    #[n(0)]
    #[cbor(with = "cbor::book")]
    book: BookId,
    #[n(1)]
    generation: u32,
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    order: Vec<u8>,
    #[n(3)]
    block: Block,
}

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

/// A piece of reference data; a length of 0 says that it is not compressed.
#[derive(PartialEq, Encode, Decode)]
#[cbor(array)]
pub(super) struct PackedReference {
    #[n(0)]
    name: String,
    #[n(1)]
    length: u32,
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    payload: Vec<u8>,
}

impl PackedReference {
    pub(super) fn pack(item: &ReferenceItem) -> Self {
        let (name, raw) = (item.name.clone(), &item.bytes);
        match (deflate(raw), u32::try_from(raw.len())) {
            (Some(payload), Ok(length)) => Self { name, length, payload },
            _ => Self { name, length: 0, payload: raw.clone() },
        }
    }

    pub(super) fn open(self) -> Result<ReferenceItem, WireError> {
        let length = usize::try_from(self.length).unwrap_or(usize::MAX);
        let bytes = match length {
            0 => self.payload,
            1..=MAX_REFERENCE_BYTES => inflate(&self.payload, length)
                .ok_or_else(|| malformed("reference data that do not decompress"))?,
            _ => return Err(WireError::TooLarge(length)),
        };
        Ok(ReferenceItem { name: self.name, bytes })
    }
}

/// Nothing for an empty list: it is left out.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

fn set(flag: bool) -> Option<bool> {
    flag.then_some(true)
}

fn seconds(instant: Instant) -> i64 {
    instant.0.div_euclid(1_000)
}

fn of_seconds(seconds: i64) -> Instant {
    Instant(seconds.saturating_mul(1_000))
}

fn flat(hashes: &[[u8; 8]]) -> Vec<u8> {
    hashes.concat()
}

fn hashes(bytes: &[u8]) -> Result<Vec<[u8; 8]>, WireError> {
    let (hashes, rest) = bytes.as_chunks::<8>();
    if rest.is_empty() { Ok(hashes.to_vec()) } else { Err(malformed("half a hash")) }
}

/// How many bytes the blocks of a message may still become: many small bombs are one large one.
struct Room(usize);

impl Room {
    /// Nothing where a block does not open; the message's other parts still count.
    fn open(
        &mut self,
        book: BookId,
        block: &Block,
        lane: &Lane<'_>,
    ) -> Result<Option<Vec<([u8; 8], Vec<u8>)>>, WireError> {
        let claimed = usize::try_from(block.length).unwrap_or(usize::MAX).max(block.payload.len());
        self.0 = self.0.checked_sub(claimed).ok_or(WireError::TooLarge(claimed))?;
        Ok(block.open(book, lane.prefixes).ok())
    }
}

/// Entries of a block over what is held up to a position.
fn pack_block<'a>(
    entries: impl IntoIterator<Item = ([u8; 8], &'a [u8])>,
    book: BookId,
    held: u64,
    lane: &Lane<'_>,
) -> Block {
    let position = prefix_position(held);
    let found = (position > 0).then(|| lane.prefixes.find(book, position)).flatten();
    Block::pack(entries, found.map(|bytes: Arc<[u8]>| (position, bytes)), lane.effort)
}

impl SyncRequest {
    /// The bytes that travel. `held` says how far the district has told the phone a book.
    #[must_use]
    pub fn to_bytes(&self, lane: &Lane<'_>, held: impl Fn(BookId) -> u64) -> Vec<u8> {
        let runs = self.entries.chunk_by(|a, b| (a.book, a.generation) == (b.book, b.generation));
        let block = |run: &[SentEntry]| {
            let first = run.first()?;
            let (book, generation) = (first.book, first.generation);
            let entries = run.iter().map(|sent| (sent.hash, sent.entry.as_slice()));
            let held = if self.plain { 0 } else { held(book) };
            Some(BookBlock { book, generation, block: pack_block(entries, book, held, lane) })
        };
        let given = |given: &Given| GivenBook {
            book: given.book,
            generation: given.generation,
            order: flat(&given.order),
            block: pack_block(
                given.entries.iter().map(|(hash, entry)| (*hash, entry.as_slice())),
                given.book,
                0,
                lane,
            ),
        };
        let DeviceStatus { clock, free, left, oldest_left, versions } = self.status.clone();
        let (standing, mac) = self.standing.clone().unzip();
        let rest = RequestRest {
            left: (left > 0).then_some(left),
            oldest_left: oldest_left.map(seconds),
            versions,
            standing,
            mac,
            clocks: self.clocks.clone(),
            given: some(self.given.iter().map(given).collect()),
            plain: set(self.plain),
            budget: (self.budget != DEFAULT_BUDGET).then_some(self.budget),
            by_clocks: set(self.by_clocks),
        };
        cbor::to_bytes(&Request {
            version: WIRE_VERSION,
            digest: self.digest,
            clock: seconds(clock),
            free,
            blocks: some(runs.filter_map(block).collect()),
            rest: Some(rest).filter(|rest| *rest != RequestRest::default()),
        })
    }

    /// Reads such bytes. Entries that do not open here are left out, and said to be.
    ///
    /// # Errors
    /// [`WireError`] naming what is wrong with them.
    pub fn from_bytes(bytes: &[u8], lane: &Lane<'_>) -> Result<Self, WireError> {
        let read: Request = cbor::from_bytes(bytes)?;
        let rest = read.rest.unwrap_or_default();
        let mut room = Room(MAX_BLOCK_BYTES);
        let mut request = Self {
            digest: read.digest,
            status: DeviceStatus {
                clock: of_seconds(read.clock),
                free: read.free,
                left: rest.left.unwrap_or_default(),
                oldest_left: rest.oldest_left.map(of_seconds),
                versions: rest.versions,
            },
            standing: rest.standing.map(|standing| (standing, rest.mac.unwrap_or_default())),
            clocks: rest.clocks,
            plain: rest.plain.unwrap_or_default(),
            by_clocks: rest.by_clocks.unwrap_or_default(),
            budget: rest.budget.unwrap_or(DEFAULT_BUDGET),
            ..Self::default()
        };
        for BookBlock { book, generation, block } in read.blocks.unwrap_or_default() {
            let Some(entries) = room.open(book, &block, lane)? else {
                request.spoilt = true;
                continue;
            };
            let sent = |(hash, entry)| SentEntry { book, generation, hash, entry };
            request.entries.extend(entries.into_iter().map(sent));
        }
        for given in rest.given.unwrap_or_default() {
            let GivenBook { book, generation, order, block } = given;
            let Some(entries) = room.open(book, &block, lane)? else {
                request.spoilt = true;
                continue;
            };
            let order = hashes(&order)?;
            request.given.push(Given { book, generation, order, entries });
        }
        Ok(request)
    }
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
