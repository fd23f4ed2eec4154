//! Passwords: random at first, hashed with argon2.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use thiserror::Error;

use crate::random;

/// Fewer characters than this are refused.
const LEAST_CHARS: usize = 10;
const MOST_CHARS: usize = 200;
/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// The password cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// It has fewer than ten characters.
    #[error("a password has at least {LEAST_CHARS} characters")]
    TooShort,
    /// It has more than two hundred characters.
    #[error("a password has at most {MOST_CHARS} characters")]
    TooLong,
    /// It could not be hashed.
    #[error("the password could not be hashed")]
    Failed,
}

/// A first password, to be shown once: three groups of four, some 59 bits.
#[must_use]
pub fn random_password() -> String {
    let letters = random::bytes::<12>().map(|byte| {
        let letter = ALPHABET.get(usize::from(byte) % ALPHABET.len());
        letter.copied().map_or('a', char::from)
    });
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// The hash to be stored of a password.
///
/// # Errors
/// [`PasswordError`].
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    match password.chars().count() {
        0..LEAST_CHARS => return Err(PasswordError::TooShort),
        LEAST_CHARS..=MOST_CHARS => {}
        _ => return Err(PasswordError::TooLong),
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|_| PasswordError::Failed)
}

/// A hash of no password in particular.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29iYW5zb2Jhbg$\
                      qW2xF4m8i1Yz1m0kq9uX4Yb8nq3mY5uWq1m8yq0w3n4";

/// Whether a password is the one that was hashed. Without a hash it takes as long and says no, so
/// that nobody learns which logins exist.
#[must_use]
pub fn verify_password(password: &str, stored: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(stored.unwrap_or(NOBODY)) else { return false };
    let same = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
    same && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_that_does_not_exist_costs_what_one_that_does_costs() {
        let costs = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            (hash.algorithm.to_string(), hash.version, hash.params.to_string())
        };
        assert_eq!(costs(NOBODY), costs(&hash_password("a password").unwrap()));
    }

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let password = random_password();
        let hash = hash_password(&password).unwrap();
        assert!(verify_password(&password, Some(&hash)));
        assert!(!verify_password("another password", Some(&hash)));
        assert!(!verify_password(&password, None));
        assert_eq!(hash_password("ngắn"), Err(PasswordError::TooShort));
    }
}
