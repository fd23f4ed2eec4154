//! The two messages of a sync.
//!
//! Every message is a CBOR map with small numbers as keys, the version first. A part that is
//! absent or empty is left out; a part that is not known is skipped, so that newer and older
//! programs understand each other.

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::{Cursor, CursorTable, Problem, TableDigest, WIRE_VERSION, WireError, cbor};
use crate::base::{ActorId, BookId, EntryHash, Instant, Seq};
use crate::book::Clock;

/// What a phone says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct DeviceStatus {
    /// The program's version.
    #[n(0)]
    pub app_version: String,
    /// The pack's version; 0 for none.
    #[n(1)]
    pub pack_version: u32,
    /// The device's clock, for the district to see how wrong it is.
    #[n(2)]
    #[cbor(with = "cbor::instant")]
    pub clock: Instant,
    /// Entries that the district has not confirmed, those of this request included.
    #[n(3)]
    pub unsent: u32,
    /// The device time of the oldest of them.
    #[n(4)]
    pub oldest_unsent: Option<i64>,
    /// Free space in bytes, where the platform says.
    #[n(5)]
    pub free_bytes: Option<u64>,
}

/// An entry on its way up.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SentEntry {
    /// Its book.
    #[n(0)]
    #[cbor(with = "cbor::book")]
    pub book: BookId,
    /// The generation of the book that it was written in.
    #[n(1)]
    pub generation: u32,
    /// The first bytes of its hash.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub hash: [u8; 8],
    /// Its canonical bytes.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub entry: Vec<u8>,
}

/// All that one side holds of a book: the way back when cursors do not agree.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct BookClock {
    /// The book.
    #[n(0)]
    #[cbor(with = "cbor::book")]
    pub book: BookId,
    /// Its generation.
    #[n(1)]
    pub generation: u32,
    /// What is held of it.
    #[n(2)]
    #[cbor(with = "cbor::clock")]
    pub clock: Clock,
}

/// What a phone sends.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SyncRequest {
    /// [`WIRE_VERSION`].
    #[n(0)]
    pub version: u8,
    /// The server's epoch as the phone last knew it; 0 for never.
    #[n(1)]
    pub epoch: u32,
    /// What the phone says of itself.
    #[n(2)]
    pub status: DeviceStatus,
    /// Names the phone's cursor table.
    #[n(3)]
    pub digest: TableDigest,
    /// The cursor table itself, when the server asked for it.
    #[n(4)]
    pub cursors: Option<CursorTable>,
    /// What the phone holds of every book, when the server asked for it.
    #[n(5)]
    pub clocks: Option<Vec<BookClock>>,
    /// Entries that the district has not confirmed, oldest first, within the byte budget.
    #[n(6)]
    #[cbor(default)]
    pub entries: Vec<SentEntry>,
    /// Names the reference data that the phone holds.
    #[n(7)]
    #[cbor(with = "minicbor::bytes")]
    pub reference: [u8; 8],
    /// How many bytes of entries the phone wants back at the most.
    #[n(8)]
    pub budget: u32,
}

impl Default for SyncRequest {
    fn default() -> Self {
        Self {
            version: WIRE_VERSION,
            epoch: 0,
            status: DeviceStatus::default(),
            digest: TableDigest::default(),
            cursors: None,
            clocks: None,
            entries: Vec::new(),
            reference: [0; 8],
            budget: 64 * 1024,
        }
    }
}

/// Entries of an actor that are on the server's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Stored {
    /// Their book.
    #[n(0)]
    #[cbor(with = "cbor::book")]
    pub book: BookId,
    /// Their actor.
    #[n(1)]
    #[cbor(with = "cbor::actor")]
    pub actor: ActorId,
    /// The first of them.
    #[n(2)]
    pub first: Seq,
    /// The last of them.
    #[n(3)]
    pub last: Seq,
}

