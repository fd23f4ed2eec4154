//! Forms as screens draw them: the questions in their order, with the words of the holder's
//! language, and what is due of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Phone, PhoneError};
use crate::base::{Date, Instant, Month};
use crate::form::{Field, FieldKind, Form, Home, Sensitivity};
use crate::record::{FieldNo, FormNo, Value};
use crate::store::year_days;

/// No date is later.
const LAST_YEAR: u16 = 9_999;

/// A form that can be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormView {
    /// Its identifier.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What it is for, in a sentence.
    pub help: Option<String>,
    /// Its version.
    pub version: u32,
    /// The form whose records these are rows of.
    pub parent: Option<String>,
    /// How many of its records this phone holds, voided ones left out.
    pub records: u32,
    /// How many of them happened this year.
    pub this_year: u32,
    /// Of a monthly form: the older of this month and the last that has no record.
    pub due_month: Option<String>,
}

/// A form with all that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormDetail {
    /// Its identifier.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What it is for, in a sentence.
    pub help: Option<String>,
    /// Its version.
    pub version: u32,
    /// The field that says when it happened.
    pub occurred_on: Option<String>,
    /// The steps in which it is asked.
    pub sections: Vec<SectionView>,
    /// The forms of its rows.
    pub children: Vec<FormDetail>,
}

/// One step of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView {
    /// Its identifier; empty where the form has no steps.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What is asked in it.
    pub fields: Vec<FieldDetail>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldDetail {
    /// The field's identifier.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The question as a full sentence; the label where the pack has none.
    pub ask: String,
    /// What helps to answer it.
    pub help: Option<String>,
    /// What it holds.
    pub kind: AskedKind,
    /// As printed behind a number.
    pub unit: Option<String>,
    /// How many decimals may be typed.
    pub decimals: u8,
    /// The form whose records may be chosen.
    pub target: Option<String>,
    /// What may be chosen.
    pub options: Vec<OptionView>,
    /// Whether a record without it is refused.
    pub required: bool,
    /// Whom its value could harm.
    pub sensitivity: Sensitivity,
    /// The group it is changed together with.
    pub group: Option<String>,
    /// Whether the next record of the form starts with this one's value.
    pub carried: bool,
}

/// What a question is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as in FieldKind")]
pub enum AskedKind {
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

impl From<&FieldKind> for AskedKind {
    fn from(kind: &FieldKind) -> Self {
        match kind {
            FieldKind::Text => Self::Text,
            FieldKind::LongText => Self::LongText,
            FieldKind::Integer => Self::Integer,
            FieldKind::Decimal(_) => Self::Decimal,
            FieldKind::Money => Self::Money,
            FieldKind::Quantity(_) => Self::Quantity,
            FieldKind::Date => Self::Date,
            FieldKind::Month => Self::Month,
            FieldKind::Time => Self::Time,
            FieldKind::YesNo => Self::YesNo,
            FieldKind::Choice(_) => Self::Choice,
            FieldKind::Choices(_) => Self::Choices,
            FieldKind::OrgUnit(_) => Self::OrgUnit,
            FieldKind::Record(_) => Self::Record,
            FieldKind::Position => Self::Position,
            FieldKind::Photo => Self::Photo,
        }
    }
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionView {
    /// Its identifier.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The first day it may be chosen for, ISO.
    pub from: Option<String>,
    /// The last day it may be chosen for, ISO.
    pub to: Option<String>,
}

impl Phone {
    /// The forms that can be filled in here, in the order of their numbers.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn list_forms(&self, now: Instant) -> Result<Vec<FormView>, PhoneError> {
        let today = self.today(now)?;
        let counts = match year_days(today.year()) {
            Some((first, last)) => self.store.count_records(first..=last)?,
            None => BTreeMap::new(),
        };
        let name = |no: FormNo| self.pack.find_form(no).map(|form| form.name.clone());
        let view = |form: &Form| {
            let count = counts.get(&form.no).copied().unwrap_or_default();
            Ok(FormView {
                name: form.name.clone(),
                label: self.pack.form_label(self.language, form),
                help: self.words(&format!("form-{}-help", form.name)),
                version: form.version,
                parent: form.parent.and_then(name),
                records: count.all,
                this_year: match form.home {
                    Home::Year(_) => count.in_days,
                    Home::Standing | Home::Parent => 0,
                },
                due_month: self.due_month(form, today)?.map(|month| month.to_string()),
            })
        };
        self.pack.forms.values().map(view).collect()
    }

    /// A form with all that is asked.
    ///
    /// # Errors
    /// [`PhoneError::UnknownForm`].
    pub fn form(&self, name: &str) -> Result<FormDetail, PhoneError> {
        Ok(self.form_detail(self.find_form(name)?))
    }

