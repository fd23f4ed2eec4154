//! How far a device has been told a book, and how a whole phone says so in eight bytes.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::cbor;
use crate::base::{BookId, EntryHash};

/// Eight bytes over every entry up to a position, in order.
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
    pub fn then(self, hash: EntryHash) -> Self {
        Self::over(&[self.0.as_slice(), &hash.0].concat())
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

/// Eight bytes that name a cursor table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct TableDigest(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub [u8; 8],
);

/// A whole phone's cursors. Books of which nothing was ever delivered are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CursorTable(pub BTreeMap<BookId, Cursor>);

impl CursorTable {
    /// The eight bytes that name it; those of the empty table are zeros.
    #[must_use]
    pub fn digest(&self) -> TableDigest {
        if self.0.is_empty() {
            return TableDigest::default();
        }
        let hash: [u8; 32] = Sha256::digest(self.to_bytes()).into();
        TableDigest(EntryHash(hash).short())
    }

    /// Its bytes, the same for equal tables.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_bytes(self)
    }

    /// Reads such bytes; nothing if they are no table.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}

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
