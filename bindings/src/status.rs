//! What a phone says of itself, and what a sync did.

use soban_core::base::Date;
use soban_core::{form, phone as core};

/// The language that people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Language {
    /// Tiếng Việt.
    Vi,
    /// English.
    En,
}

records! {
    /// What a phone says of itself.
    Status {
        /// The device; nothing before enrolment.
        device: Option<String>,
        /// The unit it writes for.
        org_unit: Option<u32>,
        /// What that unit is called; empty before enrolment.
        unit_name: String,
        /// What the unit above it is called.
        parent_name: String,
        /// Who holds this phone.
        holder: String,
        /// Whether it is a phone to practise on.
        practice: bool,
        /// The language that people read here.
        language: Language,
        /// The date in Vietnam by the district's clock, ISO.
        today: String,
        /// The pack's version; 0 for none.
        pack_version: u32,
        /// Entries that the district has not confirmed.
        unsent: u32,
        /// The device time of the oldest of them.
        oldest_unsent_at: Option<i64>,
        /// Entries that the district did not take.
        refused: u32,
        /// Records that are contested.
        contested: u32,
        /// Decisions of staff that the holder has not read.
        unread: u32,
        /// When the last sync was answered.
        synced_at: Option<i64>,
        /// The district's clock less this phone's, in milliseconds.
        clock_offset_ms: i64,
        /// Whether the district revoked this phone.
        revoked: bool,
        /// Whether the district has forgotten this phone, and its staff have not confirmed it yet.
        pending: bool,
        /// The damaged file that was set aside at this opening.
        set_aside: Option<String>,
    }

    /// What a sync did.
    SyncOutcome {
        /// Entries that are now on the district's disk.
        stored: u32,
        /// Entries that are new here.
        received: u32,
        /// Entries that the district did not take.
        refused: u32,
        /// Entries of others that the district had forgotten, and was given.
        given_back: u32,
        /// Entries written anew under another name.
        reissued: u32,
        /// Entries that still wait to be sent: with those stored, how far it has come.
        unsent: u32,
        /// Whether forms or names changed.
        reference_changed: bool,
        /// Whether the district revoked this phone.
        revoked: bool,
        /// Whether there is more to send or to fetch.
        again: bool,
    }
}

impl From<form::Language> for Language {
    fn from(language: form::Language) -> Self {
        match language {
            form::Language::Vi => Self::Vi,
            form::Language::En => Self::En,
        }
    }
}

impl From<Language> for form::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}

impl Status {
    pub(crate) fn new(status: core::Status, language: form::Language, today: Date) -> Self {
        Self {
            device: status.device,
            org_unit: status.org_unit,
            unit_name: status.unit_name,
            parent_name: status.parent_name,
            holder: status.holder,
            practice: status.practice,
            language: language.into(),
            today: today.to_string(),
            pack_version: status.pack_version,
            unsent: status.unsent,
            oldest_unsent_at: status.oldest_unsent_at,
            refused: status.refused,
            contested: status.contested,
            unread: status.unread,
            synced_at: status.synced_at,
            clock_offset_ms: status.clock_offset_ms,
            revoked: status.revoked,
            pending: status.pending,
            set_aside: status.set_aside,
        }
    }
}

impl From<core::SyncOutcome> for SyncOutcome {
    fn from(outcome: core::SyncOutcome) -> Self {
        Self {
            stored: outcome.stored,
            received: outcome.received,
            refused: outcome.refused,
            given_back: outcome.given_back,
            reissued: outcome.reissued,
            unsent: outcome.unsent,
            reference_changed: outcome.reference_changed,
            revoked: outcome.revoked,
            again: outcome.again,
        }
    }
}
