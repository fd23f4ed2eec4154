//! What compressed entries stand on, made once for many phones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use soban_core::base::{BookId, OrgUnitId};
use soban_core::sync::{MAX_PREFIX_BYTES, Prefix, Prefixes};

use crate::store::{Store, delivery};

/// Prefixes remembered at once. Each takes up to 96 KiB once a block over it was opened; those of a
/// village's year take less than half of that.
const MOST: usize = 1_024;

/// Prefixes by book and position. What stands at a position of a log never changes while the log
/// lives: a folder put back from a copy is opened by another program.
#[derive(Debug, Default)]
pub(super) struct PrefixCache(Mutex<Known>);

/// By book and position.
type Known = HashMap<(BookId, u64), Arc<Prefix>>;

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
    fn find(&self, book: BookId, position: u64) -> Option<Arc<Prefix>> {
        if !self.lent.contains(&book.org_unit) {
            return None;
        }
        let lock = || self.cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&(book, position)) {
            return Some(Arc::clone(known));
        }
        let read = |db: &_| delivery::entries_before(db, book, position, MAX_PREFIX_BYTES);
        let parts = self.store.read(read).ok()??;
        let made = Arc::new(Prefix::of(parts.iter().map(Vec::as_slice)));
        let mut known = lock();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert((book, position), Arc::clone(&made));
        Some(made)
    }
}
