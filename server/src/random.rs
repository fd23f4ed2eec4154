//! The platform's randomness, and nothing else about it.

use soban_core::phone::Entropy;

/// So many random bytes, fit for keys and tokens.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

fn fill(bytes: &mut [u8]) {
    #[expect(clippy::expect_used, reason = "no key may be made of anything else")]
    getrandom::fill(bytes).expect("the platform gives no randomness");
}

/// The platform's randomness, for a phone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Platform;

impl Entropy for Platform {
    fn fill(&mut self, bytes: &mut [u8]) {
        fill(bytes);
    }
}
