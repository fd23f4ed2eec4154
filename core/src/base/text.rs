//! Stub.
/// n
#[must_use] pub fn normalise(s:&str)->String{s.trim().to_owned()}
/// f
#[must_use] pub fn fold(s:&str)->String{s.to_lowercase()}
