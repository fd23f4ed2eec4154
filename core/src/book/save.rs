//! From what a person filled in to the entries that write it: only what changed, over what was
//! seen, split where one entry would grow too large.

use thiserror::Error;

use super::{Book, Clock, Entry, MAX_ENTRY_BYTES, Write, contests_of};
use crate::base::{ActorId, Instant, RecordId, RecordKey};
use crate::form::{Form, Node, Pack};
use crate::record::{FieldNo, Fields, FormNo, Value};

/// What the head of an entry and its array frames may take of [`MAX_ENTRY_BYTES`], without what it
/// stands on.
const RESERVE_BYTES: usize = 2 * 1024;
/// The most that an entry takes to name one that it stands on: an actor and a sequence.
const DEP_BYTES: usize = 9 + 2 + 5;

/// Who writes, and what their clock says.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    /// The name they write under.
    pub actor: ActorId,
    /// The device's clock.
    pub now: Instant,
}

/// Values for a record that exists.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The record.
    pub record: RecordKey,
    /// What its fields shall hold.
    pub fields: Fields,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SaveError {
    /// These fields have been written since the form was opened.
    #[error("fields have moved since the form was opened")]
    Moved(Vec<(RecordKey, FieldNo)>),
    /// The book has no such record.
    #[error("the book has no record {0}")]
    UnknownRecord(RecordKey),
    /// One field, or one group, is larger than an entry may be.
    #[error("one value is larger than an entry may be")]
    TooLarge,
}

/// The entries that create a record and its rows, parent first, and the record's key.
///
/// # Errors
/// [`SaveError::TooLarge`].
pub fn plan_create(
    book: &Book,
    writer: Writer,
    pack: &Pack,
    node: &Node,
) -> Result<(Vec<Entry>, RecordKey), SaveError> {
    let mut plan = Plan::new(book, writer);
    let key = plan.create(pack, node, None)?;
    for row in &node.rows {
        plan.create(pack, row, Some(key))?;
    }
    Ok((plan.finish(), key))
}

/// The entries that write what differs: of each edit the fields whose value changes, with the
/// whole of their group, and new rows under the records they belong to. No entries if nothing
/// changes. `opened_at` is the state that the form was opened at.
///
/// # Errors
/// [`SaveError`]; then nothing may be written.
pub fn plan_edit(
    book: &Book,
    writer: Writer,
    pack: &Pack,
    opened_at: &Clock,
    edits: &[Edit],
    new_rows: &[(RecordKey, Node)],
) -> Result<Vec<Entry>, SaveError> {
    let mut moved = Vec::new();
    let mut plan = Plan::new(book, writer);
    for edit in edits {
        let form_no = book.form_of(edit.record).ok_or(SaveError::UnknownRecord(edit.record))?;
        for unit in changed_units(book, pack.find_form(form_no), edit) {
            moved.extend(moved_fields(book, edit.record, &unit, opened_at));
            plan.write(edit.record, unit)?;
        }
    }
    if !moved.is_empty() {
        return Err(SaveError::Moved(moved));
    }
    for (parent, row) in new_rows {
        if book.form_of(*parent).is_none() {
            return Err(SaveError::UnknownRecord(*parent));
        }
        plan.create(pack, row, Some(*parent))?;
    }
    Ok(plan.finish())
}

type Unit = Vec<(FieldNo, Value)>;

/// What an edit has to write: single fields and whole groups.
fn changed_units(book: &Book, form: Option<&Form>, edit: &Edit) -> Vec<Unit> {
    let shown = book.shown(edit.record, form);
    let contested: Vec<FieldNo> = contests_of(book, edit.record, form)
        .into_iter()
        .flat_map(|contest| contest.sides)
        .flat_map(|side| side.values.into_keys())
        .collect();
    let shown_of = |field: FieldNo| shown.get(&field).cloned().unwrap_or(Value::Null);
    let changes = |field: FieldNo, value: &Value| {
        *value != shown_of(field)
            || contested.contains(&field)
            || book.alternatives(edit.record, field).len() > 1
    };
    let mut units: Vec<Unit> = Vec::new();
    for (field, value) in &edit.fields {
        let written = units.iter().flatten().any(|(other, _)| other == field);
        if written || !changes(*field, value) {
            continue;
        }
        let set = |member: FieldNo| {
            let value = edit.fields.get(&member).cloned();
            (member, value.unwrap_or_else(|| shown_of(member)))
        };
        units.push(match form.and_then(|form| form.group_of(*field)) {
            None => vec![(*field, value.clone())],
            Some(group) => group.fields.iter().copied().map(set).collect(),
        });
    }
    units
}

