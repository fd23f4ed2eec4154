//! The part of the organisation tree that a phone needs names for.

use minicbor::{Decode, Encode};

/// The part of the organisation tree that a phone needs names for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct OrgSubtree {
    /// In the order of their numbers.
    #[n(0)]
    pub units: Vec<OrgUnitDef>,
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OrgUnitDef {
    /// Its number, for ever.
    #[n(0)]
    pub id: u32,
    /// The identifier of its kind.
    #[n(1)]
    pub kind: String,
    /// The unit above it.
    #[n(2)]
    pub parent: Option<u32>,
    /// Its full name.
    #[n(3)]
    pub name: String,
    /// Its name among its siblings.
    #[n(4)]
    pub short_name: String,
    /// The day it came to be, in days since 1970-01-01.
    #[n(5)]
    pub valid_from: Option<i32>,
    /// The day it ceased to be.
    #[n(6)]
    pub valid_to: Option<i32>,
}

impl OrgSubtree {
    /// The bytes that travel.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        super::cbor::to_bytes(self)
    }

    /// Reads such bytes; nothing if they are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
