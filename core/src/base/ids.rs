//! Ids as newtypes: what they name, how they are spelt, and nothing about what they point to.
//!
//! ```
//! use soban_core::base::{ActorId, BookId, DeviceId, OrgUnitId, Period, RecordId, RecordKey};
//!
//! let actor = ActorId::new(DeviceId([0, 0, 0, 0, 7]), [1, 2, 3]);
//! let book = BookId::new(OrgUnitId(17), Period::Standing);
//! let id = RecordId { book, key: RecordKey { actor, seq: 4, index: 0 } };
//! assert_eq!(id.to_string(), "17-standing-0000000007010203-4-0");
//! assert_eq!(id.to_string().parse(), Ok(id));
//! ```

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::hex;

/// A sequence number: an actor's entries in one book count from 1 without a gap.
pub type Seq = u32;

/// The text is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not {expected}: “{text}”")]
pub struct IdError {
    expected: &'static str,
    text: String,
}

fn id_error(expected: &'static str, text: &str) -> IdError {
    IdError { expected, text: text.chars().take(80).collect() }
}

/// A node of the organisation tree. Numbers are given by the district and never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgUnitId(pub u32);

impl fmt::Display for OrgUnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for OrgUnitId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        text.parse().map(Self).map_err(|_| id_error("an org unit's number", text))
    }
}

/// What a book covers: one year, or what outlives a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Works, households, the roster.
    Standing,
    /// A calendar year of Asia/Ho_Chi_Minh, 1 to 9999.
    Year(u16),
}

impl Period {
    /// The number that stands for the period in bytes and in the databases: the year, or 0.
    #[must_use]
    pub fn number(self) -> u16 {
        match self {
            Self::Standing => 0,
            Self::Year(year) => year,
        }
    }

    /// The period of a number; every number has one.
    #[must_use]
    pub fn from_number(number: u16) -> Self {
        if number == 0 { Self::Standing } else { Self::Year(number) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standing => f.write_str("standing"),
            Self::Year(year) => year.fmt(f),
        }
    }
}

impl FromStr for Period {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text {
            "standing" => Ok(Self::Standing),
            _ => match text.parse() {
                Ok(year @ 1..=9999) => Ok(Self::Year(year)),
                _ => Err(id_error("a year or “standing”", text)),
            },
        }
    }
}

/// Everything one org unit wrote in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookId {
    /// Who writes it.
    pub org_unit: OrgUnitId,
    /// What it covers.
    pub period: Period,
}

impl BookId {
    /// The book of a unit and a period.
    #[must_use]
    pub fn new(org_unit: OrgUnitId, period: Period) -> Self {
        Self { org_unit, period }
    }

    /// One integer for databases: the unit's number times 65,536 plus the period's.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.org_unit.0) << 16 | i64::from(self.period.number())
    }

    /// The book of such an integer; nothing if it is out of range.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        let org_unit = u32::try_from(number >> 16).ok()?;
        let period = u16::try_from(number & 0xffff).ok()?;
        Some(Self::new(OrgUnitId(org_unit), Period::from_number(period)))
    }
}

impl fmt::Display for BookId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.org_unit, self.period)
    }
}

impl FromStr for BookId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (unit, period) = text.split_once('/').ok_or_else(|| id_error("a book", text))?;
        Ok(Self::new(unit.parse()?, period.parse()?))
    }
}

/// An installation with its own key. The district gives the five bytes at enrolment; its own begin
/// with 255, a phone's never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub [u8; 5]);

impl DeviceId {
    const OFFICE: u8 = 255;

    /// The name under which a district's console writes.
    #[must_use]
    pub fn of_office(bytes: [u8; 4]) -> Self {
        let [a, b, c, d] = bytes;
        Self([Self::OFFICE, a, b, c, d])
    }

    /// A phone's, of random bytes.
    #[must_use]
    pub fn of_phone(mut bytes: [u8; 5]) -> Self {
        bytes[0] &= 0x7f;
        Self(bytes)
    }

    /// Whether it is a district's own rather than a phone's.
    #[must_use]
    pub fn is_office(self) -> bool {
        self.0[0] == Self::OFFICE
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl FromStr for DeviceId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        hex::decode(text).map(Self).ok_or_else(|| id_error("a device", text))
    }
}

/// The name under which a device writes: its id and three bytes of incarnation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub [u8; 8]);

impl ActorId {
    /// The actor of a device's incarnation.
    #[must_use]
    pub fn new(device: DeviceId, incarnation: [u8; 3]) -> Self {
        let [a, b, c, d, e] = device.0;
        let [f, g, h] = incarnation;
        Self([a, b, c, d, e, f, g, h])
    }

    /// The device that may write under this name.
    #[must_use]
    pub fn device(self) -> DeviceId {
        let [a, b, c, d, e, ..] = self.0;
        DeviceId([a, b, c, d, e])
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl FromStr for ActorId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        hex::decode(text).map(Self).ok_or_else(|| id_error("an actor", text))
    }
}

/// One entry of a book: its actor's n-th.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryRef {
    /// Who wrote it.
    pub actor: ActorId,
    /// From 1, without a gap.
    pub seq: Seq,
}

impl fmt::Display for EntryRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.actor, self.seq)
    }
}

/// The SHA-256 that names an entry: its Automerge change's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryHash(pub [u8; 32]);

impl EntryHash {
    /// The eight bytes that travel.
    #[must_use]
    pub fn short(self) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        [a, b, c, d, e, f, g, h]
    }
}

impl fmt::Debug for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntryHash({})", hex::encode(&self.0))
    }
}

impl fmt::Display for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

/// A record inside its book: the write that created it, so nobody else can create it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The creating entry's actor.
    pub actor: ActorId,
    /// The creating entry's sequence.
    pub seq: Seq,
    /// The creating write's place in that entry, from 0.
    pub index: u16,
}

impl RecordKey {
    /// The entry that created the record.
    #[must_use]
    pub fn entry(self) -> EntryRef {
        EntryRef { actor: self.actor, seq: self.seq }
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.actor, self.seq, self.index)
    }
}

impl FromStr for RecordKey {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = || id_error("a record", text);
        let mut parts = text.split('-');
        let mut part = || parts.next().ok_or_else(error);
        let key = Self {
            actor: part()?.parse()?,
            seq: part()?.parse().map_err(|_| error())?,
            index: part()?.parse().map_err(|_| error())?,
        };
        // "+1" and "01" parse as numbers too, and would give one record two spellings.
        (key.to_string() == text).then_some(key).ok_or_else(error)
    }
}

/// A record anywhere: its book and its key there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// Where it lives, for good.
    pub book: BookId,
    /// Which of that book's records.
    pub key: RecordKey,
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.book.org_unit, self.book.period, self.key)
    }
}

impl FromStr for RecordId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().ok_or_else(|| id_error("a record", text));
        let book = BookId::new(part()?.parse()?, part()?.parse()?);
        Ok(Self { book, key: part()?.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_and_its_number_name_each_other() {
        for period in [Period::Standing, Period::Year(2012), Period::Year(9999)] {
            let book = BookId::new(OrgUnitId(u32::MAX), period);
            assert_eq!(BookId::from_number(book.number()), Some(book));
        }
        assert_eq!(BookId::from_number(-1), None);
    }

    #[test]
    fn an_id_has_one_spelling() {
        assert!("0000000007010203-4-0".parse::<RecordKey>().is_ok());
        for other in ["0000000007010203-04-0", "0000000007010203-+4-0", "07-4-0", "", "x"] {
            assert!(other.parse::<RecordKey>().is_err(), "{other}");
        }
    }
}
