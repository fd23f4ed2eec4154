//! soban
fn main() {}
