//! Writing entries anew under another name, when the district holds others under theirs.

use std::collections::BTreeMap;

use super::{Phone, PhoneError, books};
use crate::base::{BookId, EntryHash, EntryRef, Instant, RecordId, RecordKey};
use crate::book::{Book, Edit, Entry, Writer, plan_edit, reissue};
use crate::record::{Fields, Value};
use crate::store::{EntryState, StoreError, Transaction};

/// What records were called before, and are called now.
type Renamed = BTreeMap<RecordId, RecordId>;

/// Entries that were put into an open book and are to be written.
struct Written {
    book: BookId,
    generation: u32,
    entries: Vec<(Entry, EntryHash)>,
}

impl Written {
    fn write(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        self.entries.iter().try_for_each(|(entry, hash)| {
            tx.add_entry(self.book, self.generation, entry, *hash, EntryState::Unsent)
        })
    }
}

impl Phone {
    /// Writes an own entry of this book, and the own ones after it, anew under a new incarnation
    /// and on the same deps; what other books say of their records follows. The old ones are set
    /// aside, never sent again. How many there were.
    pub(super) fn reissue_from(
        &mut self,
        id: BookId,
        first: EntryRef,
        now: Instant,
    ) -> Result<u32, PhoneError> {
        let rows = self.store.entries_of(id)?;
        let forked = rows.into_iter().filter(|row| {
            row.entry.actor == first.actor
                && row.entry.seq >= first.seq
                && row.state != EntryState::Delivered
        });
        let mut old: Vec<Entry> = forked.map(|row| row.entry).collect();
        old.sort_by_key(|entry| entry.seq);
        if old.is_empty() {
            return Ok(0);
        }
        if self.enrolled()?.actor() == first.actor {
            self.renew_incarnation()?;
        }
        let done = self.write_anew(id, &old, now);
        if done.is_err() {
            // Open books are ahead of the disk.
            self.books.clear();
        }
        done?;
        Ok(u32::try_from(old.len()).unwrap_or(u32::MAX))
    }

    /// All in one transaction: what is set aside without being there anew would be lost.
    fn write_anew(&mut self, id: BookId, old: &[Entry], now: Instant) -> Result<(), PhoneError> {
        let writer = Writer { actor: self.enrolled()?.actor(), now };
        let mut book = self.load_book(id, old)?;
        let again = reissue(id, old, writer.actor, book.next_seq(writer.actor));
        let anew = put_in(&mut book, again.entries)?;
        let rows = books::all_rows(&book, &self.pack);
        self.books.insert(id, book);
        let named = |key: RecordKey| RecordId { book: id, key };
        let renamed = again.records.iter().map(|(old, new)| (named(*old), named(*new))).collect();
        let mut written = self.follow(id, &renamed, writer)?;
        let mut others = Vec::new();
        for Written { book, entries, .. } in &written {
            let entries: Vec<Entry> = entries.iter().map(|(entry, _)| entry.clone()).collect();
            others.push((*book, self.rows_after(*book, &entries)));
        }
        written.push(anew);
        self.store.write(|tx| {
            old.iter().try_for_each(|entry| tx.abandon(id, entry.name(), now))?;
            written.iter().try_for_each(|written| written.write(tx))?;
            tx.clear_records(id)?;
            books::put_rows(tx, id, &rows)?;
            others.iter().try_for_each(|(book, rows)| books::put_rows(tx, *book, rows))
        })?;
        Ok(())
    }

    /// References to renamed records that this phone wrote into other books: under the old names
    /// stand other records now. What the district has delivered back was written before those
    /// names were in doubt, or by a copy of this phone that meant its own.
    fn follow(
        &mut self,
        id: BookId,
        renamed: &Renamed,
        writer: Writer,
    ) -> Result<Vec<Written>, PhoneError> {
        let pack = self.pack.clone();
        let mut written = Vec::new();
        for other in self.store.books()?.into_iter().filter(|other| *other != id) {
            let mut rows = self.store.entries_of(other)?;
            rows.retain(|row| {
                let ours = row.entry.actor.device() == writer.actor.device();
                ours && matches!(row.state, EntryState::Unsent | EntryState::Stored)
            });
            let entries: Vec<Entry> = rows.into_iter().map(|row| row.entry).collect();
            let book = self.open_book(other)?;
            let edits = stale_references(book, &entries, renamed);
            let opened_at = book.clock().clone();
            let entries = plan_edit(book, writer, &pack, &opened_at, &edits, &[])?;
            if !entries.is_empty() {
                written.push(put_in(book, entries)?);
            }
        }
        Ok(written)
    }
}

fn put_in(book: &mut Book, entries: Vec<Entry>) -> Result<Written, PhoneError> {
    let mut done = Vec::with_capacity(entries.len());
    for entry in entries {
        let hash = book.apply(&entry, None);
        let hash = hash.map_err(|refusal| PhoneError::File(refusal.to_string()))?;
        done.push((entry, hash));
    }
    Ok(Written { book: book.id(), generation: book.generation(), entries: done })
}

/// The fields in which one of these entries still stands with a reference to a renamed record.
fn stale_references(book: &Book, entries: &[Entry], renamed: &Renamed) -> Vec<Edit> {
    let mut edits: BTreeMap<RecordKey, Fields> = BTreeMap::new();
    for entry in entries {
        for write in &entry.writes {
            let Value::Record(old) = &write.value else { continue };
            let Some(new) = renamed.get(old) else { continue };
            let held = book.alternatives(write.record, write.field);
            if held.iter().any(|alternative| alternative.entry == entry.name()) {
                let fields = edits.entry(write.record).or_default();
                fields.insert(write.field, Value::Record(*new));
            }
        }
    }
    edits.into_iter().map(|(record, fields)| Edit { record, fields }).collect()
}
