//! Forms as screens draw them, and what a cell's year adds up to.

use soban_core::form as definition;
use soban_core::phone as core;

use crate::LabelledText;
use crate::record::labelled;

/// What a question is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
#[expect(missing_docs, reason = "as in a form's files")]
pub enum FieldKind {
    Text,
    LongText,
    Integer,
    Decimal,
    Money,
    Quantity,
    Date,
    Month,
    Time,
    YesNo,
    Choice,
    Choices,
    OrgUnit,
    Record,
    Position,
    Photo,
}

/// Whom a value could harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Sensitivity {
    /// Nobody.
    Normal,
    /// A person: names, ages.
    Personal,
    /// Law calls it sensitive.
    Sensitive,
}

records! {
    /// A form that can be filled in.
    FormSummary {
        /// Its identifier.
        name: String,
        /// What people call it.
        label: String,
        /// What it is for, in a sentence.
        help: Option<String>,
        /// Its version.
        version: u32,
        /// The form whose records these are rows of.
        parent: Option<String>,
        /// How many of its records this phone holds.
        records: u32,
        /// How many of them happened this year.
        this_year: u32,
        /// Of a monthly form: the older of this month and the last that has no record, ISO.
        due_month: Option<String>,
    }

    /// A form with all that is asked.
    FormDetail {
        /// Its identifier.
        name: String,
        /// What people call it.
        label: String,
        /// What it is for, in a sentence.
        help: Option<String>,
        /// Its version.
        version: u32,
        /// The field that says when it happened.
        occurred_on: Option<String>,
        /// The steps in which it is asked.
        sections: Vec<Section>,
        /// The forms of its rows.
        children: Vec<FormDetail>,
    }

    /// One step of a form.
    Section {
        /// Its identifier; empty where the form has no steps.
        name: String,
        /// What people call it.
        label: String,
        /// What is asked in it.
        fields: Vec<FieldDetail>,
    }

    /// One question.
    FieldDetail {
        /// The field's identifier.
        name: String,
        /// What people call it.
        label: String,
        /// The question as a full sentence; the label where the pack has none.
        ask: String,
        /// What helps to answer it.
        help: Option<String>,
        /// What it is answered with.
        kind: FieldKind,
        /// As printed behind a number.
        unit: Option<String>,
        /// How many decimals may be typed.
        decimals: u8,
        /// The form whose records may be chosen.
        target: Option<String>,
        /// What may be chosen.
        options: Vec<Choice>,
        /// Whether a record without it is refused.
        required: bool,
        /// Whom its value could harm.
        sensitivity: Sensitivity,
        /// The group it is changed together with.
        group: Option<String>,
        /// Whether the next record of the form starts with this one's value.
        carried: bool,
    }

    /// One option of a choice.
    Choice {
        /// Its identifier.
        name: String,
        /// What people call it.
        label: String,
        /// The first day it may be chosen for, ISO.
        valid_from: Option<String>,
        /// The last day it may be chosen for, ISO.
        valid_to: Option<String>,
    }

    /// Something that a field may name.
    Reference {
        /// As the field takes it.
        value: String,
        /// What people call it.
        label: String,
        /// What tells it from others of that name.
        detail: String,
    }

    /// What a cell's records of one form add up to in a year.
    FormFigures {
        /// The form's identifier.
        form: String,
        /// What people call it.
        label: String,
        /// Records, voided ones left out.
        records: u32,
        /// Sums with their units.
        totals: Vec<LabelledText>,
        /// Of a monthly form, the months of the year that are recorded, ISO.
        months: Vec<String>,
    }
}

impl From<core::AskedKind> for FieldKind {
    fn from(kind: core::AskedKind) -> Self {
        match kind {
            core::AskedKind::Text => Self::Text,
            core::AskedKind::LongText => Self::LongText,
            core::AskedKind::Integer => Self::Integer,
            core::AskedKind::Decimal => Self::Decimal,
            core::AskedKind::Money => Self::Money,
            core::AskedKind::Quantity => Self::Quantity,
            core::AskedKind::Date => Self::Date,
            core::AskedKind::Month => Self::Month,
            core::AskedKind::Time => Self::Time,
            core::AskedKind::YesNo => Self::YesNo,
            core::AskedKind::Choice => Self::Choice,
            core::AskedKind::Choices => Self::Choices,
            core::AskedKind::OrgUnit => Self::OrgUnit,
            core::AskedKind::Record => Self::Record,
            core::AskedKind::Position => Self::Position,
            core::AskedKind::Photo => Self::Photo,
        }
    }
}

impl From<core::FormView> for FormSummary {
    fn from(view: core::FormView) -> Self {
        let core::FormView { name, label, help, version, parent, records, this_year, due_month } =
            view;
        Self { name, label, help, version, parent, records, this_year, due_month }
    }
}

impl From<core::FormDetail> for FormDetail {
    fn from(form: core::FormDetail) -> Self {
        let section = |section: core::SectionView| Section {
            name: section.name,
            label: section.label,
            fields: section.fields.into_iter().map(FieldDetail::from).collect(),
        };
        Self {
            name: form.name,
            label: form.label,
            help: form.help,
            version: form.version,
            occurred_on: form.occurred_on,
            sections: form.sections.into_iter().map(section).collect(),
            children: form.children.into_iter().map(Self::from).collect(),
        }
    }
}

impl From<core::FieldDetail> for FieldDetail {
    fn from(field: core::FieldDetail) -> Self {
        let choice = |option: core::OptionView| Choice {
            name: option.name,
            label: option.label,
            valid_from: option.from,
            valid_to: option.to,
        };
        Self {
            name: field.name,
            label: field.label,
            ask: field.ask,
            help: field.help,
            kind: field.kind.into(),
            unit: field.unit,
            decimals: field.decimals,
            target: field.target,
            options: field.options.into_iter().map(choice).collect(),
            required: field.required,
            sensitivity: match field.sensitivity {
                definition::Sensitivity::Normal => Sensitivity::Normal,
                definition::Sensitivity::Personal => Sensitivity::Personal,
                definition::Sensitivity::Sensitive => Sensitivity::Sensitive,
            },
            group: field.group,
            carried: field.carried,
        }
    }
}

impl From<core::ReferenceView> for Reference {
    fn from(view: core::ReferenceView) -> Self {
        let core::ReferenceView { value, label, detail } = view;
        Self { value, label, detail }
    }
}

impl From<core::FormFigures> for FormFigures {
    fn from(figures: core::FormFigures) -> Self {
        let core::FormFigures { form, label, records, totals, months } = figures;
        Self { form, label, records, totals: labelled(totals), months }
    }
}
