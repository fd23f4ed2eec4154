//! Numbers and amounts as official prose prints them: points between thousands, a decimal comma.
//!
//! Integer arithmetic only; nothing but [`percent`] rounds.
//!
//! ```
//! use soban_core::base::quantity::{Unit, format, format_short_money, padded_count, percent};
//!
//! assert_eq!(format(14_380, Unit::LabourDay), "1.438 ngày công");
//! assert_eq!(format_short_money(12_000_000), "12 triệu đồng");
//! assert_eq!(padded_count(4), "04");
//! assert_eq!(percent(176, 251, 1), "70,1%");
//! ```

use super::Unit;

/// What is printed for a rate that has no base.
const NO_RATE: &str = "–";

/// "5.200": points between groups of three, "-" before a number below zero.
#[must_use]
pub fn group(number: i64) -> String {
    format!("{}{}", sign(number), group_magnitude(number.unsigned_abs().into()))
}

/// An amount with its unit: "5.200 m²", "500.000 đồng", "143,5 ngày công", "70%". Before a
/// symbol (m², m, kg) stands a no-break space, before a word a plain one. The number counts the
/// unit's stored steps.
#[must_use]
pub fn format(value: i64, unit: Unit) -> String {
    let magnitude = decimal(value.unsigned_abs().into(), unit.scale().into());
    format!("{}{}", sign(value), with_unit(&magnitude, unit))
}

/// Money in million or billion đồng where at most two decimals say it exactly ("12 triệu đồng",
/// "2,7 tỷ đồng"), else in full ("500.000 đồng").
#[must_use]
pub fn format_short_money(dong: i64) -> String {
    let magnitude = dong.unsigned_abs();
    let short = [(9, "tỷ"), (6, "triệu")].into_iter().find(|(places, _)| {
        let one = 10_u64.pow(*places);
        magnitude >= one && magnitude.is_multiple_of(one / 100)
    });
    let Some((places, word)) = short else {
        return format(dong, Unit::Dong);
    };
    let number = decimal(magnitude.into(), places);
    format!("{}{number} {word} {}", sign(dong), Unit::Dong.label())
}

/// A count as official prose likes it: 1 to 9 with a zero before ("02 năm"), others as they are.
#[must_use]
pub fn padded_count(count: i64) -> String {
    match count {
        1..=9 => format!("0{count}"),
        _ => group(count),
    }
}

/// 100·n/d with so many decimals (at most 9), halves rounded away from zero: "70,1%". A dash
/// when `d` is not above zero, for then there is no rate.
#[must_use]
pub fn percent(n: i64, d: i64, decimals: u8) -> String {
    if d <= 0 {
        return NO_RATE.to_owned();
    }
    let places = u32::from(decimals.min(9));
    let (one, d) = (10_u128.pow(places), u128::from(d.unsigned_abs()));
    let rounded = (2 * 100 * one * u128::from(n.unsigned_abs()) + d) / (2 * d);
    let sign = if rounded == 0 { "" } else { sign(n) };
    let whole = group_magnitude(rounded / one);
    if places == 0 {
        return format!("{sign}{whole}%");
    }
    // Zeros behind the comma stay: they say how exact the rate is.
    format!("{sign}{whole},{:0width$}%", rounded % one, width = usize::from(decimals.min(9)))
}

/// A number of 10^-`places` as text, without zeros at the end of its decimals.
pub(super) fn decimal(number: u128, places: u32) -> String {
    let one = 10_u128.pow(places);
    let whole = group_magnitude(number / one);
    // The leading 1 keeps the zeros behind the comma.
    let padded = (one + number % one).to_string();
    let decimals = padded.strip_prefix('1').unwrap_or_default().trim_end_matches('0');
    if number.is_multiple_of(one) { whole } else { format!("{whole},{decimals}") }
}

/// A printed number and its unit, with the space that belongs between them.
pub(super) fn with_unit(number: &str, unit: Unit) -> String {
    let space = match unit {
        Unit::Percent => "",
        Unit::SquareMetre | Unit::Metre | Unit::Kilogram => "\u{a0}",
        Unit::Dong
        | Unit::LabourDay
        | Unit::Person
        | Unit::Household
        | Unit::Piece
        | Unit::Minute => " ",
    };
    format!("{number}{space}{}", unit.label())
}

