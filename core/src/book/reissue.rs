//! Reissuing entries under another name: when a sequence was used twice, or what they stood on
//! did not enter (design section 4 rule 8, section 6).

use std::collections::BTreeMap;

use super::{Book, Clock, Entry, Refusal, Write};
use crate::base::{ActorId, EntryHash, EntryRef, RecordId, RecordKey};
use crate::record::{FieldNo, Value};

/// Entries under their new name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reissued {
    /// In the order of the old ones; they have entered the book.
    pub entries: Vec<(Entry, EntryHash)>,
    /// What each record that they create was called before, and is called now.
    pub records: BTreeMap<RecordKey, RecordKey>,
}

/// Writes entries anew into a book that holds neither them nor what stands on them. What they
/// stood on stays theirs, so that what was concurrent stays so; instead of an entry that is `gone`
/// they stand on what that one stood on. Records that they create take new ids, references among
/// them follow, and every new record says which one it stands for. What they said of records that
/// went with `gone` is left out. `old` come each after those it stands on.
///
/// # Errors
/// The book does not take one of them; then it must be dropped.
pub fn reissue(
    book: &mut Book,
    old: &[Entry],
    gone: &[Entry],
    actor: ActorId,
) -> Result<Reissued, Refusal> {
    let mut renaming = Renaming::default();
    for entry in gone {
        let grounds = renaming.grounds(book, entry);
        renaming.entries.insert(entry.name(), grounds);
    }
    let mut again = Reissued::default();
    for entry in old {
        let grounds = renaming.grounds(book, entry);
        let Some(new) = renaming.entry(book, entry, &grounds, actor) else {
            renaming.entries.insert(entry.name(), grounds);
            continue;
        };
        let hash = book.apply(&new, None)?;
        renaming.entries.insert(entry.name(), vec![new.name()]);
        again.entries.push((new, hash));
    }
    again.records = renaming.records;
    Ok(again)
}

/// What old names mean in the book that is written anew.
#[derive(Default)]
struct Renaming {
    /// What stands for an entry: its new name, or what it stood on.
    entries: BTreeMap<EntryRef, Vec<EntryRef>>,
    records: BTreeMap<RecordKey, RecordKey>,
}

impl Renaming {
    /// What an entry stands on in this book: its deps and its writer's entry before it, each as
    /// what stands for it now. What is neither here nor known is passed over.
    fn grounds(&self, book: &Book, entry: &Entry) -> Vec<EntryRef> {
        let before = EntryRef { actor: entry.actor, seq: entry.seq.saturating_sub(1) };
        let named = entry.deps.iter().copied().chain([before]);
        let stands_for = |name: EntryRef| match self.entries.get(&name) {
            Some(grounds) => grounds.clone(),
            None => book.clock_of(name).map(|_| vec![name]).unwrap_or_default(),
        };
        named.flat_map(stands_for).collect()
    }

    /// Nothing if no write of it is left.
    fn entry(
        &mut self,
        book: &Book,
        entry: &Entry,
        grounds: &[EntryRef],
        actor: ActorId,
    ) -> Option<Entry> {
        let name = EntryRef { actor, seq: book.next_seq(actor) };
        let last = EntryRef { actor, seq: name.seq.saturating_sub(1) };
        let last = book.clock_of(last).map(|_| last);
        let deps = heads_of(book, grounds.iter().copied().chain(last));
        let mut seen = Clock::default();
        deps.iter().filter_map(|dep| book.clock_of(*dep)).for_each(|clock| seen.see_all(clock));
        let mut left: Vec<&Write> = Vec::new();
        for write in entry.writes.iter().filter(|write| write.field != FieldNo::REISSUE_OF) {
            let known = if entry.creates(write.record) {
                self.creatable(book, entry, write.record, &seen)
            } else {
                let key = self.record(write.record);
                seen.saw(key.entry()) && book.form_of(key).is_some()
            };
            if known {
                left.push(write);
            }
        }
        if left.is_empty() {
            return None;
        }
        let mut created = Vec::new();
        for (place, write) in (0_u16..).zip(&left) {
            if write.field == FieldNo::FORM {
                let new = RecordKey { actor, seq: name.seq, index: place };
                created.push((write.record, new));
                self.records.insert(write.record, new);
            }
        }
        let mut writes: Vec<Write> =
            left.into_iter().map(|write| self.write(book, write)).collect();
        // At the end, so that the places of the writes that name records stay as they are.
        writes.extend(created.into_iter().map(|(old, new)| Write {
            record: new,
            field: FieldNo::REISSUE_OF,
            value: Value::Record(RecordId { book: book.id(), key: old }),
        }));
        Some(Entry { actor, seq: name.seq, deps, time: entry.time, writes })
    }

    /// A row can be made anew only where the record that it is a row of is.
    fn creatable(&self, book: &Book, entry: &Entry, record: RecordKey, seen: &Clock) -> bool {
        let of = |write: &&Write| write.record == record && write.field == FieldNo::PARENT;
        match entry.writes.iter().find(of).map(|write| &write.value) {
            Some(Value::Record(parent)) if entry.creates(parent.key) => {
                self.creatable(book, entry, parent.key, seen)
            }
            Some(Value::Record(parent)) => {
                let key = self.record(parent.key);
                seen.saw(key.entry()) && book.form_of(key).is_some()
            }
            _ => true,
        }
    }

    fn record(&self, key: RecordKey) -> RecordKey {
        self.records.get(&key).copied().unwrap_or(key)
    }

    fn write(&self, book: &Book, write: &Write) -> Write {
        let value = match &write.value {
            Value::Record(id) if id.book == book.id() => {
                Value::Record(RecordId { book: id.book, key: self.record(id.key) })
            }
            other => other.clone(),
        };
        Write { record: self.record(write.record), field: write.field, value }
    }
}

/// Of these entries those that no other of them saw, ascending.
fn heads_of(book: &Book, entries: impl Iterator<Item = EntryRef>) -> Vec<EntryRef> {
    let mut entries: Vec<EntryRef> = entries.collect();
    entries.sort_unstable();
    entries.dedup();
    let seen = |entry: EntryRef| {
        let others = entries.iter().filter(move |other| **other != entry);
        others.filter_map(|other| book.clock_of(*other)).any(|clock| clock.saw(entry))
    };
    entries.iter().copied().filter(|entry| !seen(*entry)).collect()
}
