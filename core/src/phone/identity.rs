//! Who this phone is: its certificate, its token, and the name it writes under.

use super::{Phone, PhoneError};
use crate::base::{ActorId, DeviceId, OrgUnitId};
use crate::store::Store;
use crate::sync::{Certificate, SignedCertificate};

/// An enrolled phone's papers.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// What the district certified.
    pub certificate: Certificate,
    /// What it shows with every request.
    pub token: String,
    /// The part of its name that changes when the file is restored from a copy.
    pub incarnation: [u8; 3],
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The token opens the district, the holder is a person.
        f.debug_struct("Identity").field("device", &self.certificate.device).finish_non_exhaustive()
    }
}

impl Identity {
    /// The device.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.certificate.device
    }

    /// The name under which this phone writes now.
    #[must_use]
    pub fn actor(&self) -> ActorId {
        ActorId::new(self.certificate.device, self.incarnation)
    }

    /// The units whose books it writes; the first is its own.
    #[must_use]
    pub fn org_units(&self) -> &[OrgUnitId] {
        &self.certificate.org_units
    }

    pub(super) fn load(store: &Store) -> Result<Option<Self>, PhoneError> {
        let damaged = |what: &str| PhoneError::File(format!("the phone's {what} does not read"));
        let Some(bytes) = store.meta("certificate")? else { return Ok(None) };
        let key = store.meta("server_key")?.and_then(|key| key.try_into().ok());
        let signed: SignedCertificate =
            minicbor::decode(&bytes).map_err(|_| damaged("certificate"))?;
        let certificate = signed.open(&key.ok_or_else(|| damaged("server key"))?);
        let token = store.meta("token")?.and_then(|token| String::from_utf8(token).ok());
        let incarnation = store.meta("incarnation")?.and_then(|bytes| bytes.try_into().ok());
        Ok(Some(Self {
            certificate: certificate.map_err(|_| damaged("certificate"))?,
            token: token.ok_or_else(|| damaged("token"))?,
            incarnation: incarnation.ok_or_else(|| damaged("incarnation"))?,
        }))
    }
}

impl Phone {
    /// A new name to write under. Called before the first write of a file that may be a copy of
    /// another's.
    pub(super) fn renew_incarnation(&mut self) -> Result<(), PhoneError> {
        let mut fresh = [0; 3];
        self.entropy.fill(&mut fresh);
        self.set_incarnation(fresh)
    }

    fn set_incarnation(&mut self, mut fresh: [u8; 3]) -> Result<(), PhoneError> {
        let Some(identity) = &mut self.identity else { return Ok(()) };
        if fresh == identity.incarnation {
            // One in sixteen million, and in tests: any other will do.
            fresh = fresh.map(|byte| byte.wrapping_add(1));
        }
        self.store.write(|tx| tx.set_meta("incarnation", &fresh))?;
        identity.incarnation = fresh;
        Ok(())
    }
}
