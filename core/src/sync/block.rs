//! Entries of one book on their way, small: compressed over what both sides hold of the book
//! already, with a checksum, since a wrong prefix decodes to nonsense without an error.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};
use std::thread::LocalKey;

use minicbor::{Decode, Decoder, Encode};
use sha2::{Digest, Sha256};
use thiserror::Error;
use zstd_safe::{
    CCtx, CParameter, DCtx, DDict, DParameter, FrameFormat, ResetDirective, compress_bound,
};

use super::entropy::ENTROPY;
use crate::base::BookId;
use crate::book::MAX_ENTRY_BYTES;

/// The most bytes of a book's own entries that a block stands on.
pub const MAX_PREFIX_BYTES: usize = 32 * 1024;
/// The most bytes that the entries of one block have; and all blocks of one message together.
pub const MAX_BLOCK_BYTES: usize = 1024 * 1024;
/// Prefixes end at positions that this divides, so that many phones share one.
const PREFIX_STEP: u64 = 8;
/// Up to this many bytes a server does not search long: it answers thousands a second.
const HASTY: usize = 2 * 1024;
/// Up to this many bytes the best compression costs a phone a few milliseconds.
const SMALL: usize = 16 * 1024;

/// The last entries of a book up to a position, for blocks to stand on.
pub struct Prefix {
    /// With what zstd needs before them.
    dictionary: Vec<u8>,
    /// Made when it is first needed: a server opens many blocks over one prefix.
    opened: OnceLock<DDict<'static>>,
}

impl Prefix {
    /// Of a book's entries that come from the end of it, the last first: as many as fit into
    /// [`MAX_PREFIX_BYTES`].
    #[must_use]
    pub fn of<'a>(from_the_end: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut parts: Vec<&[u8]> = Vec::new();
        let mut length = 0;
        for part in from_the_end {
            length += part.len();
            if length > MAX_PREFIX_BYTES {
                break;
            }
            parts.push(part);
        }
        parts.push(ENTROPY.as_slice());
        parts.reverse();
        Self { dictionary: parts.concat(), opened: OnceLock::new() }
    }

    /// The entries' bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.dictionary.get(ENTROPY.len()..).unwrap_or_default()
    }

    fn opened(&self) -> &DDict<'static> {
        self.opened.get_or_init(|| DDict::create(&self.dictionary))
    }
}

impl std::fmt::Debug for Prefix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prefix").field("bytes", &self.bytes().len()).finish_non_exhaustive()
    }
}

/// What both sides hold of books, for blocks to stand on.
pub trait Prefixes {
    /// The end of a book up to a position. Nothing where its entries are not all here.
    fn find(&self, book: BookId, position: u64) -> Option<Arc<Prefix>>;
}

/// Nothing to stand on.
#[derive(Debug, Clone, Copy)]
pub struct NoPrefixes;

impl Prefixes for NoPrefixes {
    fn find(&self, _: BookId, _: u64) -> Option<Arc<Prefix>> {
        None
    }
}

/// The position that a prefix ends at, for a receiver that holds a book up to a position.
#[must_use]
pub fn prefix_position(held: u64) -> u64 {
    held - held % PREFIX_STEP
}

/// How hard to compress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// A phone's, on a link that is slower than any processor.
    #[default]
    Bytes,
    /// A server's, which answers many.
    Time,
}

impl Effort {
    fn level(self, length: usize) -> i32 {
        match self {
            Self::Bytes if length <= SMALL => 19,
            Self::Bytes => 15,
            Self::Time if length <= HASTY => 3,
            Self::Time => 9,
        }
    }
}

/// Entries of one book.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Block {
    /// The position that the prefix ends at; 0 for none.
    #[n(0)]
    pub prefix: u64,
    /// How many bytes the entries have; 0 if they are not compressed.
    #[n(1)]
    pub length: u32,
    /// The first bytes of the SHA-256 of the entries' bytes.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub checksum: [u8; 4],
    /// Per entry the first eight bytes of its hash.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub hashes: Vec<u8>,
    /// The entries, one after another, compressed as one zstd frame without its magic number.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    pub payload: Vec<u8>,
}

/// An entry's canonical bytes and the first eight of its hash.
pub type Hashed = ([u8; 8], Vec<u8>);

/// The block does not open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum BlockError {
    #[error("the entries that the block stands on are not here")]
    NoPrefix,
    #[error("the block does not decompress")]
    Compression,
    #[error("the block's bytes are not those that were sent")]
    Checksum,
    #[error("the block claims {0} bytes, more than {MAX_BLOCK_BYTES}")]
    TooLarge(usize),
    #[error("the block does not hold as many entries as hashes")]
    Count,
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(bytes).into();
    [a, b, c, d]
}

