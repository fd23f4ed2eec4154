//! How the ids of the floors below are spelt in messages, and how messages become bytes.

use minicbor::decode::Error;
use minicbor::{Decode, Decoder, Encode};

use super::{WIRE_VERSION, WireError};

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
    check_shape(bytes)?;
    let version = version_of(bytes).map_err(malformed)?;
    if version != WIRE_VERSION {
        return Err(WireError::Version(version));
    }
    minicbor::decode(bytes).map_err(malformed)
}

fn version_of(bytes: &[u8]) -> Result<u8, Error> {
    let mut d = Decoder::new(bytes);
    d.map()?;
    match d.u8()? {
        0 => d.u8(),
        _ => Err(Error::message("the version does not come first")),
    }
}

/// Refuses what nests too deep, what leaves bytes over, and arrays without a stated length, by
/// walking the bytes once without recursion.
fn check_shape(bytes: &[u8]) -> Result<(), WireError> {
    let malformed = |what: &str| WireError::Malformed(what.to_owned());
    let mut open: Vec<u64> = vec![1];
    let mut d = Decoder::new(bytes);
    while let Some(left) = open.last_mut() {
        if *left == 0 {
            open.pop();
            continue;
        }
        *left -= 1;
        if open.len() > MAX_DEPTH {
            return Err(malformed("it nests too deep"));
        }
        let items = step(&mut d).map_err(|error| malformed(&error.to_string()))?;
        if items > bytes.len() as u64 {
            return Err(malformed("it claims more items than it has bytes"));
        }
        if items > 0 {
            open.push(items);
        }
    }
    if d.position() == bytes.len() { Ok(()) } else { Err(malformed("bytes are left over")) }
}

/// Reads one item's head or whole scalar, and says how many items it holds.
fn step(d: &mut Decoder<'_>) -> Result<u64, Error> {
    use minicbor::data::Type;
    let open_ended = || Error::message("a part of no stated length");
    match d.datatype()? {
        Type::Array => d.array()?.ok_or_else(open_ended),
        Type::Map => d.map()?.map(|pairs| pairs.saturating_mul(2)).ok_or_else(open_ended),
        Type::Tag => d.tag().map(|_| 1),
        Type::ArrayIndef | Type::MapIndef | Type::BytesIndef | Type::StringIndef => {
            Err(open_ended())
        }
        _ => d.skip().map(|()| 0),
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
