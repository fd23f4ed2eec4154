//! How far a device has been told a book, and how a whole phone says what it stands on in eight
//! bytes.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::cbor;
use crate::base::{BookId, EntryHash};

/// Eight bytes over the hashes of every entry up to a position, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Chain(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub [u8; 8],
);

impl Chain {
    /// The chain of a book of which nothing has been delivered.
    #[must_use]
    pub fn start(book: BookId, generation: u32) -> Self {
        Self::over(format!("soban chain {book} {generation}").as_bytes())
    }

    /// The chain after one more entry.
    #[must_use]
    pub fn then(self, hash: [u8; 8]) -> Self {
        Self::over(&[self.0, hash].concat())
    }

    /// The chain over a book's entries from its first.
    #[must_use]
    pub fn of(book: BookId, generation: u32, hashes: &[[u8; 8]]) -> Self {
        hashes.iter().fold(Self::start(book, generation), |chain, hash| chain.then(*hash))
    }

    fn over(bytes: &[u8]) -> Self {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        Self(EntryHash(hash).short())
    }
}

/// How far a device has been told a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Cursor {
    /// The book's generation.
    #[n(0)]
    pub generation: u32,
    /// The server's epoch: another one means that it was restored.
    #[n(1)]
    pub epoch: u32,
    /// The last position delivered; 0 for none.
    #[n(2)]
    pub position: u64,
    /// The chain up to it.
    #[n(3)]
    pub chain: Chain,
}

impl Cursor {
    /// The cursor of a book of which nothing has been delivered.
    #[must_use]
    pub fn start(book: BookId, generation: u32, epoch: u32) -> Self {
        Self { generation, epoch, position: 0, chain: Chain::start(book, generation) }
    }
}

/// Eight bytes that name a standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct StandingDigest(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub [u8; 8],
);

/// What a phone stands on: how far each of its books has been delivered, and which reference data
/// it holds. Books of which nothing was ever delivered are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(array)]
pub struct Standing {
    /// How far each book has been delivered.
    #[n(0)]
    pub cursors: CursorTable,
    /// The hashes of its reference data, ascending.
    #[n(1)]
    #[cbor(with = "cbor::hashes")]
    pub reference: Vec<[u8; 8]>,
}

impl Standing {
    /// The eight bytes that name it; zeros for a phone that holds nothing.
    #[must_use]
    pub fn digest(&self) -> StandingDigest {
        self.digest_of(&self.to_bytes())
    }

    /// As [`Standing::digest`], for whoever has its bytes.
    #[must_use]
    pub fn digest_of(&self, bytes: &[u8]) -> StandingDigest {
        if *self == Self::default() {
            return StandingDigest::default();
        }
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        StandingDigest(EntryHash(hash).short())
    }

    /// Its bytes, the same for equal ones.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_bytes(self)
    }

    /// Reads such bytes; nothing if they are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

/// A whole phone's cursors.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CursorTable(pub BTreeMap<BookId, Cursor>);

impl<C> Encode<C> for CursorTable {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.map(self.0.len() as u64)?;
        for (book, cursor) in &self.0 {
            cbor::book::encode(book, e, ctx)?;
            e.encode_with(cursor, ctx)?;
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for CursorTable {
    fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut table = BTreeMap::new();
        for _ in 0..d.map()?.unwrap_or(0) {
            let book = cbor::book::decode(d, ctx)?;
            table.insert(book, d.decode_with(ctx)?);
        }
        Ok(Self(table))
    }
}
