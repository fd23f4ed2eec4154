//! A typed value: what a field holds. It carries its type, so it can be read without its form.

use minicbor::data::Type;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::base::{
    ActorId, BookId, Date, Month, OrgUnitId, Period, RecordId, RecordKey, TimeOfDay,
};

/// A place on the map, in ten-millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Degrees north of the equator × 10⁷.
    pub latitude_e7: i32,
    /// Degrees east of Greenwich × 10⁷.
    pub longitude_e7: i32,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing: the field was emptied.
    Null,
    /// Text, NFC.
    Text(String),
    /// An integer; decimals, money and quantities in the unit that the form states.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A calendar date.
    Date(Date),
    /// A calendar month.
    Month(Month),
    /// A time of day.
    Time(TimeOfDay),
    /// One option's code.
    Choice(u16),
    /// Several options' codes, ascending, each once.
    Choices(Vec<u16>),
    /// An org unit.
    OrgUnit(OrgUnitId),
    /// Another record, which this device may not hold.
    Record(RecordId),
    /// A place.
    Position(Position),
    /// A photo, by the SHA-256 of its bytes.
    Photo([u8; 32]),
    /// A value of a kind that this version does not know; kept and passed on as it came.
    Opaque(Vec<u8>),
}

mod kind {
    pub(super) const DATE: u8 = 1;
    pub(super) const MONTH: u8 = 2;
    pub(super) const TIME: u8 = 3;
    pub(super) const CHOICE: u8 = 4;
    pub(super) const CHOICES: u8 = 5;
    pub(super) const ORG_UNIT: u8 = 6;
    pub(super) const RECORD: u8 = 7;
    pub(super) const POSITION: u8 = 8;
    pub(super) const PHOTO: u8 = 9;
}

impl Value {
    /// Whether the field is empty.
    #[must_use]
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// The bytes of a value that is neither null, text, integer nor yes-no: its kind, then its
    /// parts in big-endian order. Those four have forms of their own in CBOR and in Automerge.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let bytes = match self {
            Self::Null | Self::Text(_) | Self::Int(_) | Self::Bool(_) => return None,
            Self::Date(date) => tagged(kind::DATE, &date.days().to_be_bytes()),
            Self::Month(month) => tagged(kind::MONTH, &month.number().to_be_bytes()),
            Self::Time(time) => tagged(kind::TIME, &time.minutes().to_be_bytes()),
            Self::Choice(code) => tagged(kind::CHOICE, &code.to_be_bytes()),
            Self::Choices(codes) => {
                let codes: Vec<u8> = codes.iter().flat_map(|code| code.to_be_bytes()).collect();
                tagged(kind::CHOICES, &codes)
            }
            Self::OrgUnit(unit) => tagged(kind::ORG_UNIT, &unit.0.to_be_bytes()),
            Self::Record(id) => tagged(kind::RECORD, &record_bytes(*id)),
            Self::Position(position) => {
                let (north, east) = (position.latitude_e7, position.longitude_e7);
                tagged(kind::POSITION, &[north.to_be_bytes(), east.to_be_bytes()].concat())
            }
            Self::Photo(hash) => tagged(kind::PHOTO, hash),
            Self::Opaque(bytes) => bytes.clone(),
        };
        Some(bytes)
    }

    /// The value of such bytes. Every byte string is a value: what is no well-formed value of a
    /// known kind is [`Value::Opaque`], so nothing is lost on the way through.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        known(bytes).unwrap_or_else(|| Self::Opaque(bytes.to_vec()))
    }
}

impl<C> Encode<C> for Value {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Null => e.null()?.ok(),
            Self::Text(text) => e.str(text)?.ok(),
            Self::Int(number) => e.i64(*number)?.ok(),
            Self::Bool(truth) => e.bool(*truth)?.ok(),
            other => e.bytes(&other.to_bytes().unwrap_or_default())?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for Value {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(match d.datatype()? {
            Type::Null => {
                d.null()?;
                Self::Null
            }
            Type::Bool => Self::Bool(d.bool()?),
            Type::String => Self::Text(d.str()?.to_owned()),
            Type::Bytes => Self::from_bytes(d.bytes()?),
            _ => Self::Int(d.i64()?),
        })
    }
}

