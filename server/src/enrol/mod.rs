//! Invitations and enrolment: from a one-use code to a certificate.

pub mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use crate::store::Db;
use soban_core::base::{DeviceId, Instant, OrgUnitId};
use soban_core::sync::{
    Certificate, CertificateError, EnrolRequest, EnrolResponse, Holder, OrgSubtree, People,
    ReferenceItem, ReturnRequest, SignedCertificate, Standing, WIRE_VERSION, WireError,
    verify_enrolment,
};
use thiserror::Error;

use crate::accept::{Grant, Reference};
use crate::access::{Code, Token};
use crate::keys::Keys;
use crate::random;
use crate::store::enrolment::{self, Invitation, KnownDevice, NewDevice};
use crate::store::standing::{self, Known, Replied};
use crate::store::{Store, StoreError, device, log, meta, org};

/// How long a code may be used.
const VALID_MS: i64 = 72 * 3_600_000;

/// Why a phone was not enrolled.
#[derive(Debug, Error)]
pub enum EnrolError {
    /// The request does not read.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// The sender does not hold the key that they show.
    #[error("the request is not signed with the key that it shows")]
    BadSignature,
    /// No such code was given out.
    #[error("there is no such code")]
    UnknownCode,
    /// The code was given out too long ago.
    #[error("the code has expired")]
    Expired,
    /// Another phone has used it.
    #[error("the code has been used")]
    Used,
    /// The district has revoked this phone.
    #[error("this phone is revoked; the district must enrol it under a new key")]
    Revoked,
    /// The unit does not exist.
    #[error("there is no org unit {0}")]
    UnknownUnit(OrgUnitId),
    /// The data folder fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What letting in a device came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Released {
    /// Whether it waited for staff.
    pub confirmed: bool,
    /// How many entries that it had brought or given back were sealed; the projector is to look
    /// at them.
    pub entries: usize,
}

/// Lets in a device that waits for staff, and what is sealed of it.
///
/// # Errors
/// [`StoreError`].
pub fn release(db: &Db, id: DeviceId) -> Result<Released, StoreError> {
    Ok(Released { confirmed: device::confirm(db, id)?, entries: log::unseal(db, id)? })
}

/// Gives out a code for a unit; until when it may be used.
///
/// # Errors
/// [`EnrolError::UnknownUnit`], [`EnrolError::Store`].
pub fn invite(
    db: &Db,
    org_unit: OrgUnitId,
    holder: &str,
    now: Instant,
) -> Result<(Code, Instant), EnrolError> {
    let expires_at = Instant(now.0 + VALID_MS);
    Ok((invite_until(db, org_unit, holder, (now, expires_at))?, expires_at))
}

/// As [`invite`], until an instant of the caller's choice.
fn invite_until(
    db: &Db,
    org_unit: OrgUnitId,
    holder: &str,
    (now, expires_at): (Instant, Instant),
) -> Result<Code, EnrolError> {
    if org::find_name(db, org_unit)?.is_none() {
        return Err(EnrolError::UnknownUnit(org_unit));
    }
    let code = Code::random();
    let holder = soban_core::base::text::normalise(holder);
    let invitation = Invitation { org_unit, holder, expires_at, used_by: None };
    enrolment::add_invitation(db, &code.hash(), &invitation, now)?;
    Ok(code)
}

/// As [`invite`], in a transaction of its own.
///
/// # Errors
/// [`EnrolError::UnknownUnit`], [`EnrolError::Store`].
pub fn give_code(
    store: &Store,
    org_unit: OrgUnitId,
    holder: &str,
    now: Instant,
) -> Result<(Code, Instant), EnrolError> {
    let holder = holder.to_owned();
    // A refusal is an answer, not a failed write: nothing was written before it was made.
    store.write(move |db| match invite(db, org_unit, &holder, now) {
        Err(EnrolError::Store(error)) => Err(error),
        answer => Ok(answer),
    })?
}

