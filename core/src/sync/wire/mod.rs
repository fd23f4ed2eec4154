//! How the messages of a sync are spelt: CBOR arrays of small numbers, whose tail is left out
//! where it says nothing, and a map for what is rare. Described in `docs/wire.md`.

mod request;
mod response;

use minicbor::{Decode, Encode};

use super::WireError;
use super::block::{Block, Effort, Hashed, Prefixes, deflate, inflate, prefix_position};
use super::message::ReferenceItem;
use crate::base::{ActorId, BookId, DeviceId, Instant};

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
    ) -> Result<Option<Vec<Hashed>>, WireError> {
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
    Block::pack(entries, found.map(|prefix| (position, prefix)), lane.effort)
}
