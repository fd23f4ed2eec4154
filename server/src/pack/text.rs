//! What holds of every text of a pack, whatever it says.

use std::str::FromStr;

use soban_core::base::Date;
use unicode_normalization::is_nfc;

use super::Problems;

/// The most characters a name may have.
const LONGEST_NAME: usize = 60;

/// Where the lines of a text end.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(place, _)| place).collect())
    }

    /// The line of a place, from 1.
    pub(super) fn of(&self, place: usize) -> usize {
        self.0.partition_point(|end| *end < place) + 1
    }
}

/// Letters are composed, and nothing is written that nobody sees.
pub(super) fn check(file: &str, text: &str, problems: &Problems) {
    for (line, words) in (1..).zip(text.lines()) {
        if !is_nfc(words) {
            problems.add(
                (file, line),
                "",
                "the text is not in NFC: a letter and its marks are one",
            );
        }
        if words.chars().any(|c| c.is_control() && c != '\t') {
            problems.add((file, line), "", "the text holds a control character");
        }
    }
}

/// A name as files, labels and rules use it.
pub(super) fn check_name(place: (&str, usize), name: &str, problems: &Problems) {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(sound) {
        problems.add(place, name, "a name is lower-case ASCII with underscores");
    } else if name.len() > LONGEST_NAME {
        problems.add(place, name, format!("a name has at most {LONGEST_NAME} characters"));
    }
}

/// A date, month or time if it is written as ISO does: the one way in which texts compare as what
/// they stand for.
pub(super) fn iso<T: FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|parsed: &T| parsed.to_string() == text)
}

/// A day as it is written in files.
pub(super) fn day(
    place: (&str, usize),
    field: &str,
    text: &str,
    problems: &Problems,
) -> Option<Date> {
    let day = iso(text);
    if day.is_none() {
        problems.add(place, field, format!("“{text}” is no date; a date is written 2013-05-15"));
    }
    day
}
