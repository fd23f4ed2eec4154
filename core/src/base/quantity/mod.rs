//! Stub.
/// u
#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Unit {/// a
Dong,/// a
SquareMetre,/// a
Piece}
impl Unit {/// a
#[must_use] pub fn as_str(self)->&'static str{"m2"}
/// p
#[must_use] pub fn parse(_:&str)->Option<Self>{None}}
/// e
#[derive(Debug,Clone,PartialEq,Eq,thiserror::Error)] #[error("x")] pub struct AmountError;
impl AmountError {/// m
#[must_use] pub fn message_vi(&self)->String{String::new()}}
/// a
#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub struct Amount{/// v
pub value:i64}
/// p
pub fn parse_amount(s:&str,_:Unit)->Result<Amount,AmountError>{s.parse().map(|value|Amount{value}).map_err(|_|AmountError)}
/// g
#[must_use] pub fn group(n:i64)->String{n.to_string()}
/// f
#[must_use] pub fn format(n:i64,_:Unit)->String{n.to_string()}
