//! What screens and scripts are given: identifiers for programs, labels and printed values for
//! people.

use serde::Serialize;

use crate::form::{Input, Policy};

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldView {
    /// Its identifier.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The step of the form it belongs to.
    pub section: Option<String>,
    /// Its value as people read it.
    pub text: String,
    /// A quantity in words, in Vietnamese.
    pub words: Option<String>,
    /// Its value as a form takes it back.
    pub value: Input,
    /// Whether it is contested.
    pub contested: bool,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SideView {
    /// The entry that took it.
    pub entry: String,
    /// The device that wrote it.
    pub device: String,
    /// The person who wrote it; empty where this phone has not been told.
    pub author: String,
    /// Whether this phone wrote it.
    pub own: bool,
    /// The device's clock when it was written, milliseconds UTC.
    pub written_at: i64,
    /// The fields in question and their values, as people read them.
    pub values: Vec<(String, String)>,
}

/// What is disagreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestedKind {
    /// What a field or a group holds.
    Values,
    /// Whether the record is void.
    Void,
    /// A field that was decided on and written again.
    Changed,
}

/// An open disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContestView {
    /// What is disagreed on.
    pub kind: ContestedKind,
    /// What settles it.
    pub policy: Policy,
    /// The labels of the fields in question.
    pub fields: Vec<String>,
    /// Its sides.
    pub sides: Vec<SideView>,
}

/// One step of a record's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryView {
    /// The entry.
    pub entry: String,
    /// The device that wrote it.
    pub device: String,
    /// The person who wrote it; empty where this phone has not been told.
    pub author: String,
    /// Whether this phone wrote it.
    pub own: bool,
    /// The device's clock when it was written, milliseconds UTC.
    pub written_at: i64,
    /// Per field its label, what the writer had seen in it, and what they wrote.
    pub changes: Vec<(String, Vec<String>, String)>,
    /// Why, of what staff decided.
    pub reason: Option<String>,
    /// Entries on this record that the writer had not seen.
    pub unseen: Vec<String>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordView {
    /// Its id.
    pub id: String,
    /// Its form's identifier, or its number where this phone does not know it.
    pub form: String,
    /// What people call its form.
    pub form_label: String,
    /// What people call it.
    pub title: String,
    /// The state it was read at: a form opened on it names this when it is saved.
    pub state: String,
    /// Why it is void.
    pub void: Option<String>,
    /// Its fields that hold something, in the form's order.
    pub fields: Vec<FieldView>,
    /// Its rows.
    pub rows: Vec<RecordView>,
    /// What is contested of it.
    pub contests: Vec<ContestView>,
}

/// Which records a screen asks for: the newest first, voided ones last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Only this form's.
    pub form: Option<String>,
    /// Only those that happened on or after this day, ISO.
    pub from: Option<String>,
    /// Only those that happened on or before this day, ISO.
    pub to: Option<String>,
    /// Only those that hold each of these words, typed with or without their marks.
    pub words: String,
    /// Only those that are contested.
    pub contested: bool,
    /// How many to leave out first.
    pub offset: u32,
    /// How many at the most; 0 for 50.
    pub limit: u32,
}

/// One record in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListItem {
    /// Its id.
    pub id: String,
    /// Its form's identifier, or its number where this phone does not know it.
    pub form: String,
    /// What people call it.
    pub title: String,
    /// A few of its values as people read them.
    pub summary: Vec<String>,
    /// The date it happened on, ISO.
    pub occurred_on: Option<String>,
    /// Why it is void.
    pub void: Option<String>,
    /// How many disagreements are open on it.
    pub contests: u32,
    /// Whether something written of it here has not been confirmed by the district.
    pub unsent: bool,
}

/// Something a form holds against a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ViolationView {
    /// The form's identifier.
    pub form: String,
    /// The field's identifier.
    pub field: String,
    /// The place of the row it is in, from 0.
    pub row: Option<usize>,
    /// `warn`, `ask` or `block`.
    pub severity: String,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}
