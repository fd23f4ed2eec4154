//! What a phone holds as people read it, in one language: labels, values, and the names of what
//! they refer to. The screens speak the holder's language, papers always Vietnamese.

use super::Phone;
use crate::base::{OrgUnitId, RecordId};
use crate::book::kept_row;
use crate::form::{FieldKind, Form, Language, print_value};
use crate::record::{FieldNo, Fields, FormNo, Value};

/// Prints in one language.
#[derive(Clone, Copy)]
pub(super) struct Printer<'a> {
    pub(super) phone: &'a Phone,
    pub(super) language: Language,
}

impl Printer<'_> {
    pub(super) fn form_label(&self, form: Option<&Form>, no: FormNo) -> String {
        let label = |form: &Form| self.phone.pack.form_label(self.language, form);
        form.map_or_else(|| no.to_string(), label)
    }

    pub(super) fn label(&self, form: Option<&Form>, no: FieldNo) -> String {
        let field = |form: &Form| {
            let field = form.find_field(no)?;
            Some(self.phone.pack.field_label(self.language, form, field))
        };
        match (no, self.language) {
            (FieldNo::VOID, Language::Vi) => "Hủy vì".to_owned(),
            (FieldNo::VOID, Language::En) => "Void because".to_owned(),
            _ => form.and_then(field).unwrap_or_else(|| no.to_string()),
        }
    }

    pub(super) fn value(&self, form: Option<&Form>, no: FieldNo, value: &Value) -> String {
        let field = form.and_then(|form| form.find_field(no));
        let kind = field.map_or(&FieldKind::LongText, |field| &field.kind);
        match value {
            Value::Record(id) => self.name_of_record(*id),
            Value::OrgUnit(unit) => self.name_of_unit(*unit),
            value => print_value(&self.phone.pack, kind, value, self.language),
        }
    }

    /// What a record is called, or the one that it was ruled to be the same as.
    pub(super) fn name_of_record(&self, id: RecordId) -> String {
        let find = |id| Ok(self.phone.store.find_record(id)?.map(|record| record.row));
        match kept_row::<crate::store::StoreError>(id, find) {
            Ok(Some(row)) => self.title(self.phone.pack.find_form(row.form), row.form, &row.fields),
            _ => self.not_here("Bản ghi chưa có ở máy này", "Record not on this phone yet"),
        }
    }

    fn name_of_unit(&self, unit: OrgUnitId) -> String {
        let known = self.phone.org.units.iter().find(|known| known.id == unit.0);
        let not_here = || self.not_here("Đơn vị chưa có ở máy này", "Unit not on this phone yet");
        known.map_or_else(not_here, |known| known.name.clone())
    }

    /// Of a record: its form's label and the title fields that hold something.
    pub(super) fn title(&self, form: Option<&Form>, form_no: FormNo, fields: &Fields) -> String {
        let Some(form) = form else { return form_no.to_string() };
        let part = |no: &FieldNo| {
            let value = fields.get(no).filter(|value| !value.is_null())?;
            // A title that names a record would have to be told that record's title, and so on.
            match value {
                Value::Record(_) => None,
                value => Some(self.value(Some(form), *no, value)),
            }
        };
        let parts: Vec<String> = form.title.iter().filter_map(part).collect();
        if parts.is_empty() {
            self.phone.pack.form_label(self.language, form)
        } else {
            parts.join(" · ")
        }
    }

    fn not_here(&self, vi: &str, en: &str) -> String {
        match self.language {
            Language::Vi => vi,
            Language::En => en,
        }
        .to_owned()
    }
}

/// The same in the holder's language.
impl Phone {
    pub(super) fn printer(&self) -> Printer<'_> {
        Printer { phone: self, language: self.language }
    }

    pub(super) fn label(&self, form: Option<&Form>, no: FieldNo) -> String {
        self.printer().label(form, no)
    }

    pub(super) fn print(&self, form: Option<&Form>, no: FieldNo, value: &Value) -> String {
        self.printer().value(form, no, value)
    }

    pub(super) fn title(&self, form: Option<&Form>, form_no: FormNo, fields: &Fields) -> String {
        self.printer().title(form, form_no, fields)
    }

    pub(super) fn name_of_record(&self, id: RecordId) -> String {
        self.printer().name_of_record(id)
    }
}
