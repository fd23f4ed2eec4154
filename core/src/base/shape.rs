//! The outer shape of CBOR: whether bytes may be handed to a decoder that calls itself for every
//! level of nesting and trusts the lengths it reads.

use minicbor::Decoder;
use minicbor::data::Type;
use minicbor::decode::Error;
use thiserror::Error;

/// The bytes are not one well-formed item of a sensible shape.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct ShapeError(String);

impl From<Error> for ShapeError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

/// Whether these bytes are exactly one item that nests no deeper than this, every part of it of
/// stated length. Walks them once without calling itself.
///
/// # Errors
/// [`ShapeError`] saying what is wrong.
pub fn check_shape(bytes: &[u8], max_depth: usize) -> Result<(), ShapeError> {
    let mut open: Vec<u64> = vec![1];
    let mut d = Decoder::new(bytes);
    while let Some(left) = open.last_mut() {
        if *left == 0 {
            open.pop();
            continue;
        }
        *left -= 1;
        if open.len() > max_depth {
            return Err(ShapeError("it nests too deep".to_owned()));
        }
        let items = step(&mut d)?;
        if items > bytes.len() as u64 {
            return Err(ShapeError("it claims more items than it has bytes".to_owned()));
        }
        if items > 0 {
            open.push(items);
        }
    }
    if d.position() == bytes.len() {
        Ok(())
    } else {
        Err(ShapeError("bytes are left over".to_owned()))
    }
}

/// Reads one item's head or whole scalar, and says how many items it holds.
fn step(d: &mut Decoder<'_>) -> Result<u64, Error> {
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
