//! Vietnamese order without ICU: byte strings whose plain order is that of CLDR's `vi`.
//!
//! Not a search tool: a, ă and â are three letters here, d and đ two. The order may differ between
//! versions of this program, so keys are never synced.
//!
//! ```
//! use soban_core::base::sort::sort_key;
//!
//! let mut villages = ["Lùng Vai", "Sa Pả 10", "Đồng Căm", "Sa Pả 9", "Dìn Chin"];
//! villages.sort_by_key(|village| sort_key(village));
//! assert_eq!(villages, ["Dìn Chin", "Đồng Căm", "Lùng Vai", "Sa Pả 9", "Sa Pả 10"]);
//! ```

use std::iter::Peekable;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

use super::text;

/// The Vietnamese letters, with f, j, w and z where the Latin alphabet has them.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

// The first byte of every element of a level is above END, so that the shorter text comes first.
const END: u8 = 0;
const SPACE: u8 = 3;
const SYMBOL: u8 = 4;
const NUMBER: u8 = 0x20;
const FIRST_LETTER: u8 = 0x40;
const OTHER_LETTER: u8 = 0xF0;

/// No tone mark: ngang. The five marks follow, then [`OTHER_MARK`].
const NGANG: u8 = 2;
const OTHER_MARK: u8 = 8;

const SMALL: u8 = 2;
const CAPITAL: u8 = 3;

/// The key of a text: spaces, signs, numbers by their value, letters; then tones in the order
/// ngang, huyền, hỏi, ngã, sắc, nặng; then small letters before capitals.
///
/// Texts that differ only in what [`text::normalise`] removes have one key.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let Levels { letters, tones, cases } = Levels::of(text);
    join(&[letters, tones, cases])
}

/// The key of a person's name: the given name, which comes last, then the rest.
///
/// A given name is compared with its tones before the rest is looked at: every Hà stands before
/// every Hạ. Capitals count last, so a name typed in capitals stays with its namesakes.
#[must_use]
pub fn by_given_name(name: &str) -> Vec<u8> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (given, rest) =
        words.split_last().map_or(("", String::new()), |(given, rest)| (*given, rest.join(" ")));
    let (given, rest) = (Levels::of(given), Levels::of(&rest));
    join(&[given.letters, given.tones, rest.letters, rest.tones, given.cases, rest.cases])
}

fn join(levels: &[Vec<u8>]) -> Vec<u8> {
    levels.join(&END)
}

/// What is compared first, second and third.
#[derive(Default)]
struct Levels {
    letters: Vec<u8>,
    tones: Vec<u8>,
    cases: Vec<u8>,
}

