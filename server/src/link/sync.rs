//! A sync over the link: as many requests as it takes, and no more.

use std::thread::sleep;
use std::time::Duration;

use soban_core::phone::{Phone, SyncOutcome};

use super::{APP_VERSION, Link, LinkError, RETURN, SYNC};
use crate::clock;

/// What a district says to a phone that it does not know.
const UNKNOWN_DEVICE: &str = "/problems/unknown-device";
/// A phone that has been away for half a year needs some dozens.
const MOST_REQUESTS: u32 = 500;
/// Answers in a row that bring nothing new before one gives up asking.
const MOST_IDLE: u32 = 3;
/// Pauses after requests that did not return; after the last of them one gives up.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

impl Link {
    /// Sends and fetches until neither side has more. What it did, all requests together.
    ///
    /// # Errors
    /// [`LinkError`] after a few tries; what was confirmed by then stays confirmed.
    pub fn sync(
        &self,
        phone: &mut Phone,
        free_bytes: Option<u64>,
    ) -> Result<SyncOutcome, LinkError> {
        let mut total = SyncOutcome::default();
        let mut idle = 0;
        for _ in 0..MOST_REQUESTS {
            let outcome = self.insist(phone, free_bytes)?;
            let moved = outcome.stored + outcome.received + outcome.reissued + outcome.given_back;
            idle = if moved == 0 && !outcome.reference_changed { idle + 1 } else { 0 };
            add(&mut total, &outcome);
            if !outcome.again || outcome.revoked || idle > MOST_IDLE {
                break;
            }
        }
        Ok(total)
    }

    /// One request, repeated while the way is bad.
    fn insist(&self, phone: &mut Phone, free_bytes: Option<u64>) -> Result<SyncOutcome, LinkError> {
        let mut pauses = PAUSES.iter();
        loop {
            let error = match self.sync_once(phone, free_bytes) {
                Ok(outcome) => return Ok(outcome),
                Err(error) => error,
            };
            phone.request_failed()?;
            match pauses.next().filter(|_| error.is_passing()) {
                Some(pause) => sleep(*pause),
                None => return Err(error),
            }
        }
    }

    fn sync_once(
        &self,
        phone: &mut Phone,
        free_bytes: Option<u64>,
    ) -> Result<SyncOutcome, LinkError> {
        let request = phone.outgoing(APP_VERSION, free_bytes, clock::now())?;
        let authorization = phone.authorization()?;
        let answer = match self.post(SYNC, Some(&authorization), &request) {
            Err(LinkError::Refused(refusal)) if refusal.kind == UNKNOWN_DEVICE => {
                // The district may have been restored from before this phone was enrolled.
                self.post(RETURN, None, &phone.return_request()?)?;
                self.post(SYNC, Some(&authorization), &request)?
            }
            answered => answered?,
        };
        Ok(phone.incoming(&answer, clock::now())?)
    }
}

fn add(total: &mut SyncOutcome, one: &SyncOutcome) {
    total.stored += one.stored;
    total.received += one.received;
    total.refused += one.refused;
    total.given_back += one.given_back;
    total.reissued += one.reissued;
    total.unsent = one.unsent;
    total.reference_changed |= one.reference_changed;
    total.revoked = one.revoked;
    total.again = one.again;
}
