//! One number as people type it: which sign parts thousands, and which one decimals.
//!
//! Knows no words and no units. A point before three digits parts thousands; a comma before three
//! digits, alone, may be either, and then both readings are given.
//!
//! ```
//! use soban_core::base::quantity::{AmountError, Unit, parse_amount};
//!
//! let area = |typed| parse_amount(typed, Unit::SquareMetre);
//! assert_eq!(area("5.200").unwrap().value, 5_200);
//! assert!(matches!(area("5,200"), Err(AmountError::Ambiguous { .. })));
//! ```

use super::AmountError;

/// `digits` · 10^-`places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) digits: u128,
    pub(super) places: usize,
}

impl Decimal {
    pub(super) const HALF: Self = Self { digits: 5, places: 1 };

    /// The digits before and behind the decimal sign.
    pub(super) fn new(whole: &str, decimals: &str) -> Result<Self, AmountError> {
        let decimals = decimals.trim_end_matches('0');
        if !are_digits(whole) || !(decimals.is_empty() || are_digits(decimals)) {
            return Err(AmountError::NotAmount);
        }
        let digits = format!("{whole}{decimals}").parse();
        let digits = digits.map_err(|_| AmountError::TooLarge)?;
        Ok(Self { digits, places: decimals.len() })
    }
}

/// What a number can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    Exact(Decimal),
    Ambiguous { grouped: Decimal, decimal: Decimal },
}

/// Reads figures, points and commas, and nothing else.
pub(super) fn read_number(text: &str) -> Result<Number, AmountError> {
    let points = text.matches('.').count();
    let commas = text.matches(',').count();
    let decimal = match (points, commas) {
        (0, 0) => Decimal::new(text, ""),
        (0, 1) if is_grouped(text, ',') => return read_ambiguous(text),
        (_, 0) if is_grouped(text, '.') => grouped(text, '.'),
        (0, _) if is_grouped(text, ',') => grouped(text, ','),
        (_, 1) => vietnamese(text).or_else(|_| english(text)),
        (1, _) => english(text),
        _ => Err(AmountError::NotAmount),
    };
    decimal.map(Number::Exact)
}

fn read_ambiguous(text: &str) -> Result<Number, AmountError> {
    Ok(Number::Ambiguous { grouped: grouped(text, ',')?, decimal: vietnamese(text)? })
}

/// "5.200", "1.438.000": no group of zeros in front, three digits in each that follows.
fn is_grouped(text: &str, sign: char) -> bool {
    let mut groups = text.split(sign);
    let first = groups.next().unwrap_or_default();
    let first_fits = are_digits(first) && first.len() <= 3 && first.contains(|c| c != '0');
    first_fits && groups.all(|group| are_digits(group) && group.len() == 3)
}

fn grouped(text: &str, sign: char) -> Result<Decimal, AmountError> {
    Decimal::new(&text.replace(sign, ""), "")
}

/// "1.438,5".
fn vietnamese(text: &str) -> Result<Decimal, AmountError> {
    let (whole, decimals) = text.split_once(',').ok_or(AmountError::NotAmount)?;
    with_decimals(whole, '.', decimals)
}

/// "1,438.5" and "1.5", as calculators print them. Three digits behind the point are thousands to
/// most readers, so a wrong group before them is a slip and no decimal sign.
fn english(text: &str) -> Result<Decimal, AmountError> {
    let (whole, decimals) = text.split_once('.').ok_or(AmountError::NotAmount)?;
    if decimals.len() > 2 && whole.contains(|c| c != '0') {
        return Err(AmountError::NotAmount);
    }
    with_decimals(whole, ',', decimals)
}

fn with_decimals(whole: &str, sign: char, decimals: &str) -> Result<Decimal, AmountError> {
    if !are_digits(decimals) || !(are_digits(whole) || is_grouped(whole, sign)) {
        return Err(AmountError::NotAmount);
    }
    Decimal::new(&whole.replace(sign, ""), decimals)
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(digits: u128, places: usize) -> Result<Number, AmountError> {
        Ok(Number::Exact(Decimal { digits, places }))
    }

    #[test]
    fn a_point_before_three_digits_parts_thousands() {
        assert_eq!(read_number("5.200"), exact(5_200, 0));
        assert_eq!(read_number("1.438.000"), exact(1_438_000, 0));
        assert_eq!(read_number("5200"), exact(5_200, 0));
        assert_eq!(read_number("0"), exact(0, 0));
        assert_eq!(read_number("007"), exact(7, 0));
    }

    #[test]
    fn a_comma_parts_decimals() {
        assert_eq!(read_number("5,2"), exact(52, 1));
        assert_eq!(read_number("5,20"), exact(52, 1));
        assert_eq!(read_number("1.438,5"), exact(14_385, 1));
        assert_eq!(read_number("1.438,500"), exact(14_385, 1));
        assert_eq!(read_number("5200,125"), exact(5_200_125, 3));
        assert_eq!(read_number("0,125"), exact(125, 3));
    }

    #[test]
    fn a_comma_before_three_digits_may_be_either() {
        let readings = Number::Ambiguous {
            grouped: Decimal { digits: 5_200, places: 0 },
            decimal: Decimal { digits: 52, places: 1 },
        };
        assert_eq!(read_number("5,200"), Ok(readings));
    }

    #[test]
    fn the_english_way_is_read_where_it_can_mean_one_thing() {
        assert_eq!(read_number("1.5"), exact(15, 1));
        assert_eq!(read_number("88.25"), exact(8_825, 2));
        assert_eq!(read_number("0.125"), exact(125, 3));
        assert_eq!(read_number("1,438.5"), exact(14_385, 1));
        assert_eq!(read_number("1,438,000"), exact(1_438_000, 0));
    }

    #[test]
    fn slips_are_not_guessed_at() {
        let slips = [
            "",
            ".",
            ",",
            "5.",
            "5,",
            ".5",
            ",5",
            "5..200",
            "5.2000",
            "52.00.000",
            "5.20,5",
            "1.438,5,5",
            "1,438.500",
            "1.438.5",
            "1,43,5",
            "5a",
            "-5",
            "٥",
        ];
        for slip in slips {
            assert_eq!(read_number(slip), Err(AmountError::NotAmount), "{slip}");
        }
    }

    #[test]
    fn numbers_without_end_are_too_large() {
        assert_eq!(read_number(&"9".repeat(50)), Err(AmountError::TooLarge));
    }
}