impl Levels {
    fn of(text: &str) -> Self {
        let text = text::normalise(text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut chars = text.nfkd().peekable();
        let mut levels = Self::default();
        while let Some(c) = chars.next() {
            if c.is_whitespace() {
                levels.letters.push(SPACE);
            } else if c.is_ascii_digit() {
                levels.push_number(&rest_of_number(c, &mut chars));
            } else {
                levels.push_letter(c, &marks_of(&mut chars));
            }
        }
        levels
    }

    /// By length, then digit by digit; how many zeros stood before decides last.
    fn push_number(&mut self, digits: &str) {
        let significant = digits.trim_start_matches('0');
        let length = u32::try_from(significant.len()).unwrap_or(u32::MAX);
        self.letters.push(NUMBER);
        self.letters.extend(length.to_be_bytes());
        self.letters.extend(significant.bytes());
        self.tones.push(NGANG);
        let zeros = u8::try_from(digits.len() - significant.len()).unwrap_or(u8::MAX);
        self.cases.push(zeros.saturating_add(SMALL));
    }

    fn push_letter(&mut self, c: char, marks: &[char]) {
        let plain = c.to_lowercase().next().unwrap_or(c);
        let mut letter = plain;
        let mut tone = NGANG;
        let mut others = Vec::new();
        for mark in marks {
            match (own_letter(letter, *mark), tone_of(*mark)) {
                (Some(own), _) => letter = own,
                (None, Some(found)) if tone == NGANG => tone = found,
                _ => others.push(*mark),
            }
        }
        self.push_primary(letter);
        self.tones.push(tone);
        for mark in others {
            self.tones.push(OTHER_MARK);
            self.tones.extend(u32::from(mark).to_be_bytes());
        }
        self.cases.push(if plain == c { SMALL } else { CAPITAL });
    }

    fn push_primary(&mut self, letter: char) {
        if let Some(place) = place_of(letter) {
            self.letters.push(FIRST_LETTER.saturating_add(place));
            return;
        }
        self.letters.push(if letter.is_alphabetic() { OTHER_LETTER } else { SYMBOL });
        self.letters.extend(u32::from(letter).to_be_bytes());
    }
}

fn rest_of_number<I: Iterator<Item = char>>(first: char, chars: &mut Peekable<I>) -> String {
    let rest = std::iter::from_fn(|| chars.next_if(char::is_ascii_digit));
    std::iter::once(first).chain(rest).collect()
}

fn marks_of<I: Iterator<Item = char>>(chars: &mut Peekable<I>) -> Vec<char> {
    std::iter::from_fn(|| chars.next_if(|c| is_combining_mark(*c))).collect()
}

/// The letter of the alphabet that a mark makes of another: ă, â, ê, ô, ơ, ư.
fn own_letter(letter: char, mark: char) -> Option<char> {
    compose(letter, mark).filter(|own| place_of(*own).is_some())
}

fn place_of(letter: char) -> Option<u8> {
    u8::try_from(ALPHABET.chars().position(|known| known == letter)?).ok()
}

fn tone_of(mark: char) -> Option<u8> {
    match mark {
        '\u{300}' => Some(3), // huyền
        '\u{309}' => Some(4), // hỏi
        '\u{303}' => Some(5), // ngã
        '\u{301}' => Some(6), // sắc
        '\u{323}' => Some(7), // nặng
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text stands before the next by this key, and not beside it.
    #[track_caller]
    fn in_order(key: fn(&str) -> Vec<u8>, texts: &[&str]) {
        for pair in texts.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} stands before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn names_stand_as_cldr_measured_them() {
        let names = [
            "An",
            "Ao",
            "Áo",
            "Ăn",
            "Ân",
            "Da",
            "Dìn Chin",
            "Đa",
            "Đồng Căm",
            "Ea",
            "Lầy Lùng",
            "Lùng Vai",
        ];
        in_order(sort_key, &names);
    }

    #[test]
    fn tones_stand_in_their_order() {
        in_order(sort_key, &["ma", "mà", "mả", "mã", "má", "mạ"]);
        in_order(sort_key, &["ê", "ề", "ể", "ễ", "ế", "ệ"]);
    }

    #[test]
    fn a_tone_decides_only_between_equal_letters() {
        in_order(sort_key, &["ma", "mạ", "mai"]);
        in_order(sort_key, &["Mạ An", "Ma Ân"]);
    }

    #[test]
    fn every_letter_is_a_letter_of_its_own() {
        let letters: Vec<String> = ALPHABET.chars().map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        in_order(sort_key, &letters);
        in_order(sort_key, &["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]);
        in_order(sort_key, &["oz", "ôa", "ôz", "ơa"]);
    }

    #[test]
    fn small_letters_stand_before_capitals_of_the_same_word() {
        in_order(sort_key, &["an", "An", "AN", "ao"]);
        in_order(sort_key, &["đá", "Đá"]);
        in_order(sort_key, &["Áo", "ạo"]);
    }

    #[test]
    fn numbers_stand_by_their_value_and_before_letters() {
        in_order(sort_key, &["Sa Pả", "Sa Pả 1", "Sa Pả 2", "Sa Pả 9", "Sa Pả 10", "Sa Pả A"]);
        in_order(sort_key, &["9", "09", "10", "100", "99999999999999999999", "a"]);
        in_order(sort_key, &["9 b", "09 c"]);
    }

    #[test]
    fn a_space_stands_before_every_letter() {
        in_order(sort_key, &["Na", "Na Pạc Đoỏng", "Na-Pạc", "Nam", "Nậm Chảy"]);
        assert_eq!(sort_key(" Pạc \u{a0} Bo "), sort_key("Pạc Bo"));
    }

    #[test]
    fn both_spellings_of_one_name_have_one_key() {
        for name in ["Đường Hiến Nguyễn", "Lầy Lùng", "ẶẲỆ", "Ở"] {
            let apart: String = name.nfd().collect();
            assert_eq!(sort_key(&apart), sort_key(name));
        }
        assert_eq!(sort_key("Ðồng Căm"), sort_key("Đồng Căm"));
    }

    #[test]
    fn strange_letters_stand_last_and_their_marks_count() {
        in_order(sort_key, &["", " a", "z", "ж", "я", "漢"]);
        in_order(sort_key, &["Munchen", "München", "Munchener"]);
    }

    #[test]
    fn people_stand_by_given_name_and_then_by_the_rest() {
        let people = [
            "Lù Diu Cáng",
            "Lèng Seo Chẻo",
            "Lục Thượng Cường",
            "Tráng Lền Dín",
            "Trần Duy Hữu",
            "Ly Sảo Phìn",
            "Vàng Chá Sìn",
            "Hoàng Thị The",
            "Ly Phát Tư",
        ];
        in_order(by_given_name, &people);
        in_order(by_given_name, &["Bùi Văn An", "Lý Thị An", "Lý Văn An", "Bùi Văn Ân"]);
        in_order(by_given_name, &["", "An", "Vàng An"]);
    }

    #[test]
    fn the_tone_of_a_given_name_counts_before_the_family_name() {
        in_order(by_given_name, &["Vàng Thị Hà", "Bùi Thị Hạ"]);
        in_order(by_given_name, &["Bùi Hà", "LÒ HÀ", "Vàng Hà"]);
        in_order(by_given_name, &["Lò Hà", "LÒ HÀ"]);
    }
}
