//! A phone to practise on: the same forms and words, a file of its own, and no district.

use std::path::Path;

use super::{Entropy, Phone, PhoneError};
use crate::base::{DeviceId, Instant};
use crate::store::OpenError;
use crate::sync::{
    Certificate, EnrolResponse, ReferenceItem, SignedCertificate, WIRE_VERSION, public_key,
};

impl Phone {
    /// Opens the phone to practise on that goes with this one, in a folder of its own. What is
    /// written there can never be sent: it has no token, and the key that signed its certificate is
    /// thrown away here.
    ///
    /// # Errors
    /// [`OpenError`]; [`PhoneError::NotEnrolled`] as its folder's error: a phone without forms has
    /// nothing to practise.
    pub fn open_practice(
        &self,
        dir: &Path,
        entropy: Box<dyn Entropy>,
        now: Instant,
    ) -> Result<Self, OpenError> {
        let mut practice = Self::open(dir, entropy)?;
        let failed = |error: PhoneError| OpenError::Folder(dir.to_owned(), error.to_string());
        practice.take_after(self, now).map_err(failed)?;
        Ok(practice)
    }

    /// Whether this is a phone to practise on.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn is_practice(&self) -> Result<bool, PhoneError> {
        self.is_set("practice")
    }

    /// Takes over another phone's forms, names, language, and what the district's clock says.
    fn take_after(&mut self, real: &Self, now: Instant) -> Result<(), PhoneError> {
        let known = real.enrolled()?;
        let reference = real.store.references()?.into_iter();
        let reference: Vec<ReferenceItem> =
            reference.map(|(name, bytes)| ReferenceItem { name, bytes }).collect();
        if self.identity.is_none() {
            self.store.write(|tx| tx.set_meta("practice", &[1]))?;
            let (mut device, mut key) = ([0; 5], [0; 32]);
            self.entropy.fill(&mut device);
            self.entropy.fill(&mut key);
            // The office's devices begin with 255.
            if let Some(first) = device.first_mut() {
                *first &= 0x7f;
            }
            let certificate = Certificate {
                device: DeviceId(device),
                holder: known.certificate.holder.clone(),
                org_units: known.certificate.org_units.clone(),
                public_key: public_key(&self.secret_key()?),
                issued_at: now,
            };
            let answer = EnrolResponse {
                version: WIRE_VERSION,
                certificate: SignedCertificate::sign(&certificate, &key),
                server_key: public_key(&key),
                token: String::new(),
                epoch: 0,
                now,
                reference,
            };
            self.enrol_with(answer, now)?;
        } else {
            self.store.write(|tx| {
                reference
                    .iter()
                    .try_for_each(|item| tx.set_reference(&item.name, item.hash(), &item.bytes))
            })?;
            self.load()?;
            self.renew_rows()?;
        }
        let offset = real.clock_offset()?;
        self.store.write(|tx| tx.set_meta("clock_offset", &offset.to_be_bytes()))?;
        self.set_language(real.language)
    }
}
