//! One phone for Kotlin, Swift and Python. A method here is a conversion and a call; it decides
//! nothing. Clocks come in as milliseconds since 1970 UTC, messages go in and out as bytes.

/// Records that cross the border, each with the documentation that its foreign twin gets.
macro_rules! records {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* })*) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, uniffi::Record)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
        }
    )*};
}

mod error;
mod filling;
mod form;
mod log;
mod needs;
mod phone;
mod record;
mod status;

pub use error::PhoneError;
pub use filling::{
    Checked, FieldInput, FieldReading, Filled, MovedField, NewRecord, RecordPatch, Row, RowPatch,
    Saved, Severity, Violation,
};
pub use form::{
    Choice, FieldDetail, FieldKind, FormDetail, FormFigures, FormSummary, Reference, Section,
    Sensitivity,
};
pub use log::{LogError, LogLevel, LogSink};
pub use needs::{Decision, Problem, Refused, RefusedRecord, Ruling};
pub use phone::Phone;
pub use record::{
    Contest, ContestKind, Draft, Field, HistoryChange, HistoryStep, LabelledText, ListItem,
    ListQuery, Policy, Record, Side,
};
pub use status::{Language, Status, SyncOutcome};

uniffi::setup_scaffolding!();

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
