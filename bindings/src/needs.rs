//! What needs the holder.

use soban_core::phone as core;

use crate::record::labelled;
use crate::{Field, LabelledText, Side};

/// What kind of decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Ruling {
    /// A field or a group was given its value.
    Set,
    /// The record is void.
    Void,
    /// The record is not void.
    Keep,
    /// Two records are one.
    Same,
    /// Two records are two.
    Distinct,
    /// What was one is two again.
    Split,
    /// Somebody is asked.
    Ask,
}

/// Why the district did not take an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Problem {
    /// Its bytes are no entry.
    Malformed,
    /// The phone may not write to that book.
    NoGrant,
    /// The book has begun anew.
    OtherGeneration,
    /// It contradicts its own book.
    Quarantined,
    /// The phone is revoked; staff may still let it in.
    Sealed,
    /// Its bytes are no longer those that were written.
    Damaged,
    /// The district has no room for it; it is sent again.
    Full,
    /// What this version does not know.
    Other,
}

records! {
    /// What staff decided on a record of this phone's books.
    Decision {
        /// Names the decision, for `mark_read`.
        id: String,
        /// The record it is about.
        record: String,
        /// What people call that.
        title: String,
        /// What kind of decision it is.
        ruling: Ruling,
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
        /// Why.
        problem: Problem,
        /// The device's clock when it was written.
        written_at: i64,
        /// What it said.
        records: Vec<RefusedRecord>,
    }
}

impl From<core::RulingKind> for Ruling {
    fn from(kind: core::RulingKind) -> Self {
        match kind {
            core::RulingKind::Set => Self::Set,
            core::RulingKind::Void => Self::Void,
            core::RulingKind::Keep => Self::Keep,
            core::RulingKind::Same => Self::Same,
            core::RulingKind::Distinct => Self::Distinct,
            core::RulingKind::Split => Self::Split,
            core::RulingKind::Ask => Self::Ask,
        }
    }
}

impl From<core::RefusedKind> for Problem {
    fn from(kind: core::RefusedKind) -> Self {
        match kind {
            core::RefusedKind::Malformed => Self::Malformed,
            core::RefusedKind::NoGrant => Self::NoGrant,
            core::RefusedKind::OtherGeneration => Self::OtherGeneration,
            core::RefusedKind::Quarantined => Self::Quarantined,
            core::RefusedKind::Sealed => Self::Sealed,
            core::RefusedKind::Damaged => Self::Damaged,
            core::RefusedKind::Full => Self::Full,
            core::RefusedKind::Other => Self::Other,
        }
    }
}

impl From<core::DecisionView> for Decision {
    fn from(view: core::DecisionView) -> Self {
        Self {
            id: view.id,
            record: view.record,
            title: view.title,
            ruling: view.ruling.into(),
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
            problem: problem.into(),
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
