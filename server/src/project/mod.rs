//! What the log means: a worker takes new entries book by book, gives them positions, and keeps
//! every table that follows from them. What lacks a dependency is held, what contradicts its book
//! is kept apart, and the rest goes on.

mod batch;
mod books;
mod choose;
mod effects;
mod plan;
mod rush;
#[cfg(test)]
mod tests;
mod waiting;
mod worker;

pub(crate) use books::load_book;
pub use effects::Effects;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use soban_core::form::Pack;

use crate::store::Store;

/// The worker's handle. Clones share it.
#[derive(Debug, Clone)]
pub struct Projector {
    shared: Arc<Shared>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

#[derive(Debug, Default)]
struct Shared {
    signal: Mutex<Signal>,
    changed: Condvar,
    healthy: AtomicBool,
    released: AtomicU64,
    held: AtomicU64,
    quarantined: AtomicU64,
}

#[derive(Debug, Default)]
struct Signal {
    work: bool,
    idle: bool,
    stop: bool,
}

/// How many entries the worker has dealt with since it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Given a position.
    pub released: u64,
    /// Found to lack something.
    pub held: u64,
    /// Found to contradict their book.
    pub quarantined: u64,
}

impl Projector {
    /// Starts the worker. Entries that a failure of an older program kept apart are tried again.
    #[must_use]
    pub fn start(store: Store, pack: Arc<Pack>) -> Self {
        Self::start_with(store, pack, plan::enter)
    }

    fn start_with(store: Store, pack: Arc<Pack>, enter: plan::Enter) -> Self {
        let shared = Arc::new(Shared::default());
        shared.healthy.store(true, Ordering::Relaxed);
        shared.lock().work = true;
        let worker = worker::Worker::new(store, pack, Arc::clone(&shared), enter);
        let thread = std::thread::spawn(move || worker.run());
        Self { shared, thread: Arc::new(Mutex::new(Some(thread))) }
    }

    /// Says that there are new entries. Whoever was told already and has not begun is not told
    /// again: a worker that rests would wake for every request.
    pub fn wake(&self) {
        if !std::mem::replace(&mut self.shared.lock().work, true) {
            self.shared.changed.notify_all();
        }
    }

    /// Waits until every entry that is in the log now has been dealt with.
    pub fn wait_until_idle(&self) {
        self.wake();
        let mut signal = self.shared.lock();
        while (signal.work || !signal.idle) && !signal.stop {
            signal = self.shared.changed.wait(signal).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Finishes the batch under way and ends the worker.
    pub fn stop(&self) {
        self.shared.lock().stop = true;
        self.shared.changed.notify_all();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            drop(thread.join());
        }
    }

    /// Whether the last batch reached the disk.
    #[must_use]
    pub fn healthy(&self) -> bool {
        self.shared.healthy.load(Ordering::Relaxed)
    }

    /// How many entries the worker has dealt with.
    #[must_use]
    pub fn counters(&self) -> Counters {
        Counters {
            released: self.shared.released.load(Ordering::Relaxed),
            held: self.shared.held.load(Ordering::Relaxed),
            quarantined: self.shared.quarantined.load(Ordering::Relaxed),
        }
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Signal> {
        self.signal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for work; false once it is time to stop.
    fn wait_for_work(&self) -> bool {
        let mut signal = self.lock();
        while !signal.work && !signal.stop {
            signal.idle = true;
            self.changed.notify_all();
            signal = self.changed.wait(signal).unwrap_or_else(PoisonError::into_inner);
        }
        signal.work = false;
        signal.idle = false;
        !signal.stop
    }

    /// Waits before another try; false once it is time to stop.
    fn pause(&self, pause: Duration) -> bool {
        let signal = self.lock();
        let waited = self.changed.wait_timeout_while(signal, pause, |signal| !signal.stop);
        let (signal, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !signal.stop
    }

    fn stopping(&self) -> bool {
        self.lock().stop
    }
}