/// Enrols a phone, or answers again one that has lost its answer.
///
/// # Errors
/// [`EnrolError`].
pub fn enrol(
    db: &Db,
    keys: &Keys,
    request: &EnrolRequest,
    now: Instant,
) -> Result<EnrolResponse, EnrolError> {
    if !verify_enrolment(request) {
        return Err(EnrolError::BadSignature);
    }
    let code = Code::read(&request.code).ok_or(EnrolError::UnknownCode)?;
    let invitation =
        enrolment::find_invitation(db, &code.hash())?.ok_or(EnrolError::UnknownCode)?;
    let token = Token::of_device(keys.secret(), &request.public_key);
    let certificate = match invitation.used_by {
        Some(key) if key == request.public_key => again(db, request, &token)?,
        Some(_) => return Err(EnrolError::Used),
        None if invitation.expires_at <= now => return Err(EnrolError::Expired),
        None => {
            enrolment::use_invitation(db, &code.hash(), &request.public_key, now)?;
            match enrolment::find_by_key(db, &request.public_key)? {
                None => first(db, keys, request, &invitation, &token, now)?,
                Some(known) => anew(db, keys, &known, &invitation, &token, now)?,
            }
        }
    };
    let Certificate { device, .. } = open(&certificate, keys)?;
    let units = device::list_grants(db, device)?.into_iter().filter(|grant| grant.holds_at(now));
    let reference = reference_for(db, &units.map(|grant: Grant| grant.org_unit).collect())?;
    let begun = Standing { reference: reference.hashes().to_vec(), ..Standing::default() };
    let [came_with, after] = [Standing::default(), begun].map(|it| Known::new(it, true));
    standing::remember(db, device, &Replied { came_with, after })?;
    Ok(EnrolResponse {
        version: WIRE_VERSION,
        certificate,
        server_key: keys.public(),
        token: token.as_str().to_owned(),
        epoch: meta::epoch(db)?,
        now,
        reference: reference.items().to_vec(),
    })
}

fn first(
    db: &Db,
    keys: &Keys,
    request: &EnrolRequest,
    invitation: &Invitation,
    token: &Token,
    now: Instant,
) -> Result<SignedCertificate, StoreError> {
    let mut id = DeviceId::of_phone(random::bytes());
    while device::find_device(db, id)?.is_some() {
        id = DeviceId::of_phone(random::bytes());
    }
    let certificate = Certificate {
        device: id,
        holder: invitation.holder.clone(),
        org_units: vec![invitation.org_unit],
        public_key: request.public_key,
        issued_at: now,
    };
    let signed = SignedCertificate::sign(&certificate, keys.secret());
    let new = NewDevice {
        id,
        holder: certificate.holder,
        public_key: request.public_key,
        certificate: minicbor::to_vec(&signed).unwrap_or_default(),
        token_hash: token.hash(),
        org_unit: invitation.org_unit,
    };
    enrolment::add_device(db, &new, now)?;
    Ok(signed)
}

/// Takes back a device that this server signed for and has forgotten since. It waits for staff:
/// whoever revoked it meanwhile may have been forgotten too.
///
/// # Errors
/// [`EnrolError`].
pub fn come_back(
    db: &Db,
    keys: &Keys,
    request: &ReturnRequest,
    now: Instant,
) -> Result<(), EnrolError> {
    let certificate =
        request.open(&keys.public()).map_err(|CertificateError| EnrolError::BadSignature)?;
    let token = Token::of_device(keys.secret(), &certificate.public_key);
    if let Some(known) = enrolment::find_by_key(db, &certificate.public_key)? {
        enrolment::set_token(db, known.id, &token.hash())?;
        return Ok(());
    }
    if device::find_device(db, certificate.device)?.is_some() {
        return Err(EnrolError::Used);
    }
    let mut units = certificate.org_units.iter();
    let first = *units.next().ok_or(EnrolError::BadSignature)?;
    for unit in &certificate.org_units {
        if org::find_name(db, *unit)?.is_none() {
            return Err(EnrolError::UnknownUnit(*unit));
        }
    }
    let new = NewDevice {
        id: certificate.device,
        holder: certificate.holder.clone(),
        public_key: certificate.public_key,
        certificate: minicbor::to_vec(&request.certificate).unwrap_or_default(),
        token_hash: token.hash(),
        org_unit: first,
    };
    enrolment::add_device(db, &new, now)?;
    enrolment::set_pending(db, certificate.device)?;
    for unit in units {
        enrolment::grant(db, certificate.device, *unit, now)?;
    }
    Ok(())
}

