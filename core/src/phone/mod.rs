//! Floor 5: what one phone can do. The whole app below the screens, and the only thing that
//! bindings wrap.
//!
//! It opens no connection: [`Phone::outgoing`] gives the bytes to send, [`Phone::incoming`] takes
//! the answer. Clock and randomness come in as arguments.
//!
//! ```
//! use soban_core::phone::{Entropy, Phone};
//!
//! struct Fixed;
//! impl Entropy for Fixed {
//!     fn fill(&mut self, bytes: &mut [u8]) {
//!         bytes.fill(7);
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = std::env::temp_dir().join("soban-phone-doc");
//! let phone = Phone::open(&dir, Box::new(Fixed))?;
//! assert!(phone.status()?.device.is_none());
//! # drop(phone);
//! # std::fs::remove_dir_all(&dir)?;
//! # Ok(())
//! # }
//! ```

mod arrival;
mod books;
mod decisions;
mod draft;
mod enrol;
mod figures;
mod filling;
mod forms;
mod identity;
mod incoming;
mod moved;
mod needs;
mod outgoing;
mod plan;
mod practice;
mod print;
mod record;
mod reference;
mod repair;
mod save;
mod show;
mod status;
mod support;
#[cfg(test)]
mod tests;
mod today;
mod view;
mod void;

pub use draft::Draft;
pub use figures::FormFigures;
pub use filling::{FieldReading, FillingView};
pub use forms::{AskedKind, FieldDetail, FormDetail, FormView, OptionView, SectionView};
pub use identity::Identity;
pub use incoming::SyncOutcome;
pub use moved::MovedField;
pub use needs::{DecisionView, RefusedKind, RefusedRecord, RefusedView, RulingKind};
pub use reference::ReferenceView;
pub use save::{NewRecord, RecordPatch, Saved, Typed};
pub use status::Status;
pub use view::{
    ContestView, ContestedKind, FieldView, HistoryView, ListItem, Listing, RecordView, SideView,
    ViolationView,
};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::base::{BookId, RecordId};
use crate::book::{Book, Clock, SaveError};
use crate::form::{Language, Pack, Violation};
use crate::store::{OpenError, Store, StoreError};
use crate::sync::{Budget, OrgSubtree, People, WireError};

/// Where randomness comes from: the platform's own source.
pub trait Entropy: Send {
    /// Fills the bytes with randomness fit for keys.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// One phone.
pub struct Phone {
    store: Store,
    entropy: Box<dyn Entropy>,
    identity: Option<Identity>,
    pack: Arc<Pack>,
    org: OrgSubtree,
    people: People,
    language: Language,
    books: BTreeMap<BookId, Book>,
    budget: Budget,
    /// Whether the last answer had more than fitted in.
    more: bool,
    /// What the district holds of books of which it has forgotten something, until it is given.
    lacking: Vec<(BookId, Clock)>,
    /// What of it the last request gave back.
    offered: Vec<(BookId, Clock)>,
    /// How many entries that were.
    offered_entries: u32,
    /// The versions of the last request, if it told them.
    sent_versions: Option<String>,
    set_aside: Option<PathBuf>,
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither names nor keys.
        f.debug_struct("Phone").field("dir", &self.store.dir()).finish_non_exhaustive()
    }
}

