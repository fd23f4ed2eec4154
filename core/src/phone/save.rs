//! Saving: what was typed is read and checked, becomes entries, and is on disk with its rows and
//! without its draft before anything is confirmed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::moved::state_of;
use super::void::is_void;
use super::{Phone, PhoneError, books};
use crate::base::{BookId, Instant, OrgUnitId, Period, RecordId, RecordKey};
use crate::book::{Book, Edit, Entry, SaveError, Writer, plan_create, plan_edit};
use crate::form::{
    Form, Home, Input, Node, Pack, Severity, Violation, ViolationKind, check, read_input,
};
use crate::record::{FieldNo, Fields, FormNo, Value};
use crate::store::EntryState;

/// Values by the identifiers of their fields, as typed.
pub type Typed = BTreeMap<String, Input>;

/// A record to be made, as filled in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewRecord {
    /// The form's identifier.
    pub form: String,
    /// Whose book; the phone's own unit if absent.
    pub org_unit: Option<OrgUnitId>,
    /// What was typed.
    pub fields: Typed,
    /// Its rows: each row's form and what was typed.
    pub rows: Vec<(String, Typed)>,
    /// Whether the person has confirmed what is asked about.
    pub confirmed: bool,
    /// The draft that this ends.
    pub draft: Option<i64>,
}

/// Changes to a record, as filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPatch {
    /// The record.
    pub record: RecordId,
    /// The state that the form was opened at, as the record's view gave it; the present one if
    /// absent.
    pub opened_at: Option<String>,
    /// What was typed into its fields; fields that are not named stay as they are.
    pub fields: Typed,
    /// What was typed into its rows.
    pub rows: Vec<(RecordId, Typed)>,
    /// Rows to be added: their forms and what was typed.
    pub new_rows: Vec<(String, Typed)>,
    /// Whether the person has confirmed what is asked about.
    pub confirmed: bool,
    /// The draft that this ends.
    pub draft: Option<i64>,
}

impl RecordPatch {
    /// A patch that changes nothing yet.
    #[must_use]
    pub fn new(record: RecordId) -> Self {
        Self {
            record,
            opened_at: None,
            fields: Typed::new(),
            rows: Vec::new(),
            new_rows: Vec::new(),
            confirmed: false,
            draft: None,
        }
    }
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The record.
    pub record: RecordId,
    /// How many entries it wrote; none if nothing changed.
    pub entries: usize,
    /// What the form still holds against it, without having stopped it.
    pub warnings: Vec<Violation>,
    /// Other records on this phone that its natural key makes the same.
    pub same_as: Vec<RecordId>,
}

impl Phone {
    /// Makes a record and its rows.
    ///
    /// # Errors
    /// [`PhoneError::Violations`] with everything the form holds against it at once, or why it
    /// cannot be saved at all.
    pub fn save(&mut self, new: &NewRecord, now: Instant) -> Result<Saved, PhoneError> {
        let org_unit = self.unit_for(new.org_unit)?;
        let form = self.find_form(&new.form)?.clone();
        let mut reading = Reading::new(&self.pack);
        let node = reading.node(&form, &new.fields, &new.rows);
        let mut found = reading.violations;
        also(&mut found, check(&self.pack, &node, None, self.today(now)?).0);
        let period = period_of(&form, &node.fields, &mut found);
        let warnings = stop_or_warn(found, new.confirmed)?;
        let id = BookId::new(org_unit, period.ok_or(PhoneError::BadState)?);
        let (writer, pack, book) = self.open_to_write(id, now)?;
        let (entries, key) = plan_create(book, writer, &pack, &node)?;
        self.commit(id, &entries, new.draft)?;
        let record = RecordId { book: id, key };
        let same_as = self.same_as(record)?;
        Ok(Saved { record, entries: entries.len(), warnings, same_as })
    }

