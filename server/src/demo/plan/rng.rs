//! Chance that repeats: the same seed makes the same demo on every machine. Not for keys.

/// A generator of the kind called `SplitMix64`.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// The generator of a seed and a stream, so that one cell's chances do not move another's.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = Self(seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).unwrap_or(0) + 1;
        least + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of them; nothing of none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let most = i64::try_from(of.len()).unwrap_or(0) - 1;
        of.get(usize::try_from(self.between(0, most.max(0))).unwrap_or(0))
    }

    /// One of some texts.
    pub fn word(&mut self, of: &[String]) -> String {
        self.pick(of).cloned().unwrap_or_default()
    }

    /// Puts them into any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for place in (1..items.len()).rev() {
            let most = i64::try_from(place).unwrap_or(0);
            items.swap(place, usize::try_from(self.between(0, most)).unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_a_range_is_kept() {
        let draw = |seed, stream| {
            let mut rng = Rng::new(seed, stream);
            (0..50).map(|_| rng.between(3, 9)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert!(draw(5, 5).iter().all(|n| (3..=9).contains(n)));
        assert!((3..=9).all(|n| draw(5, 5).contains(&n)));
        assert_eq!(Rng::new(1, 1).pick::<u8>(&[]), None);
    }
}
