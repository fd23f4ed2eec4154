//! What a form carries to show that it came from our own page.

use soban_core::base::hex;
use subtle::ConstantTimeEq;

use crate::random;

/// 256 bits that another site cannot know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Csrf(pub [u8; 32]);

impl std::fmt::Debug for Csrf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Csrf")
    }
}

impl Csrf {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(random::bytes())
    }

    /// As text for a form or a cookie.
    #[must_use]
    pub fn text(&self) -> String {
        hex::encode(&self.0)
    }

    /// Reads such text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }

    /// Whether a form carries this one. Takes as long for any other.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        Self::read(text).is_some_and(|other| self.0.ct_eq(&other.0).into())
    }
}
