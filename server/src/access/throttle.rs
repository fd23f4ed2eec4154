//! So many tries a minute per address.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use soban_core::base::Instant;

const MINUTE_MS: i64 = 60_000;
/// Addresses remembered at once; beyond it those of earlier minutes are forgotten.
const MOST_ADDRESSES: usize = 10_000;

/// Counts tries per address and minute.
#[derive(Debug)]
pub struct Throttle {
    most: u32,
    tries: Mutex<BTreeMap<String, (i64, u32)>>,
}

impl Throttle {
    /// Allows this many tries a minute.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self { most, tries: Mutex::new(BTreeMap::new()) }
    }

    /// Counts a try; whether it is allowed.
    #[must_use]
    pub fn allow(&self, address: &str, now: Instant) -> bool {
        let minute = now.0.div_euclid(MINUTE_MS);
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= MOST_ADDRESSES {
            tries.retain(|_, (then, _)| *then == minute);
        }
        let (then, count) = tries.entry(address.to_owned()).or_insert((minute, 0));
        if *then != minute {
            (*then, *count) = (minute, 0);
        }
        *count += 1;
        *count <= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_a_minute_and_then_again_the_next() {
        let throttle = Throttle::new(10);
        let allowed = |address, at| throttle.allow(address, Instant(at));
        assert!((0..10).all(|_| allowed("a", 1)));
        assert!(!allowed("a", 2));
        assert!(allowed("b", 2));
        assert!(allowed("a", MINUTE_MS + 1));
    }
}