fn tagged(kind: u8, payload: &[u8]) -> Vec<u8> {
    [&[kind], payload].concat()
}

fn record_bytes(id: RecordId) -> Vec<u8> {
    [
        id.book.org_unit.0.to_be_bytes().as_slice(),
        &id.book.period.number().to_be_bytes(),
        &id.key.actor.0,
        &id.key.seq.to_be_bytes(),
        &id.key.index.to_be_bytes(),
    ]
    .concat()
}

fn known(bytes: &[u8]) -> Option<Value> {
    let (kind, payload) = bytes.split_first()?;
    match *kind {
        kind::DATE => Date::from_days(i32::from_be_bytes(exact(payload)?)).map(Value::Date),
        kind::MONTH => Month::from_number(i32::from_be_bytes(exact(payload)?)).map(Value::Month),
        kind::TIME => TimeOfDay::from_minutes(u16::from_be_bytes(exact(payload)?)).map(Value::Time),
        kind::CHOICE => Some(Value::Choice(u16::from_be_bytes(exact(payload)?))),
        kind::CHOICES => choices(payload).map(Value::Choices),
        kind::ORG_UNIT => Some(Value::OrgUnit(OrgUnitId(u32::from_be_bytes(exact(payload)?)))),
        kind::RECORD => record(payload).map(Value::Record),
        kind::POSITION => position(payload).map(Value::Position),
        kind::PHOTO => exact(payload).map(Value::Photo),
        _ => None,
    }
}

fn exact<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.try_into().ok()
}

/// Takes the first `N` bytes off the front.
fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*head)
}

fn choices(payload: &[u8]) -> Option<Vec<u16>> {
    let codes: Vec<u16> =
        payload.chunks(2).map(|pair| exact(pair).map(u16::from_be_bytes)).collect::<Option<_>>()?;
    codes.is_sorted_by(|a, b| a < b).then_some(codes)
}

fn record(mut payload: &[u8]) -> Option<RecordId> {
    let rest = &mut payload;
    let org_unit = OrgUnitId(u32::from_be_bytes(take(rest)?));
    let period = Period::from_number(u16::from_be_bytes(take(rest)?));
    let actor = ActorId(take(rest)?);
    let seq = u32::from_be_bytes(take(rest)?);
    let index = u16::from_be_bytes(take(rest)?);
    let id = RecordId { book: BookId::new(org_unit, period), key: RecordKey { actor, seq, index } };
    rest.is_empty().then_some(id)
}

fn position(mut payload: &[u8]) -> Option<Position> {
    let rest = &mut payload;
    let latitude_e7 = i32::from_be_bytes(take(rest)?);
    let longitude_e7 = i32::from_be_bytes(take(rest)?);
    rest.is_empty().then_some(Position { latitude_e7, longitude_e7 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_string_is_a_value_that_gives_the_same_bytes_back() {
        let id = "17-2012-0000000007010203-4-0".parse().unwrap();
        let values = [
            Value::Date("2012-04-12".parse().unwrap()),
            Value::Choices(vec![1, 5, 9]),
            Value::Record(id),
            Value::Position(Position { latitude_e7: 227_000_000, longitude_e7: -1 }),
            Value::Photo([7; 32]),
        ];
        for value in values {
            let bytes = value.to_bytes().unwrap();
            assert_eq!(Value::from_bytes(&bytes), value);
        }
        let odd: [&[u8]; 5] = [&[], &[200, 1], &[1, 0], &[5, 0, 2, 0, 1], &[3, 255, 255]];
        for bytes in odd {
            let value = Value::from_bytes(bytes);
            assert_eq!(value, Value::Opaque(bytes.to_vec()));
            assert_eq!(value.to_bytes().unwrap(), bytes);
        }
    }
}
