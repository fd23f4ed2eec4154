//! Floor 4: sync as values. What a phone and the district server say to each other, what a cursor
//! is, and what travels at enrolment. Messages are bytes; who carries them does not matter.
//!
//! It knows nothing of where entries are kept.
//!
//! ```
//! use soban_core::sync::{SyncRequest, WIRE_VERSION};
//!
//! let request = SyncRequest::default();
//! assert_eq!(request.version, WIRE_VERSION);
//! assert_eq!(SyncRequest::from_bytes(&request.to_bytes()), Ok(request));
//! ```

mod budget;
mod cbor;
mod cursor;
mod enrol;
mod message;
mod org;
mod people;
mod problem;

pub use budget::Budget;
pub use cursor::{Chain, Cursor, CursorTable, TableDigest};
pub use enrol::{
    Certificate, CertificateError, EnrolRequest, EnrolResponse, SignedCertificate, verify_enrolment,
};
pub use message::{
    BookClock, Delivery, DeviceStatus, Item, Need, ReferenceItem, SentEntry, Stored, SyncRequest,
    SyncResponse, reference_digest,
};

pub use org::{OrgSubtree, OrgUnitDef};
pub use people::{Holder, People};
pub use problem::{Problem, ProblemKind};

use thiserror::Error;

/// The version of the messages that this program speaks.
pub const WIRE_VERSION: u8 = 1;
/// The most bytes a request may have.
pub const MAX_REQUEST_BYTES: usize = 1024 * 1024;

/// The bytes are no message that this version can read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WireError {
    /// The other side speaks a version that this one does not.
    #[error("the message is of version {0}, this program speaks {WIRE_VERSION}")]
    Version(u8),
    /// It has more bytes than a message may.
    #[error("the message has {0} bytes, more than {MAX_REQUEST_BYTES}")]
    TooLarge(usize),
    /// It is not well-formed.
    #[error("the message is not well-formed: {0}")]
    Malformed(String),
}