impl Block {
    /// Entries over a prefix that the receiver holds, or over none.
    #[must_use]
    pub fn pack<'a>(
        entries: impl IntoIterator<Item = ([u8; 8], &'a [u8])>,
        prefix: Option<(u64, Arc<Prefix>)>,
        effort: Effort,
    ) -> Self {
        let (mut hashes, mut raw) = (Vec::new(), Vec::new());
        for (hash, bytes) in entries {
            hashes.extend(hash);
            raw.extend_from_slice(bytes);
        }
        let checksum = checksum(&raw);
        let level = effort.level(raw.len());
        let packed = compress(&raw, prefix.as_ref().map(|(_, prefix)| prefix.as_ref()), level);
        match (packed, u32::try_from(raw.len())) {
            (Some(payload), Ok(length)) if payload.len() < raw.len() => {
                let prefix = prefix.map_or(0, |(position, _)| position);
                Self { prefix, length, checksum, hashes, payload }
            }
            _ => Self { prefix: 0, length: 0, checksum, hashes, payload: raw },
        }
    }

    /// The entries of a block, each with its hash.
    ///
    /// # Errors
    /// [`BlockError`]; the sender is asked to send them over no prefix.
    pub fn open(&self, book: BookId, prefixes: &dyn Prefixes) -> Result<Vec<Hashed>, BlockError> {
        let raw = self.raw(book, prefixes)?;
        if checksum(&raw) != self.checksum {
            return Err(BlockError::Checksum);
        }
        let (hashes, rest) = self.hashes.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(BlockError::Count);
        }
        let mut entries = Vec::with_capacity(hashes.len());
        let mut left = raw.as_slice();
        for hash in hashes {
            let length = item_length(left).ok_or(BlockError::Count)?;
            let (entry, rest) = left.split_at_checked(length).ok_or(BlockError::Count)?;
            entries.push((*hash, entry.to_vec()));
            left = rest;
        }
        if left.is_empty() { Ok(entries) } else { Err(BlockError::Count) }
    }

    fn raw(&self, book: BookId, prefixes: &dyn Prefixes) -> Result<Vec<u8>, BlockError> {
        let length = usize::try_from(self.length).unwrap_or(usize::MAX);
        if length.max(self.payload.len()) > MAX_BLOCK_BYTES {
            return Err(BlockError::TooLarge(length));
        }
        if self.length == 0 {
            return Ok(self.payload.clone());
        }
        let prefix = match self.prefix {
            0 => None,
            position => Some(prefixes.find(book, position).ok_or(BlockError::NoPrefix)?),
        };
        let raw = decompress(&self.payload, prefix.as_deref(), length);
        raw.filter(|raw| raw.len() == length).ok_or(BlockError::Compression)
    }
}

/// How long the CBOR item is that these bytes begin with. What is no item, or larger than an
/// entry may be, ends the block: the entry's own reader would name what is wrong, but not where
/// the next one begins.
fn item_length(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.get(..bytes.len().min(MAX_ENTRY_BYTES))?;
    let mut d = Decoder::new(bytes);
    d.skip().ok()?;
    Some(d.position())
}

