//! Reissuing entries under another name, when a sequence was used twice or what they stood on was
//! refused (design section 4, rule 8).

use std::collections::BTreeMap;

use super::{Entry, Write};
use crate::base::{ActorId, BookId, EntryRef, RecordId, RecordKey, Seq};
use crate::record::{FieldNo, Value};

/// Entries under their new name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reissued {
    /// In the order of the old ones.
    pub entries: Vec<Entry>,
    /// What each record that they create was called before, and is called now.
    pub records: Vec<(RecordKey, RecordKey)>,
}

/// The same writes under a new actor, on the same deps, so that what was concurrent stays so.
/// Records that they create take new ids; references among them follow; every new record says
/// which one it stands for. `entries` come in the order of their sequences; `first_seq` is the
/// new actor's next one in this book.
#[must_use]
pub fn reissue(book: BookId, entries: &[Entry], actor: ActorId, first_seq: Seq) -> Reissued {
    let renamed: BTreeMap<EntryRef, EntryRef> = entries
        .iter()
        .zip(first_seq..)
        .map(|(entry, seq)| (entry.name(), EntryRef { actor, seq }))
        .collect();
    let renaming = Renaming { book, renamed };
    let mut records = Vec::new();
    let entries = entries
        .iter()
        .map(|entry| {
            let created = entry.writes.iter().filter(|write| write.field == FieldNo::FORM);
            let created: Vec<RecordKey> = created.map(|write| write.record).collect();
            records.extend(created.iter().map(|old| (*old, renaming.key(*old))));
            renaming.entry(entry, &created)
        })
        .collect();
    Reissued { entries, records }
}

struct Renaming {
    book: BookId,
    renamed: BTreeMap<EntryRef, EntryRef>,
}

impl Renaming {
    fn name(&self, entry: EntryRef) -> EntryRef {
        self.renamed.get(&entry).copied().unwrap_or(entry)
    }

    fn key(&self, key: RecordKey) -> RecordKey {
        let EntryRef { actor, seq } = self.name(key.entry());
        RecordKey { actor, seq, index: key.index }
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::Record(id) if id.book == self.book => {
                Value::Record(RecordId { book: id.book, key: self.key(id.key) })
            }
            other => other.clone(),
        }
    }

    fn entry(&self, entry: &Entry, created: &[RecordKey]) -> Entry {
        let EntryRef { actor, seq } = self.name(entry.name());
        let mut deps: Vec<EntryRef> = entry.deps.iter().map(|dep| self.name(*dep)).collect();
        deps.sort_unstable();
        let mut writes: Vec<Write> = entry
            .writes
            .iter()
            .map(|write| Write {
                record: self.key(write.record),
                field: write.field,
                value: self.value(&write.value),
            })
            .filter(|write| write.field != FieldNo::REISSUE_OF)
            .collect();
        // At the end, so that the places of the writes that name records stay as they were.
        writes.extend(created.iter().map(|old| Write {
            record: self.key(*old),
            field: FieldNo::REISSUE_OF,
            value: Value::Record(RecordId { book: self.book, key: *old }),
        }));
        Entry { actor, seq, deps, time: entry.time, writes }
    }
}
