//! Half-filled forms: kept on every field, and no part of any book until they are submitted.

use serde::{Deserialize, Serialize};

use super::{Phone, PhoneError};
use crate::base::Instant;

/// A half-filled form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its number on this phone.
    pub id: i64,
    /// The form's identifier.
    pub form: String,
    /// When it was last saved, milliseconds UTC by this phone's clock.
    pub saved_at: i64,
    /// What the screen keeps of it; the phone does not look inside.
    pub body: String,
}

impl Phone {
    /// Keeps a half-filled form; its number. Under the number of one that was submitted or
    /// discarded meanwhile nothing is kept.
    ///
    /// # Errors
    /// [`PhoneError::Full`], [`PhoneError::File`].
    pub fn save_draft(
        &mut self,
        id: Option<i64>,
        form: &str,
        body: &str,
        now: Instant,
    ) -> Result<i64, PhoneError> {
        let body = body.as_bytes();
        Ok(self.store.write(|tx| match id {
            None => tx.add_draft(form, body, now),
            Some(id) => tx.update_draft(id, form, body, now).map(|()| id),
        })?)
    }

    /// Half-filled forms, the newest first.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn list_drafts(&self) -> Result<Vec<Draft>, PhoneError> {
        let drafts = self.store.drafts()?.into_iter();
        let draft = |(id, form, saved_at, body): (_, _, _, Vec<u8>)| Draft {
            id,
            form,
            saved_at,
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        Ok(drafts.map(draft).collect())
    }

    /// Forgets a half-filled form.
    ///
    /// # Errors
    /// [`PhoneError::Full`], [`PhoneError::File`].
    pub fn discard_draft(&mut self, id: i64) -> Result<(), PhoneError> {
        Ok(self.store.write(|tx| tx.remove_draft(id))?)
    }
}
