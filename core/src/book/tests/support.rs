//! Short ways to write entries in tests.

use crate::base::{ActorId, BookId, EntryRef, Instant, OrgUnitId, Period, RecordKey};
use crate::book::{Book, Entry, Write};
use crate::record::{FieldNo, Value};

pub(super) const TITLE: FieldNo = FieldNo(16);
pub(super) const AREA: FieldNo = FieldNo(17);

pub(super) fn book_id() -> BookId {
    BookId::new(OrgUnitId(17), Period::Year(2012))
}

pub(super) fn new_book() -> Book {
    Book::new(book_id(), 1)
}

pub(super) fn actor(n: u8) -> ActorId {
    ActorId([0, 0, 0, 0, n, 0, 0, 1])
}

pub(super) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// The next entry of an actor on the book's heads; not applied.
pub(super) fn next_entry(book: &Book, n: u8, writes: Vec<Write>) -> Entry {
    let actor = actor(n);
    let (seq, deps, time) = (book.next_seq(actor), book.heads(), Instant(1_000));
    Entry { actor, seq, deps, time, writes }
}

pub(super) fn write(record: RecordKey, field: FieldNo, value: Value) -> Write {
    Write { record, field, value }
}

/// A new record of form 3 with a title.
pub(super) fn create(book: &mut Book, n: u8, title: &str) -> (Entry, RecordKey) {
    let mut entry = next_entry(book, n, Vec::new());
    let key = entry.new_record(0);
    entry.writes.push(write(key, FieldNo::FORM, Value::Int(3)));
    entry.writes.push(write(key, TITLE, text(title)));
    book.apply(&entry, None).unwrap();
    (entry, key)
}

pub(super) fn set(book: &mut Book, n: u8, key: RecordKey, field: FieldNo, value: Value) -> Entry {
    let entry = next_entry(book, n, vec![write(key, field, value)]);
    book.apply(&entry, None).unwrap();
    entry
}

pub(super) fn values(book: &Book, key: RecordKey, field: FieldNo) -> Vec<Value> {
    let mut values: Vec<Value> =
        book.alternatives(key, field).into_iter().map(|a| a.value).collect();
    values.sort();
    values
}

pub(super) fn names(entries: &[&Entry]) -> Vec<EntryRef> {
    entries.iter().map(|entry| entry.name()).collect()
}
