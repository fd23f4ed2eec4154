//! Writing entries anew under another name, when the district holds others under theirs.

use super::{Phone, PhoneError};
use crate::base::{ActorId, BookId, EntryRef, Instant};
use crate::book::{Entry, reissue};
use crate::store::EntryState;

impl Phone {
    /// Writes an own entry of this book, and the own ones after it, anew under a new incarnation
    /// and on the same deps. The old ones are set aside, never sent again. How many there were.
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
        let actor = self.enrolled()?.actor();
        self.set_aside(id, &old, now)?;
        self.write_anew(id, &old, actor)?;
        Ok(u32::try_from(old.len()).unwrap_or(u32::MAX))
    }

    fn set_aside(&mut self, id: BookId, old: &[Entry], now: Instant) -> Result<(), PhoneError> {
        self.books.remove(&id);
        self.store
            .write(|tx| old.iter().try_for_each(|entry| tx.abandon(id, entry.name(), now)))?;
        Ok(())
    }

    fn write_anew(&mut self, id: BookId, old: &[Entry], actor: ActorId) -> Result<(), PhoneError> {
        let book = self.open_book(id)?;
        let generation = book.generation();
        let again = reissue(id, old, actor, book.next_seq(actor));
        let mut hashes = Vec::new();
        for entry in &again.entries {
            let applied = book.apply(entry, None);
            hashes.push(applied.map_err(|refusal| PhoneError::File(refusal.to_string()))?);
        }
        self.store.write(|tx| {
            let entries = again.entries.iter().zip(hashes);
            entries.into_iter().try_for_each(|(entry, hash)| {
                tx.add_entry(id, generation, entry, hash, EntryState::Unsent)
            })
        })?;
        self.rebuild_book_rows(id)
    }
}
