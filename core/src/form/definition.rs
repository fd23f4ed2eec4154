//! The parts of a form's definition.

use minicbor::{Decode, Encode};
use serde::Serialize;

use super::{Expr, Severity, codec};
use crate::base::quantity::Unit;
use crate::record::{FieldNo, FormNo};

/// One kind of record.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Form {
    /// Its number, for ever.
    #[n(0)]
    pub no: FormNo,
    /// Its identifier in files, labels and commands.
    #[n(1)]
    pub name: String,
    /// Raised with every change; a record names the version it was filled under.
    #[n(2)]
    pub version: u32,
    /// The form whose records these are rows of.
    #[n(3)]
    pub parent: Option<FormNo>,
    /// Which book a record lives in.
    #[n(4)]
    pub home: Home,
    /// The fields that name a record in a list.
    #[n(5)]
    pub title: Vec<FieldNo>,
    /// The fields shown beside the title in a list.
    #[n(6)]
    pub summary: Vec<FieldNo>,
    /// What makes two records of one org unit the same thing; empty if nothing does.
    #[n(7)]
    pub natural_key: Vec<FieldNo>,
    /// In the order in which they are asked.
    #[n(8)]
    pub fields: Vec<Field>,
    /// Fields that only make sense together.
    #[n(9)]
    pub groups: Vec<Group>,
    /// What should hold over a record and its rows.
    #[n(10)]
    pub rules: Vec<Rule>,
    /// The numbers that a cell adds up over a year.
    #[n(11)]
    #[cbor(default)]
    pub totals: Vec<FieldNo>,
}

impl Form {
    /// The field of a number.
    #[must_use]
    pub fn find_field(&self, no: FieldNo) -> Option<&Field> {
        self.fields.iter().find(|field| field.no == no)
    }

    /// The field of a name.
    #[must_use]
    pub fn find_field_named(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The group a field belongs to.
    #[must_use]
    pub fn group_of(&self, no: FieldNo) -> Option<&Group> {
        self.groups.iter().find(|group| group.fields.contains(&no))
    }

    /// How a disagreement about a field is treated: its group's policy, or its own.
    #[must_use]
    pub fn policy_of(&self, no: FieldNo) -> Policy {
        let of_field = || self.find_field(no).map(|field| field.policy);
        self.group_of(no).map(|group| group.policy).or_else(of_field).unwrap_or_default()
    }
}

/// Which book a form's records live in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub enum Home {
    /// The book of the year of this date field, as it was at creation.
    #[n(0)]
    Year(#[n(0)] FieldNo),
    /// The unit's book of what outlives a year.
    #[n(1)]
    Standing,
    /// The book of the record it is a row of.
    #[n(2)]
    Parent,
}

/// One named value of a record.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Field {
    /// Its number in the form, for ever, 16 or more.
    #[n(0)]
    pub no: FieldNo,
    /// Its identifier in files, rules, labels and commands.
    #[n(1)]
    pub name: String,
    /// What it holds.
    #[n(2)]
    pub kind: FieldKind,
    /// Whether a record without it is refused.
    #[n(3)]
    pub required: bool,
    /// How a disagreement about it is treated, unless it belongs to a group.
    #[n(4)]
    pub policy: Policy,
    /// Whom it could harm.
    #[n(5)]
    pub sensitivity: Sensitivity,
    /// The step of the form it is asked in.
    #[n(6)]
    pub section: Option<String>,
    /// The least value of a number, or the fewest characters of a text.
    #[n(7)]
    pub min: Option<i64>,
    /// The greatest value of a number, or the most characters of a text.
    #[n(8)]
    pub max: Option<i64>,
    /// A number above this is asked about before the record is saved.
    #[n(9)]
    pub ask_above: Option<i64>,
    /// Asked only where this is true, or where the field holds a value all the same.
    #[n(10)]
    pub shown_when: Option<Expr>,
    /// Offered again in the next record of its form: the place, the chair, the number of members.
    #[n(11)]
    #[cbor(default)]
    pub carried: bool,
}

impl Field {
    /// An optional field of a kind, with no limits and policy `quiet`.
    #[must_use]
    pub fn new(no: FieldNo, name: &str, kind: FieldKind) -> Self {
        Self {
            no,
            name: name.to_owned(),
            kind,
            required: false,
            policy: Policy::Quiet,
            sensitivity: Sensitivity::Normal,
            section: None,
            min: None,
            max: None,
            ask_above: None,
            shown_when: None,
            carried: false,
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum FieldKind {
    /// At most 200 characters on one line.
    #[n(0)]
    Text,
    /// At most 20,000 characters.
    #[n(1)]
    LongText,
    /// A whole number.
    #[n(2)]
    Integer,
    /// A number with so many decimals, kept as an integer of the last one.
    #[n(3)]
    Decimal(#[n(0)] u8),
    /// Whole đồng.
    #[n(4)]
    Money,
    /// A number of units.
    #[n(5)]
    Quantity(
        #[n(0)]
        #[cbor(with = "codec::unit")]
        Unit,
    ),
    /// A calendar date.
    #[n(6)]
    Date,
    /// A calendar month.
    #[n(7)]
    Month,
    /// A time of day.
    #[n(8)]
    Time,
    /// Yes or no.
    #[n(9)]
    YesNo,
    /// One option of the list of this name.
    #[n(10)]
    Choice(#[n(0)] String),
    /// Any number of options of the list of this name.
    #[n(11)]
    Choices(#[n(0)] String),
    /// An org unit of one of these kinds; of any kind if there are none.
    #[n(12)]
    OrgUnit(#[n(0)] Vec<String>),
    /// A record of this form.
    #[n(13)]
    Record(#[n(0)] FormNo),
    /// A place on the map.
    #[n(14)]
    Position,
    /// A photo.
    #[n(15)]
    Photo,
}

impl FieldKind {
    /// The unit its integer counts, if it has one.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Self::Quantity(unit) => Some(*unit),
            Self::Money => Some(Unit::Dong),
            _ => None,
        }
    }

    /// Whether it holds a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Decimal(_) | Self::Money | Self::Quantity(_))
    }
}

/// How a disagreement about a field or a group is treated (design section 5).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, Serialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Policy {
    /// Any later write that saw both settles it.
    #[default]
    #[n(0)]
    Quiet,
    /// Open until a decision.
    #[n(1)]
    Review,
    /// Open until a decision with a reason.
    #[n(2)]
    Critical,
}

/// Whom a value could harm.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, Serialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Nobody.
    #[default]
    #[n(0)]
    Normal,
    /// A person: names, ages.
    #[n(1)]
    Personal,
    /// Law calls it sensitive: membership, opinions, violations.
    #[n(2)]
    Sensitive,
}

/// Fields that only make sense together: an entry that changes one writes all of them, and what
/// is shown of them is one author's set.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Group {
    /// Its identifier in files and labels.
    #[n(0)]
    pub name: String,
    /// Its members, in the form's order.
    #[n(1)]
    pub fields: Vec<FieldNo>,
    /// How a disagreement about it is treated.
    #[n(2)]
    pub policy: Policy,
}

/// What should hold over a record and its rows.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Rule {
    /// Its identifier in files and labels.
    #[n(0)]
    pub name: String,
    /// True where all is well; a value it cannot be computed from says nothing.
    #[n(1)]
    pub check: Expr,
    /// What happens when it is false.
    #[n(2)]
    pub severity: Severity,
    /// The field its message stands beside.
    #[n(3)]
    pub field: FieldNo,
}
