//! How the ids of the floors below are spelt in messages, and how messages become bytes.

use minicbor::data::Type;
use minicbor::decode::Error;
use minicbor::{Decode, Decoder, Encode};

use super::{WIRE_VERSION, WireError};
use crate::base::check_shape;

/// How deep messages may nest: a response's items are its deepest part.
const MAX_DEPTH: usize = 12;

/// A message's bytes.
pub(super) fn to_bytes<T: Encode<()>>(message: &T) -> Vec<u8> {
    // Writing into a vector cannot fail.
    minicbor::to_vec(message).unwrap_or_default()
}

/// Reads one message and nothing after it. Its version is its first part, so that a newer one is
/// named before anything else in it can be misread.
pub(super) fn from_bytes<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, WireError> {
    let malformed = |error: Error| WireError::Malformed(error.to_string());
    check_shape(bytes, MAX_DEPTH).map_err(|error| WireError::Malformed(error.to_string()))?;
    let version = version_of(bytes).map_err(malformed)?;
    if version != WIRE_VERSION {
        return Err(WireError::Version(version));
    }
    minicbor::decode(bytes).map_err(malformed)
}

fn version_of(bytes: &[u8]) -> Result<u8, Error> {
    let mut d = Decoder::new(bytes);
    if d.datatype()? == Type::Array {
        d.array()?;
        return d.u8();
    }
    d.map()?;
    match d.u8()? {
        0 => d.u8(),
        _ => Err(Error::message("the version does not come first")),
    }
}

macro_rules! bytes_codec {
    ($name:ident, $type:path, $length:literal) => {
        /// As a byte string of its length.
        pub(super) mod $name {
            use minicbor::decode::Error;
            use minicbor::encode::Write;
            use minicbor::{Decoder, Encoder};

            pub(in crate::sync) fn encode<C, W: Write>(
                id: &$type,
                e: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&id.0)?.ok()
            }

            pub(in crate::sync) fn decode<C>(
                d: &mut Decoder<'_>,
                _: &mut C,
            ) -> Result<$type, Error> {
                let bytes: Result<[u8; $length], _> = d.bytes()?.try_into();
                bytes.map($type).map_err(|_| Error::message("bytes of another length"))
            }
        }
    };
}

bytes_codec!(actor, crate::base::ActorId, 8);
bytes_codec!(device, crate::base::DeviceId, 5);

/// A book by its integer.
pub(super) mod book {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::base::BookId;

    pub(in crate::sync) fn encode<C, W: Write>(
        book: &BookId,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.i64(book.number())?.ok()
    }

    pub(in crate::sync) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<BookId, Error> {
        BookId::from_number(d.i64()?).ok_or_else(|| Error::message("no such book"))
    }
}

/// An instant in milliseconds.
pub(super) mod instant {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::base::Instant;

    pub(in crate::sync) fn encode<C, W: Write>(
        instant: &Instant,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.i64(instant.0)?.ok()
    }

    pub(in crate::sync) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Instant, Error> {
        d.i64().map(Instant)
    }
}

/// Org units by their numbers.
pub(super) mod org_units {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::base::OrgUnitId;

    pub(in crate::sync) fn encode<C, W: Write>(
        units: &[OrgUnitId],
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(units.len() as u64)?;
        for unit in units {
            e.u32(unit.0)?;
        }
        Ok(())
    }

    pub(in crate::sync) fn decode<C>(
        d: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Vec<OrgUnitId>, Error> {
        let units: Result<Vec<u32>, Error> = d.array_iter()?.collect();
        Ok(units?.into_iter().map(OrgUnitId).collect())
    }
}

/// A clock as a map from actors to sequences.
pub(super) mod clock {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::base::ActorId;
    use crate::book::Clock;

    pub(in crate::sync) fn encode<C, W: Write>(
        clock: &Clock,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.map(clock.0.len() as u64)?;
        for (actor, seq) in &clock.0 {
            e.bytes(&actor.0)?.u32(*seq)?;
        }
        Ok(())
    }

    pub(in crate::sync) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Clock, Error> {
        let mut clock = Clock::default();
        for _ in 0..d.map()?.unwrap_or(0) {
            let actor = d.bytes()?.try_into().map_err(|_| Error::message("no actor"))?;
            clock.0.insert(ActorId(actor), d.u32()?);
        }
        Ok(clock)
    }
}

/// Hashes, one after another as one byte string.
pub(super) mod hashes {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    pub(in crate::sync) fn encode<C, W: Write>(
        hashes: &[[u8; 8]],
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&hashes.concat())?.ok()
    }

    pub(in crate::sync) fn decode<C>(
        d: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Vec<[u8; 8]>, Error> {
        let (hashes, rest) = d.bytes()?.as_chunks::<8>();
        if rest.is_empty() { Ok(hashes.to_vec()) } else { Err(Error::message("half a hash")) }
    }
}