    /// Changes a record and its rows.
    ///
    /// # Errors
    /// [`PhoneError::RecordVoid`]; [`PhoneError::Moved`] if a field it writes has been written
    /// since the form was opened; else as [`Phone::save`].
    pub fn edit(&mut self, patch: &RecordPatch, now: Instant) -> Result<Saved, PhoneError> {
        let id = patch.record.book;
        self.unit_for(Some(id.org_unit))?;
        let today = self.today(now)?;
        let (writer, pack, book) = self.open_to_write(id, now)?;
        let opened_at = state_of(book, patch.opened_at.as_deref())?;
        if is_void(book, patch.record.key) {
            return Err(PhoneError::RecordVoid);
        }
        let (before, rows) = node_of(book, patch.record.key, &pack)
            .ok_or(PhoneError::UnknownRecord(patch.record))?;
        let (after, edits, new_rows, unreadable) = patched(&pack, &before, &rows, patch)?;
        let held_before = check(&pack, &before, None, today).0;
        let mut found = unreadable;
        let now_held = check(&pack, &after, None, today).0;
        let fresh = now_held.into_iter().filter(|held| !held_before.contains(held));
        also(&mut found, fresh.collect());
        let warnings = stop_or_warn(found, patch.confirmed)?;
        let planned = plan_edit(book, writer, &pack, &opened_at, &edits, &new_rows);
        let entries = match planned {
            Err(SaveError::Moved(moved)) => return Err(self.moved(id, &moved)),
            planned => planned?,
        };
        self.commit(id, &entries, patch.draft)?;
        let same_as = self.same_as(patch.record)?;
        Ok(Saved { record: patch.record, entries: entries.len(), warnings, same_as })
    }

    pub(super) fn unit_for(&self, asked: Option<OrgUnitId>) -> Result<OrgUnitId, PhoneError> {
        let units = self.enrolled()?.org_units();
        let unit = asked.or_else(|| units.first().copied());
        unit.filter(|unit| units.contains(unit)).ok_or(PhoneError::OtherUnit)
    }

    /// The book first: opening it may find out that this phone needs another name.
    pub(super) fn open_to_write(
        &mut self,
        id: BookId,
        now: Instant,
    ) -> Result<(Writer, Arc<Pack>, &mut Book), PhoneError> {
        self.open_book(id)?;
        let writer = Writer { actor: self.enrolled()?.actor(), now };
        let pack = Arc::clone(&self.pack);
        Ok((writer, pack, self.open_book(id)?))
    }

    /// Entries into the book and onto the disk, in one transaction with the rows they change.
    pub(super) fn commit(
        &mut self,
        id: BookId,
        entries: &[Entry],
        draft: Option<i64>,
    ) -> Result<(), PhoneError> {
        let done = self.try_commit(id, entries, draft);
        if done.is_err() {
            // The open book is ahead of the disk: the next to ask opens it anew.
            self.books.remove(&id);
        }
        done
    }

    fn try_commit(
        &mut self,
        id: BookId,
        entries: &[Entry],
        draft: Option<i64>,
    ) -> Result<(), PhoneError> {
        let book = self.open_book(id)?;
        let generation = book.generation();
        let mut hashes = Vec::with_capacity(entries.len());
        for entry in entries {
            let applied = book.apply(entry, None);
            hashes.push(applied.map_err(|refusal| PhoneError::File(refusal.to_string()))?);
        }
        let rows = self.rows_after(id, entries);
        self.store.write(|tx| {
            for (entry, hash) in entries.iter().zip(hashes) {
                tx.add_entry(id, generation, entry, hash, EntryState::Unsent)?;
            }
            books::put_rows(tx, id, &rows)?;
            draft.map_or(Ok(()), |draft| tx.remove_draft(draft))
        })?;
        Ok(())
    }

    fn same_as(&self, record: RecordId) -> Result<Vec<RecordId>, PhoneError> {
        let Some(stored) = self.store.find_record(record)? else { return Ok(Vec::new()) };
        let Some(key) = &stored.row.natural_key else { return Ok(Vec::new()) };
        let mut same = self.store.find_same(record.book.org_unit, stored.row.form, key)?;
        same.retain(|other| *other != record);
        Ok(same)
    }
}

/// What could not be read is not there: that it must be filled need not be said as well.
pub(super) fn also(found: &mut Vec<Violation>, mut held: Vec<Violation>) {
    held.retain(|held| {
        let told = |known: &Violation| (known.row, &known.field) == (held.row, &held.field);
        held.kind != ViolationKind::Required || !found.iter().any(told)
    });
    found.extend(held);
}

fn stop_or_warn(found: Vec<Violation>, confirmed: bool) -> Result<Vec<Violation>, PhoneError> {
    let checked = crate::form::Checked(found);
    if checked.may_save(confirmed) { Ok(checked.0) } else { Err(PhoneError::Violations(checked.0)) }
}

