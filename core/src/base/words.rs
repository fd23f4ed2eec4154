//! Numbers as they are read aloud in Vietnamese, so that a person can hear what was understood.
//!
//! Not a parser: numbers in words are never read back. "lẻ" is said, not "linh"; "tỷ", not "tỉ".
//!
//! ```
//! use soban_core::base::quantity::Unit;
//! use soban_core::base::words::{in_words, quantity_in_words};
//!
//! assert_eq!(in_words(1_005), "một nghìn không trăm lẻ năm");
//! assert_eq!(quantity_in_words(5_200, Unit::SquareMetre), "năm nghìn hai trăm mét vuông");
//! ```

use super::quantity::Unit;

const BILLION: u64 = 1_000_000_000;

/// The number in words, without a unit.
#[must_use]
pub fn in_words(number: i64) -> String {
    let mut words = Vec::new();
    push_sign(number, &mut words);
    push_number(number.unsigned_abs(), &mut words);
    words.join(" ")
}

/// An amount in words, with its unit. The number counts the unit's stored steps: 1435 tenths of
/// a labour day are "một trăm bốn mươi ba phẩy năm ngày công".
#[must_use]
pub fn quantity_in_words(value: i64, unit: Unit) -> String {
    let mut words = Vec::new();
    let (whole, part) = (value.unsigned_abs() / unit.steps(), value.unsigned_abs() % unit.steps());
    push_sign(value, &mut words);
    push_number(whole, &mut words);
    if part > 0 {
        words.push("phẩy");
        push_decimals(part, unit.steps(), &mut words);
    }
    words.push(unit.spoken());
    words.join(" ")
}

fn push_sign(number: i64, words: &mut Vec<&'static str>) {
    if number < 0 {
        words.push("âm");
    }
}

/// There is no word above tỷ: 10¹² is "một nghìn tỷ", 10¹⁸ "một tỷ tỷ".
fn push_number(number: u64, words: &mut Vec<&'static str>) {
    let (billions, rest) = (number / BILLION, number % BILLION);
    if billions > 0 {
        push_number(billions, words);
        words.push("tỷ");
    }
    if number == 0 {
        words.push(digit(0));
    }
    push_below_billion(rest, billions > 0, words);
}

/// `continued`: something was said before, so that the hundreds are said even if there are none.
fn push_below_billion(number: u64, mut continued: bool, words: &mut Vec<&'static str>) {
    for (size, name) in [(1_000_000, Some("triệu")), (1_000, Some("nghìn")), (1, None)] {
        let group = number / size % 1_000;
        if group > 0 {
            push_group(group, continued, words);
            words.extend(name);
            continued = true;
        }
    }
}

/// A number from 1 to 999.
fn push_group(number: u64, continued: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let hundreds_said = continued || hundreds > 0;
    if hundreds_said {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if hundreds_said && ones > 0 => words.push("lẻ"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(ones)),
    }
}

/// What stands behind the comma, digit by digit, as far as there is anything but zeros.
fn push_decimals(part: u64, steps: u64, words: &mut Vec<&'static str>) {
    let (mut rest, mut place) = (part, steps / 10);
    while rest > 0 && place > 0 {
        words.push(digit(rest / place));
        rest %= place;
        place /= 10;
    }
}

fn digit(digit: u64) -> &'static str {
    match digit {
        1 => "một",
        2 => "hai",
        3 => "ba",
        4 => "bốn",
        5 => "năm",
        6 => "sáu",
        7 => "bảy",
        8 => "tám",
        9 => "chín",
        _ => "không",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(cases: &[(i64, &str)]) {
        for (number, words) in cases {
            assert_eq!(in_words(*number), *words, "{number}");
        }
    }

    #[test]
    fn small_numbers_change_their_last_word() {
        reads(&[
            (0, "không"),
            (4, "bốn"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (25, "hai mươi lăm"),
            (91, "chín mươi mốt"),
            (99, "chín mươi chín"),
        ]);
    }

    #[test]
    fn an_empty_place_is_said() {
        reads(&[
            (100, "một trăm"),
            (101, "một trăm lẻ một"),
            (104, "một trăm lẻ bốn"),
            (105, "một trăm lẻ năm"),
            (110, "một trăm mười"),
            (115, "một trăm mười lăm"),
            (231, "hai trăm ba mươi mốt"),
            (1_005, "một nghìn không trăm lẻ năm"),
            (1_010, "một nghìn không trăm mười"),
            (1_000_005, "một triệu không trăm lẻ năm"),
            (1_005_000, "một triệu không trăm lẻ năm nghìn"),
            (1_000_000_021, "một tỷ không trăm hai mươi mốt"),
        ]);
    }

    #[test]
    fn the_figures_of_the_report_are_read() {
        reads(&[
            (5_200, "năm nghìn hai trăm"),
            (1_438, "một nghìn bốn trăm ba mươi tám"),
            (500_000, "năm trăm nghìn"),
            (1_500_000, "một triệu năm trăm nghìn"),
            (12_000_000, "mười hai triệu"),
            (2_700_000_000, "hai tỷ bảy trăm triệu"),
        ]);
    }

    #[test]
    fn above_a_billion_the_word_repeats() {
        reads(&[
            (1_000_000_000_000, "một nghìn tỷ"),
            (1_000_000_000_000_000_000, "một tỷ tỷ"),
            (1_500_000_000_000_000_000, "một tỷ năm trăm triệu tỷ"),
            (
                i64::MAX,
                "chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi \
                 sáu tỷ tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm lẻ bảy",
            ),
        ]);
    }

    #[test]
    fn below_zero_is_said_first() {
        reads(&[(-21, "âm hai mươi mốt")]);
        assert!(in_words(i64::MIN).starts_with("âm chín tỷ"));
        assert!(in_words(i64::MIN).ends_with("tám trăm lẻ tám"));
    }

    #[test]
    fn no_two_numbers_sound_alike() {
        let mut heard: Vec<String> = (0..20_000).map(in_words).collect();
        heard.sort_unstable();
        heard.dedup();
        assert_eq!(heard.len(), 20_000);
    }

    #[test]
    fn amounts_are_read_with_their_unit() {
        let cases = [
            (5_200, Unit::SquareMetre, "năm nghìn hai trăm mét vuông"),
            (14_380, Unit::LabourDay, "một nghìn bốn trăm ba mươi tám ngày công"),
            (1_435, Unit::LabourDay, "một trăm bốn mươi ba phẩy năm ngày công"),
            (5, Unit::LabourDay, "không phẩy năm ngày công"),
            (-5, Unit::LabourDay, "âm không phẩy năm ngày công"),
            (500_000, Unit::Dong, "năm trăm nghìn đồng"),
            (850, Unit::Metre, "tám trăm năm mươi mét"),
            (70, Unit::Percent, "bảy mươi phần trăm"),
        ];
        for (value, unit, words) in cases {
            assert_eq!(quantity_in_words(value, unit), words);
        }
    }
}
