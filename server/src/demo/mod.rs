//! The demo: a district filled the honest way. Simulated phones, each a real
//! [`Phone`](soban_core::phone::Phone) with a folder of its own, enrol with one-use codes, record
//! offline, and sync through the server's real routes; some requests break off and are repeated.
//!
//! What they write is planned beforehand ([`plan`]); how far they have come is read from the phones
//! themselves, so that a demo that was killed goes on where it was.

mod error;
mod fill;
mod folder;
pub mod plan;
mod size;
mod summary;

pub use error::DemoError;
pub use fill::{Progress, fill};
pub use folder::Folder;
pub use size::Size;
pub use summary::Summary;
