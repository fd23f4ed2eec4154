//! The types of expressions, and what their numbers count.

use std::fmt;

use soban_core::base::quantity::Unit;
use soban_core::form::FieldKind;
use soban_core::record::FormNo;

/// The type of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Null,
    Number(Measure),
    Text,
    Bool,
    Date,
    Month,
    Time,
    Choice(String),
    OrgUnit,
    Record(FormNo),
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Whatever what it stands beside counts: a number written in the rule.
    Written,
    /// Things without a unit: an integer, a count of rows.
    Plain,
    /// Parts, so many decimals small.
    Decimal(u8),
    /// Steps of a unit.
    Unit(Unit),
}

impl Measure {
    /// What a sum or a comparison of two numbers counts; nothing if they do not go together.
    pub(super) fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (Self::Written, other) | (other, Self::Written) => Some(other),
            (Self::Plain, unit @ Self::Unit(_)) | (unit @ Self::Unit(_), Self::Plain) => {
                unit.counts().then_some(unit)
            }
            _ => None,
        }
    }

    /// What a product counts; nothing if neither number says “so many times”.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Written, other) | (other, Self::Written) => Some(other),
            (a, b) if a.counts() => Some(b),
            (a, b) if b.counts() => Some(a),
            _ => None,
        }
    }

    fn counts(self) -> bool {
        let things = [Unit::Person, Unit::Household, Unit::Piece].map(Self::Unit);
        self == Self::Plain || things.contains(&self)
    }
}

impl Type {
    /// The type of a field; nothing where rules cannot speak of such a field.
    pub(super) fn of(kind: &FieldKind) -> Option<Self> {
        Some(match kind {
            FieldKind::Text | FieldKind::LongText => Self::Text,
            FieldKind::Integer => Self::Number(Measure::Plain),
            FieldKind::Decimal(scale) => Self::Number(Measure::Decimal(*scale)),
            FieldKind::Money => Self::Number(Measure::Unit(Unit::Dong)),
            FieldKind::Quantity(unit) => Self::Number(Measure::Unit(*unit)),
            FieldKind::Date => Self::Date,
            FieldKind::Month => Self::Month,
            FieldKind::Time => Self::Time,
            FieldKind::YesNo => Self::Bool,
            FieldKind::Choice(list) => Self::Choice(list.clone()),
            FieldKind::OrgUnit(_) => Self::OrgUnit,
            FieldKind::Record(form) => Self::Record(*form),
            FieldKind::Choices(_) | FieldKind::Position | FieldKind::Photo => return None,
        })
    }

    /// Whether one of it comes before another.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Text | Self::Date | Self::Month | Self::Time)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Number(measure) => write!(f, "{measure}"),
            Self::Text => f.write_str("a text"),
            Self::Bool => f.write_str("yes or no"),
            Self::Date => f.write_str("a date"),
            Self::Month => f.write_str("a month"),
            Self::Time => f.write_str("a time"),
            Self::Choice(list) => write!(f, "a choice of {list}"),
            Self::OrgUnit => f.write_str("an org unit"),
            Self::Record(form) => write!(f, "a record of form {form}"),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written | Self::Plain => f.write_str("a number"),
            Self::Decimal(scale) => write!(f, "a number with {scale} decimals"),
            Self::Unit(unit) => write!(f, "a number of {}", unit.as_str()),
        }
    }
}