fn moved_fields(
    book: &Book,
    record: RecordKey,
    unit: &Unit,
    opened_at: &Clock,
) -> Vec<(RecordKey, FieldNo)> {
    let moved = |field: &FieldNo| {
        book.index.written(record, *field).iter().any(|written| !opened_at.saw(written.entry))
    };
    unit.iter().map(|(field, _)| *field).filter(moved).map(|field| (record, field)).collect()
}

/// Entries being filled up one after another.
struct Plan<'a> {
    book: &'a Book,
    done: Vec<Entry>,
    open: Entry,
    open_bytes: usize,
}

impl<'a> Plan<'a> {
    fn new(book: &'a Book, writer: Writer) -> Self {
        let open = Entry {
            actor: writer.actor,
            seq: book.next_seq(writer.actor),
            deps: book.heads(),
            time: Entry::clamp_time(writer.now),
            writes: Vec::new(),
        };
        let open_bytes = open.deps.len() * DEP_BYTES;
        Self { book, done: Vec::new(), open, open_bytes }
    }

    fn create(
        &mut self,
        pack: &Pack,
        node: &Node,
        parent: Option<RecordKey>,
    ) -> Result<RecordKey, SaveError> {
        let form = pack.find_form(node.form);
        let version = form.map_or(0, |form| i64::from(form.version));
        let FormNo(form_no) = node.form;
        let mut head = vec![
            (FieldNo::FORM, Value::Int(i64::from(form_no))),
            (FieldNo::FORM_VERSION, Value::Int(version)),
        ];
        let parent = parent.map(|key| RecordId { book: self.book.id(), key });
        head.extend(parent.map(|parent| (FieldNo::PARENT, Value::Record(parent))));
        self.make_room(&head)?;
        let index = u16::try_from(self.open.writes.len()).map_err(|_| SaveError::TooLarge)?;
        let key = self.open.new_record(index);
        self.push(key, head);
        for unit in filled_units(form, &node.fields) {
            self.write(key, unit)?;
        }
        Ok(key)
    }

    fn write(&mut self, record: RecordKey, unit: Unit) -> Result<(), SaveError> {
        self.make_room(&unit)?;
        self.push(record, unit);
        Ok(())
    }

    /// Begins a new entry if the unit does not fit in the open one.
    fn make_room(&mut self, unit: &Unit) -> Result<(), SaveError> {
        let bytes = unit_bytes(unit);
        let room = MAX_ENTRY_BYTES - RESERVE_BYTES;
        if bytes > room {
            return Err(SaveError::TooLarge);
        }
        if self.open_bytes + bytes > room {
            let name = self.open.name();
            let next = Entry {
                seq: name.seq + 1,
                deps: vec![name],
                writes: Vec::new(),
                ..self.open.clone()
            };
            self.done.push(std::mem::replace(&mut self.open, next));
            self.open_bytes = 0;
        }
        Ok(())
    }

    fn push(&mut self, record: RecordKey, unit: Unit) {
        self.open_bytes += unit_bytes(&unit);
        let writes = unit.into_iter().map(|(field, value)| Write { record, field, value });
        self.open.writes.extend(writes);
    }

    fn finish(mut self) -> Vec<Entry> {
        if !self.open.writes.is_empty() {
            self.done.push(self.open);
        }
        self.done
    }
}

/// What a new record writes: its filled fields, and a group whole if any of it is filled.
fn filled_units(form: Option<&Form>, fields: &Fields) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (field, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        if units.iter().flatten().any(|(other, _)| other == field) {
            continue;
        }
        let set = |member: FieldNo| (member, fields.get(&member).cloned().unwrap_or(Value::Null));
        units.push(match form.and_then(|form| form.group_of(*field)) {
            None => vec![(*field, value.clone())],
            Some(group) => group.fields.iter().copied().map(set).collect(),
        });
    }
    units
}

/// An upper bound: a record's key and frame, and per write its number and its value.
fn unit_bytes(unit: &Unit) -> usize {
    let value = |value: &Value| minicbor::to_vec(value).map_or(0, |bytes| bytes.len());
    32 + unit.iter().map(|(_, v)| 3 + value(v)).sum::<usize>()
}
