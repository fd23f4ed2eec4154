//! Floor 2: forms as data. What a record's numbers mean, which rules hold, what makes sense
//! only together, and how a disagreement about it is treated.
//!
//! Plain data and pure functions: no record type is Rust code, and nothing here parses the files
//! of a pack or the source text of a rule (the district server does, where a pack is installed).
//!
//! ```
//! use soban_core::form::{Field, FieldKind, Policy};
//! use soban_core::record::FieldNo;
//!
//! let field = Field::new(FieldNo(16), "held_on", FieldKind::Date);
//! assert_eq!(field.policy, Policy::Quiet);
//! ```

mod check;
mod codec;
mod definition;
mod expr;
mod input;
mod label;
mod message;
mod pack;
mod print;

pub use check::{Checked, Node, Severity, Violation, ViolationKind, check, day_of};
pub use definition::{Field, FieldKind, Form, Group, Home, Policy, Rule, Sensitivity};
pub use expr::{Eval, Expr, Op, Scope, Unknown, eval};
pub use input::{Input, InputError, read_input};
pub use label::{Labels, Language};
pub use pack::{ChoiceList, Due, OptionDef, Pack, PackError};
pub use print::{print_value, value_to_input};