    pub(super) fn find_form(&self, name: &str) -> Result<&Form, PhoneError> {
        let form = self.pack.find_form_named(name);
        form.ok_or_else(|| PhoneError::UnknownForm(name.to_owned()))
    }

    fn form_detail(&self, form: &Form) -> FormDetail {
        let mut sections: Vec<SectionView> = Vec::new();
        for field in &form.fields {
            let name = field.section.clone().unwrap_or_default();
            let detail = self.field_detail(form, field);
            match sections.iter_mut().find(|section| section.name == name) {
                Some(section) => section.fields.push(detail),
                None => sections.push(SectionView {
                    label: self
                        .words(&format!("form-{}-section-{name}", form.name))
                        .unwrap_or_else(|| self.pack.form_label(self.language, form)),
                    name,
                    fields: vec![detail],
                }),
            }
        }
        let occurred_on = match form.home {
            Home::Year(no) => form.find_field(no).map(|field| field.name.clone()),
            Home::Standing | Home::Parent => None,
        };
        FormDetail {
            name: form.name.clone(),
            label: self.pack.form_label(self.language, form),
            help: self.words(&format!("form-{}-help", form.name)),
            version: form.version,
            occurred_on,
            sections,
            children: self.pack.children_of(form.no).map(|row| self.form_detail(row)).collect(),
        }
    }

    fn field_detail(&self, form: &Form, field: &Field) -> FieldDetail {
        let label = self.pack.field_label(self.language, form, field);
        let key = |part: &str| format!("form-{}-{}-{part}", form.name, field.name);
        let target = match &field.kind {
            FieldKind::Record(no) => self.pack.find_form(*no).map(|form| form.name.clone()),
            _ => None,
        };
        FieldDetail {
            name: field.name.clone(),
            ask: self.words(&key("ask")).unwrap_or_else(|| label.clone()),
            label,
            help: self.words(&key("help")),
            kind: AskedKind::from(&field.kind),
            unit: field.kind.unit().map(|unit| unit.label().to_owned()),
            decimals: match &field.kind {
                FieldKind::Decimal(scale) => *scale,
                kind => kind.unit().map_or(0, |unit| unit.scale()),
            },
            target,
            options: self.options_of(&field.kind),
            required: field.required,
            sensitivity: field.sensitivity,
            group: form.group_of(field.no).map(|group| group.name.clone()),
            carried: field.carried,
        }
    }

    fn options_of(&self, kind: &FieldKind) -> Vec<OptionView> {
        let (FieldKind::Choice(list) | FieldKind::Choices(list)) = kind else { return Vec::new() };
        let Some(options) = self.pack.choices.get(list) else { return Vec::new() };
        let view = |option: &crate::form::OptionDef| OptionView {
            name: option.name.clone(),
            label: self.pack.option_label(self.language, list, option.code),
            from: option.valid_from.map(|day| day.to_string()),
            to: option.valid_to.map(|day| day.to_string()),
        };
        options.0.iter().map(view).collect()
    }

    fn words(&self, key: &str) -> Option<String> {
        self.pack.labels.find(self.language, key).map(str::to_owned)
    }

    /// Of a form with one record a month: the older of this month and the last that has none.
    fn due_month(&self, form: &Form, today: Date) -> Result<Option<Month>, PhoneError> {
        let Some(field) = month_field(form) else { return Ok(None) };
        let this = today.month();
        let last = Month::from_number(this.number() - 1);
        // A meeting may slip into the next month, so the months of two years are looked at.
        let recorded = self.months_of(form, field, last.unwrap_or(this).year())?;
        let mut due = last.into_iter().chain([this]);
        Ok(due.find(|month| !recorded.contains(month)))
    }

    /// The months that records of a monthly form are for, of those that happened in this year or
    /// later.
    pub(super) fn months_of(
        &self,
        form: &Form,
        field: FieldNo,
        year: u16,
    ) -> Result<BTreeSet<Month>, PhoneError> {
        let mut months = BTreeSet::new();
        let (Some((first, _)), Some((_, last))) = (year_days(year), year_days(LAST_YEAR)) else {
            return Ok(months);
        };
        self.store.each_record(Some(form.no), first..=last, |_, _, fields| {
            if let Some(Value::Month(month)) = fields.get(&field) {
                months.insert(*month);
            }
        })?;
        Ok(months)
    }
}

/// The month that a monthly form's record is for: a part of what makes two records the same.
pub(super) fn month_field(form: &Form) -> Option<FieldNo> {
    let mut keys = form.natural_key.iter();
    keys.find(|no| form.find_field(**no).is_some_and(|f| f.kind == FieldKind::Month)).copied()
}
