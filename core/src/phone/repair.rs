//! Writing entries anew under another name: when the district holds others under theirs, or when
//! what they stand on is gone for good.

use std::collections::{BTreeMap, BTreeSet};

use super::books::Loaded;
use super::outgoing::OWN_WISH;
use super::{Phone, PhoneError, books};
use crate::base::{BookId, EntryHash, EntryRef, Instant, RecordId, RecordKey};
use crate::book::{Book, Edit, Entry, Writer, plan_edit, reissue};
use crate::record::{Fields, Value};
use crate::store::{EntryRow, EntryState, StoreError, Transaction};
use crate::sync::ProblemKind;

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
    /// Writes an own entry of this book, and the own ones that stand on it, anew under a new
    /// incarnation and on the same deps: another entry stands under its name. The old ones are set
    /// aside, never sent again. How many there were.
    pub(super) fn reissue_from(&mut self, id: BookId, first: EntryRef) -> Result<u32, PhoneError> {
        let rows = self.store.entries_of(id)?;
        let old = self.own_branch(rows, &[first], true)?;
        self.write_anew(id, &old, &[])
    }

    /// Opens a book, and writes own entries anew that stand on something that is gone for good.
    /// How many there were.
    pub(super) fn reopen_book(&mut self, id: BookId) -> Result<u32, PhoneError> {
        self.books.remove(&id);
        let mut loaded = self.load_book(id, &[])?;
        if self.identity.is_none() {
            // Damage took the phone's papers: what is here is shown, and nobody writes.
            self.books.insert(id, loaded.book);
            return Ok(0);
        }
        if !loaded.damaged.is_empty() {
            self.set_damaged_apart(&mut loaded)?;
            let rows = books::all_rows(&loaded.book, &self.pack);
            self.store.write(|tx| {
                tx.clear_records(id)?;
                books::put_rows(tx, id, &rows)
            })?;
        }
        let Loaded { book, apart, astray, .. } = loaded;
        if astray.is_empty() {
            self.books.insert(id, book);
            return Ok(0);
        }
        // What is not here may still be with the district.
        self.store.write(|tx| tx.set_meta("send_clocks", &[OWN_WISH]))?;
        let roots = self.lost_for_good(&book, &apart, &astray)?;
        let old = self.own_branch(astray, &roots, false)?;
        if old.is_empty() {
            // The name has been used beyond the gap: what is written now needs another.
            self.renew_incarnation()?;
            self.books.insert(id, book);
            return Ok(0);
        }
        let gone: Vec<Entry> = apart.into_iter().map(|row| row.entry).collect();
        self.write_anew(id, &old, &gone)
    }

    /// Entries whose bytes have changed under the phone: what the district has comes from there
    /// again, the rest is kept to be read, and is no part of the book.
    fn set_damaged_apart(&mut self, loaded: &mut Loaded) -> Result<(), PhoneError> {
        let device = self.enrolled()?.device();
        let id = loaded.book.id();
        let (ours, theirs): (Vec<_>, Vec<_>) = loaded
            .damaged
            .drain(..)
            .partition(|row| row.entry.actor.device() == device && row.state == EntryState::Unsent);
        self.store.write(|tx| {
            tx.set_meta("send_clocks", &[OWN_WISH])?;
            let code = ProblemKind::Damaged.code();
            ours.iter().try_for_each(|row| tx.mark_refused(id, row.entry.name(), code))?;
            theirs.iter().try_for_each(|row| tx.forget_entry(id, row.entry.name()))
        })?;
        loaded.apart.extend(ours);
        Ok(())
    }

    /// What entries stand on that will not come any more: what is kept apart, and own entries that
    /// are not here and that the district cannot have, since it has nothing that followed them.
    fn lost_for_good(
        &self,
        book: &Book,
        apart: &[EntryRow],
        astray: &[EntryRow],
    ) -> Result<Vec<EntryRef>, PhoneError> {
        let device = self.enrolled()?.device();
        let mut lost: Vec<EntryRef> = apart.iter().map(|row| row.entry.name()).collect();
        for row in astray {
            let missing = book.missing(&row.entry).into_iter();
            lost.extend(missing.filter(|name| {
                let here = astray.iter().any(|other| other.entry.name() == *name);
                let sent = |other: &EntryRow| {
                    other.entry.actor == name.actor
                        && other.entry.seq > name.seq
                        && other.state != EntryState::Unsent
                };
                name.actor.device() == device && !here && !astray.iter().any(sent)
            }));
        }
        Ok(lost)
    }

    /// The own entries that stand on one of the roots and are not in the district's book, each
    /// after those it stands on; the roots themselves only `with_roots`.
    fn own_branch(
        &self,
        rows: Vec<EntryRow>,
        roots: &[EntryRef],
        with_roots: bool,
    ) -> Result<Vec<Entry>, PhoneError> {
        let device = self.enrolled()?.device();
        let mut on: BTreeSet<EntryRef> = roots.iter().copied().collect();
        let mut branch = Vec::new();
        for row in rows {
            let name = row.entry.name();
            let is_root = roots.contains(&name);
            let before = EntryRef { actor: name.actor, seq: name.seq.saturating_sub(1) };
            let stands = is_root || row.entry.deps.iter().chain([&before]).any(|d| on.contains(d));
            let ours = name.actor.device() == device && row.state != EntryState::Delivered;
            if !stands || !ours || row.is_apart() {
                continue;
            }
            on.insert(name);
            if with_roots || !is_root {
                branch.push(row.entry);
            }
        }
        Ok(branch)
    }

    fn write_anew(&mut self, id: BookId, old: &[Entry], gone: &[Entry]) -> Result<u32, PhoneError> {
        let Some(last) = old.last() else { return Ok(0) };
        let current = self.enrolled()?.actor();
        if old.iter().chain(gone).any(|entry| entry.actor == current) {
            self.renew_incarnation()?;
        }
        let done = self.try_write_anew(id, old, gone, last.time);
        if done.is_err() {
            // Open books are ahead of the disk.
            self.books.clear();
        }
        done?;
        Ok(u32::try_from(old.len()).unwrap_or(u32::MAX))
    }

    /// All in one transaction: what is set aside without being there anew would be lost.
    fn try_write_anew(
        &mut self,
        id: BookId,
        old: &[Entry],
        gone: &[Entry],
        now: Instant,
    ) -> Result<(), PhoneError> {
        let writer = Writer { actor: self.enrolled()?.actor(), now };
        let mut book = self.load_book(id, old)?.book;
        let again = reissue(&mut book, old, gone, writer.actor);
        let again = again.map_err(|refusal| PhoneError::File(refusal.to_string()))?;
        let generation = book.generation();
        let anew = Written { book: id, generation, entries: again.entries };
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
