//! What people type where an amount is asked for, with Vietnamese marks or without.
//!
//! Guesses nothing: what can be read in two ways comes back as both, and what is not understood as
//! an error. Numbers in words ("năm trăm") are not read, nor estimates ("khoảng 500").
//!
//! ```
//! use soban_core::base::quantity::{AmountError, Unit, parse_amount};
//!
//! assert_eq!(parse_amount("1,5 triệu", Unit::Dong).unwrap().value, 1_500_000);
//! assert_eq!(parse_amount("0,5 ha", Unit::SquareMetre).unwrap().value, 5_000);
//! assert_eq!(parse_amount("1.438,5 công", Unit::LabourDay).unwrap().value, 14_385);
//! assert_eq!(parse_amount("-5", Unit::Metre), Err(AmountError::Negative));
//! ```

use super::print::{decimal, with_unit};
use super::term::{FINE, FINE_PLACES, Term};
use super::token::{is_word, tokens};
use super::{Amount, AmountError, Unit};
use crate::base::text;

/// Reads an amount in the steps of `unit`. Without a unit behind it, the number counts `unit`s.
///
/// Terms may follow one another ("1 triệu 500 nghìn", "2 ha 3 sào"). A number behind a larger
/// unit with nothing behind it ("1tr5") is ambiguous, except minutes behind hours.
///
/// # Errors
/// [`AmountError`], which says what is wrong or shows both readings.
pub fn parse_amount(typed: &str, unit: Unit) -> Result<Amount, AmountError> {
    let typed = text::bare(typed);
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(AmountError::Empty);
    }
    if is_negative(typed) {
        return Err(AmountError::Negative);
    }
    match values_of(&read_terms(typed, unit)?, unit)? {
        (one, Some(other)) if one != other => {
            Err(AmountError::Ambiguous { one: print(one, unit), other: print(other, unit) })
        }
        (value, _) if value.is_multiple_of(FINE) => i64::try_from(value / FINE)
            .map(|value| Amount { value })
            .map_err(|_| AmountError::TooLarge),
        _ => Err(AmountError::TooFine { unit }),
    }
}

