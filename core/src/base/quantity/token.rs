//! What was typed, cut into numbers and words.
//!
//! Knows neither what a number nor what a word means.
//!
//! ```
//! use soban_core::base::quantity::{Unit, parse_amount};
//!
//! let area = |typed| parse_amount(typed, Unit::SquareMetre);
//! assert_eq!(area("5200m2"), area("5200 m²"));
//! ```

use super::AmountError;

/// Numbers and words, also where no space parts them.
pub(super) fn tokens(typed: &str) -> Result<Vec<String>, AmountError> {
    let mut tokens: Vec<String> = Vec::new();
    let mut before = Kind::Gap;
    // The one name of a unit with a figure in it.
    for c in typed.replace("m2", "m²").chars() {
        let kind = Kind::of(c)?;
        match tokens.last_mut() {
            _ if kind == Kind::Gap => {}
            Some(token) if kind == before => token.push(c),
            _ => tokens.push(c.to_string()),
        }
        before = kind;
    }
    Ok(tokens)
}

pub(super) fn is_word(token: &str) -> bool {
    token.starts_with(is_letter)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Word,
    Gap,
}

impl Kind {
    fn of(c: char) -> Result<Self, AmountError> {
        match c {
            '0'..='9' | '.' | ',' => Ok(Self::Number),
            _ if is_letter(c) => Ok(Self::Word),
            _ if c.is_whitespace() => Ok(Self::Gap),
            _ => Err(AmountError::NotAmount),
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '²' | '%' | '₫')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_are_parted_with_and_without_a_space() {
        assert_eq!(tokens("12tr"), tokens("12 tr"));
        assert_eq!(tokens("1.438,5 ngay cong").unwrap(), ["1.438,5", "ngay", "cong"]);
        assert_eq!(tokens("70%").unwrap(), ["70", "%"]);
    }

    #[test]
    fn a_space_parts_numbers_and_words() {
        assert_eq!(tokens(" 5 200  met vuong").unwrap(), ["5", "200", "met", "vuong"]);
    }

    #[test]
    fn the_figure_of_square_metres_belongs_to_the_word() {
        assert_eq!(tokens("5.200m2").unwrap(), ["5.200", "m²"]);
        assert_eq!(tokens("5.200 m²").unwrap(), ["5.200", "m²"]);
    }

    #[test]
    fn signs_are_refused() {
        for typed in ["1/2", "50 - 70", "5; 6", "(5)"] {
            assert_eq!(tokens(typed), Err(AmountError::NotAmount));
        }
    }
}
