//! A number with the words behind it: "1,5 triệu đồng", "3 sào", "2 ngày rưỡi".
//!
//! Knows one term; how several make an amount is [`super::parse`]'s. Words come lower-case and
//! without marks.
//!
//! ```
//! use soban_core::base::quantity::{Unit, parse_amount};
//!
//! assert_eq!(parse_amount("3 sào", Unit::SquareMetre).unwrap().value, 1_080);
//! assert_eq!(parse_amount("2 ngày rưỡi", Unit::LabourDay).unwrap().value, 25);
//! ```

use super::number::{Decimal, Number, read_number};
use super::{AmountError, Unit};

/// Fractions of a step are computed in so many decimals, and only then found not to fit.
pub(super) const FINE_PLACES: u32 = 9;
/// One step of a unit, in the parts that terms are computed in.
pub(super) const FINE: u128 = 10_u128.pow(FINE_PLACES);

const HALF_MORE: &str = "ruoi";
const ONE_HALF: &str = "nua";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// The number as it was typed.
    text: String,
    number: Number,
    /// How many steps of the unit one of the number is.
    factor: u128,
    /// "rưỡi": and half of one more.
    half_more: bool,
    /// No word stands behind the number.
    pub(super) is_bare: bool,
    unit: Unit,
}

impl Term {
    pub(super) fn read(text: &str, words: &[String], unit: Unit) -> Result<Self, AmountError> {
        let number = match text {
            ONE_HALF => Number::Exact(Decimal::HALF),
            _ => read_number(text)?,
        };
        let scaled: Vec<u128> = words.iter().map_while(|word| multiplier(word)).collect();
        let phrase: Vec<&str> = words.iter().skip(scaled.len()).map(String::as_str).collect();
        let half_more = phrase.contains(&HALF_MORE);
        let phrase: Vec<&str> = phrase.into_iter().filter(|word| *word != HALF_MORE).collect();
        let steps = steps_of(&phrase.join(" "), unit).ok_or(AmountError::WrongUnit { unit })?;
        let factor = scaled.into_iter().try_fold(steps, u128::checked_mul);
        Ok(Self {
            text: text.to_owned(),
            number,
            factor: factor.ok_or(AmountError::TooLarge)?,
            half_more,
            is_bare: words.is_empty(),
            unit,
        })
    }

    /// The value of one of its number, in fine parts of a step.
    pub(super) fn one(&self) -> Result<u128, AmountError> {
        self.factor.checked_mul(FINE).ok_or(AmountError::TooLarge)
    }

    /// Its value in fine parts of a step; two values if the number is ambiguous.
    pub(super) fn values(&self) -> Result<(u128, Option<u128>), AmountError> {
        match self.number {
            Number::Exact(number) => Ok((self.value(number)?, None)),
            Number::Ambiguous { grouped, decimal } => {
                Ok((self.value(grouped)?, Some(self.value(decimal)?)))
            }
        }
    }

    /// "1tr5": the value if the next number is this one's decimals.
    pub(super) fn value_with_decimals(&self, next: &Self) -> Result<u128, AmountError> {
        if self.half_more {
            return Err(AmountError::NotAmount);
        }
        self.value(Decimal::new(&self.text, &next.text)?)
    }

    fn value(&self, number: Decimal) -> Result<u128, AmountError> {
        if self.half_more && number.places > 0 {
            return Err(AmountError::NotAmount);
        }
        let too_fine = AmountError::TooFine { unit: self.unit };
        let places = u32::try_from(number.places).unwrap_or(u32::MAX);
        let part = 10_u128.pow(FINE_PLACES.checked_sub(places).ok_or(too_fine)?);
        let half = if self.half_more { self.one()? / 2 } else { 0 };
        let value = number.digits.checked_mul(part).and_then(|n| n.checked_mul(self.factor));
        value.and_then(|value| value.checked_add(half)).ok_or(AmountError::TooLarge)
    }
}

fn multiplier(word: &str) -> Option<u128> {
    match word {
        "tram" => Some(100),
        "nghin" | "ngan" | "k" => Some(1_000),
        "trieu" | "tr" => Some(1_000_000),
        "ty" | "ti" => Some(1_000_000_000),
        _ => None,
    }
}

/// How many steps of the unit one of what is called so makes; nothing said means the unit itself.
/// A sào is that of the north, 360 m²; a mẫu is ten of them.
fn steps_of(phrase: &str, unit: Unit) -> Option<u128> {
    if phrase.is_empty() {
        return Some(unit.steps().into());
    }
    let steps = match (unit, phrase) {
        (Unit::Dong, "d" | "dong" | "vnd" | "₫") => 1,
        (Unit::Dong, "trd") => 1_000_000,
        (Unit::SquareMetre, "m²" | "met vuong") => 1,
        (Unit::SquareMetre, "sao") => 360,
        (Unit::SquareMetre, "mau") => 3_600,
        (Unit::SquareMetre, "ha" | "hec ta" | "hecta") => 10_000,
        (Unit::Metre, "m" | "met") => 1,
        (Unit::Metre, "km" | "cay so" | "ki lo met" | "kilomet") => 1_000,
        (Unit::LabourDay, "cong" | "ngay cong" | "ngay") => 10,
        (Unit::Person, "nguoi" | "dong chi") => 1,
        (Unit::Percent, "%" | "phan tram") => 1,
        (Unit::Household, "ho" | "ho gia dinh") => 1,
        (Unit::Piece, "cai" | "chiec") => 1,
        (Unit::Kilogram, "kg" | "can" | "ky" | "ki lo gam" | "kilogam") => 1,
        (Unit::Kilogram, "yen") => 10,
        (Unit::Kilogram, "ta") => 100,
        (Unit::Kilogram, "tan") => 1_000,
        (Unit::Minute, "phut") => 1,
        (Unit::Minute, "gio" | "tieng" | "h") => 60,
        _ => return None,
    };
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text;

    fn value(text: &str, words: &str, unit: Unit) -> Result<u128, AmountError> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let (value, other) = Term::read(text, &words, unit)?.values()?;
        assert_eq!(other, None);
        Ok(value)
    }

    #[test]
    fn every_unit_is_read_by_its_own_name_and_by_none() {
        for unit in Unit::ALL {
            let label = text::bare(unit.label());
            assert_eq!(steps_of(&label, unit), Some(unit.steps().into()), "{label}");
            assert_eq!(steps_of("", unit), Some(unit.steps().into()));
        }
    }

    #[test]
    fn words_of_number_multiply() {
        assert_eq!(value("5", "tram nghin dong", Unit::Dong), Ok(500_000 * FINE));
        assert_eq!(value("2", "nghin ty", Unit::Dong), Ok(2_000_000_000_000 * FINE));
    }

    #[test]
    fn half_of_one_more_is_added_and_half_of_one_is_a_number() {
        assert_eq!(value("2", "trieu ruoi", Unit::Dong), Ok(2_500_000 * FINE));
        assert_eq!(value("2", "trieu ruoi dong", Unit::Dong), Ok(2_500_000 * FINE));
        assert_eq!(value("nua", "ngay cong", Unit::LabourDay), Ok(5 * FINE));
        assert_eq!(value("1,5", "trieu ruoi", Unit::Dong), Err(AmountError::NotAmount));
    }

    #[test]
    fn a_foreign_unit_is_refused() {
        let unit = Unit::SquareMetre;
        for words in ["cong", "km", "dong", "thuoc", "m", "ruoi trieu"] {
            assert_eq!(value("3", words, unit), Err(AmountError::WrongUnit { unit }), "{words}");
        }
    }
}
