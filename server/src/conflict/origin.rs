//! Who wrote the entries of a book, with what, and when they arrived.

use std::collections::BTreeMap;

use soban_core::base::{BookId, DeviceId, EntryRef};
use soban_core::book::Book;

use crate::store::read::{self, EntryOrigin};
use crate::store::{Db, StoreError, device};

/// Who wrote the entries of a book, with what, and when they arrived.
#[derive(Debug, Default)]
pub struct Origins {
    entries: BTreeMap<EntryRef, EntryOrigin>,
    /// The unit's devices in the order in which they were enrolled: people speak of the first
    /// phone and the second, not of their numbers.
    devices: Vec<DeviceId>,
}

/// With what an entry was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// The so-manieth of the unit's devices, from 1.
    Device(usize),
    /// A device of another unit.
    OtherDevice,
    /// The console.
    Console,
}

impl Origins {
    /// Of one book.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn of(db: &Db, book: &Book) -> Result<Self, StoreError> {
        let mut origins = Self::of_arrivals(db, book.id())?;
        for (entry, origin) in &mut origins.entries {
            // What staff decided is theirs: no device holds it.
            if let Some(decision) = book.decisions_in(*entry).first() {
                origin.holder.clone_from(&decision.person);
            }
        }
        Ok(origins)
    }

    /// Of what arrived for a book, without what it says of itself.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn of_arrivals(db: &Db, book: BookId) -> Result<Self, StoreError> {
        let entries = read::origins_of(db, book)?.into_iter();
        let devices = device::list_devices_of(db, book.org_unit)?;
        Ok(Self { entries: entries.map(|origin| (origin.entry, origin)).collect(), devices })
    }

    /// What is known of an entry's arrival.
    #[must_use]
    pub fn find(&self, entry: EntryRef) -> Option<&EntryOrigin> {
        self.entries.get(&entry)
    }

    /// Who wrote an entry: who holds its device, or who decided; nothing where that is not known.
    #[must_use]
    pub fn writer(&self, entry: EntryRef) -> Option<&str> {
        self.find(entry).map(|origin| origin.holder.as_str()).filter(|holder| !holder.is_empty())
    }

    /// With what an entry was written.
    #[must_use]
    pub fn tool(&self, entry: EntryRef) -> Tool {
        let wrote = entry.actor.device();
        match self.devices.iter().position(|device| *device == wrote) {
            _ if wrote.is_office() => Tool::Console,
            Some(before) => Tool::Device(before + 1),
            None => Tool::OtherDevice,
        }
    }
}
