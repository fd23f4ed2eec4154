//! When many phones sync at once they come first: the worker rests between its batches. It always
//! has a share of the time, so what came is handed on later, and never not at all.

use std::time::{Duration, Instant};

use super::Shared;
use crate::store::Store;

/// So many requests a second are a rush. The worker alone gets through several times as many.
const MANY_PER_S: u128 = 500;
/// In a rush the worker rests so many times as long as it worked.
const REST: u32 = 7;
const LONGEST_REST: Duration = Duration::from_secs(1);
/// How often a resting worker looks whether the rush goes on.
const LOOK: Duration = Duration::from_millis(20);
/// A rush is over when there was none for so long: a phone that waits for the writer sends nothing,
/// and the worker's own writes are what it waits for.
const OVER: Duration = Duration::from_secs(1);

/// Whether there is a rush.
#[derive(Debug)]
pub(super) struct Rush {
    /// When so many requests came last; nothing outside a rush.
    last: Option<Instant>,
    looked: Instant,
    requests: u64,
}

impl Rush {
    pub(super) fn new() -> Self {
        Self { last: None, looked: Instant::now(), requests: 0 }
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
        let until = Instant::now() + (self.looked.elapsed() * REST).min(LONGEST_REST);
        self.look(store);
        while self.is_on() && Instant::now() < until && shared.pause(LOOK) {
            self.look(store);
        }
    }

    /// Sees how many requests came since it last looked.
    fn look(&mut self, store: &Store) {
        let (now, requests) = (Instant::now(), store.requests());
        let came = u128::from(requests.saturating_sub(self.requests));
        let took_ms = now.duration_since(self.looked).as_millis();
        if came * 1_000 > took_ms * MANY_PER_S {
            self.last = Some(now);
        } else {
            self.last = self.last.filter(|last| now.duration_since(*last) < OVER);
        }
        (self.looked, self.requests) = (now, requests);
    }
}
