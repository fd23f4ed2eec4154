//! The history of a record: who wrote what, when, over what they had seen.

use super::{Book, Clock};
use crate::base::{EntryRef, Instant, RecordKey};
use crate::record::{FieldNo, Value};

/// One entry's part in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The entry; its actor names the device.
    pub entry: EntryRef,
    /// The device's clock when it was written.
    pub time: Instant,
    /// What it changed.
    pub changes: Vec<StepChange>,
    /// The entries on this record that were here before and that its writer had not seen.
    pub unseen: Vec<EntryRef>,
}

/// One field's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepChange {
    /// The field.
    pub field: FieldNo,
    /// What the writer had seen in it: nothing, one value, or several that contradict.
    pub saw: Vec<Value>,
    /// What they wrote.
    pub value: Value,
}

/// The steps of a record in an order in which each comes after those its writer had seen, and
/// which is the same on every device.
#[must_use]
pub fn history_of(book: &Book, record: RecordKey) -> Vec<Step> {
    let mut entries: Vec<EntryRef> = book
        .fields_of(record)
        .flat_map(|field| book.index.written(record, field).iter().map(|written| written.entry))
        .collect();
    entries.sort_unstable();
    entries.dedup();
    // Who saw more comes later: the sum of a clock grows with everything seen. Between writers who
    // had seen as much, their own clocks decide, for people to read; nothing depends on it.
    let weight = |entry: &EntryRef| {
        let seen = book.clock_of(*entry).map(|clock| clock.0.values().map(|seq| u64::from(*seq)));
        (seen.map_or(0, Iterator::sum), book.time_of(*entry), *entry)
    };
    entries.sort_by_key(weight);
    let step = |(place, entry): (usize, &EntryRef)| {
        let before = entries.iter().take(place);
        let unseen = before.copied().filter(|other| !book.index.saw(*entry, *other)).collect();
        Step {
            entry: *entry,
            time: book.time_of(*entry).unwrap_or_default(),
            changes: changes_of(book, record, *entry),
            unseen,
        }
    };
    entries.iter().enumerate().map(step).collect()
}

fn changes_of(book: &Book, record: RecordKey, entry: EntryRef) -> Vec<StepChange> {
    let past = book.past_of(entry);
    let change = |field: FieldNo| {
        let value = book.written_in(entry, record, field)?;
        let saw = book.values_at(record, field, &past);
        let saw = saw.into_iter().map(|alternative| alternative.value).collect();
        Some(StepChange { field, saw, value })
    };
    book.fields_of(record).filter_map(change).collect()
}

impl Book {
    /// What an entry's writer had seen before writing it.
    #[must_use]
    pub fn past_of(&self, entry: EntryRef) -> Clock {
        let mut past = self.clock_of(entry).cloned().unwrap_or_default();
        past.0.insert(entry.actor, entry.seq.saturating_sub(1));
        past
    }
}
