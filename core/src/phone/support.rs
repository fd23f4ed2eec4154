//! What support needs to know of a phone, without anything that people wrote.

use super::{Phone, PhoneError};
use crate::store::EntryState;

impl Phone {
    /// Versions, counts and positions, a line each, in English: it is read by those who mend.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn support_report(&self) -> Result<Vec<String>, PhoneError> {
        let status = self.status()?;
        let mut lines = vec![
            format!("device {}", status.device.as_deref().unwrap_or("not enrolled")),
            format!("unit {}", status.org_unit.map_or("none".to_owned(), |unit| unit.to_string())),
            format!("pack {} version {}", self.pack.id, status.pack_version),
            format!("unsent {}, refused {}", status.unsent, status.refused),
            format!("oldest unsent at {}", milliseconds(status.oldest_unsent_at)),
            format!("contested {}, decisions unread {}", status.contested, status.unread),
            format!("synced at {}", milliseconds(status.synced_at)),
            format!("clock behind the district by {} ms", status.clock_offset_ms),
            format!("revoked {}, pending {}", status.revoked, status.pending),
            format!("practice {}, file set aside {}", status.practice, status.set_aside.is_some()),
        ];
        let cursors = self.cursor_table()?;
        for book in self.store.books()? {
            let entries = self.store.entries_of(book)?;
            let count = |state| entries.iter().filter(|row| row.state == state).count();
            let cursor = cursors.0.get(&book);
            lines.push(format!(
                "book {book}: {} entries, {} unsent, {} stored, {} refused, {} waiting, \
                 generation {}, epoch {}, position {}",
                entries.len(),
                count(EntryState::Unsent),
                count(EntryState::Stored),
                count(EntryState::Refused),
                count(EntryState::Waiting),
                cursor.map_or(1, |cursor| cursor.generation),
                cursor.map_or(0, |cursor| cursor.epoch),
                cursor.map_or(0, |cursor| cursor.position),
            ));
        }
        Ok(lines)
    }
}

fn milliseconds(instant: Option<i64>) -> String {
    instant.map_or("never".to_owned(), |instant| format!("{instant} ms"))
}
