//! What may enter the log, and the reply to whoever brought it.
//!
//! Opens no document: an entry is decoded strictly, its device, grant, generation and size are
//! checked, and it is appended. What it means is found out later, by [`crate::project`].
//! Everything that a reply acknowledges is on disk by then.

mod deliver;
mod give;
mod prefix;
mod quota;
mod reply;
mod take;
#[cfg(test)]
pub(crate) mod tests;
mod told;
mod verdict;

pub use verdict::{Verdict, judge};

use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use soban_core::base::{BookId, DeviceId, EntryHash, Instant, OrgUnitId};
use soban_core::sync::{
    Effort, Lane, MAX_REQUEST_BYTES, Mac, ReferenceItem, SyncRequest, WireError,
};
use thiserror::Error;

use crate::project::Projector;
use crate::store::{Store, StoreError};
use prefix::PrefixCache;

/// Entries that are taken of one request; a phone sends what is left over again.
const MOST_ENTRIES: usize = 4_096;

/// The right of a device to a unit's books, in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The unit.
    pub org_unit: OrgUnitId,
    /// Since when.
    pub valid_from: Instant,
    /// Until when; open if absent.
    pub valid_to: Option<Instant>,
}

impl Grant {
    /// Whether it holds at an instant.
    #[must_use]
    pub fn holds_at(&self, now: Instant) -> bool {
        self.valid_from <= now && self.valid_to.is_none_or(|to| now < to)
    }
}

/// A device that has shown its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Which device.
    pub device: DeviceId,
    /// Whether it is revoked.
    pub revoked: bool,
    /// Whether it came back to a server that had forgotten it, and waits for staff.
    pub pending: bool,
    /// The units it may write for, now or once.
    pub grants: Vec<Grant>,
    /// The version of all tokens and grants that this was read from; absent where it was not read.
    pub as_of: Option<i64>,
}

impl Caller {
    /// Whether what was read of it still holds under a version of all tokens and grants.
    fn is_current(&self, access_version: Option<i64>) -> bool {
        self.as_of.is_none() || self.as_of == access_version
    }

    /// The units it may write for and is told of at an instant.
    pub(crate) fn units_at(&self, now: Instant) -> impl Iterator<Item = OrgUnitId> {
        self.grants.iter().filter(move |grant| grant.holds_at(now)).map(|grant| grant.org_unit)
    }

    /// Whether what it brings waits for staff, and it receives nothing.
    fn is_sealed(&self) -> bool {
        self.revoked || self.pending
    }

    /// Whether it may deliver to a book: a grant that has ended still lets it, since cells move
    /// between districts.
    fn was_granted(&self, book: BookId) -> bool {
        self.grants.iter().any(|grant| grant.org_unit == book.org_unit)
    }
}

/// What a phone is to hold besides its books.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reference {
    items: Vec<ReferenceItem>,
    /// Of each item, in their order.
    named: Vec<[u8; 8]>,
    hashes: Vec<[u8; 8]>,
}

impl Reference {
    /// A set of named pieces.
    #[must_use]
    pub fn new(items: Vec<ReferenceItem>) -> Self {
        let named: Vec<[u8; 8]> = items.iter().map(ReferenceItem::hash).collect();
        let mut hashes = named.clone();
        hashes.sort_unstable();
        Self { items, named, hashes }
    }

    /// The pieces that are not among those of these names.
    #[must_use]
    pub fn lacking(&self, known: &[[u8; 8]]) -> Vec<ReferenceItem> {
        let pieces = self.items.iter().zip(&self.named);
        pieces.filter(|(_, name)| !known.contains(name)).map(|(item, _)| item.clone()).collect()
    }

    /// What a phone stands on that stood on pieces of these names and was sent what it lacked: where
    /// there is nothing to hold any more, it keeps what it has.
    fn after(&self, known: &[[u8; 8]]) -> Vec<[u8; 8]> {
        if self.items.is_empty() { known.to_vec() } else { self.hashes.clone() }
    }

    /// The pieces.
    #[must_use]
    pub fn items(&self) -> &[ReferenceItem] {
        &self.items
    }

    /// Names each piece by its content, ascending.
    #[must_use]
    pub fn hashes(&self) -> &[[u8; 8]] {
        &self.hashes
    }
}

/// Why a request was not answered.
#[derive(Debug, Error)]
pub enum SyncError {
    /// It does not read; nothing of it was taken.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The data folder fails; nothing of it was taken.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the caller may do has changed meanwhile; nothing of it was taken.
    #[error("what this device may do has just changed")]
    Outdated,
}

/// Where phones are answered: the log, who looks at what arrives, what compressed entries stand on,
/// and the key to the server's word.
#[derive(Debug)]
pub struct Desk {
    store: Store,
    projector: Projector,
    prefixes: PrefixCache,
    key: [u8; 32],
}

impl Desk {
    /// A desk whose word is made with this key, which no backup holds.
    #[must_use]
    pub fn new(store: Store, projector: Projector, key: [u8; 32]) -> Self {
        Self { store, projector, prefixes: PrefixCache::default(), key }
    }

    /// Takes a device's request in and answers it, in one transaction.
    ///
    /// # Errors
    /// [`SyncError`]; then nothing of it was taken, and repeating it is harmless.
    pub async fn sync(
        &self,
        reference: Arc<Reference>,
        caller: impl Into<Arc<Caller>>,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, SyncError> {
        let caller = caller.into();
        if body.len() > MAX_REQUEST_BYTES {
            return Err(WireError::TooLarge(body.len()).into());
        }
        let device = caller.device;
        // Whoever may guess at what compressed entries stand on could read it byte by byte: nobody
        // is lent a book that they would not be told.
        let lent: Vec<OrgUnitId> = match caller.is_sealed() {
            true => Vec::new(),
            false => caller.units_at(now).collect(),
        };
        let request = self.on_lane((device, &lent), |lane| SyncRequest::from_bytes(body, lane))?;
        let plain = request.plain;
        let sent = request.entries.iter().take(MOST_ENTRIES);
        // Decoding needs no database: the one thread that writes is spared it.
        let verdicts: Vec<Verdict> = sent.map(|sent| judge(sent, &caller, now)).collect();
        let key = self.key;
        let answered = self
            .store
            .write_repeatable(move |db| {
                let word = |standing: &[u8]| word(&key, caller.device, standing);
                let asked = reply::Asked { request: &request, verdicts: &verdicts, word: &word };
                reply::answer(db, &asked, &caller, &reference, now)
            })
            .await;
        let (response, appended) = answered?.ok_or(SyncError::Outdated)?;
        if appended {
            self.projector.wake();
        }
        Ok(self.on_lane((device, &lent), |lane| response.to_bytes(lane, plain)))
    }

    /// `lent`: the units whose books the compressed entries may stand on.
    fn on_lane<T>(
        &self,
        (device, lent): (DeviceId, &[OrgUnitId]),
        job: impl FnOnce(&Lane<'_>) -> T,
    ) -> T {
        let prefixes = &self.prefixes.over(&self.store, lent);
        job(&Lane { device, prefixes, effort: Effort::Time })
    }
}

/// The server's word for what a device stands on, of the bytes of that.
pub fn word(key: &[u8; 32], device: DeviceId, standing: &[u8]) -> Mac {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Mac::default() };
    mac.update(b"soban standing ");
    mac.update(&device.0);
    mac.update(standing);
    let bytes: [u8; 32] = mac.finalize().into_bytes().into();
    Mac(EntryHash(bytes).short())
}
