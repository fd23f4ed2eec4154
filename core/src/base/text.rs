//! Vietnamese text: how it is kept, and how it is searched.
//!
//! [`normalise`] is what is stored: it keeps the author's spelling and only settles what a reader
//! cannot see. [`fold`] is what is searched; it never decides that two things are the same. Order
//! is the business of [`super::sort`].
//!
//! ```
//! use soban_core::base::text::{fold, normalise};
//!
//! assert_eq!(normalise(" Ðồng\u{a0}Căm "), "Đồng Căm");
//! assert_eq!(fold("Tráng Lền Dín"), "trang len din");
//! assert_eq!(fold("hoà"), fold("hòa"));
//! ```

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text as it is stored and compared: NFC, one Đ, plain spaces and line breaks, nothing
/// invisible, nothing around it. Where the tone mark stands ("hoà", "hòa") is the author's choice.
#[must_use]
pub fn normalise(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let composed: String = text.chars().filter_map(tidy).nfc().collect();
    composed.trim().to_owned()
}

/// The text as it is searched: lower case, no marks, đ as d, words parted by one space.
///
/// An apostrophe parts nothing: H'Mông and Hmông are one word.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in bare(text).chars().filter(|c| !is_apostrophe(*c)) {
        if c.is_alphanumeric() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Lower case without marks, with spaces and punctuation as they were.
pub(super) fn bare(text: &str) -> String {
    text.chars()
        .filter_map(tidy)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// One character as it is kept; nothing where a reader would see nothing.
fn tidy(c: char) -> Option<char> {
    match c {
        // Fonts draw Eth and the African D like Đ, and so they come in pasted text.
        'Ð' | 'Ɖ' => Some('Đ'),
        'ð' | 'ɖ' => Some('đ'),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_control() || is_invisible(c) => None,
        _ => Some(c),
    }
}

/// Soft hyphen, zero-width characters and writing directions.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nfd(text: &str) -> String {
        text.nfd().collect()
    }

    #[test]
    fn both_spellings_of_one_text_become_one() {
        let name = "Đường Hiến Nguyễn";
        let apart = nfd(name);
        assert_eq!((name.chars().count(), name.len()), (17, 25));
        assert_eq!((apart.chars().count(), apart.len()), (24, 32));
        assert_eq!(normalise(&apart), name);
        assert_eq!(normalise(name), name);
    }

    #[test]
    fn letters_with_two_marks_are_composed() {
        for letter in ["ệ", "ặ", "ẳ", "ớ", "ữ", "Ỗ"] {
            assert_eq!(normalise(&nfd(letter)), letter);
        }
        // The dot typed before the circumflex, and a letter already half composed.
        assert_eq!(normalise("e\u{323}\u{302}"), "ệ");
        assert_eq!(normalise("ê\u{323}"), "ệ");
    }

    #[test]
    fn look_alikes_become_the_vietnamese_letter() {
        assert_eq!(normalise("Ðồng Ɖồng ðất ɖất"), "Đồng Đồng đất đất");
    }

    #[test]
    fn odd_spaces_become_spaces_and_lines_stay() {
        assert_eq!(normalise("5.200\u{a0}m² \u{3000}\t"), "5.200 m²");
        assert_eq!(normalise("a\u{2009}b\u{202f}c\td"), "a b c d");
        assert_eq!(normalise("một\r\nhai\rba\u{2028}bốn\n"), "một\nhai\nba\nbốn");
    }

    #[test]
    fn what_nobody_sees_is_dropped() {
        assert_eq!(normalise("\u{feff}Sa\u{200b} Pả\u{0}\u{7} 9\u{ad}"), "Sa Pả 9");
        assert_eq!(normalise("\u{1b}\u{7f} \n "), "");
    }

    #[test]
    fn the_author_keeps_the_place_of_the_tone_mark() {
        assert_eq!(normalise("cấp uỷ, thuỷ lợi"), "cấp uỷ, thuỷ lợi");
        assert_ne!(normalise("hoà"), normalise("hòa"));
    }

    #[test]
    fn normalising_twice_changes_nothing_more() {
        for text in ["  Ðất\r\n", "a\u{a0}\u{301}", "\u{feff} \u{302}e", "Ḍ\u{307}"] {
            let once = normalise(text);
            assert_eq!(normalise(&once), once);
        }
    }

    #[test]
    fn search_finds_names_typed_without_marks() {
        assert_eq!(fold("Đất"), "dat");
        assert_eq!(fold("ĐẤT"), "dat");
        assert_eq!(fold("đường"), "duong");
        assert_eq!(fold("Hiến"), "hien");
        assert_eq!(fold("Tráng Lền Dín"), "trang len din");
        assert_eq!(fold("Ðồng Căm"), "dong cam");
    }

    #[test]
    fn search_knows_no_place_of_the_tone_mark() {
        for (old, new) in [("hoà", "hòa"), ("uỷ", "ủy"), ("thuỷ", "thủy")] {
            assert_eq!(fold(old), fold(new));
        }
    }

    #[test]
    fn search_takes_both_spellings_for_one() {
        assert_eq!(fold(&nfd("Đường Hiến Nguyễn")), "duong hien nguyen");
    }

    #[test]
    fn whatever_parts_words_is_one_space() {
        assert_eq!(
            fold(" Sa Pả-9, thị  trấn\u{a0}(Mường Khương).\n"),
            "sa pa 9 thi tran muong khuong"
        );
        assert_eq!(fold("03-CT/TW"), "03 ct tw");
        assert_eq!(fold(" – … "), "");
    }

    #[test]
    fn an_apostrophe_parts_no_word() {
        assert_eq!(fold("H'Mông"), "hmong");
        assert_eq!(fold("H’Mông"), fold("Hmông"));
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for text in ["Đất, ruộng", "H'Mông", "İ", "ǅ", "5.200 m²"] {
            let once = fold(text);
            assert_eq!(fold(&once), once);
        }
    }
}