pub(super) fn is_negative(typed: &str) -> bool {
    let rest = typed.strip_prefix(['-', '−', '–']).or_else(|| typed.strip_prefix("am "));
    rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

fn read_terms(typed: &str, unit: Unit) -> Result<Vec<Term>, AmountError> {
    let tokens = tokens(typed)?;
    let mut terms = Vec::new();
    let mut rest = tokens.as_slice();
    while let [number, behind @ ..] = rest {
        let words = behind.iter().take_while(|token| is_word(token)).count();
        let (words, next) = behind.split_at(words);
        terms.push(Term::read(number, words, unit)?);
        rest = next;
    }
    Ok(terms)
}

/// The value of all terms together, in fine parts of a step; two values if they are ambiguous.
fn values_of(terms: &[Term], unit: Unit) -> Result<(u128, Option<u128>), AmountError> {
    match terms {
        [only] => only.values(),
        // "1h30" is one and a half hours to everybody.
        [head, tail] if tail.is_bare && unit != Unit::Minute => {
            let sum = sum(terms)?;
            Ok((head.value_with_decimals(tail)?, Some(sum)))
        }
        several => Ok((sum(several)?, None)),
    }
}

/// Every term must be less than one of what the term before it counts: "2 ha 3 sào", but no list.
fn sum(terms: &[Term]) -> Result<u128, AmountError> {
    let mut sum = 0_u128;
    let mut limit = u128::MAX;
    for term in terms {
        let (value, None) = term.values()? else {
            return Err(AmountError::NotAmount);
        };
        if value >= limit || term.one()? >= limit {
            return Err(AmountError::NotAmount);
        }
        limit = term.one()?;
        sum = sum.checked_add(value).ok_or(AmountError::TooLarge)?;
    }
    Ok(sum)
}

fn print(value: u128, unit: Unit) -> String {
    with_unit(&decimal(value, FINE_PLACES + u32::from(unit.scale())), unit)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::super::{format, format_short_money};
    use super::*;

    #[track_caller]
    fn reads(unit: Unit, cases: &[(&str, i64)]) {
        for (typed, value) in cases {
            let apart: String = typed.nfd().collect();
            for typed in [*typed, &apart, &text::bare(typed), &typed.to_uppercase()] {
                assert_eq!(parse_amount(typed, unit), Ok(Amount { value: *value }), "{typed}");
            }
        }
    }

    #[track_caller]
    fn refuses(unit: Unit, error: &AmountError, cases: &[&str]) {
        for typed in cases {
            assert_eq!(parse_amount(typed, unit).as_ref(), Err(error), "{typed}");
        }
    }

    fn both(one: &str, other: &str) -> AmountError {
        AmountError::Ambiguous { one: one.to_owned(), other: other.to_owned() }
    }

    #[test]
    fn money_is_read_as_people_type_it() {
        reads(
            Unit::Dong,
            &[
                ("500000", 500_000),
                ("500.000", 500_000),
                ("500.000đồng", 500_000),
                ("500.000 đồng", 500_000),
                ("500.000đ", 500_000),
                ("500.000\u{a0}₫", 500_000),
                ("500 nghìn", 500_000),
                ("500 ngàn", 500_000),
                ("500k", 500_000),
                ("5 trăm nghìn", 500_000),
                ("1,5 triệu", 1_500_000),
                ("1.5 triệu", 1_500_000),
                ("12tr", 12_000_000),
                ("12 triệu đồng", 12_000_000),
                ("12 trđ", 12_000_000),
                ("1.200 triệu", 1_200_000_000),
                ("1,2 tỷ", 1_200_000_000),
                ("1,2 tỉ đồng", 1_200_000_000),
                ("2 triệu rưỡi", 2_500_000),
                ("nửa triệu", 500_000),
                ("1 triệu 500 nghìn đồng", 1_500_000),
                ("1 tỷ 200 triệu 5 nghìn", 1_200_005_000),
                (" 0 ", 0),
            ],
        );
    }

    #[test]
    fn land_is_read_in_square_metres_sao_and_hectares() {
        reads(
            Unit::SquareMetre,
            &[
                ("5.200", 5_200),
                ("5200", 5_200),
                ("5.200 m2", 5_200),
                ("5.200 m²", 5_200),
                ("5200m2", 5_200),
                ("5.200\u{a0}m²", 5_200),
                ("600 mét vuông", 600),
                ("3 sào", 1_080),
                ("1 sào rưỡi", 540),
                ("1 mẫu 2 sào", 4_320),
                ("0,5 ha", 5_000),
                ("0,5200 ha", 5_200),
                ("2 ha 3 sào", 21_080),
            ],
        );
    }

    #[test]
    fn labour_length_and_time_are_read_in_their_steps() {
        let labour = [
            ("1.438 công", 14_380),
            ("1.438", 14_380),
            ("1.438,5 ngày công", 14_385),
            ("0,5", 5),
            ("nửa ngày", 5),
            ("2 ngày rưỡi", 25),
        ];
        reads(Unit::LabourDay, &labour);
        let length = [("850m", 850), ("850 mét", 850), ("1,2 km", 1_200), ("1 km 200 m", 1_200)];
        reads(Unit::Metre, &length);
        let time = [("90", 90), ("1,5 giờ", 90), ("1h30", 90), ("2 tiếng rưỡi", 150)];
        reads(Unit::Minute, &time);
        reads(Unit::Kilogram, &[("1,5 tấn", 1_500), ("3 tạ", 300), ("25 kg", 25)]);
    }

    #[test]
    fn counts_are_read_with_and_without_their_word() {
        reads(Unit::Person, &[("820", 820), ("820 người", 820), ("820 đồng chí", 820)]);
        reads(Unit::Household, &[("31 hộ", 31), ("31 hộ gia đình", 31)]);
        reads(Unit::Percent, &[("70%", 70), ("70 phần trăm", 70)]);
        reads(Unit::Piece, &[("012 cái", 12)]);
    }

    #[test]
    fn a_comma_before_three_digits_asks() {
        let area = both("5.200\u{a0}m²", "5,2\u{a0}m²");
        refuses(Unit::SquareMetre, &area, &["5,200", "5,200 m2"]);
        let area = both("52.560.000\u{a0}m²", "52.560\u{a0}m²");
        refuses(Unit::SquareMetre, &area, &["5,256 ha"]);
        let money = both("1.500.000.000 đồng", "1.500.000 đồng");
        refuses(Unit::Dong, &money, &["1,500 triệu"]);
        let labour = both("1.438 ngày công", "1,438 ngày công");
        refuses(Unit::LabourDay, &labour, &["1,438", "1,438 công"]);
    }

    #[test]
    fn a_number_left_alone_behind_a_larger_one_asks() {
        let money = both("1.500.000 đồng", "1.000.005 đồng");
        refuses(Unit::Dong, &money, &["1tr5", "1 triệu 5"]);
        let money = both("1.050.000 đồng", "1.000.050 đồng");
        refuses(Unit::Dong, &money, &["1tr050"]);
        let area = both("900\u{a0}m²", "725\u{a0}m²");
        refuses(Unit::SquareMetre, &area, &["2 sào 5"]);
    }

    #[test]
    fn a_part_of_a_step_does_not_fit() {
        let unit = Unit::SquareMetre;
        refuses(unit, &AmountError::TooFine { unit }, &["5,2", "5.2", "0,00001 ha", "0.500"]);
        let unit = Unit::Dong;
        refuses(unit, &AmountError::TooFine { unit }, &["0,5", "1,00000001 triệu", "nửa đồng"]);
        let unit = Unit::LabourDay;
        refuses(unit, &AmountError::TooFine { unit }, &["1,25", "0,0123456789"]);
        reads(unit, &[("1,50", 15), ("3,0000000000000", 30)]);
    }

    #[test]
    fn another_kind_of_unit_does_not_fit() {
        let unit = Unit::Dong;
        refuses(unit, &AmountError::WrongUnit { unit }, &["5 m2", "3 công", "12 trieuu", "5 usd"]);
        let unit = Unit::Metre;
        refuses(unit, &AmountError::WrongUnit { unit }, &["5.200 m2", "1m2", "3 sào"]);
    }

    #[test]
    fn nothing_and_less_than_nothing_are_told_apart() {
        refuses(Unit::Dong, &AmountError::Empty, &["", "  ", "\u{a0}\n", "\u{200b}"]);
        let below = ["-5", "- 5.200", "−500 nghìn", "–5", "âm 5"];
        refuses(Unit::Dong, &AmountError::Negative, &below);
    }

    #[test]
    fn nonsense_is_no_amount() {
        let nonsense = [
            "đồng",
            "năm trăm",
            "khoảng 500",
            "trên 80 triệu",
            "50 - 70 triệu",
            "5.200.",
            "1/2",
            "500.000 đồng/hộ",
            "5 200",
            "5 m2 3",
            "500 nghìn 1 triệu",
            "1 triệu 2 triệu",
            "1 triệu 1.500 nghìn",
            "1 triệu 5,200",
            "1,5tr5",
            "1 triệu rưỡi 5",
            "--5",
            "- -",
            "5²",
            "<script>",
            "1e6",
            "+5",
        ];
        for typed in nonsense {
            let error = parse_amount(typed, Unit::Dong).unwrap_err();
            let wrong_unit = AmountError::WrongUnit { unit: Unit::Dong };
            assert!([AmountError::NotAmount, wrong_unit].contains(&error), "{typed}: {error:?}");
        }
    }

    #[test]
    fn the_largest_number_fits_and_the_next_does_not() {
        let typed = "9.223.372.036.854.775.807";
        reads(Unit::Dong, &[(typed, i64::MAX)]);
        let too_large = ["9.223.372.036.854.775.808", "9223372036,9 tỷ", "1 tỷ tỷ tỷ tỷ tỷ"];
        refuses(Unit::Dong, &AmountError::TooLarge, &too_large);
        refuses(Unit::LabourDay, &AmountError::TooLarge, &[typed, &"9".repeat(60)]);
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for unit in Unit::ALL {
            for value in [0, 1, 5, 10, 999, 1_000, 14_385, 5_200_000, i64::MAX] {
                let read = parse_amount(&format(value, unit), unit);
                assert_eq!(read, Ok(Amount { value }), "{}", format(value, unit));
            }
        }
        for value in [500_000, 1_500_000, 12_250_000, 2_700_000_000, 1_234_500_000] {
            let read = parse_amount(&format_short_money(value), Unit::Dong);
            assert_eq!(read, Ok(Amount { value }));
        }
    }
}
