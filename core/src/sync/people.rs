//! Who holds the devices that write into a phone's books.

use minicbor::{Decode, Encode};

use super::cbor;
use crate::base::DeviceId;

/// Who holds the devices that write into a phone's books, revoked ones included.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct People {
    /// In the order of their devices.
    #[n(0)]
    pub holders: Vec<Holder>,
}

/// One device and its holder.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Holder {
    /// The device.
    #[n(0)]
    #[cbor(with = "cbor::device")]
    pub device: DeviceId,
    /// The person.
    #[n(1)]
    pub name: String,
}

impl People {
    /// Who holds a device.
    #[must_use]
    pub fn find(&self, device: DeviceId) -> Option<&str> {
        self.holders.iter().find(|holder| holder.device == device).map(|h| h.name.as_str())
    }

    /// The bytes that travel.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::to_bytes(self)
    }

    /// Reads such bytes; nothing if they are none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
