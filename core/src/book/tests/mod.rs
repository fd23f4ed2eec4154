//! The rules of design section 4, each with a test named after it, on real books.

mod refusals;
mod rules;
mod support;
