//! Why what was typed is no amount, in English and in Vietnamese.
//!
//! Never repeats what was typed, except as the two ways to read it.
//!
//! ```
//! use soban_core::base::quantity::{Unit, parse_amount};
//!
//! let error = parse_amount("5,2", Unit::SquareMetre).unwrap_err();
//! assert_eq!(error.message_vi(), "chỉ ghi được chính xác đến 1\u{a0}m².");
//! ```

use thiserror::Error;

use super::{Unit, format};

/// What was typed is no amount of the unit asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Nothing was typed.
    #[error("an amount is needed")]
    Empty,
    /// It is no number with a unit.
    #[error("a number is needed, such as 5.200 or 12 triệu")]
    NotAmount,
    /// The unit behind the number measures something else, or nothing known.
    #[error("the unit does not fit: {} is needed", .unit.label())]
    WrongUnit {
        /// The unit that was asked for.
        unit: Unit,
    },
    /// It is below zero.
    #[error("an amount cannot be below zero")]
    Negative,
    /// It is more than can be stored.
    #[error("the number is too large")]
    TooLarge,
    /// It has a part smaller than one step of the unit.
    #[error("nothing smaller than {} can be kept", format(1, *.unit))]
    TooFine {
        /// The unit that was asked for.
        unit: Unit,
    },
    /// It has more decimals than are kept.
    #[error("at most {most} digits can be kept behind the comma")]
    TooManyDecimals {
        /// So many are kept.
        most: u8,
    },
    /// It can be read in two ways, both printed as the amounts they would be. The person decides.
    #[error("this can be read as {one} or as {other}")]
    Ambiguous {
        /// One reading; of "5,200" the one that takes the comma for a mark of thousands.
        one: String,
        /// The other; of "5,200" the one that takes it for the decimal comma.
        other: String,
    },
}

impl AmountError {
    /// The message in Vietnamese: a sentence without its first capital, to stand behind a label.
    #[must_use]
    pub fn message_vi(&self) -> String {
        match self {
            Self::Empty => "chưa ghi số lượng.".to_owned(),
            Self::NotAmount => "cần ghi bằng số, ví dụ 5.200 hoặc 12 triệu.".to_owned(),
            Self::WrongUnit { unit } => {
                format!("đơn vị không đúng, cần ghi theo {}.", unit.label())
            }
            Self::Negative => "số lượng không được âm.".to_owned(),
            Self::TooLarge => "số quá lớn.".to_owned(),
            Self::TooFine { unit } => {
                format!("chỉ ghi được chính xác đến {}.", format(1, *unit))
            }
            Self::TooManyDecimals { most } => {
                format!("chỉ ghi được nhiều nhất {most} chữ số sau dấu phẩy.")
            }
            Self::Ambiguous { one, other } => {
                format!("có thể hiểu là {one} hoặc {other}, cần ghi rõ hơn.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_speaks_both_languages() {
        let unit = Unit::LabourDay;
        let (one, other) = ("5.200\u{a0}m²".to_owned(), "5,2\u{a0}m²".to_owned());
        let errors = [
            AmountError::Empty,
            AmountError::NotAmount,
            AmountError::WrongUnit { unit },
            AmountError::Negative,
            AmountError::TooLarge,
            AmountError::TooFine { unit },
            AmountError::TooManyDecimals { most: 2 },
            AmountError::Ambiguous { one, other },
        ];
        for error in errors {
            assert!(error.message_vi().ends_with('.'), "{error}");
            assert!(!error.to_string().ends_with('.'), "{error}");
        }
    }

    #[test]
    fn both_readings_are_shown() {
        let (one, other) = ("5.200\u{a0}m²".to_owned(), "5,2\u{a0}m²".to_owned());
        let error = AmountError::Ambiguous { one, other };
        assert_eq!(error.to_string(), "this can be read as 5.200\u{a0}m² or as 5,2\u{a0}m²");
        assert_eq!(
            error.message_vi(),
            "có thể hiểu là 5.200\u{a0}m² hoặc 5,2\u{a0}m², cần ghi rõ hơn."
        );
    }

    #[test]
    fn what_is_too_fine_says_how_fine_it_may_be() {
        let error = AmountError::TooFine { unit: Unit::LabourDay };
        assert_eq!(error.to_string(), "nothing smaller than 0,1 ngày công can be kept");
        assert_eq!(error.message_vi(), "chỉ ghi được chính xác đến 0,1 ngày công.");
    }
}
