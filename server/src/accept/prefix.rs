//! What compressed entries stand on, made once for many phones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use soban_core::base::{BookId, OrgUnitId};
use soban_core::sync::{MAX_PREFIX_BYTES, Prefixes, prefix_of};

use crate::store::{Store, delivery};

/// Prefixes remembered at once: 64 MiB of them.
const MOST: usize = 2_048;

/// Prefixes by book and position. What stands at a position of a log never changes while the log
/// lives: a folder put back from a copy is opened by another program.
#[derive(Debug, Default)]
pub(super) struct PrefixCache(Mutex<Known>);

/// By book and position.
type Known = HashMap<(BookId, u64), Arc<[u8]>>;

impl PrefixCache {
    pub(super) fn over<'a>(
        &'a self,
        store: &'a Store,
        lent: &'a [OrgUnitId],
    ) -> StoredPrefixes<'a> {
        StoredPrefixes { cache: self, store, lent }
    }
}

/// Prefixes of a log, from the books of some units.
pub(super) struct StoredPrefixes<'a> {
    cache: &'a PrefixCache,
    store: &'a Store,
    lent: &'a [OrgUnitId],
}

impl Prefixes for StoredPrefixes<'_> {
    fn find(&self, book: BookId, position: u64) -> Option<Arc<[u8]>> {
        if !self.lent.contains(&book.org_unit) {
            return None;
        }
        let lock = || self.cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&(book, position)) {
            return Some(Arc::clone(known));
        }
        let read = |db: &_| delivery::entries_before(db, book, position, MAX_PREFIX_BYTES);
        let parts = self.store.read(read).ok()??;
        let made: Arc<[u8]> = prefix_of(parts.iter().map(Vec::as_slice)).into();
        let mut known = lock();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert((book, position), Arc::clone(&made));
        Some(made)
    }
}
