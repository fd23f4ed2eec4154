//! Between the core's types and those that cross the border.

use std::collections::HashMap;

use soban_core::form::Input;
use soban_core::phone as core;

use crate::types::{
    Contest, Draft, Field, FieldInput, Form, HistoryChange, HistoryStep, ListItem, Moved, Record,
    Row, Saved, Side, Status, SyncOutcome, Violation,
};

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl From<FieldInput> for Input {
    fn from(input: FieldInput) -> Self {
        match input {
            FieldInput::Null => Self::Null,
            FieldInput::YesNo { value } => Self::Bool(value),
            FieldInput::Number { value } => Self::Int(value),
            FieldInput::Text { value } => Self::Text(value),
            FieldInput::List { values } => Self::List(values),
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
            Input::List(values) => Self::List { values },
        }
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
        Self { form, field, row: row.map(small), severity, vi, en }
    }
}

impl From<core::MovedField> for Moved {
    fn from(moved: core::MovedField) -> Self {
        let core::MovedField { record, field, now } = moved;
        Self { record: record.to_string(), field, now }
    }
}

impl From<core::FormView> for Form {
    fn from(view: core::FormView) -> Self {
        let core::FormView { name, label, version, parent, records } = view;
        Self { name, label, version, parent, records }
    }
}

impl From<core::FieldView> for Field {
    fn from(view: core::FieldView) -> Self {
        let core::FieldView { name, label, section, text, value, contested } = view;
        Self { name, label, section, text, value: value.into(), contested }
    }
}

impl From<core::SideView> for Side {
    fn from(view: core::SideView) -> Self {
        let core::SideView { entry, device, author, own, written_at, values } = view;
        let values = values.into_iter().flat_map(|(label, value)| [label, value]).collect();
        Self { entry, device, author, own, written_at, values }
    }
}

impl From<core::ContestView> for Contest {
    fn from(view: core::ContestView) -> Self {
        let core::ContestView { kind, policy, fields, sides } = view;
        Self { kind, policy, fields, sides: sides.into_iter().map(Side::from).collect() }
    }
}

impl From<core::RecordView> for Record {
    fn from(view: core::RecordView) -> Self {
        Self {
            id: view.id,
            form: view.form,
            form_label: view.form_label,
            title: view.title,
            state: view.state,
            voided_because: view.void,
            fields: view.fields.into_iter().map(Field::from).collect(),
            rows: view.rows.into_iter().map(Self::from).collect(),
            contests: view.contests.into_iter().map(Contest::from).collect(),
        }
    }
}

impl From<core::ListItem> for ListItem {
    fn from(item: core::ListItem) -> Self {
        let core::ListItem { id, form, title, summary, occurred_on, void, contests } = item;
        Self { id, form, title, summary, occurred_on, voided_because: void, contests }
    }
}

impl From<core::HistoryView> for HistoryStep {
    fn from(view: core::HistoryView) -> Self {
        let core::HistoryView { entry, device, author, own, written_at, changes, reason, unseen } =
            view;
        let change = |(field, saw, wrote)| HistoryChange { field, saw, wrote };
        let changes = changes.into_iter().map(change).collect();
        Self { entry, device, author, own, written_at, changes, reason, unseen }
    }
}

impl From<core::Draft> for Draft {
    fn from(draft: core::Draft) -> Self {
        let core::Draft { id, form, saved_at, body } = draft;
        Self { id, form, saved_at, body }
    }
}

impl From<core::Status> for Status {
    fn from(status: core::Status) -> Self {
        Self {
            device: status.device,
            org_unit: status.org_unit,
            pack_version: status.pack_version,
            unsent: status.unsent,
            oldest_unsent_at: status.oldest_unsent_at,
            refused: status.refused,
            contested: status.contested,
            unread: status.unread,
            synced_at: status.synced_at,
            clock_offset_ms: status.clock_offset_ms,
            revoked: status.revoked,
            pending: status.pending,
            set_aside: status.set_aside,
        }
    }
}

impl From<core::SyncOutcome> for SyncOutcome {
    fn from(outcome: core::SyncOutcome) -> Self {
        Self {
            stored: outcome.stored,
            received: outcome.received,
            refused: outcome.refused,
            reissued: outcome.reissued,
            reference_changed: outcome.reference_changed,
            revoked: outcome.revoked,
            again: outcome.again,
        }
    }
}
