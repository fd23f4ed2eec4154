//! One phone for Kotlin, Swift and Python. A method here is a conversion and a call; it decides
//! nothing. Clocks come in as milliseconds since 1970 UTC, messages go in and out as bytes.

mod convert;
mod error;
mod phone;
mod types;

pub use error::PhoneError;
pub use phone::Phone;
pub use types::{
    Contest, Draft, Field, FieldInput, Form, HistoryChange, HistoryStep, ListItem, Moved,
    NewRecord, Record, RecordPatch, Row, RowPatch, Saved, Side, Status, SyncOutcome, Violation,
};

uniffi::setup_scaffolding!();