/// The same answer again: a request that was repeated may arrive after its repetition.
fn again(db: &Db, request: &EnrolRequest, token: &Token) -> Result<SignedCertificate, EnrolError> {
    let known = enrolment::find_by_key(db, &request.public_key)?.ok_or(EnrolError::Used)?;
    if known.revoked {
        return Err(EnrolError::Revoked);
    }
    enrolment::set_token(db, known.id, &token.hash())?;
    Ok(read(&known)?)
}

/// A phone that never saw the answer to its first code comes with a second one: it stays the
/// device that it is, and writes for the second code's unit too.
fn anew(
    db: &Db,
    keys: &Keys,
    known: &KnownDevice,
    invitation: &Invitation,
    token: &Token,
    now: Instant,
) -> Result<SignedCertificate, EnrolError> {
    if known.revoked {
        return Err(EnrolError::Revoked);
    }
    let before = open(&read(known)?, keys)?;
    let others = before.org_units.iter().filter(|unit| **unit != invitation.org_unit);
    let certificate = Certificate {
        org_units: std::iter::once(&invitation.org_unit).chain(others).copied().collect(),
        holder: invitation.holder.clone(),
        issued_at: now,
        ..before
    };
    let signed = SignedCertificate::sign(&certificate, keys.secret());
    let bytes = minicbor::to_vec(&signed).unwrap_or_default();
    enrolment::renew(db, known.id, (&invitation.holder, &bytes), &token.hash())?;
    enrolment::grant(db, known.id, invitation.org_unit, now)?;
    Ok(signed)
}

fn read(known: &KnownDevice) -> Result<SignedCertificate, StoreError> {
    let damaged = |error: minicbor::decode::Error| StoreError::Damaged(error.to_string());
    minicbor::decode(&known.certificate).map_err(damaged)
}

/// What this server itself has certified.
fn open(certificate: &SignedCertificate, keys: &Keys) -> Result<Certificate, StoreError> {
    let damaged = |error: CertificateError| StoreError::Damaged(error.to_string());
    certificate.open(&keys.public()).map_err(damaged)
}

/// What a phone that writes for these units is to hold besides its books; of no unit nothing, and
/// what it has stays.
///
/// # Errors
/// [`StoreError`].
pub fn reference_for(db: &Db, units: &BTreeSet<OrgUnitId>) -> Result<Reference, StoreError> {
    if units.is_empty() {
        return Ok(Reference::default());
    }
    let (mut known, mut people) = (BTreeMap::new(), BTreeMap::new());
    for unit in units {
        let subtree = org::subtree_for(db, *unit)?.units.into_iter();
        known.extend(subtree.map(|unit| (unit.id, unit)));
        let holders = device::list_holders(db, *unit)?.into_iter();
        people.extend(holders.map(|Holder { device, name }| (device, name)));
    }
    let subtree = OrgSubtree { units: known.into_values().collect() };
    let holder = |(device, name)| Holder { device, name };
    let people = People { holders: people.into_iter().map(holder).collect() };
    let item = |name: &str, bytes| ReferenceItem { name: name.to_owned(), bytes };
    let mut items = vec![item("org", subtree.to_bytes()), item("people", people.to_bytes())];
    items.extend(org::pack_bytes(db)?.map(|bytes| item("pack", bytes)));
    Ok(Reference::new(items))
}
