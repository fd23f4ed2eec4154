//! Floor 1: records as numbered fields with typed values.
//!
//! A record is flat: a map from field numbers to scalar values. What the numbers mean is
//! [`crate::form`]'s business, so that a record can be kept and passed on by a program that has
//! never heard of its form.
//!
//! ```
//! use soban_core::record::{FieldNo, Value};
//!
//! let date = Value::Date("2012-04-12".parse().unwrap());
//! assert_eq!(Value::from_bytes(&date.to_bytes().unwrap()), date);
//! assert!(!FieldNo::FORM.belongs_to_form());
//! ```

mod value;

pub use value::{Position, Value};

use std::collections::BTreeMap;
use std::fmt;

use minicbor::{Decode, Encode};

/// The number of a form: never reused, the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct FormNo(#[n(0)] pub u16);

impl fmt::Display for FormNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FormNo {
    /// What the district ruled on a conflict: no pack defines it (see [`crate::book::Decision`]).
    pub const DECISION: Self = Self(0);
}

/// The number of a field within its form: never reused. Numbers below 16 are the system's and
/// mean the same in every form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct FieldNo(#[n(0)] pub u16);

impl FieldNo {
    /// The record's form: an integer, written once, by the write that creates the record.
    pub const FORM: Self = Self(0);
    /// The version of the form it was filled under: an integer.
    pub const FORM_VERSION: Self = Self(1);
    /// The record it is a row of, for child records.
    pub const PARENT: Self = Self(2);
    /// Why the record is void: a text; null lifts the void.
    pub const VOID: Self = Self(3);
    /// The record of an abandoned entry that this one stands for (design section 4, rule 8).
    pub const REISSUE_OF: Self = Self(4);
    /// The record that staff ruled this one to be the same as; null parts them again.
    pub const SAME_AS: Self = Self(5);

    /// Whether a form defines it, rather than the system.
    #[must_use]
    pub fn belongs_to_form(self) -> bool {
        self.0 >= 16
    }
}

impl fmt::Display for FieldNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Values by field. A field that was never written, and one written empty, are both absent or
/// [`Value::Null`].
pub type Fields = BTreeMap<FieldNo, Value>;
