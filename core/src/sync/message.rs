//! The two messages of a sync, as values. How they are spelt is [`super::wire`]'s business.

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::{Cursor, Problem, Standing, StandingDigest, cbor};
use crate::base::{ActorId, BookId, EntryHash, Instant, Seq};
use crate::book::Clock;

/// The bytes of entries that a phone wants back at the most, unless it says otherwise.
pub const DEFAULT_BUDGET: u32 = 32 * 1024;

/// What a phone says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceStatus {
    /// The device's clock, for the district to see how wrong it is.
    pub clock: Instant,
    /// Free space, where the platform says: the power of two of MiB that it is at least.
    pub free: Option<u8>,
    /// Entries that the district has not confirmed, beside those of this request.
    pub left: u32,
    /// The device time of the oldest of them.
    pub oldest_left: Option<Instant>,
    /// Which versions it runs, unless the district has been told.
    pub versions: Option<Versions>,
}

/// Which versions a phone runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(array)]
pub struct Versions {
    /// The program's.
    #[n(0)]
    pub app: String,
    /// The pack's; 0 for none.
    #[n(1)]
    pub pack: u32,
}

/// An entry on its way up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentEntry {
    /// Its book.
    pub book: BookId,
    /// The generation of the book that it was written in.
    pub generation: u32,
    /// The first bytes of its hash.
    pub hash: [u8; 8],
    /// Its canonical bytes.
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

/// The server's word for a device's standing: who shows it again proves that the server said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Mac(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub [u8; 8],
);

/// What a phone gives back of a book that the server has forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The book.
    pub book: BookId,
    /// Its generation.
    pub generation: u32,
    /// The hashes of every position up to the phone's cursor, in order: they make its chain, for
    /// which the server's word stands.
    pub order: Vec<[u8; 8]>,
    /// The entries that the server says it lacks: first bytes of the hash, and canonical bytes.
    pub entries: Vec<([u8; 8], Vec<u8>)>,
}

/// What a phone sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRequest {
    /// Names what the phone stands on.
    pub digest: StandingDigest,
    /// What the phone says of itself.
    pub status: DeviceStatus,
    /// Entries that the district has not confirmed, oldest first, within the byte budget.
    pub entries: Vec<SentEntry>,
    /// What the phone stands on, when the server asked for it, and the server's word for it.
    pub standing: Option<(Standing, Mac)>,
    /// What the phone holds of every book, when the server asked for it.
    pub clocks: Option<Vec<BookClock>>,
    /// The clocks are to be believed before any cursor: the phone has lost something.
    pub by_clocks: bool,
    /// What the server has forgotten.
    pub given: Vec<Given>,
    /// Blocks that stand on a prefix do not open here: none are to be sent.
    pub plain: bool,
    /// How many bytes of entries the phone wants back at the most.
    pub budget: u32,
    /// Whether entries came that do not open here; found out in reading, never sent.
    pub spoilt: bool,
}

impl Default for SyncRequest {
    fn default() -> Self {
        Self {
            digest: StandingDigest::default(),
            status: DeviceStatus::default(),
            entries: Vec::new(),
            standing: None,
            clocks: None,
            by_clocks: false,
            given: Vec::new(),
            plain: false,
            budget: DEFAULT_BUDGET,
            spoilt: false,
        }
    }
}

/// Entries of an actor that are on the server's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Their book.
    pub book: BookId,
    /// Their actor.
    pub actor: ActorId,
    /// The first of them.
    pub first: Seq,
    /// The last of them.
    pub last: Seq,
}

/// One entry on its way down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// One that the receiver wrote itself, or holds already.
    Own(ActorId, Seq),
    /// One that it lacks: the first bytes of its hash, and its canonical bytes.
    New([u8; 8], Vec<u8>),
}

/// What is new in a book, in the order of its positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The book.
    pub book: BookId,
    /// The position before the first item.
    pub after: u64,
    /// Its entries. Where cursors did not agree, only those that the clocks lack.
    pub items: Vec<Item>,
    /// Where cursors did not agree, the hashes of every position after `after`, up to the
    /// cursor's.
    pub order: Option<Vec<[u8; 8]>>,
    /// The cursor once they are taken in.
    pub cursor: Cursor,
}

/// What the server needs to answer in full, in a second request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Need {
    /// What the phone stands on: its digest is not one that the server replied with.
    pub standing: bool,
    /// The clocks: a side was restored.
    pub clocks: bool,
    /// Entries over no prefix: those of this request do not open here.
    pub plain: bool,
}

impl Need {
    /// Whether anything is needed.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.standing || self.clocks || self.plain
    }
}

/// A named piece of reference data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceItem {
    /// What it is: `pack`, `org`, `people`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl ReferenceItem {
    /// Names it by its name and content.
    #[must_use]
    pub fn hash(&self) -> [u8; 8] {
        reference_hash(&self.name, &self.bytes)
    }
}

/// Names a piece of reference data by its name and content.
#[must_use]
pub fn reference_hash(name: &str, bytes: &[u8]) -> [u8; 8] {
    let mut hasher = Sha256::new();
    hasher.update(name.as_bytes());
    hasher.update([0]);
    hasher.update(bytes);
    EntryHash(hasher.finalize().into()).short()
}

/// What the server replies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyncResponse {
    /// The server's clock.
    pub now: Instant,
    /// The server's word for what the phone stands on once it has taken this in.
    pub mac: Mac,
    /// What of the request is on disk.
    pub stored: Vec<Stored>,
    /// Entries, book by book.
    pub deliveries: Vec<Delivery>,
    /// What the server must know before it can answer in full.
    pub need: Need,
    /// The device is revoked: it may deliver what it holds, and receives nothing.
    pub revoked: bool,
    /// The device came back to a server that had forgotten it: what it delivers waits for staff.
    pub pending: bool,
    /// What of the request did not enter a book, and what was found out later.
    pub problems: Vec<Problem>,
    /// What the server holds of the device's books, where one side may have been restored.
    pub clocks: Option<Vec<BookClock>>,
    /// Reference data that the phone does not have, or has as it was.
    pub reference: Vec<ReferenceItem>,
    /// There is more than fitted in.
    pub more: bool,
    /// Whether entries came that do not open here; found out in reading, never sent.
    pub spoilt: bool,
}

impl SyncResponse {
    /// A reply that brings nothing.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { now, ..Self::default() }
    }
}