/// The period of a new record's book; a date that is needed for it and absent is a violation.
pub(super) fn period_of(
    form: &Form,
    fields: &Fields,
    found: &mut Vec<Violation>,
) -> Option<Period> {
    match form.home {
        Home::Standing => Some(Period::Standing),
        Home::Year(no) => match fields.get(&no) {
            Some(Value::Date(date)) => Some(Period::Year(date.year())),
            _ => {
                let field = form.find_field(no).map_or("", |field| field.name.as_str());
                let told = found.iter().any(|violation| violation.field == field);
                if !told {
                    found.push(violation(form.no, field, ViolationKind::Required));
                }
                None
            }
        },
        Home::Parent => {
            found.push(violation(form.no, "", ViolationKind::UnknownForm));
            None
        }
    }
}

fn violation(form: FormNo, field: &str, kind: ViolationKind) -> Violation {
    let field = field.to_owned();
    Violation { row: None, form, field, severity: Severity::Block, kind }
}

/// Reads typed values, gathering what cannot be read.
pub(super) struct Reading<'a> {
    pack: &'a Pack,
    pub(super) violations: Vec<Violation>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(pack: &'a Pack) -> Self {
        Self { pack, violations: Vec::new() }
    }

    pub(super) fn node(&mut self, form: &Form, fields: &Typed, rows: &[(String, Typed)]) -> Node {
        let mut node = Node::new(form.no, self.fields(form, fields, None));
        for (place, (name, typed)) in rows.iter().enumerate() {
            match self.pack.find_form_named(name) {
                Some(form) => {
                    let fields = self.fields(form, typed, Some((form.no, place)));
                    node.rows.push(Node::new(form.no, fields));
                }
                None => {
                    self.violations.push(violation(form.no, name, ViolationKind::UnknownForm));
                }
            }
        }
        node
    }

    fn fields(&mut self, form: &Form, typed: &Typed, row: Option<(FormNo, usize)>) -> Fields {
        let mut fields = Fields::new();
        for (name, input) in typed {
            let read = match form.find_field_named(name) {
                None => Err(ViolationKind::UnknownField),
                Some(field) => match read_input(self.pack, field, input) {
                    Ok(value) => Ok((field.no, value)),
                    Err(error) => Err(ViolationKind::Unreadable(error)),
                },
            };
            match read {
                Ok((no, value)) => drop(fields.insert(no, value)),
                Err(kind) => {
                    self.violations.push(Violation { row, ..violation(form.no, name, kind) });
                }
            }
        }
        fields
    }
}

/// A record and its rows as they are shown, and the rows' keys in the same order.
fn node_of(book: &Book, key: RecordKey, pack: &Pack) -> Option<(Node, Vec<RecordKey>)> {
    let shown = |key: RecordKey| {
        let form = book.form_of(key)?;
        let mut fields = book.shown(key, pack.find_form(form));
        fields.retain(|field, _| field.belongs_to_form());
        Some(Node::new(form, fields))
    };
    let mut node = shown(key)?;
    let mut keys = book.rows_of(key);
    keys.retain(|row| book.value(*row, FieldNo::VOID).is_null());
    node.rows = keys.iter().filter_map(|row| shown(*row)).collect();
    Some((node, keys))
}

type Patched = (Node, Vec<Edit>, Vec<(RecordKey, Node)>, Vec<Violation>);

fn patched(
    pack: &Pack,
    before: &Node,
    rows: &[RecordKey],
    patch: &RecordPatch,
) -> Result<Patched, PhoneError> {
    let unknown = || PhoneError::UnknownForm(before.form.to_string());
    let form = pack.find_form(before.form).ok_or_else(unknown)?;
    let mut reading = Reading::new(pack);
    let mut after = before.clone();
    let fields = reading.fields(form, &patch.fields, None);
    after.fields.extend(fields.clone());
    let mut edits = vec![Edit { record: patch.record.key, fields }];
    for (row, typed) in &patch.rows {
        let place = rows.iter().position(|key| *key == row.key);
        let place = place.ok_or(PhoneError::UnknownRecord(*row))?;
        let node = after.rows.get_mut(place).ok_or(PhoneError::UnknownRecord(*row))?;
        let form = pack.find_form(node.form).ok_or_else(unknown)?;
        let fields = reading.fields(form, typed, Some((form.no, place)));
        node.fields.extend(fields.clone());
        edits.push(Edit { record: row.key, fields });
    }
    let added = reading.node(form, &Typed::new(), &patch.new_rows).rows;
    after.rows.extend(added.iter().cloned());
    let new_rows = added.into_iter().map(|row| (patch.record.key, row)).collect();
    Ok((after, edits, new_rows, reading.violations))
}
