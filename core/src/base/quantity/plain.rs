//! A number without a unit, with so many decimals: a width, a rate, a count of sacks.
//!
//! Knows no words. Signs are read as in amounts; a field that keeps three decimals or more prints
//! them behind a comma, so there a comma before three digits is no question.
//!
//! ```
//! use soban_core::base::quantity::{AmountError, parse_decimal};
//!
//! assert_eq!(parse_decimal("3,5", 1).unwrap().value, 35);
//! assert_eq!(parse_decimal("3.5", 1).unwrap().value, 35);
//! assert_eq!(parse_decimal("2,50", 1).unwrap().value, 25);
//! assert_eq!(parse_decimal("1.2.3", 1), Err(AmountError::NotAmount));
//! ```

use super::number::{Decimal, Number, read_number};
use super::parse::is_negative;
use super::print::{decimal, group_magnitude};
use super::{Amount, AmountError};
use crate::base::text;

/// A comma before three digits parts decimals from here on.
const PLACES_OF_A_GROUP: u8 = 3;

/// Reads a number in steps of 10^-`scale`.
///
/// # Errors
/// [`AmountError`], which says what is wrong or shows both readings.
pub fn parse_decimal(typed: &str, scale: u8) -> Result<Amount, AmountError> {
    let typed = text::bare(typed);
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(AmountError::Empty);
    }
    if is_negative(typed) {
        return Err(AmountError::Negative);
    }
    match read_number(typed)? {
        Number::Exact(number) => in_steps(number, scale),
        Number::Ambiguous { decimal, .. } if scale >= PLACES_OF_A_GROUP => in_steps(decimal, scale),
        Number::Ambiguous { grouped, decimal } => {
            Err(AmountError::Ambiguous { one: print(grouped), other: print(decimal) })
        }
    }
}

fn in_steps(number: Decimal, scale: u8) -> Result<Amount, AmountError> {
    let places = usize::from(scale).checked_sub(number.places);
    let places = places.ok_or(AmountError::TooManyDecimals { most: scale })?;
    let one = u32::try_from(places).ok().and_then(|places| 10_u128.checked_pow(places));
    let steps = one.and_then(|one| number.digits.checked_mul(one));
    let value = steps.and_then(|steps| i64::try_from(steps).ok());
    value.map(|value| Amount { value }).ok_or(AmountError::TooLarge)
}

fn print(number: Decimal) -> String {
    decimal(number.digits, u32::try_from(number.places).unwrap_or(u32::MAX))
}

/// A number of 10^-`scale` as it is printed, with all its decimals: they say how exact it is.
#[must_use]
pub fn format_decimal(number: i64, scale: u8) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (number, width) = (u128::from(number.unsigned_abs()), usize::from(scale));
    let one = 10_u128.checked_pow(u32::from(scale)).unwrap_or(u128::MAX);
    let whole = group_magnitude(number / one);
    match scale {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole},{:0width$}", number % one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(scale: u8, cases: &[(&str, i64)]) {
        for (typed, value) in cases {
            assert_eq!(parse_decimal(typed, scale), Ok(Amount { value: *value }), "{typed}");
        }
    }

    #[track_caller]
    fn refuses(scale: u8, error: &AmountError, cases: &[&str]) {
        for typed in cases {
            assert_eq!(parse_decimal(typed, scale).as_ref(), Err(error), "{typed}");
        }
    }

    #[test]
    fn a_point_before_one_or_two_digits_is_a_decimal_point() {
        reads(1, &[("3.5", 35), ("3,5", 35), ("3", 30), ("0,5", 5), (" 3,50 ", 35)]);
        reads(2, &[("2.50", 250), ("2,5", 250), ("1.012,5", 101_250), ("1,012.5", 101_250)]);
    }

    #[test]
    fn a_point_before_three_digits_parts_thousands() {
        reads(1, &[("1.234", 12_340), ("1.234.567,8", 12_345_678)]);
    }

    #[test]
    fn a_comma_before_three_digits_asks_unless_the_field_prints_three_decimals() {
        let both = AmountError::Ambiguous { one: "1.234".to_owned(), other: "1,234".to_owned() };
        refuses(2, &both, &["1,234"]);
        reads(3, &[("1,234", 1_234), ("1.234", 1_234_000)]);
        reads(4, &[("1,234", 12_340)]);
    }

    #[test]
    fn wrong_groups_signs_and_words_are_not_guessed_at() {
        refuses(1, &AmountError::NotAmount, &["1.2.3", "12.34,5", "3.", ".5", "3 m", "3,5,1", "x"]);
        refuses(1, &AmountError::Negative, &["-3", "−3,5", "âm 3"]);
        refuses(1, &AmountError::Empty, &["", "  "]);
    }

    #[test]
    fn what_is_finer_or_larger_than_is_kept_is_refused() {
        refuses(1, &AmountError::TooManyDecimals { most: 1 }, &["2,55", "0.125"]);
        refuses(2, &AmountError::TooLarge, &["92.233.720.368.547.758,08", "9".repeat(60).as_str()]);
        refuses(200, &AmountError::TooLarge, &["1"]);
    }

    #[test]
    fn decimals_are_printed_with_all_their_places() {
        let cases = [(35, 1, "3,5"), (250, 2, "2,50"), (101_250, 2, "1.012,50"), (-5, 1, "-0,5")];
        for (number, scale, text) in cases {
            assert_eq!(format_decimal(number, scale), text);
        }
        assert_eq!(format_decimal(5_200, 0), "5.200");
    }
}
