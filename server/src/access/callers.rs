//! Devices by their tokens, remembered between requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::accept::Caller;
use crate::store::{Store, StoreError, device};

/// Devices remembered at once: more than a province has.
const MOST: usize = 50_000;

/// What was last read of devices. Whoever uses it checks, in the transaction that it writes in,
/// that it still holds ([`Caller::as_of`]), and otherwise says so here and asks again.
#[derive(Debug, Default)]
pub struct Callers(Mutex<HashMap<[u8; 32], Arc<Caller>>>);

impl Callers {
    /// The device with this token, as it was last read; read now if it never was.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(
        &self,
        store: &Store,
        token_hash: &[u8; 32],
    ) -> Result<Option<Arc<Caller>>, StoreError> {
        let known = self.lock().get(token_hash).map(Arc::clone);
        if known.is_some() {
            return Ok(known);
        }
        let found = store.read(|db| device::find_caller(db, token_hash))?.map(Arc::new);
        if let Some(caller) = &found {
            let mut known = self.lock();
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(*token_hash, Arc::clone(caller));
        }
        Ok(found)
    }

    /// What is known of a device no longer holds: it is read anew when it next asks.
    pub fn forget(&self, token_hash: &[u8; 32]) {
        self.lock().remove(token_hash);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Arc<Caller>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
