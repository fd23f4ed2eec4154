//! When many phones sync at once they come first: the worker rests between its batches, the longer
//! the more they are. It always has a share of the time, so what came is handed on later, and never
//! not at all.

use std::time::{Duration, Instant};

use super::Shared;
use crate::store::Store;

/// More requests a second than these are a rush: with so many the worker rests as long as it worked,
/// with twice as many twice as long. It alone gets through several times as many.
const MANY_PER_S: u32 = 500;
/// Which no flood lengthens: a small batch is looked at every few seconds all the same.
const LONGEST_REST: Duration = Duration::from_secs(3);
/// How often a resting worker looks whether the rush goes on.
const LOOK: Duration = Duration::from_millis(20);
/// A rush is over when there was none for so long, which is longer than phones wait for the writer at
/// its busiest: they send nothing meanwhile, and the worker's own writes are what they wait for.
const OVER: Duration = Duration::from_millis(300);

/// Whether there is a rush.
#[derive(Debug)]
pub(super) struct Rush {
    /// When so many requests came last; nothing outside a rush.
    last: Option<Instant>,
    looked: Instant,
    requests: u64,
    /// Requests a second when it last looked.
    per_s: u32,
}

impl Rush {
    pub(super) fn new() -> Self {
        Self { last: None, looked: Instant::now(), requests: 0, per_s: 0 }
    }

    pub(super) fn is_on(&self) -> bool {
        self.last.is_some()
    }

    /// The worker begins a batch.
    pub(super) fn begin(&mut self, store: &Store) {
        (self.looked, self.requests) = (Instant::now(), store.requests());
    }

    /// The worker has finished a batch.
    pub(super) fn rest(&mut self, store: &Store, shared: &Shared) {
        let worked = self.looked.elapsed();
        let mut rest = Rest { begun: Instant::now(), worked, length: Duration::ZERO };
        loop {
            let now = Instant::now();
            self.look(now, store.requests());
            if !self.is_on() || rest.is_over(now, self.per_s) || !shared.pause(LOOK) {
                break;
            }
        }
    }

    /// Sees how many requests came since it last looked.
    fn look(&mut self, now: Instant, requests: u64) {
        let came = u128::from(requests.saturating_sub(self.requests));
        let took_us = now.duration_since(self.looked).as_micros().max(1);
        self.per_s = u32::try_from(came * 1_000_000 / took_us).unwrap_or(u32::MAX);
        if self.per_s > MANY_PER_S {
            self.last = Some(now);
        } else {
            self.last = self.last.filter(|last| now.duration_since(*last) < OVER);
        }
        (self.looked, self.requests) = (now, requests);
    }
}

/// A pause between two batches.
struct Rest {
    begun: Instant,
    worked: Duration,
    length: Duration,
}

impl Rest {
    /// A rush begins with a few: the rest is as long as the most that it sees call for.
    fn is_over(&mut self, now: Instant, per_s: u32) -> bool {
        self.length = self.length.max(rest_after(self.worked, per_s));
        now.duration_since(self.begun) >= self.length
    }
}

fn rest_after(worked: Duration, per_s: u32) -> Duration {
    (worked.saturating_mul(per_s) / MANY_PER_S).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_phones_sync_the_longer_the_rest_and_it_always_ends() {
        let ms = Duration::from_millis;
        assert_eq!(rest_after(ms(20), 500), ms(20));
        assert_eq!(rest_after(ms(20), 2_000), ms(80));
        assert_eq!(rest_after(ms(20), 10_000), ms(400));
        assert_eq!(rest_after(Duration::MAX, u32::MAX), LONGEST_REST);
    }

    #[test]
    fn a_rest_grows_with_the_rush_and_does_not_shrink_while_phones_wait() {
        let (begun, worked) = (Instant::now(), Duration::from_millis(10));
        let mut rest = Rest { begun, worked, length: Duration::ZERO };
        let mut is_over = |ms, per_s| rest.is_over(begun + Duration::from_millis(ms), per_s);
        assert!(!is_over(0, 1_000), "20 ms");
        assert!(!is_over(15, 10_000), "200 ms");
        assert!(!is_over(100, 0));
        assert!(is_over(200, 0));
    }

    #[test]
    fn a_rush_outlasts_a_pause_and_ends_soon_after_the_last_phone() {
        let begun = Instant::now();
        let mut rush = Rush { last: None, looked: begun, requests: 0, per_s: 0 };
        let mut look = |ms, requests| {
            rush.look(begun + Duration::from_millis(ms), requests);
            rush.is_on()
        };
        assert!(!look(100, 20), "200 a second");
        assert!(look(200, 120), "1,000 a second");
        assert!(look(400, 121), "they wait for the writer");
        assert!(!look(500, 121), "all are done");
    }
}
