//! Until nobody has anything to say.

use soban_core::base::DeviceId;
use soban_core::phone::SyncOutcome;

use super::{Failure, World};
use crate::phones::NOW;

/// More than any world needs.
const MOST_ROUNDS: usize = 40;
/// The most that an answer has that says nothing.
const NOTHING_BYTES: usize = 64;
/// The district's clock is right again, and later than all that was granted.
const LATER_MS: i64 = 400 * 86_400_000;

impl World {
    /// The network is fine now, and everybody syncs in turn.
    pub(super) fn run_until_quiet(&mut self) -> Result<(), Failure> {
        self.tell("the network is fine from now on".to_owned());
        self.now.0 = NOW.0 + LATER_MS;
        self.server.project();
        let devices: Vec<DeviceId> = self.sites.iter().map(|site| site.device).collect();
        for round in 0..MOST_ROUNDS {
            let mut quiet = true;
            for place in 0..self.sites.len() {
                quiet &= self.sync_well(place)?;
            }
            let sealed = self.server.let_in_sealed(&devices);
            if sealed > 0 {
                self.tell(format!("staff let in {sealed} entries"));
                self.server.project();
            }
            if quiet && sealed == 0 {
                return Ok(());
            }
            self.tell(format!("round {round} is over"));
        }
        Err(format!("not quiet after {MOST_ROUNDS} rounds"))
    }

    /// Whether neither side had anything to say.
    fn sync_well(&mut self, place: usize) -> Result<bool, Failure> {
        let request = self.request(place)?;
        let answer = self.answer(place, &request)?;
        let outcome = self.hear_whole(place, &answer)?;
        self.server.project();
        Ok(outcome == SyncOutcome::default() && answer.len() <= NOTHING_BYTES)
    }
}
