//! The core that phones and the district server share.
//!
//! Floors, each using only those below it: [`base`] (ids, dates, quantities, Vietnamese text),
//! [`record`] (typed values), [`form`] (definitions and rules as data), [`book`] (entries,
//! history, what is contested), [`store`] and [`sync`] side by side, and [`phone`] on top.
//!
//! The core opens no connection and reads neither clock nor randomness: both come in as
//! arguments, and messages go out as bytes.

pub mod base;
pub mod book;
pub mod form;
pub mod phone;
pub mod record;
pub mod store;
pub mod sync;
