//! What a phone holds already, by the moments of the plan's steps: which record was made when, and
//! which steps it has done itself.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::base::{Instant, RecordId};
use soban_core::phone::{Phone, PhoneError, RecordView};
use soban_core::store::ListQuery;

/// More than any phone of the demo holds.
const ALL: u32 = 100_000;

/// What a phone holds already.
#[derive(Debug, Default)]
pub(super) struct Known {
    made: BTreeMap<Instant, RecordId>,
    done: BTreeSet<Instant>,
}

impl Known {
    /// Reads it from the phone's own books.
    pub(super) fn of(phone: &mut Phone) -> Result<Self, PhoneError> {
        let mut known = Self::default();
        for item in phone.list(&ListQuery { limit: ALL, ..ListQuery::default() })? {
            let Ok(id) = item.id.parse::<RecordId>() else { continue };
            known.read(phone, id)?;
            for row in phone.show(id)?.rows {
                known.read_row(phone, &row)?;
            }
        }
        Ok(known)
    }

    fn read_row(&mut self, phone: &mut Phone, row: &RecordView) -> Result<(), PhoneError> {
        row.id.parse().map_or(Ok(()), |id| self.read(phone, id))
    }

    fn read(&mut self, phone: &mut Phone, id: RecordId) -> Result<(), PhoneError> {
        let making = id.key.entry().to_string();
        for step in phone.history(id)? {
            let at = Instant(step.written_at);
            if step.entry == making {
                // A row that was made with its record has the same moment and comes after it.
                self.made.entry(at).or_insert(id);
            }
            if step.own {
                self.done.insert(at);
            }
        }
        Ok(())
    }

    /// The record that was made at a moment, by whichever phone.
    pub(super) fn made(&self, at: Instant) -> Option<RecordId> {
        self.made.get(&at).copied()
    }

    /// Whether this phone has done the step of a moment.
    pub(super) fn did(&self, at: Instant) -> bool {
        self.done.contains(&at)
    }

    /// A record has just been made.
    pub(super) fn add(&mut self, at: Instant, id: RecordId) {
        self.made.insert(at, id);
    }
}
