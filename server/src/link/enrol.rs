//! Enrolment over the link.

use soban_core::phone::Phone;

use super::{APP_VERSION, ENROL, Link, LinkError};
use crate::clock;

impl Link {
    /// Enrols a phone with a one-use code. Asking again after a lost answer is harmless.
    ///
    /// # Errors
    /// [`LinkError`]; then the phone is not enrolled.
    pub fn enrol(&self, phone: &mut Phone, code: &str) -> Result<(), LinkError> {
        let request = phone.enrol_request(code, APP_VERSION)?;
        let answer = self.post(ENROL, None, &request)?;
        Ok(phone.finish_enrolment(&answer, clock::now())?)
    }
}