fn sign(number: i64) -> &'static str {
    if number < 0 { "-" } else { "" }
}

pub(super) fn group_magnitude(number: u128) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_points() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_000, "1.000"),
            (5_200, "5.200"),
            (12_000_000, "12.000.000"),
            (-5_200, "-5.200"),
            (-999, "-999"),
            (i64::MAX, "9.223.372.036.854.775.807"),
            (i64::MIN, "-9.223.372.036.854.775.808"),
        ];
        for (number, text) in cases {
            assert_eq!(group(number), text);
        }
    }

    #[test]
    fn amounts_stand_as_in_official_prose() {
        let cases = [
            (5_200, Unit::SquareMetre, "5.200\u{a0}m²"),
            (500_000, Unit::Dong, "500.000 đồng"),
            (14_380, Unit::LabourDay, "1.438 ngày công"),
            (1_435, Unit::LabourDay, "143,5 ngày công"),
            (5, Unit::LabourDay, "0,5 ngày công"),
            (-5, Unit::LabourDay, "-0,5 ngày công"),
            (850, Unit::Metre, "850\u{a0}m"),
            (70, Unit::Percent, "70%"),
            (820, Unit::Person, "820 người"),
            (31, Unit::Household, "31 hộ"),
            (12, Unit::Piece, "12 cái"),
            (1_500, Unit::Kilogram, "1.500\u{a0}kg"),
            (90, Unit::Minute, "90 phút"),
        ];
        for (value, unit, text) in cases {
            assert_eq!(format(value, unit), text);
        }
    }

    #[test]
    fn money_is_short_only_where_that_is_exact() {
        let cases = [
            (0, "0 đồng"),
            (500_000, "500.000 đồng"),
            (12_000_000, "12 triệu đồng"),
            (1_500_000, "1,5 triệu đồng"),
            (1_050_000, "1,05 triệu đồng"),
            (1_438_000, "1.438.000 đồng"),
            (12_000_001, "12.000.001 đồng"),
            (999_990_000, "999,99 triệu đồng"),
            (1_000_000_000, "1 tỷ đồng"),
            (2_700_000_000, "2,7 tỷ đồng"),
            (1_234_500_000, "1.234,5 triệu đồng"),
            (-1_500_000, "-1,5 triệu đồng"),
        ];
        for (dong, text) in cases {
            assert_eq!(format_short_money(dong), text);
        }
    }

    #[test]
    fn single_digits_are_padded_in_official_prose() {
        let counts = [0, 1, 2, 9, 10, 12, 1_438, -2];
        let texts = ["0", "01", "02", "09", "10", "12", "1.438", "-2"];
        assert_eq!(counts.map(padded_count), texts);
    }

    #[test]
    fn the_rates_of_the_report_come_out() {
        assert_eq!(percent(43, 43, 0), "100%");
        assert_eq!(percent(176, 251, 1), "70,1%");
        assert_eq!(percent(145, 231, 0), "63%");
        assert_eq!(percent(145, 231, 1), "62,8%");
        assert_eq!(percent(667, 710, 1), "93,9%");
        assert_eq!(percent(97, 110, 1), "88,2%");
        assert_eq!(percent(764, 820, 1), "93,2%");
        assert_eq!(percent(36, 231, 1), "15,6%");
    }

    #[test]
    fn halves_round_up_and_zeros_stay() {
        assert_eq!(percent(1, 8, 2), "12,50%");
        assert_eq!(percent(1, 8, 1), "12,5%");
        assert_eq!(percent(1, 8, 0), "13%");
        assert_eq!(percent(1, 200, 0), "1%");
        assert_eq!(percent(1, 201, 0), "0%");
        assert_eq!(percent(-1, 8, 0), "-13%");
        assert_eq!(percent(-1, 201, 0), "0%");
        assert_eq!(percent(25, 2, 1), "1.250,0%");
    }

    #[test]
    fn no_base_is_no_rate_and_no_number_is_too_large() {
        assert_eq!(percent(1, 0, 1), "–");
        assert_eq!(percent(1, -5, 1), "–");
        assert_eq!(percent(i64::MAX, i64::MAX, 200), "100,000000000%");
        assert_eq!(percent(i64::MIN, 1, 0), "-922.337.203.685.477.580.800%");
    }
}
