//! Records, their lists and their history.

use soban_core::form as definition;
use soban_core::phone as core;

use crate::FieldInput;

/// What is disagreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ContestKind {
    /// What a field or a group holds.
    Values,
    /// Whether the record is void.
    Void,
    /// A field that was decided on and written again.
    Changed,
}

/// What settles a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Policy {
    /// Any later write that saw both.
    Quiet,
    /// A decision.
    Review,
    /// A decision with a reason.
    Critical,
}

records! {
    /// A label and what stands beside it.
    LabelledText {
        /// The label.
        label: String,
        /// What stands beside it.
        text: String,
    }

    /// Which records to list: the newest first, voided ones last.
    ListQuery {
        /// Only this form's.
        form: Option<String>,
        /// Only those that happened on or after this day, ISO.
        first_day: Option<String>,
        /// Only those that happened on or before this day, ISO.
        last_day: Option<String>,
        /// Only those that hold each of these words, with or without their marks.
        words: Option<String>,
        /// Only those that are contested.
        contested: bool,
        /// How many to leave out first.
        offset: u32,
        /// How many at the most; 0 for 50.
        limit: u32,
    }

    /// One field of a record.
    Field {
        /// Its identifier.
        name: String,
        /// What people call it.
        label: String,
        /// The step of the form it belongs to.
        section: Option<String>,
        /// Its value as people read it.
        text: String,
        /// A quantity in words, in Vietnamese.
        words: Option<String>,
        /// Its value as a form takes it back.
        value: FieldInput,
        /// Whether it is contested.
        contested: bool,
    }

    /// One side of a disagreement.
    Side {
        /// The entry that took it.
        entry: String,
        /// The device that wrote it.
        device: String,
        /// The person who wrote it; empty where this phone has not been told.
        author: String,
        /// Whether this phone wrote it.
        own: bool,
        /// The device's clock when it was written.
        written_at: i64,
        /// The fields in question and their values.
        values: Vec<LabelledText>,
    }

    /// An open disagreement.
    Contest {
        /// What is disagreed on.
        kind: ContestKind,
        /// What settles it.
        policy: Policy,
        /// The labels of the fields in question.
        fields: Vec<String>,
        /// Its sides.
        sides: Vec<Side>,
    }

    /// One record.
    Record {
        /// Its id.
        id: String,
        /// Its form's identifier.
        form: String,
        /// What people call its form.
        form_label: String,
        /// What people call it.
        title: String,
        /// The state it was read at.
        state: String,
        /// Why it is void.
        voided_because: Option<String>,
        /// Its fields that hold something.
        fields: Vec<Field>,
        /// Its rows.
        rows: Vec<Record>,
        /// What is contested of it.
        contests: Vec<Contest>,
    }

    /// One record in a list.
    ListItem {
        /// Its id.
        id: String,
        /// Its form's identifier.
        form: String,
        /// What people call it.
        title: String,
        /// A few of its values.
        summary: Vec<String>,
        /// The date it happened on, ISO.
        occurred_on: Option<String>,
        /// Why it is void.
        voided_because: Option<String>,
        /// How many disagreements are open on it.
        contests: u32,
        /// Whether something written of it here has not been confirmed by the district.
        unsent: bool,
    }

    /// One field's change in a record's history.
    HistoryChange {
        /// The field's label.
        field: String,
        /// What the writer had seen in it.
        saw: Vec<String>,
        /// What they wrote.
        wrote: String,
    }

    /// One step of a record's history.
    HistoryStep {
        /// The entry.
        entry: String,
        /// The device that wrote it.
        device: String,
        /// The person who wrote it; empty where this phone has not been told.
        author: String,
        /// Whether this phone wrote it.
        own: bool,
        /// The device's clock when it was written.
        written_at: i64,
        /// What it changed.
        changes: Vec<HistoryChange>,
        /// Why, of what staff decided.
        reason: Option<String>,
        /// Entries that the writer had not seen.
        unseen: Vec<String>,
    }

    /// A half-filled form.
    Draft {
        /// Its number on this phone.
        id: i64,
        /// The form's identifier.
        form: String,
        /// When it was last saved.
        saved_at: i64,
        /// What the screen keeps of it.
        body: String,
    }
}

pub(crate) fn labelled(pairs: Vec<(String, String)>) -> Vec<LabelledText> {
    pairs.into_iter().map(|(label, text)| LabelledText { label, text }).collect()
}

impl From<core::FieldView> for Field {
    fn from(view: core::FieldView) -> Self {
        let core::FieldView { name, label, section, text, words, value, contested } = view;
        Self { name, label, section, text, words, value: value.into(), contested }
    }
}

impl From<core::SideView> for Side {
    fn from(view: core::SideView) -> Self {
        let core::SideView { entry, device, author, own, written_at, values } = view;
        Self { entry, device, author, own, written_at, values: labelled(values) }
    }
}

impl From<core::ContestedKind> for ContestKind {
    fn from(kind: core::ContestedKind) -> Self {
        match kind {
            core::ContestedKind::Values => Self::Values,
            core::ContestedKind::Void => Self::Void,
            core::ContestedKind::Changed => Self::Changed,
        }
    }
}

impl From<definition::Policy> for Policy {
    fn from(policy: definition::Policy) -> Self {
        match policy {
            definition::Policy::Quiet => Self::Quiet,
            definition::Policy::Review => Self::Review,
            definition::Policy::Critical => Self::Critical,
        }
    }
}

impl From<core::ContestView> for Contest {
    fn from(view: core::ContestView) -> Self {
        let core::ContestView { kind, policy, fields, sides } = view;
        let sides = sides.into_iter().map(Side::from).collect();
        Self { kind: kind.into(), policy: policy.into(), fields, sides }
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
        let core::ListItem { id, form, title, summary, occurred_on, void, contests, unsent } = item;
        Self { id, form, title, summary, occurred_on, voided_because: void, contests, unsent }
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
