//! What an entry says that is not in its book, record by record.

use soban_core::base::{EntryRef, RecordId, RecordKey};
use soban_core::book::{Entry, Write};
use soban_core::record::{FieldNo, Fields, FormNo, Value};

use crate::console::moment::exact;
use crate::console::print::Printer;
use crate::console::view::{SaidField, SaidRecord};
use crate::store::apart::ApartRow;
use crate::store::{StoreError, log, read};

/// When it was written, by its device's clock; nothing if it does not read.
pub(super) fn written(printer: &Printer<'_>, row: &ApartRow) -> String {
    let entry = Entry::from_bytes(&row.bytes).ok();
    let said = |entry: Entry| printer.words.with("contest-written", "when", exact(entry.time));
    entry.map(said).unwrap_or_default()
}

/// What it is about: the first of its records, and how many more there are.
pub(crate) fn title(printer: &Printer<'_>, row: &ApartRow) -> Result<String, StoreError> {
    let Ok(entry) = Entry::from_bytes(&row.bytes) else {
        return Ok(printer.words.t("quarantine-unreadable"));
    };
    let records = by_record(&entry);
    let Some((key, writes)) = records.first() else { return Ok(String::new()) };
    let first = record_title(printer, RecordId { book: row.book, key: *key }, writes)?;
    Ok(match records.len() - 1 {
        0 => first,
        more => {
            let values = [("first", first.into()), ("more", more.into())];
            printer.words.with_all("quarantine-more", &values)
        }
    })
}

/// All that it says.
pub(super) fn records(
    printer: &Printer<'_>,
    row: &ApartRow,
) -> Result<Vec<SaidRecord>, StoreError> {
    let Ok(entry) = Entry::from_bytes(&row.bytes) else { return Ok(Vec::new()) };
    let said = |(key, writes): (RecordKey, Vec<&Write>)| {
        let id = RecordId { book: row.book, key };
        let form = form_of(printer, id, &writes)?.and_then(|no| printer.form(no));
        let told = writes.iter().filter(|write| is_told(write)).map(|write| {
            let label = printer.label(form, write.field);
            Ok(SaidField { label, text: printer.value(form, write.field, &write.value)? })
        });
        let fields = told.collect::<Result<_, StoreError>>()?;
        Ok(SaidRecord { title: record_title(printer, id, &writes)?, fields })
    };
    by_record(&entry).into_iter().map(said).collect()
}

/// Its writes by record, each where it is first written to.
fn by_record(entry: &Entry) -> Vec<(RecordKey, Vec<&Write>)> {
    let mut records: Vec<(RecordKey, Vec<&Write>)> = Vec::new();
    for write in &entry.writes {
        match records.iter_mut().find(|(key, _)| *key == write.record) {
            Some((_, writes)) => writes.push(write),
            None => records.push((write.record, vec![write])),
        }
    }
    records
}

/// What a record is called that it makes, or changes.
fn record_title(
    printer: &Printer<'_>,
    id: RecordId,
    writes: &[&Write],
) -> Result<String, StoreError> {
    if let Some(form) = made(writes) {
        return printer.title(form, &fields_of(writes));
    }
    let record = match making(printer, id)? {
        Some((form, fields)) => printer.title(form, &fields)?,
        None => printer.record_title(id)?,
    };
    Ok(printer.words.with("quarantine-changes", "record", record))
}

/// Form and first values of a record that is not in its book either: it was made by an entry that is
/// in the log with this one.
fn making(
    printer: &Printer<'_>,
    RecordId { book, key }: RecordId,
) -> Result<Option<(FormNo, Fields)>, StoreError> {
    if read::find_record(printer.db, RecordId { book, key })?.is_some() {
        return Ok(None);
    }
    let maker = EntryRef { actor: key.actor, seq: key.seq };
    let stored = log::find_stored(printer.db, book, maker)?;
    let Some(Ok(entry)) = stored.map(|(_, bytes)| Entry::from_bytes(&bytes)) else {
        return Ok(None);
    };
    let writes: Vec<&Write> = entry.writes.iter().filter(|write| write.record == key).collect();
    Ok(made(&writes).map(|form| (form, fields_of(&writes))))
}

fn fields_of(writes: &[&Write]) -> Fields {
    writes.iter().map(|write| (write.field, write.value.clone())).collect()
}

/// The form of a record that these writes make.
fn made(writes: &[&Write]) -> Option<FormNo> {
    let form = writes.iter().find(|write| write.field == FieldNo::FORM)?;
    match form.value {
        Value::Int(no) => u16::try_from(no).ok().map(FormNo),
        _ => None,
    }
}

fn form_of(
    printer: &Printer<'_>,
    id: RecordId,
    writes: &[&Write],
) -> Result<Option<FormNo>, StoreError> {
    if let Some(form) = made(writes) {
        return Ok(Some(form));
    }
    let known = read::find_record(printer.db, id)?.map(|record| record.row.form);
    Ok(known.or(making(printer, id)?.map(|(form, _)| form)))
}

fn is_told(write: &Write) -> bool {
    (write.field.belongs_to_form() || write.field == FieldNo::VOID) && !write.value.is_null()
}
