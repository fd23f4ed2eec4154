//! A form as it is filled in, and what becomes of it.

use std::collections::HashMap;

use soban_core::form::Input;
use soban_core::phone as core;

use crate::small;

/// A value as it comes from a screen.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum FieldInput {
    /// Nothing.
    Null,
    /// Yes or no.
    YesNo {
        /// Which.
        value: bool,
    },
    /// A whole number, in the field's own unit.
    Number {
        /// How many.
        value: i64,
    },
    /// Anything as text.
    Text {
        /// As typed.
        value: String,
    },
    /// Several texts. Not `List`: Kotlin would take that for its own, and not compile.
    Texts {
        /// In any order.
        values: Vec<String>,
    },
}

impl From<FieldInput> for Input {
    fn from(input: FieldInput) -> Self {
        match input {
            FieldInput::Null => Self::Null,
            FieldInput::YesNo { value } => Self::Bool(value),
            FieldInput::Number { value } => Self::Int(value),
            FieldInput::Text { value } => Self::Text(value),
            FieldInput::Texts { values } => Self::List(values),
        }
    }
}

impl From<Input> for FieldInput {
    fn from(input: Input) -> Self {
        match input {
            Input::Null => Self::Null,
            Input::Bool(value) => Self::YesNo { value },
            Input::Int(value) => Self::Number { value },
            Input::Text(value) => Self::Text { value },
            Input::List(values) => Self::Texts { values },
        }
    }
}

/// What a violation does to the save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Severity {
    /// Saved, and marked.
    Warn,
    /// Saved once the person has said that it is right.
    Ask,
    /// Not saved.
    Block,
}

records! {
    /// A row of a repeating part, as filled in.
    Row {
        /// The identifier of its form.
        form: String,
        /// What was typed, by the identifiers of the fields.
        fields: HashMap<String, FieldInput>,
    }

    /// A form as filled in so far, all of it.
    Filled {
        /// The identifier of its form.
        form: String,
        /// What was typed, by the identifiers of the fields.
        fields: HashMap<String, FieldInput>,
        /// Its rows.
        rows: Vec<Row>,
    }

    /// A record to be made, as filled in.
    NewRecord {
        /// The identifier of its form.
        form: String,
        /// Whose book; the phone's own unit if absent.
        org_unit: Option<u32>,
        /// What was typed, by the identifiers of the fields.
        fields: HashMap<String, FieldInput>,
        /// Its rows.
        rows: Vec<Row>,
        /// Whether the person has confirmed what is asked about.
        confirmed: bool,
        /// The draft that this ends.
        draft: Option<i64>,
    }

    /// What was typed into a row that exists.
    RowPatch {
        /// The row's id.
        record: String,
        /// What was typed, by the identifiers of the fields.
        fields: HashMap<String, FieldInput>,
    }

    /// Changes to a record, as filled in.
    RecordPatch {
        /// The record's id.
        record: String,
        /// The state that the form was opened at; the present one if absent.
        opened_at: Option<String>,
        /// What was typed; fields that are not named stay as they are.
        fields: HashMap<String, FieldInput>,
        /// What was typed into its rows.
        rows: Vec<RowPatch>,
        /// Rows to be added.
        new_rows: Vec<Row>,
        /// Whether the person has confirmed what is asked about.
        confirmed: bool,
        /// The draft that this ends.
        draft: Option<i64>,
    }

    /// What a save did.
    Saved {
        /// The record's id.
        record: String,
        /// How many entries it wrote; none if nothing changed.
        entries: u32,
        /// What the form still holds against it.
        warnings: Vec<Violation>,
        /// Ids of records that may be the same thing.
        same_as: Vec<String>,
    }

    /// Something a form holds against a record.
    Violation {
        /// The form's identifier.
        form: String,
        /// The field's identifier.
        field: String,
        /// The place of the row it is in, from 0.
        row: Option<u32>,
        /// What it does to the save.
        severity: Severity,
        /// In Vietnamese.
        vi: String,
        /// In English.
        en: String,
    }

    /// A field that has been written since the form was opened.
    MovedField {
        /// Its record's id.
        record: String,
        /// Its identifier.
        field: String,
        /// What people call it; of a row that is new, what they call its form.
        label: String,
        /// What it holds now; of a row that is new, what people call it.
        now: String,
    }

    /// How one field reads.
    FieldReading {
        /// Its identifier.
        name: String,
        /// Whether it is asked for now.
        shown: bool,
        /// What was typed as people read it; empty where it does not read.
        text: String,
        /// A quantity in words, in Vietnamese.
        words: Option<String>,
        /// Options that may not be chosen on the record's day, by their identifiers.
        closed: Vec<String>,
    }

    /// A form as it reads so far.
    Checked {
        /// Every field of the form, in its order.
        fields: Vec<FieldReading>,
        /// The same for each row.
        rows: Vec<Vec<FieldReading>>,
        /// All that the form holds against it.
        violations: Vec<Violation>,
    }
}

pub(crate) fn typed(fields: HashMap<String, FieldInput>) -> core::Typed {
    fields.into_iter().map(|(name, input)| (name, input.into())).collect()
}

pub(crate) fn rows(rows: Vec<Row>) -> Vec<(String, core::Typed)> {
    rows.into_iter().map(|row| (row.form, typed(row.fields))).collect()
}

pub(crate) fn saved(phone: &core::Phone, saved: &core::Saved) -> Saved {
    let warnings = saved.warnings.iter().map(|one| phone.violation_view(one).into());
    Saved {
        record: saved.record.to_string(),
        entries: small(saved.entries),
        warnings: warnings.collect(),
        same_as: saved.same_as.iter().map(ToString::to_string).collect(),
    }
}

impl From<core::ViolationView> for Violation {
    fn from(view: core::ViolationView) -> Self {
        let core::ViolationView { form, field, row, severity, vi, en } = view;
        let severity = match severity.as_str() {
            "warn" => Severity::Warn,
            "ask" => Severity::Ask,
            _ => Severity::Block,
        };
        Self { form, field, row: row.map(small), severity, vi, en }
    }
}

impl From<core::MovedField> for MovedField {
    fn from(moved: core::MovedField) -> Self {
        let core::MovedField { record, field, label, now } = moved;
        Self { record: record.to_string(), field, label, now }
    }
}

impl From<core::FieldReading> for FieldReading {
    fn from(reading: core::FieldReading) -> Self {
        let core::FieldReading { name, shown, text, words, closed } = reading;
        Self { name, shown, text, words, closed }
    }
}

impl From<core::FillingView> for Checked {
    fn from(view: core::FillingView) -> Self {
        let readings = |fields: Vec<core::FieldReading>| {
            fields.into_iter().map(FieldReading::from).collect::<Vec<_>>()
        };
        Self {
            fields: readings(view.fields),
            rows: view.rows.into_iter().map(readings).collect(),
            violations: view.violations.into_iter().map(Violation::from).collect(),
        }
    }
}
