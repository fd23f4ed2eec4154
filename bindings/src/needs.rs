//! What needs the holder.

use soban_core::phone as core;

use crate::record::labelled;
use crate::{Field, LabelledText, Side};

records! {
    /// What staff decided on a record of this phone's books.
    Decision {
        /// Names the decision, for `mark_read`.
        id: String,
        /// The record it is about.
        record: String,
        /// What people call that.
        title: String,
        /// `set`, `void`, `keep`, `same`, `distinct`, `split` or `ask`.
        ruling: String,
        /// The other record, of a ruling on two.
        other: Option<String>,
        /// What stood against each other before, and who wrote it.
        before: Vec<Side>,
        /// As decided.
        after: Vec<LabelledText>,
        /// Why.
        reason: Option<String>,
        /// Who decided.
        person: String,
        /// When, by the office's clock.
        decided_at: i64,
        /// Whether this phone had written one of the sides.
        own: bool,
        /// Whether the holder has read it.
        read: bool,
    }

    /// What a refused entry said of one record.
    RefusedRecord {
        /// Its form's identifier.
        form: String,
        /// What people call the form.
        form_label: String,
        /// The record that it changed; none if it made one.
        changed: Option<String>,
        /// What it said, as the form takes it back.
        fields: Vec<Field>,
    }

    /// An entry that the district did not take.
    Refused {
        /// The entry.
        entry: String,
        /// `malformed`, `no-grant`, `other-generation`, `quarantined`, `sealed`, `damaged`,
        /// `full` or `other`.
        problem: String,
        /// The device's clock when it was written.
        written_at: i64,
        /// What it said.
        records: Vec<RefusedRecord>,
    }
}

impl From<core::DecisionView> for Decision {
    fn from(view: core::DecisionView) -> Self {
        Self {
            id: view.id,
            record: view.record,
            title: view.title,
            ruling: view.ruling,
            other: view.other,
            before: view.before.into_iter().map(Side::from).collect(),
            after: labelled(view.after),
            reason: view.reason,
            person: view.person,
            decided_at: view.decided_at,
            own: view.own,
            read: view.read,
        }
    }
}

impl From<core::RefusedView> for Refused {
    fn from(view: core::RefusedView) -> Self {
        let core::RefusedView { entry, problem, written_at, records } = view;
        Self {
            entry,
            problem,
            written_at,
            records: records.into_iter().map(RefusedRecord::from).collect(),
        }
    }
}

impl From<core::RefusedRecord> for RefusedRecord {
    fn from(view: core::RefusedRecord) -> Self {
        let core::RefusedRecord { form, form_label, changed, fields } = view;
        Self { form, form_label, changed, fields: fields.into_iter().map(Field::from).collect() }
    }
}
