//! What the tests share: books written by several phones at once, and a district on a folder.

#![expect(clippy::expect_used, reason = "a test may stop")]

pub mod books;
pub mod district;
pub mod office;
pub mod oracle;
pub mod phones;
pub mod world;
