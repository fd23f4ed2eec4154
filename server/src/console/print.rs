//! Values and titles as people read them, with the names of what they refer to.

use crate::store::Db;
use soban_core::base::quantity::Unit;
use soban_core::base::{Instant, RecordId, words as number_words};
use soban_core::book::{RecordRow, kept_row};
use soban_core::form::{Field, FieldKind, Form, Language, Pack, print_value};
use soban_core::record::{FieldNo, Fields, FormNo, Value};

use super::view::RecordLine;
use super::words::Words;
use crate::store::read::{self, StoredRecord};
use crate::store::{StoreError, org};

/// Prints what one page shows.
#[derive(Debug)]
pub(crate) struct Printer<'a> {
    pub(crate) db: &'a Db,
    pub(crate) pack: &'a Pack,
    pub(crate) words: &'static Words,
    pub(crate) now: Instant,
}

impl<'a> Printer<'a> {
    pub(crate) fn language(&self) -> Language {
        self.words.language()
    }

    pub(crate) fn form(&self, no: FormNo) -> Option<&'a Form> {
        self.pack.find_form(no)
    }

    pub(crate) fn form_name(&self, no: FormNo) -> String {
        let form = self.form(no);
        let unknown = || self.words.with("form-unknown", "number", no.0);
        form.map_or_else(unknown, |form| self.pack.form_label(self.language(), form))
    }

    /// What a field is called; its number where the pack does not know it.
    pub(crate) fn label(&self, form: Option<&Form>, no: FieldNo) -> String {
        if no == FieldNo::VOID {
            return self.words.t("history-void");
        }
        let known = form.and_then(|form| Some((form, form.find_field(no)?)));
        match known {
            Some((form, field)) => self.pack.field_label(self.language(), form, field),
            None => self.words.with("field-unknown", "number", no.0),
        }
    }

    /// A value with the name of what it refers to.
    pub(crate) fn value(
        &self,
        form: Option<&Form>,
        no: FieldNo,
        value: &Value,
    ) -> Result<String, StoreError> {
        let kind = form.and_then(|form| form.find_field(no)).map(|field| &field.kind);
        Ok(match value {
            Value::Null => self.words.t("history-empty"),
            Value::Record(id) => self.record_title(*id)?,
            Value::OrgUnit(unit) => {
                org::find_name(self.db, *unit)?.unwrap_or_else(|| self.words.t("unit-unknown"))
            }
            Value::Photo(_) => self.words.t("value-photo"),
            Value::Opaque(_) => self.words.t("value-opaque"),
            value => {
                print_value(self.pack, kind.unwrap_or(&FieldKind::LongText), value, self.language())
            }
        })
    }

    /// A quantity in words, where it matters and the page is Vietnamese.
    pub(crate) fn spoken(&self, field: Option<&Field>, value: &Value) -> Option<String> {
        let unit = field?.kind.unit()?;
        let Value::Int(number) = value else { return None };
        let matters =
            matches!(unit, Unit::Dong | Unit::SquareMetre | Unit::Metre | Unit::LabourDay);
        (matters && self.language() == Language::Vi)
            .then(|| number_words::quantity_in_words(*number, unit))
    }

    /// What a record is called, or the one that it was ruled to be the same as; that it is not
    /// here, where it is not.
    pub(crate) fn record_title(&self, id: RecordId) -> Result<String, StoreError> {
        let find =
            |id| Ok::<_, StoreError>(read::find_record(self.db, id)?.map(|record| record.row));
        Ok(match kept_row(id, find)? {
            Some(row) => self.title(row.form, &row.fields)?,
            None => self.words.t("record-unknown"),
        })
    }

    /// What a record of these values is called.
    pub(crate) fn title(&self, form_no: FormNo, fields: &Fields) -> Result<String, StoreError> {
        let Some(form) = self.form(form_no) else { return Ok(self.form_name(form_no)) };
        let mut parts = Vec::new();
        for no in &form.title {
            match fields.get(no) {
                // A title that names a record would have to be told that record's, and so on.
                None | Some(Value::Null | Value::Record(_)) => {}
                Some(value) => parts.push(self.value(Some(form), *no, value)?),
            }
        }
        Ok(if parts.is_empty() { self.form_name(form_no) } else { parts.join(" · ") })
    }

    pub(crate) fn record_line(&self, record: &StoredRecord) -> Result<RecordLine, StoreError> {
        let row = &record.row;
        Ok(RecordLine {
            id: record.id.to_string(),
            when: row.occurred_on.map(|date| date.in_figures()).unwrap_or_default(),
            title: self.title(row.form, &row.fields)?,
            summary: self.summary(row)?,
            contests: row.contests,
            voided: row.void.is_some(),
        })
    }

    fn summary(&self, row: &RecordRow) -> Result<String, StoreError> {
        let form = self.form(row.form);
        let dated =
            |value: &Value| matches!(value, Value::Date(day) if Some(*day) == row.occurred_on);
        let summary = form.into_iter().flat_map(|form| &form.summary);
        let filled = summary.filter_map(|no| Some((no, row.fields.get(no)?)));
        let said = filled
            .filter(|(_, value)| !value.is_null() && !dated(value))
            .map(|(no, value)| self.value(form, *no, value));
        Ok(said.collect::<Result<Vec<_>, _>>()?.join(" · "))
    }
}
