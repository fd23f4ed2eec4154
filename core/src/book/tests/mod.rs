//! The rules of design section 4 that a book keeps by itself, each with a test named after it, on
//! real books. Rules 7, 9, 10 and 11 are kept by the district and by phones, and are tested there
//! under the same names.

mod long;
mod refusals;
mod rules;
mod support;
