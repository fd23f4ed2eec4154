//! Making a record void: it stays, with a reason, and counts no more.

use super::moved::state_of;
use super::{Phone, PhoneError, Saved};
use crate::base::{Instant, RecordId, RecordKey, text};
use crate::book::{Book, SaveError, plan_void};
use crate::record::FieldNo;

impl Phone {
    /// Makes a record void, for a reason. Nothing is deleted. `opened_at` is the state that the
    /// person saw, as the record's view gave it; the present one if absent.
    ///
    /// # Errors
    /// [`PhoneError::ReasonNeeded`]; [`PhoneError::Moved`] if anything of the record or of its
    /// rows has been written since; else as [`Phone::edit`].
    pub fn void(
        &mut self,
        record: RecordId,
        opened_at: Option<&str>,
        reason: &str,
        now: Instant,
    ) -> Result<Saved, PhoneError> {
        let reason = text::normalise(reason);
        if reason.is_empty() {
            return Err(PhoneError::ReasonNeeded);
        }
        self.unit_for(Some(record.book.org_unit))?;
        let (writer, pack, book) = self.open_to_write(record.book, now)?;
        let opened_at = state_of(book, opened_at)?;
        let entries = match plan_void(book, writer, &pack, &opened_at, record.key, reason) {
            Err(SaveError::Moved(moved)) => return Err(self.moved(record.book, &moved)),
            Err(SaveError::UnknownRecord(_)) => return Err(PhoneError::UnknownRecord(record)),
            planned => planned?,
        };
        self.commit(record.book, &entries, None)?;
        Ok(Saved { record, entries: entries.len(), warnings: Vec::new(), same_as: Vec::new() })
    }
}

/// A row of a void record is void with it.
pub(super) fn is_void(book: &Book, key: RecordKey) -> bool {
    let mut of_it = [Some(key), book.parent_of(key)].into_iter().flatten();
    of_it.any(|key| !book.value(key, FieldNo::VOID).is_null())
}
