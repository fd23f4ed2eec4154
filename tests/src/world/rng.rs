//! Throws that follow from a seed alone.

use soban_core::phone::Entropy;

/// `SplitMix64`.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// The throws of a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next throw.
    pub(super) fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, or 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.throw() % end).unwrap_or(0)
    }

    /// True this many times in a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// The name of one of several choices, each as often as its weight says.
    pub(super) fn choose<T: Copy>(&mut self, weights: &[(usize, T)]) -> Option<T> {
        let mut left = self.below(weights.iter().map(|(weight, _)| weight).sum());
        weights.iter().find_map(|(weight, choice)| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here.then_some(*choice)
        })
    }

    /// Throws that no longer hang on these.
    pub(super) fn branch(&mut self) -> Self {
        Self(self.throw())
    }
}

impl Entropy for Rng {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.throw().to_be_bytes()[0];
        }
    }
}
