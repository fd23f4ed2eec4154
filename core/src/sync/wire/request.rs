//! How a request is spelt.

use minicbor::{Decode, Encode};

use super::{Lane, Room, flat, hashes, of_seconds, pack_block, seconds, set, some};
use crate::base::BookId;
use crate::sync::block::{Block, MAX_BLOCK_BYTES};
use crate::sync::message::{
    BookClock, DEFAULT_BUDGET, DeviceStatus, Given, Mac, SentEntry, SyncRequest, Versions,
};
use crate::sync::{Standing, StandingDigest, WIRE_VERSION, WireError, cbor};

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