thread_local! {
    /// Contexts are large and slow to make; a server answers thousands of requests a second.
    static COMPRESSION: RefCell<Option<CCtx<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSION: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// What a context makes; one that has failed is thrown away, one that has not is used again.
fn with_kept<C, T>(
    kept: &'static LocalKey<RefCell<Option<C>>>,
    make: impl FnOnce() -> Option<C>,
    job: impl FnOnce(&mut C) -> Option<T>,
) -> Option<T> {
    let mut context = kept.take().or_else(make)?;
    let done = job(&mut context)?;
    kept.set(Some(context));
    Some(done)
}

fn compress(raw: &[u8], prefix: Option<&Prefix>, level: i32) -> Option<Vec<u8>> {
    let parameters = [
        CParameter::CompressionLevel(level),
        CParameter::ContentSizeFlag(false),
        CParameter::ChecksumFlag(false),
        CParameter::DictIdFlag(false),
        CParameter::Format(FrameFormat::Magicless),
    ];
    with_kept(&COMPRESSION, CCtx::try_create, |context| {
        context.reset(ResetDirective::SessionAndParameters).ok()?;
        for parameter in parameters {
            context.set_parameter(parameter).ok()?;
        }
        match prefix {
            Some(prefix) => context.load_dictionary(&prefix.dictionary).ok()?,
            None => context.disable_dictionary().ok()?,
        };
        let mut packed = Vec::with_capacity(compress_bound(raw.len()));
        context.compress2(&mut packed, raw).ok()?;
        Some(packed)
    })
}

/// Never more than `length` bytes, whatever the frame claims to become.
fn decompress(packed: &[u8], prefix: Option<&Prefix>, length: usize) -> Option<Vec<u8>> {
    with_kept(&DECOMPRESSION, DCtx::try_create, |context| {
        context.reset(ResetDirective::SessionAndParameters).ok()?;
        context.set_parameter(DParameter::Format(FrameFormat::Magicless)).ok()?;
        let mut raw = Vec::with_capacity(length);
        match prefix {
            Some(prefix) => context.decompress_using_ddict(&mut raw, packed, prefix.opened()),
            None => context.decompress(&mut raw, packed),
        }
        .ok()?;
        Some(raw)
    })
}

/// Reference data and other plain bytes, compressed over nothing.
#[must_use]
pub(super) fn deflate(raw: &[u8]) -> Option<Vec<u8>> {
    compress(raw, None, Effort::Bytes.level(0)).filter(|packed| packed.len() < raw.len())
}

/// Such bytes again, if they become this many.
#[must_use]
pub(super) fn inflate(packed: &[u8], length: usize) -> Option<Vec<u8>> {
    decompress(packed, None, length).filter(|raw| raw.len() == length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{OrgUnitId, Period};

    struct One(Arc<Prefix>);

    impl Prefixes for One {
        fn find(&self, _: BookId, position: u64) -> Option<Arc<Prefix>> {
            (position == 8).then(|| Arc::clone(&self.0))
        }
    }

    fn book() -> BookId {
        BookId::new(OrgUnitId(17), Period::Standing)
    }

    fn prefix(from_the_end: &[&[u8]]) -> Arc<Prefix> {
        Arc::new(Prefix::of(from_the_end.iter().copied()))
    }

    fn text(words: &str) -> Vec<u8> {
        minicbor::to_vec(words).unwrap()
    }

    fn packed() -> (Block, One, Vec<Hashed>) {
        let shared = prefix(&[&text("bà Tráng Lền Dín hiến 400 m² đất làm nhà văn hóa")]);
        let entries: Vec<Hashed> =
            vec![([1; 8], text("bà Tráng Lền Dín hiến 600 m² đất")), ([2; 8], text("đất"))];
        let sent = entries.iter().map(|(hash, bytes)| (*hash, bytes.as_slice()));
        let block = Block::pack(sent, Some((8, Arc::clone(&shared))), Effort::Bytes);
        (block, One(shared), entries)
    }

    #[test]
    fn what_the_prefix_says_already_costs_nearly_nothing() {
        let (block, prefixes, entries) = packed();
        assert_eq!(block.open(book(), &prefixes), Ok(entries));
        assert!(block.payload.len() < 32, "{}", block.payload.len());
    }

    #[test]
    fn a_wrong_prefix_a_changed_byte_and_a_false_length_are_told_apart_from_entries() {
        let (block, prefixes, entries) = packed();
        let other = text("ông Lục Thượng Cường hiến 5.200 m² đất làm đường liên thôn");
        let other = One(prefix(&[&other]));
        assert!(block.open(book(), &other).is_err());
        assert_eq!(block.open(book(), &NoPrefixes), Err(BlockError::NoPrefix));
        for place in 0..block.payload.len() {
            let mut spoilt = block.clone();
            spoilt.payload[place] ^= 1;
            // A bit that nothing reads may change; what comes out is what went in, or nothing.
            assert!(
                spoilt.open(book(), &prefixes).is_ok_and(|read| read == entries)
                    || spoilt.open(book(), &prefixes).is_err()
            );
        }
        let short = Block { length: block.length - 1, ..block.clone() };
        assert_eq!(short.open(book(), &prefixes), Err(BlockError::Compression));
        let long = Block { length: u32::MAX, ..block.clone() };
        assert!(matches!(long.open(book(), &prefixes), Err(BlockError::TooLarge(_))));
        let fewer = Block { hashes: vec![1; 8], ..block.clone() };
        assert_eq!(fewer.open(book(), &prefixes), Err(BlockError::Count));
        let odd = Block { hashes: vec![1; 9], ..block };
        assert_eq!(odd.open(book(), &prefixes), Err(BlockError::Count));
    }

    #[test]
    fn a_bomb_becomes_no_larger_than_it_says() {
        let zeros = vec![0; MAX_BLOCK_BYTES * 8];
        let payload = compress(&zeros, None, 3).unwrap();
        assert!(payload.len() < 4_096);
        let length = u32::try_from(MAX_BLOCK_BYTES).unwrap();
        let bomb = Block { prefix: 0, length, checksum: [0; 4], hashes: vec![0; 8], payload };
        assert_eq!(bomb.open(book(), &NoPrefixes), Err(BlockError::Compression));
    }

    #[test]
    fn a_prefix_is_the_last_entries_that_fit_in_their_order() {
        let long = vec![b'a'; MAX_PREFIX_BYTES - 1];
        assert_eq!(prefix(&[b"c", b"b", b"a"]).bytes(), b"abc");
        assert_eq!(prefix(&[b"cc", &long, b"a"]).bytes(), b"cc");
        assert_eq!(prefix_position(7), 0);
        assert_eq!(prefix_position(17), 16);
    }
}
