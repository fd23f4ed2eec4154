//! The tests that cross floors, in one binary: a test binary of its own per file would link the
//! server anew each time.

mod arrival_orders;
mod automerge_js;
mod district;
mod floors;
mod merge_laws;
