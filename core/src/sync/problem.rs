//! What the server holds against an entry that a phone sent.

use minicbor::decode::Error;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder};

use super::cbor;
use crate::base::{ActorId, BookId, Seq};

/// What the server holds against an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Problem {
    /// Its book.
    #[n(0)]
    #[cbor(with = "cbor::book")]
    pub book: BookId,
    /// Its actor.
    #[n(1)]
    #[cbor(with = "cbor::actor")]
    pub actor: ActorId,
    /// Its sequence.
    #[n(2)]
    pub seq: Seq,
    /// What is wrong with it.
    #[n(3)]
    pub kind: ProblemKind,
}

/// Why an entry did not enter a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// Its bytes are no entry.
    Malformed,
    /// It is written under another device's name.
    WrongActor,
    /// The device may not write to this book.
    NoGrant,
    /// The book has another generation.
    OtherGeneration,
    /// Another entry stands under this actor and sequence; this one is to be reissued.
    SequenceTaken,
    /// It contradicts its own book; kept apart, and what stands on it is held.
    Quarantined,
    /// The device is revoked; sealed until staff release it.
    Sealed,
    /// Its bytes are no longer those that were written: only a phone says so, of what it holds.
    Damaged,
    /// The district has no more room for this device; the phone keeps it.
    Full,
    /// A kind that this version does not know.
    Other(u8),
}

impl ProblemKind {
    /// Its number on the wire and in the databases.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Malformed => 1,
            Self::WrongActor => 2,
            Self::NoGrant => 3,
            Self::OtherGeneration => 4,
            Self::SequenceTaken => 5,
            Self::Quarantined => 6,
            Self::Sealed => 7,
            Self::Damaged => 8,
            Self::Full => 9,
            Self::Other(code) => code,
        }
    }

    /// The kind of a number.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Malformed,
            2 => Self::WrongActor,
            3 => Self::NoGrant,
            4 => Self::OtherGeneration,
            5 => Self::SequenceTaken,
            6 => Self::Quarantined,
            7 => Self::Sealed,
            8 => Self::Damaged,
            9 => Self::Full,
            code => Self::Other(code),
        }
    }
}

impl<C> Encode<C> for ProblemKind {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(self.code())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for ProblemKind {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Error> {
        d.u8().map(Self::from_code)
    }
}
