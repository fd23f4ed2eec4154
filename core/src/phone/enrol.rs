//! Enrolment: from a code to papers, forms and the org subtree.

use std::sync::Arc;

use super::{Identity, Phone, PhoneError};
use crate::base::{EntryRef, Instant, OrgUnitId};
use crate::book::Book;
use crate::form::Pack;
use crate::sync::{
    EnrolRequest, EnrolResponse, OrgSubtree, People, ReferenceItem, ReturnRequest, public_key,
};

impl Phone {
    /// The bytes to send with a code. The key pair is made once and kept, so that asking again
    /// after a lost answer shows the same key.
    ///
    /// # Errors
    /// [`PhoneError::AlreadyEnrolled`], or the file fails.
    pub fn enrol_request(&mut self, code: &str, app_version: &str) -> Result<Vec<u8>, PhoneError> {
        if self.identity.is_some() {
            return Err(PhoneError::AlreadyEnrolled);
        }
        let secret = self.secret_key()?;
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        let code = code.to_ascii_uppercase();
        Ok(EnrolRequest::new(&code, &secret, app_version).to_bytes())
    }

    /// Takes the district's answer: from now on this phone can write.
    ///
    /// # Errors
    /// [`PhoneError::BadAnswer`] if it does not read or certifies another key.
    pub fn finish_enrolment(&mut self, answer: &[u8], now: Instant) -> Result<(), PhoneError> {
        if self.identity.is_some() {
            return Err(PhoneError::AlreadyEnrolled);
        }
        self.enrol_with(EnrolResponse::from_bytes(answer)?, now)
    }

    pub(super) fn enrol_with(
        &mut self,
        answer: EnrolResponse,
        now: Instant,
    ) -> Result<(), PhoneError> {
        let bad = |what: &str| PhoneError::BadAnswer(what.to_owned());
        let certificate = answer.certificate.open(&answer.server_key);
        let certificate = certificate.map_err(|error| bad(&error.to_string()))?;
        if certificate.public_key != public_key(&self.secret_key()?) {
            return Err(bad("it certifies another phone"));
        }
        let pack = read_pack(&answer.reference)?;
        let mut incarnation = [0; 3];
        self.entropy.fill(&mut incarnation);
        let signed = minicbor::to_vec(&answer.certificate).unwrap_or_default();
        let nothing_written = self.store.books()?.is_empty();
        self.store.write(|tx| {
            tx.set_meta("certificate", &signed)?;
            tx.set_meta("server_key", &answer.server_key)?;
            tx.set_meta("token", answer.token.as_bytes())?;
            tx.set_meta("incarnation", &incarnation)?;
            tx.set_meta("clock_offset", &(answer.now.0 - now.0).to_be_bytes())?;
            answer
                .reference
                .iter()
                .try_for_each(|item| tx.set_reference(&item.name, item.hash(), &item.bytes))?;
            if nothing_written { tx.mark_rows_current() } else { Ok(()) }
        })?;
        self.pack = Arc::new(pack);
        self.load_names()?;
        let token = answer.token;
        self.identity = Some(Identity { certificate, token, incarnation });
        Ok(())
    }

    /// The bytes to show to a district that says it does not know this phone: it was restored from
    /// a copy that is older than the enrolment.
    ///
    /// # Errors
    /// [`PhoneError::NotEnrolled`], [`PhoneError::File`].
    pub fn return_request(&mut self) -> Result<Vec<u8>, PhoneError> {
        self.may_send()?;
        let kept = self.store.meta("certificate")?.unwrap_or_default();
        let certificate = minicbor::decode(&kept);
        let certificate = certificate.map_err(|error| PhoneError::File(error.to_string()))?;
        Ok(ReturnRequest::new(certificate, &self.secret_key()?).to_bytes())
    }

    pub(super) fn secret_key(&mut self) -> Result<[u8; 32], PhoneError> {
        let kept = self.store.meta("secret_key")?.and_then(|key| key.try_into().ok());
        if let Some(key) = kept {
            return Ok(key);
        }
        let mut key = [0; 32];
        self.entropy.fill(&mut key);
        self.store.write(|tx| tx.set_meta("secret_key", &key))?;
        Ok(key)
    }

    /// The names of units and people; none where what is kept does not read.
    pub(super) fn load_names(&mut self) -> Result<(), PhoneError> {
        let references = self.store.references()?;
        let item = |wanted: &str| {
            let found = references.iter().find(|(name, _)| name == wanted);
            found.map(|(_, bytes)| bytes.as_slice())
        };
        self.org = item("org").and_then(OrgSubtree::from_bytes).unwrap_or_default();
        self.people = item("people").and_then(People::from_bytes).unwrap_or_default();
        Ok(())
    }

    /// Who wrote an entry; empty where this phone has not been told.
    pub(super) fn author_of(&self, book: &Book, entry: EntryRef) -> String {
        if let Some(decision) = book.decisions_in(entry).first() {
            return decision.person.clone();
        }
        let device = entry.actor.device();
        let own = self.identity.as_ref().filter(|own| own.device() == device);
        let own = own.map(|own| own.certificate.holder.as_str());
        own.or_else(|| self.people.find(device)).unwrap_or_default().to_owned()
    }

    /// What an org unit is called; its number where this phone does not know it.
    pub(super) fn name_of_unit(&self, unit: OrgUnitId) -> String {
        let known = self.org.units.iter().find(|known| known.id == unit.0);
        known.map_or_else(|| unit.to_string(), |known| known.name.clone())
    }

    /// The pack; an empty one if what is kept does not read, since the district sends it anew when
    /// its digest is not the one that it knows.
    pub(super) fn load_pack(&self) -> Result<Pack, PhoneError> {
        let references = self.store.references()?;
        let pack = references.iter().find(|(name, _)| name == "pack");
        Ok(pack.and_then(|(_, bytes)| Pack::from_bytes(bytes).ok()).unwrap_or_default())
    }
}

/// The pack among reference data; an empty one if there is none.
pub(super) fn read_pack(reference: &[ReferenceItem]) -> Result<Pack, PhoneError> {
    let pack = reference.iter().find(|item| item.name == "pack");
    pack.map_or_else(
        || Ok(Pack::default()),
        |item| Pack::from_bytes(&item.bytes).map_err(|e| PhoneError::BadAnswer(e.to_string())),
    )
}
