//! Floor 4: sync as values. What a phone and the district server say to each other, what a cursor
//! is, and what travels at enrolment. Messages are bytes; who carries them does not matter.
//!
//! It knows nothing of where entries are kept.
//!
//! ```
//! use soban_core::base::DeviceId;
//! use soban_core::sync::{Effort, Lane, NoPrefixes, SyncRequest};
//!
//! let (device, prefixes) = (DeviceId([0; 5]), &NoPrefixes);
//! let lane = Lane { device, prefixes, effort: Effort::Bytes };
//! let request = SyncRequest::default();
//! let bytes = request.to_bytes(&lane, |_| 0);
//! assert_eq!(SyncRequest::from_bytes(&bytes, &lane), Ok(request));
//! ```

mod block;
mod budget;
mod cbor;
mod cursor;
mod enrol;
mod entropy;
mod message;
mod org;
mod people;
mod problem;
mod wire;

pub use block::{
    Block, BlockError, Effort, Hashed, MAX_BLOCK_BYTES, MAX_PREFIX_BYTES, NoPrefixes, Prefix,
    Prefixes, prefix_position,
};
pub use budget::Budget;
pub use cursor::{Chain, Cursor, CursorTable, Standing, StandingDigest};
pub use enrol::{
    Certificate, CertificateError, EnrolRequest, EnrolResponse, ReturnRequest, SignedCertificate,
    public_key, verify_enrolment,
};
pub use message::{
    BookClock, DEFAULT_BUDGET, Delivery, DeviceStatus, Given, Item, Mac, Need, ReferenceItem,
    SentEntry, Stored, SyncRequest, SyncResponse, Versions, reference_hash,
};

pub use org::{OrgSubtree, OrgUnitDef};
pub use people::{Holder, People};
pub use problem::{Problem, ProblemKind};
pub use wire::Lane;

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
