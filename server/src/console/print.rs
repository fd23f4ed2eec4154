//! Values, titles and histories as people read them, with the names of what they refer to.

use std::collections::BTreeMap;

use crate::store::Db;
use soban_core::base::quantity::Unit;
use soban_core::base::{DeviceId, EntryRef, Instant, RecordId, words as number_words};
use soban_core::book::{Book, RecordRow, StepChange};
use soban_core::form::{Field, FieldKind, Form, Language, Pack, print_value};
use soban_core::record::{FieldNo, Fields, FormNo, Value};

use super::Failure;
use super::moment::exact;
use super::view::{ChangeLine, HistoryLine, RecordLine};
use super::words::Words;
use crate::store::read::{self, EntryOrigin, StoredRecord};
use crate::store::{device, org};

/// Prints what one page shows.
#[derive(Debug)]
pub(super) struct Printer<'a> {
    pub(super) db: &'a Db,
    pub(super) pack: &'a Pack,
    pub(super) words: &'static Words,
    pub(super) now: Instant,
}

impl<'a> Printer<'a> {
    pub(super) fn language(&self) -> Language {
        self.words.language()
    }

    pub(super) fn form(&self, no: FormNo) -> Option<&'a Form> {
        self.pack.find_form(no)
    }

    pub(super) fn form_name(&self, no: FormNo) -> String {
        let form = self.form(no);
        let unknown = || self.words.with("form-unknown", "number", no.0);
        form.map_or_else(unknown, |form| self.pack.form_label(self.language(), form))
    }

    /// What a field is called; its number where the pack does not know it.
    pub(super) fn label(&self, form: Option<&Form>, no: FieldNo) -> String {
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
    pub(super) fn value(
        &self,
        form: Option<&Form>,
        no: FieldNo,
        value: &Value,
    ) -> Result<String, Failure> {
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
    pub(super) fn spoken(&self, field: Option<&Field>, value: &Value) -> Option<String> {
        let unit = field?.kind.unit()?;
        let Value::Int(number) = value else { return None };
        let matters =
            matches!(unit, Unit::Dong | Unit::SquareMetre | Unit::Metre | Unit::LabourDay);
        (matters && self.language() == Language::Vi)
            .then(|| number_words::quantity_in_words(*number, unit))
    }

    /// What a record is called; that it is not here, where it is not.
    pub(super) fn record_title(&self, id: RecordId) -> Result<String, Failure> {
        let found = read::find_record(self.db, id)?;
        Ok(match found {
            Some(record) => self.title(record.row.form, &record.row.fields)?,
            None => self.words.t("record-unknown"),
        })
    }

    /// What a record of these values is called.
    pub(super) fn title(&self, form_no: FormNo, fields: &Fields) -> Result<String, Failure> {
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

    pub(super) fn record_line(&self, record: &StoredRecord) -> Result<RecordLine, Failure> {
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

    fn summary(&self, row: &RecordRow) -> Result<String, Failure> {
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

    /// The history of a record, the newest first. `apart` are the sides of what is contested.
    pub(super) fn history(
        &self,
        book: &Book,
        id: RecordId,
        origins: &Origins,
        apart: &[EntryRef],
    ) -> Result<Vec<HistoryLine>, Failure> {
        let form = book.form_of(id.key).and_then(|form| self.form(form));
        let mut lines = Vec::new();
        for step in soban_core::book::history_of(book, id.key) {
            let created = step.changes.iter().any(|change| change.field == FieldNo::FORM);
            let void = step.changes.iter().any(|change| change.field == FieldNo::VOID);
            let told = step.changes.iter().filter(|change| is_told(change));
            let changes = told.map(|change| self.change(form, change)).collect::<Result<_, _>>()?;
            let what = match (created, void) {
                (true, _) => "history-created",
                (_, true) => "history-void",
                _ => "history-changed",
            };
            let unseen = step.unseen.len();
            let origin = origins.find(step.entry);
            lines.push(HistoryLine {
                what: self.words.t(what),
                holder: origins.holder(step.entry, self.words),
                device: origins.device(step.entry, self.words),
                written: self.words.with("contest-written", "when", exact(step.time)),
                received: origin.map(|origin| {
                    self.words.with("history-received", "when", exact(origin.received_at))
                }),
                unseen: (unseen > 0).then(|| self.words.with("history-unseen", "count", unseen)),
                apart: apart.contains(&step.entry),
                changes,
            });
        }
        lines.reverse();
        Ok(lines)
    }

    fn change(&self, form: Option<&Form>, change: &StepChange) -> Result<ChangeLine, Failure> {
        let before = change.saw.iter().map(|value| self.value(form, change.field, value));
        Ok(ChangeLine {
            label: self.label(form, change.field),
            before: before.collect::<Result<Vec<_>, _>>()?.join(" / "),
            after: self.value(form, change.field, &change.value)?,
        })
    }
}

/// Whether people are told of a change: not of the system's fields, nor of what stays as it was.
fn is_told(change: &StepChange) -> bool {
    let theirs = change.field.belongs_to_form() || change.field == FieldNo::VOID;
    let same = match change.saw.as_slice() {
        [] => change.value.is_null(),
        [one] => *one == change.value,
        _ => false,
    };
    theirs && !same
}

/// Who brought the entries of a book, and when.
#[derive(Debug, Default)]
pub(super) struct Origins {
    entries: BTreeMap<EntryRef, EntryOrigin>,
    /// The unit's devices in the order in which they were enrolled: people speak of the first
    /// phone and the second, not of their numbers.
    devices: Vec<DeviceId>,
}

impl Origins {
    pub(super) fn of(db: &Db, book: soban_core::base::BookId) -> Result<Self, Failure> {
        let origins = read::origins_of(db, book)?.into_iter();
        let entries = origins.map(|origin| (origin.entry, origin)).collect();
        Ok(Self { entries, devices: device::list_devices_of(db, book.org_unit)? })
    }

    pub(super) fn find(&self, entry: EntryRef) -> Option<&EntryOrigin> {
        self.entries.get(&entry)
    }

    /// Who holds the device that wrote an entry.
    pub(super) fn holder(&self, entry: EntryRef, words: &Words) -> String {
        let holder = self.find(entry).map(|origin| origin.holder.clone());
        holder.filter(|holder| !holder.is_empty()).unwrap_or_else(|| words.t("holder-unknown"))
    }

    /// Which of the unit's devices wrote an entry.
    pub(super) fn device(&self, entry: EntryRef, words: &Words) -> String {
        let wrote = entry.actor.device();
        match self.devices.iter().position(|device| *device == wrote) {
            Some(before) => words.with("history-device", "number", before + 1),
            None => words.t("history-device-other"),
        }
    }
}