/// One entry on its way down.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Item {
    /// One that the receiver wrote itself, or holds already: its actor and sequence.
    #[n(0)]
    Own(
        #[n(0)]
        #[cbor(with = "cbor::actor")]
        ActorId,
        #[n(1)] Seq,
    ),
    /// One that it lacks: the first bytes of its hash, and its canonical bytes.
    #[n(1)]
    New(
        #[n(0)]
        #[cbor(with = "minicbor::bytes")]
        [u8; 8],
        #[n(1)]
        #[cbor(with = "minicbor::bytes")]
        Vec<u8>,
    ),
}

/// What is new in a book, in the order of its positions.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Delivery {
    /// The book.
    #[n(0)]
    #[cbor(with = "cbor::book")]
    pub book: BookId,
    /// The position before the first item.
    #[n(1)]
    pub after: u64,
    /// Its entries. Where cursors did not agree, only those that the clocks lack.
    #[n(2)]
    pub items: Vec<Item>,
    /// The cursor once they are taken in.
    #[n(3)]
    pub cursor: Cursor,
}

/// What the server needs to answer in full, in a second request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Need {
    /// The cursor table: its digest is not one that the server replied with.
    #[n(0)]
    Cursors,
    /// The clocks: a side was restored.
    #[n(1)]
    Clocks,
}

/// A named piece of reference data.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ReferenceItem {
    /// What it is: `pack`, `org`.
    #[n(0)]
    pub name: String,
    /// Its content.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// Names a set of reference data by its content.
#[must_use]
pub fn reference_digest<'a>(items: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> [u8; 8] {
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort_unstable();
    let mut hasher = Sha256::new();
    for (name, bytes) in items {
        let content: [u8; 32] = Sha256::digest(bytes).into();
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(content);
    }
    EntryHash(hasher.finalize().into()).short()
}

/// What the server replies.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SyncResponse {
    /// [`WIRE_VERSION`].
    #[n(0)]
    pub version: u8,
    /// The server's epoch.
    #[n(1)]
    pub epoch: u32,
    /// The server's clock.
    #[n(2)]
    #[cbor(with = "cbor::instant")]
    pub now: Instant,
    /// What the server must know before it can answer in full.
    #[n(3)]
    pub need: Option<Need>,
    /// The device is revoked: it may deliver what it holds, and receives nothing.
    #[n(4)]
    #[cbor(default)]
    pub revoked: bool,
    /// What of the request is on disk.
    #[n(5)]
    #[cbor(default)]
    pub stored: Vec<Stored>,
    /// What of the request did not enter a book, and what was found out later.
    #[n(6)]
    #[cbor(default)]
    pub problems: Vec<Problem>,
    /// Entries, book by book.
    #[n(7)]
    #[cbor(default)]
    pub deliveries: Vec<Delivery>,
    /// What the server holds of the books it was asked about by clocks.
    #[n(8)]
    pub clocks: Option<Vec<BookClock>>,
    /// Reference data, when the phone's is not the newest: all of it.
    #[n(9)]
    pub reference: Option<Vec<ReferenceItem>>,
    /// Names the phone's cursor table once it has taken this in.
    #[n(10)]
    pub digest: TableDigest,
    /// There is more than fitted in.
    #[n(11)]
    #[cbor(default)]
    pub more: bool,
}

impl SyncResponse {
    /// A reply that brings nothing.
    #[must_use]
    pub fn new(epoch: u32, now: Instant) -> Self {
        Self {
            version: WIRE_VERSION,
            epoch,
            now,
            need: None,
            revoked: false,
            stored: Vec::new(),
            problems: Vec::new(),
            deliveries: Vec::new(),
            clocks: None,
            reference: None,
            digest: TableDigest::default(),
            more: false,
        }
    }
}

macro_rules! message_bytes {
    ($($message:ty),*) => {$(
        impl $message {
            /// The bytes that travel.
            #[must_use]
            pub fn to_bytes(&self) -> Vec<u8> {
                cbor::to_bytes(self)
            }

            /// Reads such bytes.
            ///
            /// # Errors
            /// [`WireError`] naming what is wrong with them.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, WireError> {
                cbor::from_bytes(bytes)
            }
        }
    )*};
}

message_bytes!(SyncRequest, SyncResponse, super::EnrolRequest, super::EnrolResponse);