/// Why a phone did not do what was asked; nothing of it was done.
#[derive(Debug, Error)]
pub enum PhoneError {
    /// It has not been enrolled.
    #[error("this phone has not been enrolled")]
    NotEnrolled,
    /// It has been enrolled already.
    #[error("this phone has been enrolled already")]
    AlreadyEnrolled,
    /// The form holds this against the record.
    #[error("the form holds {} things against it", .0.len())]
    Violations(Vec<Violation>),
    /// This has been written since the form was opened.
    #[error("fields have changed since the form was opened")]
    Moved(Vec<MovedField>),
    /// It, or the record that it is a row of, is void: what it says is not changed any more.
    #[error("the record is void")]
    RecordVoid,
    /// It is a phone to practise on, and nothing on it is ever sent.
    #[error("what is practised is never sent")]
    Practice,
    /// There is no such form on this phone.
    #[error("there is no form “{0}” on this phone")]
    UnknownForm(String),
    /// That is no date.
    #[error("“{0}” is no date")]
    BadDate(String),
    /// There is no such record on this phone.
    #[error("there is no record {0} on this phone")]
    UnknownRecord(RecordId),
    /// This phone may not write to that unit's books.
    #[error("this phone does not write for that unit")]
    OtherUnit,
    /// A void needs a reason.
    #[error("a reason is needed")]
    ReasonNeeded,
    /// A value is larger than can be saved.
    #[error("a value is larger than can be saved")]
    TooLarge,
    /// The state that the form was opened at is not one of this book's.
    #[error("the state that the form was opened at does not read")]
    BadState,
    /// The answer does not read, or was not meant for this phone.
    #[error("the answer does not read: {0}")]
    BadAnswer(String),
    /// The phone has no room left.
    #[error("the phone has no room left")]
    Full,
    /// The phone's file fails.
    #[error("the phone's file fails: {0}")]
    File(String),
}

impl From<StoreError> for PhoneError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            StoreError::Damaged(what) | StoreError::Failed(what) => Self::File(what),
        }
    }
}

impl From<WireError> for PhoneError {
    fn from(error: WireError) -> Self {
        Self::BadAnswer(error.to_string())
    }
}

impl From<SaveError> for PhoneError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::TooLarge => Self::TooLarge,
            // The callers name moved fields and check records before they come here.
            SaveError::Moved(_) | SaveError::UnknownRecord(_) => Self::BadState,
        }
    }
}

impl Phone {
    /// Opens the phone whose file is in this folder, or a new one.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(dir: &Path, entropy: Box<dyn Entropy>) -> Result<Self, OpenError> {
        let opened = Store::open(dir)?;
        let failed = |error: PhoneError| OpenError::Folder(dir.to_owned(), error.to_string());
        let mut phone = Self {
            store: opened.store,
            entropy,
            identity: None,
            pack: Arc::default(),
            org: OrgSubtree::default(),
            people: People::default(),
            language: Language::Vi,
            books: BTreeMap::new(),
            budget: Budget::default(),
            more: false,
            lacking: Vec::new(),
            offered: Vec::new(),
            offered_entries: 0,
            sent_versions: None,
            set_aside: opened.set_aside,
        };
        phone.load().map_err(failed)?;
        let mut marker = [0; 16];
        phone.entropy.fill(&mut marker);
        phone.store.renew_marker(marker);
        if !opened.marker_matches {
            phone.renew_incarnation().map_err(failed)?;
        }
        phone.renew_rows().map_err(failed)?;
        Ok(phone)
    }

    fn load(&mut self) -> Result<(), PhoneError> {
        self.identity = Identity::load(&self.store)?;
        self.pack = Arc::new(self.load_pack()?);
        self.load_names()?;
        self.budget = self.load_budget()?;
        let language = self.store.meta("language")?;
        let language = language.and_then(|bytes| String::from_utf8(bytes).ok());
        self.language = language.and_then(|text| text.parse().ok()).unwrap_or_default();
        Ok(())
    }

    /// The forms and words that this phone holds.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The organisation's units that this phone knows: its own, those above it, its villages.
    #[must_use]
    pub fn org(&self) -> &OrgSubtree {
        &self.org
    }

    /// The language that people read here.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Sets the language that people read here.
    ///
    /// # Errors
    /// [`PhoneError::Full`], [`PhoneError::File`].
    pub fn set_language(&mut self, language: Language) -> Result<(), PhoneError> {
        let text = language.to_string();
        self.store.write(|tx| tx.set_meta("language", text.as_bytes()))?;
        self.language = language;
        Ok(())
    }

    /// Who this phone is; nothing before it is enrolled.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// Lets the next change of the file panic before it is committed.
    #[cfg(feature = "probe")]
    pub fn panic_at_next_change(&mut self) {
        self.store.panic_at_next_change();
    }

    fn enrolled(&self) -> Result<&Identity, PhoneError> {
        self.identity.as_ref().ok_or(PhoneError::NotEnrolled)
    }
}
