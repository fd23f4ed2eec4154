//! Chance that falls the same way every time: `SplitMix64` from a fixed seed.

/// A seeded source of chance; not for anything secret.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.abs_diff(least).saturating_add(1);
        least.saturating_add_unsigned(self.next() % span)
    }

    /// Whether one time in so many.
    pub(super) fn one_in(&mut self, times: i64) -> bool {
        self.between(1, times) == 1
    }

    /// One of a list; the default for an empty one.
    pub(super) fn pick<T: Clone + Default>(&mut self, list: &[T]) -> T {
        let last = i64::try_from(list.len()).unwrap_or(1).saturating_sub(1).max(0);
        let place = usize::try_from(self.between(0, last)).unwrap_or(0);
        list.get(place).cloned().unwrap_or_default()
    }

    /// The same things in another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let bound = i64::try_from(last).unwrap_or(0);
            let other = usize::try_from(self.between(0, bound)).unwrap_or(0);
            list.swap(last, other);
        }
    }
}
