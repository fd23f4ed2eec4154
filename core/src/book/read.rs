//! What a book says now, read from the Automerge document.

use std::collections::BTreeMap;

use automerge::{ObjId, ReadDoc, Value as AmValue};

use super::change::{OpName, am_actor, field_key, from_scalar};
use super::{Book, Clock};
use crate::base::{ActorId, EntryRef, RecordKey};
use crate::form::Form;
use crate::record::{FieldNo, Fields, FormNo, Value};

/// One of the values that a field holds at once, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The entry that wrote it.
    pub entry: EntryRef,
    /// What it wrote.
    pub value: Value,
}

impl Book {
    /// The values that a field holds at once, the one that is shown last. More than one means
    /// that their writers had not seen each other; they may still be equal.
    #[must_use]
    pub fn alternatives(&self, key: RecordKey, field: FieldNo) -> Vec<Alternative> {
        let Some(object) = self.object(key) else { return Vec::new() };
        let all = self.doc().get_all(&object, field_key(field)).unwrap_or_default();
        all.into_iter()
            .filter_map(|(value, op)| self.alternative(key, field, &value, &op))
            .collect()
    }

    /// The value that is shown of a field; of a group, [`Book::shown`] shows one author's set.
    #[must_use]
    pub fn value(&self, key: RecordKey, field: FieldNo) -> Value {
        let shown = self.alternatives(key, field).pop();
        shown.map_or(Value::Null, |alternative| alternative.value)
    }

    /// What is shown of a record: every field's winning value, and of each group of the form the
    /// whole set of the writer who wrote its first member's.
    #[must_use]
    pub fn shown(&self, key: RecordKey, form: Option<&Form>) -> Fields {
        let Some(object) = self.object(key) else { return Fields::new() };
        let mut fields = Fields::new();
        for item in self.doc().map_range(&object, ..) {
            let (Ok(number), AmValue::Scalar(scalar)) =
                (item.key.parse(), AmValue::from(item.value.clone()))
            else {
                continue;
            };
            if let Some(value) = from_scalar(&scalar) {
                fields.insert(FieldNo(number), value);
            }
        }
        for group in form.into_iter().flat_map(|form| &form.groups) {
            self.show_one_set(key, &group.fields, &mut fields);
        }
        fields
    }

    fn show_one_set(&self, key: RecordKey, group: &[FieldNo], fields: &mut Fields) {
        let mut written = group.iter().filter(|field| !self.index.written(key, **field).is_empty());
        let Some(winner) = written.find_map(|field| self.winner(key, *field)) else { return };
        for field in group {
            fields.extend(self.written_in(winner, key, *field).map(|value| (*field, value)));
        }
    }

    /// Who wrote what is shown of a field. Asking the document costs more than all the rest, and
    /// most fields were written once: then there is nothing to ask.
    fn winner(&self, key: RecordKey, field: FieldNo) -> Option<EntryRef> {
        match self.index.written(key, field) {
            [only] => Some(only.entry),
            _ => Some(self.alternatives(key, field).pop()?.entry),
        }
    }

    /// The form of a record; nothing if there is no such record.
    #[must_use]
    pub fn form_of(&self, key: RecordKey) -> Option<FormNo> {
        match self.index.written(key, FieldNo::FORM).first()?.value {
            Value::Int(number) => u16::try_from(number).ok().map(FormNo),
            _ => None,
        }
    }

    /// The record that a record is a row of.
    #[must_use]
    pub fn parent_of(&self, key: RecordKey) -> Option<RecordKey> {
        self.index.parent_of(key)
    }

    /// The rows of a record, in the order in which they were made known.
    #[must_use]
    pub fn rows_of(&self, key: RecordKey) -> Vec<RecordKey> {
        self.index.rows_of(key)
    }

    /// The values that somebody with this clock sees in a field, the shown one last.
    #[must_use]
    pub fn values_at(&self, key: RecordKey, field: FieldNo, clock: &Clock) -> Vec<Alternative> {
        let mut seen = self.index.visible(key, field, clock);
        seen.sort_by_key(|written| written.op());
        let alternative = |written: &super::index::Written| Alternative {
            entry: written.entry,
            value: written.value.clone(),
        };
        seen.into_iter().map(alternative).collect()
    }

    /// The fields that were ever written of a record.
    pub fn fields_of(&self, key: RecordKey) -> impl Iterator<Item = FieldNo> {
        self.index.fields(key)
    }

    /// Whether document and `writes` agree: the same alternatives in every field of every record.
    ///
    /// # Errors
    /// The first field in which they differ.
    pub fn check(&self) -> Result<(), (RecordKey, FieldNo)> {
        let fields = |key| self.fields_of(key).map(move |field| (key, field));
        let differs = |&(key, field): &(RecordKey, FieldNo)| {
            self.alternatives(key, field) != self.values_at(key, field, self.clock())
        };
        if let Some(found) = self.records().flat_map(fields).find(differs) {
            return Err(found);
        }
        let held: BTreeMap<String, ()> =
            self.doc().keys(&self.records).map(|key| (key, ())).collect();
        match self.records().find(|key| !held.contains_key(&key.to_string())) {
            Some(key) => Err((key, FieldNo::FORM)),
            None => Ok(()),
        }
    }

    fn object(&self, key: RecordKey) -> Option<ObjId> {
        let OpName { counter, actor } = self.index.object(key)?;
        let named = ObjId::Id(counter, am_actor(actor), 0);
        Some(named)
    }

    fn alternative(
        &self,
        key: RecordKey,
        field: FieldNo,
        value: &AmValue<'_>,
        op: &ObjId,
    ) -> Option<Alternative> {
        let (AmValue::Scalar(scalar), ObjId::Id(counter, actor, _)) = (value, op) else {
            return None;
        };
        let actor = ActorId(actor.to_bytes().try_into().ok()?);
        // Who writes later counts further, so what is in the order of its entries is in this one.
        let written = self.index.written(key, field);
        let named =
            written.binary_search_by_key(&(actor, *counter), |w| (w.entry.actor, w.counter));
        let by = written.get(named.ok()?)?;
        Some(Alternative { entry: by.entry, value: from_scalar(scalar)? })
    }
}
