//! The district's secrets: a file beside the database, not in it, since no backup may hold them.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};
use soban_core::base::hex;
use thiserror::Error;

use crate::random;

const FILE: &str = "keys";

/// The district's secrets.
#[derive(Clone)]
pub struct Keys {
    secret: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

/// The file of secrets cannot be used.
#[derive(Debug, Error)]
pub enum KeysError {
    /// It cannot be read or written.
    #[error("{0} cannot be read or written: {1}")]
    File(PathBuf, std::io::Error),
    /// It is not there.
    #[error(
        "{0} is missing: put it back from where you keep it; if it is lost, `soban init` makes \
         new keys, and every phone has to enrol again"
    )]
    Missing(PathBuf),
    /// It does not hold what it should.
    #[error("{0} does not hold the district's keys; restore it from where you keep it")]
    Damaged(PathBuf),
}

impl Keys {
    /// The secrets of a data folder, made where there are none yet.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open_or_create(dir: &Path) -> Result<Self, KeysError> {
        match Self::open(dir) {
            Err(KeysError::Missing(file)) => Self::create(dir, &file),
            opened => opened,
        }
    }

    /// The key to the server's word for what phones stand on.
    #[must_use]
    pub fn mac_key(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(b"soban mac key ");
        hasher.update(self.secret);
        hasher.finalize().into()
    }

    /// The secrets of a data folder that has them. A server that made itself new ones without
    /// being asked would be a stranger to every phone.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open(dir: &Path) -> Result<Self, KeysError> {
        let file = dir.join(FILE);
        match std::fs::read_to_string(&file) {
            Ok(text) => {
                let secret = text.trim().strip_prefix("signing ").and_then(hex::decode);
                secret.map(|secret| Self { secret }).ok_or(KeysError::Damaged(file))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Err(KeysError::Missing(file)),
            Err(error) => Err(KeysError::File(file, error)),
        }
    }

    /// Written under another name first: a power cut leaves either no keys or whole ones.
    fn create(dir: &Path, file: &Path) -> Result<Self, KeysError> {
        let secret = random::bytes();
        let failed = |error| KeysError::File(file.to_owned(), error);
        let new = dir.join(format!("{FILE}.new"));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut opened = options.open(&new).map_err(failed)?;
        writeln!(opened, "signing {}", hex::encode(&secret)).map_err(failed)?;
        opened.sync_all().map_err(failed)?;
        std::fs::rename(&new, file).map_err(failed)?;
        Ok(Self { secret })
    }

    /// What certificates are signed with.
    #[must_use]
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// What certificates are checked with.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        SigningKey::from_bytes(&self.secret).verifying_key().to_bytes()
    }
}
