//! What to send: everything the district has not confirmed, within the budget.

use super::{Phone, PhoneError};
use crate::base::Instant;
use crate::store::EntryRow;
use crate::sync::{
    BookClock, Chain, Cursor, CursorTable, DeviceStatus, SentEntry, SyncRequest, WIRE_VERSION,
    reference_digest,
};

/// The most entries in one request.
const MOST_ENTRIES: u32 = 500;

impl Phone {
    /// The bytes to send. Asking again gives the same entries until an answer is taken in.
    ///
    /// # Errors
    /// [`PhoneError::NotEnrolled`], [`PhoneError::File`].
    pub fn outgoing(
        &mut self,
        app_version: &str,
        free_bytes: Option<u64>,
        now: Instant,
    ) -> Result<Vec<u8>, PhoneError> {
        self.enrolled()?;
        let cursors = self.cursor_table()?;
        let send_clocks = self.is_set("send_clocks")?;
        let clocks = if send_clocks { Some(self.book_clocks()?) } else { None };
        let send_cursors = send_clocks || self.is_set("send_cursors")?;
        let references = self.store.references()?;
        let names = references.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let unsent = self.store.unsent(MOST_ENTRIES)?;
        let fitting = self.budget.cut(unsent, |row| row.entry.to_bytes().len());
        let request = SyncRequest {
            version: WIRE_VERSION,
            epoch: self.epoch()?,
            status: self.device_status(app_version, free_bytes, now)?,
            digest: cursors.digest(),
            cursors: send_cursors.then_some(cursors),
            clocks,
            entries: fitting.iter().map(sent_entry).collect(),
            reference: reference_digest(names),
            budget: self.budget.bytes(),
        };
        Ok(request.to_bytes())
    }

    /// What to show with the request: the value of an `Authorization` header.
    ///
    /// # Errors
    /// [`PhoneError::NotEnrolled`].
    pub fn authorization(&self) -> Result<String, PhoneError> {
        Ok(format!("Bearer {}", self.enrolled()?.token))
    }

    /// Says that a request did not return: the next one is smaller.
    pub fn request_failed(&mut self) {
        self.budget = self.budget.after_failure();
    }

    fn device_status(
        &self,
        app_version: &str,
        free_bytes: Option<u64>,
        now: Instant,
    ) -> Result<DeviceStatus, PhoneError> {
        let (unsent, oldest) = self.store.count_unsent()?;
        Ok(DeviceStatus {
            app_version: app_version.to_owned(),
            pack_version: self.pack.version,
            clock: now,
            unsent,
            oldest_unsent: oldest.map(|instant| instant.0),
            free_bytes,
        })
    }

    pub(super) fn cursor_table(&self) -> Result<CursorTable, PhoneError> {
        let rows = self.store.cursors()?.into_iter();
        let cursor = |(book, generation, epoch, position, chain)| {
            (book, Cursor { generation, epoch, position, chain: Chain(chain) })
        };
        Ok(CursorTable(rows.map(cursor).collect()))
    }

    fn book_clocks(&mut self) -> Result<Vec<BookClock>, PhoneError> {
        let mut clocks = Vec::new();
        for book in self.store.books()? {
            let generation = self.open_book(book)?.generation();
            clocks.push(BookClock { book, generation, clock: self.store.clock_of(book)? });
        }
        Ok(clocks)
    }
}

fn sent_entry(row: &EntryRow) -> SentEntry {
    SentEntry {
        book: row.book,
        generation: row.generation,
        hash: row.hash,
        entry: row.entry.to_bytes(),
    }
}
