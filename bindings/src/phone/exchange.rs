//! What goes to the district and what comes back: bytes, which the app carries.

use soban_core::base::Instant;

use super::{Phone, Result};
use crate::{LogLevel, SyncOutcome};

#[uniffi::export]
impl Phone {
    /// The bytes to send with an enrolment code.
    pub fn enrol_request(&self, code: &str, app_version: &str) -> Result<Vec<u8>> {
        self.call("enrol_request", |phone| phone.enrol_request(code, app_version))
    }

    /// Takes the district's answer to an enrolment.
    pub fn finish_enrolment(&self, answer: &[u8], now_ms: i64) -> Result<()> {
        self.call("finish_enrolment", |phone| phone.finish_enrolment(answer, Instant(now_ms)))
    }

    /// The bytes to show to a district that says it does not know this phone.
    pub fn return_request(&self) -> Result<Vec<u8>> {
        self.call("return_request", |phone| phone.return_request())
    }

    /// The value of the `Authorization` header of every sync.
    pub fn authorization(&self) -> Result<String> {
        self.call("authorization", |phone| phone.authorization())
    }

    /// The bytes to send in a sync.
    pub fn outgoing(
        &self,
        app_version: &str,
        free_bytes: Option<u64>,
        now_ms: i64,
    ) -> Result<Vec<u8>> {
        let now = Instant(now_ms);
        self.call("outgoing", |phone| phone.outgoing(app_version, free_bytes, now))
    }

    /// Takes the district's answer to a sync.
    pub fn incoming(&self, answer: &[u8], now_ms: i64) -> Result<SyncOutcome> {
        let outcome = self.call("incoming", |phone| phone.incoming(answer, Instant(now_ms)))?;
        self.note(LogLevel::Info, || {
            let (stored, received) = (outcome.stored, outcome.received);
            format!("incoming: {stored} stored, {received} received, {} bytes", answer.len())
        });
        Ok(SyncOutcome::from(outcome))
    }

    /// Says that a request did not return.
    pub fn request_failed(&self) -> Result<()> {
        self.note(LogLevel::Warn, || "a request did not return".to_owned());
        self.call("request_failed", |phone| phone.request_failed())
    }
}
