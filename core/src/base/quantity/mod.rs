//! Amounts: whole numbers of a unit's smallest step, as they are typed and as they are printed.
//!
//! Not a value of a record: those are `core::record`'s, and carry no unit. Nothing here computes
//! with fractions of a step, and nothing is rounded on the way in.
//!
//! ```
//! use soban_core::base::quantity::{Unit, format, parse_amount};
//!
//! let area = parse_amount("5.200 m2", Unit::SquareMetre).unwrap();
//! assert_eq!(area.value, 5_200);
//! assert_eq!(format(area.value, Unit::SquareMetre), "5.200\u{a0}m²");
//! ```

mod error;
mod number;
mod parse;
mod plain;
mod print;
mod term;
mod token;

pub use error::AmountError;
pub use parse::parse_amount;
pub use plain::{format_decimal, parse_decimal};
pub use print::{format, format_short_money, group, padded_count, percent};

/// What a stored integer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Money, in whole đồng.
    Dong,
    /// Area, in whole square metres.
    SquareMetre,
    /// Length, in whole metres.
    Metre,
    /// Days of labour, in tenths: half days occur.
    LabourDay,
    /// People.
    Person,
    /// Whole hundredths of something. Rates are printed from counts, see [`percent`].
    Percent,
    /// Households.
    Household,
    /// Things.
    Piece,
    /// Weight, in whole kilograms.
    Kilogram,
    /// A span of time, in whole minutes.
    Minute,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 10] = [
        Self::Dong,
        Self::SquareMetre,
        Self::Metre,
        Self::LabourDay,
        Self::Person,
        Self::Percent,
        Self::Household,
        Self::Piece,
        Self::Kilogram,
        Self::Minute,
    ];

    /// Its name in packs and on the wire, for ever.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dong => "dong",
            Self::SquareMetre => "m2",
            Self::Metre => "m",
            Self::LabourDay => "labour_day",
            Self::Person => "person",
            Self::Percent => "percent",
            Self::Household => "household",
            Self::Piece => "piece",
            Self::Kilogram => "kg",
            Self::Minute => "minute",
        }
    }

    /// The unit of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == name)
    }

    /// How it is written after a number: "m²", "ngày công".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Dong => "đồng",
            Self::SquareMetre => "m²",
            Self::Metre => "m",
            Self::LabourDay => "ngày công",
            Self::Person => "người",
            Self::Percent => "%",
            Self::Household => "hộ",
            Self::Piece => "cái",
            Self::Kilogram => "kg",
            Self::Minute => "phút",
        }
    }

    /// How it is read aloud after a number: "mét vuông", "ngày công".
    #[must_use]
    pub const fn spoken(self) -> &'static str {
        match self {
            Self::SquareMetre => "mét vuông",
            Self::Metre => "mét",
            Self::Percent => "phần trăm",
            Self::Kilogram => "ki-lô-gam",
            Self::Dong
            | Self::LabourDay
            | Self::Person
            | Self::Household
            | Self::Piece
            | Self::Minute => self.label(),
        }
    }

    /// How many decimals of the unit are kept: 1 for labour days, else 0.
    #[must_use]
    pub const fn scale(self) -> u8 {
        match self {
            Self::LabourDay => 1,
            Self::Dong
            | Self::SquareMetre
            | Self::Metre
            | Self::Person
            | Self::Percent
            | Self::Household
            | Self::Piece
            | Self::Kilogram
            | Self::Minute => 0,
        }
    }

    /// How many stored steps make one unit: 10 for labour days, else 1.
    #[must_use]
    pub fn steps(self) -> u64 {
        10_u64.pow(u32::from(self.scale()))
    }
}

/// What was typed, in the steps of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Steps of the unit: đồng, square metres, tenths of a labour day.
    pub value: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_units_are_for_ever() {
        let names = [
            "dong",
            "m2",
            "m",
            "labour_day",
            "person",
            "percent",
            "household",
            "piece",
            "kg",
            "minute",
        ];
        assert_eq!(Unit::ALL.map(Unit::as_str), names);
    }

    #[test]
    fn every_unit_is_found_by_its_name_alone() {
        for unit in Unit::ALL {
            assert_eq!(Unit::parse(unit.as_str()), Some(unit));
        }
        assert_eq!(Unit::parse("M2"), None);
        assert_eq!(Unit::parse(""), None);
    }

    #[test]
    fn only_labour_days_are_kept_in_tenths() {
        let tenths = Unit::ALL.into_iter().filter(|unit| unit.steps() != 1);
        assert_eq!(tenths.collect::<Vec<_>>(), [Unit::LabourDay]);
        assert_eq!(Unit::LabourDay.steps(), 10);
    }
}
