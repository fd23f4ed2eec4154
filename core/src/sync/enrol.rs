//! Enrolment: a one-use code against a certificate. The phone makes its own key pair and shows
//! that it holds the secret half by signing the code.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use minicbor::{Decode, Encode};
use thiserror::Error;

use super::{ReferenceItem, WIRE_VERSION, cbor};
use crate::base::{DeviceId, Instant, OrgUnitId};

/// What a phone asks enrolment with.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolRequest {
    /// [`WIRE_VERSION`].
    #[n(0)]
    pub version: u8,
    /// The code, as typed, without its dashes.
    #[n(1)]
    pub code: String,
    /// The device's public key.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// Its signature over the code.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub signature: [u8; 64],
    /// The program's version.
    #[n(4)]
    pub app_version: String,
}

/// Who a device is and whom it writes for, as the district says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Certificate {
    /// The device.
    #[n(0)]
    #[cbor(with = "cbor::device")]
    pub device: DeviceId,
    /// The person who holds it.
    #[n(1)]
    pub holder: String,
    /// The units whose books it may write.
    #[n(2)]
    #[cbor(with = "cbor::org_units")]
    pub org_units: Vec<OrgUnitId>,
    /// The device's public key.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// When it was enrolled.
    #[n(4)]
    #[cbor(with = "cbor::instant")]
    pub issued_at: Instant,
}

/// A certificate's bytes and the district's signature over them.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SignedCertificate {
    /// The bytes of a [`Certificate`].
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub certificate: Vec<u8>,
    /// The signature.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// The certificate is not one that the district signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the certificate is not one that the district signed")]
pub struct CertificateError;

/// What the district answers: everything needed to start.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolResponse {
    /// [`WIRE_VERSION`].
    #[n(0)]
    pub version: u8,
    /// Who the device is from now on.
    #[n(1)]
    pub certificate: SignedCertificate,
    /// The district's public key.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub server_key: [u8; 32],
    /// What the phone shows with every request.
    #[n(3)]
    pub token: String,
    /// The server's epoch.
    #[n(4)]
    pub epoch: u32,
    /// The server's clock.
    #[n(5)]
    #[cbor(with = "cbor::instant")]
    pub now: Instant,
    /// Forms, the org subtree, and who holds the other phones.
    #[n(6)]
    #[cbor(with = "packed")]
    pub reference: Vec<ReferenceItem>,
}

/// Reference data as it travels: compressed.
mod packed {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::sync::ReferenceItem;
    use crate::sync::wire::PackedReference;

    pub(super) fn encode<C, W: Write>(
        items: &[ReferenceItem],
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(items.len() as u64)?;
        items.iter().try_for_each(|item| e.encode_with(PackedReference::pack(item), ctx)?.ok())
    }

    pub(super) fn decode<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Vec<ReferenceItem>, Error> {
        let packed: Result<Vec<PackedReference>, Error> = d.array_iter_with(ctx)?.collect();
        let open = |item: PackedReference| item.open().map_err(|e| Error::message(e.to_string()));
        packed?.into_iter().map(open).collect()
    }
}

macro_rules! message_bytes {
    ($($message:ty),*) => {$(
        impl $message {
            /// The bytes that travel.
            #[must_use]
            pub fn to_bytes(&self) -> Vec<u8> {
                cbor::to_bytes(self)
            }

            /// Reads such bytes.
            ///
            /// # Errors
            /// [`super::WireError`] naming what is wrong with them.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, super::WireError> {
                cbor::from_bytes(bytes)
            }
        }
    )*};
}

message_bytes!(EnrolRequest, EnrolResponse, ReturnRequest);

/// What a phone shows to a server that has forgotten it: its certificate, which the server signed,
/// and that it holds the secret half of the key in it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ReturnRequest {
    /// [`WIRE_VERSION`].
    #[n(0)]
    pub version: u8,
    /// Who the device is.
    #[n(1)]
    pub certificate: SignedCertificate,
    /// The device's signature over the certificate.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

fn return_text(certificate: &SignedCertificate) -> Vec<u8> {
    [b"soban return ".as_slice(), &certificate.certificate].concat()
}

impl ReturnRequest {
    /// The request of the device that holds this certificate and secret key.
    #[must_use]
    pub fn new(certificate: SignedCertificate, secret_key: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(secret_key);
        let signature = key.sign(&return_text(&certificate)).to_bytes();
        Self { version: WIRE_VERSION, certificate, signature }
    }

    /// The certificate, if the district with this public key signed it and whoever asks holds its
    /// secret half.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn open(&self, server_key: &[u8; 32]) -> Result<Certificate, CertificateError> {
        let certificate = self.certificate.open(server_key)?;
        let text = return_text(&self.certificate);
        let held = verify(&certificate.public_key, &text, &self.signature);
        held.then_some(certificate).ok_or(CertificateError)
    }
}

fn enrolment_text(code: &str, public_key: &[u8; 32]) -> Vec<u8> {
    [b"soban enrolment ".as_slice(), code.as_bytes(), b" ", public_key].concat()
}

/// The public half of a secret key.
#[must_use]
pub fn public_key(secret_key: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(secret_key).verifying_key().to_bytes()
}

impl EnrolRequest {
    /// The request of a device that holds this secret key.
    #[must_use]
    pub fn new(code: &str, secret_key: &[u8; 32], app_version: &str) -> Self {
        let key = SigningKey::from_bytes(secret_key);
        let public_key = key.verifying_key().to_bytes();
        let signature = key.sign(&enrolment_text(code, &public_key)).to_bytes();
        let (code, app_version) = (code.to_owned(), app_version.to_owned());
        Self { version: WIRE_VERSION, code, public_key, signature, app_version }
    }
}

/// Whether whoever asks holds the secret half of the key that they show.
#[must_use]
pub fn verify_enrolment(request: &EnrolRequest) -> bool {
    let text = enrolment_text(&request.code, &request.public_key);
    verify(&request.public_key, &text, &request.signature)
}

fn verify(public_key: &[u8; 32], text: &[u8], signature: &[u8; 64]) -> bool {
    let key = VerifyingKey::from_bytes(public_key);
    key.is_ok_and(|key| key.verify(text, &Signature::from_bytes(signature)).is_ok())
}

impl SignedCertificate {
    /// Signs a certificate with the district's secret key.
    #[must_use]
    pub fn sign(certificate: &Certificate, server_secret: &[u8; 32]) -> Self {
        let certificate = cbor::to_bytes(certificate);
        let signature = SigningKey::from_bytes(server_secret).sign(&certificate).to_bytes();
        Self { certificate, signature }
    }

    /// The certificate, if the district with this public key signed it.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn open(&self, server_key: &[u8; 32]) -> Result<Certificate, CertificateError> {
        if !verify(server_key, &self.certificate, &self.signature) {
            return Err(CertificateError);
        }
        minicbor::decode(&self.certificate).map_err(|_| CertificateError)
    }
}
