//! A change that panics when all of it is written and none of it committed: for whoever tests what
//! stands above, such as bindings that turn a panic into an exception.

use super::Store;

#[derive(Debug, Default)]
pub(super) struct Probe {
    armed: bool,
}

impl Probe {
    #[expect(clippy::panic, reason = "the tests ask what becomes of one")]
    pub(super) fn fire(&mut self) {
        if std::mem::take(&mut self.armed) {
            panic!("asked for by a test");
        }
    }
}

impl Store {
    /// Lets the next change panic before it is committed.
    pub fn panic_at_next_change(&mut self) {
        self.probe.armed = true;
    }
}
