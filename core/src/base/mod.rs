//! Floor 0: ids, dates, quantities, Vietnamese text, and the outer shape of bytes from elsewhere.
//!
//! Nothing here knows of records, forms or books.
//!
//! ```
//! use soban_core::base::{BookId, OrgUnitId, Period};
//!
//! let book = BookId::new(OrgUnitId(17), Period::Year(2012));
//! assert_eq!(book.to_string(), "17/2012");
//! ```

pub mod date;
pub mod hex;
pub mod ids;
pub mod quantity;
mod shape;
pub mod sort;
pub mod text;
pub mod words;

pub use date::{Date, Instant, Month, TimeOfDay};
pub use ids::{
    ActorId, BookId, DeviceId, EntryHash, EntryRef, OrgUnitId, Period, RecordId, RecordKey, Seq,
};
pub use shape::{ShapeError, check_shape};
