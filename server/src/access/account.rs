//! Making an account, and giving it a new password.

use crate::store::Db;
use soban_core::base::{Instant, OrgUnitId, text};
use thiserror::Error;

use super::{PasswordError, Role, hash_password, random_password};
use crate::store::staff::{self, NewStaff};
use crate::store::{Store, StoreError, org};

const LONGEST_LOGIN: usize = 40;

/// Why an account was not made or changed.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The login has letters that people mistype.
    #[error(
        "a login has 2 to {LONGEST_LOGIN} characters: a to z without accents, digits, dot, dash \
         and underscore; “{0}” has not"
    )]
    BadLogin(String),
    /// Somebody has this login already.
    #[error("there is already an account “{0}”; choose another login")]
    LoginTaken(String),
    /// The unit does not exist.
    #[error("there is no org unit {0}; the console's tree shows the numbers")]
    UnknownUnit(OrgUnitId),
    /// The password cannot be used.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The data folder fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// What is typed to log in.
    pub login: String,
    /// What the person is called.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The unit at and below which.
    pub scope: OrgUnitId,
}

/// Makes an account; its first password, which is nowhere else and must be changed at first login.
///
/// # Errors
/// [`AccountError`]; then there is no new account.
pub fn create_account(
    store: &Store,
    new: NewAccount,
    now: Instant,
) -> Result<String, AccountError> {
    check_login(&new.login)?;
    let password = random_password();
    let row = NewStaff {
        login: new.login,
        name: text::normalise(&new.name),
        password: hash_password(&password)?,
        role: new.role.as_str().to_owned(),
        scope: new.scope,
    };
    // A refusal is an answer, not a failed write: nothing was written before it was made.
    store.write(move |db| match insert(db, &row, now) {
        Err(AccountError::Store(error)) => Err(error),
        answer => Ok(answer),
    })??;
    Ok(password)
}

fn insert(db: &Db, new: &NewStaff, now: Instant) -> Result<(), AccountError> {
    if org::find_name(db, new.scope)?.is_none() {
        return Err(AccountError::UnknownUnit(new.scope));
    }
    if staff::exists(db, &new.login)? {
        return Err(AccountError::LoginTaken(new.login.clone()));
    }
    Ok(staff::add(db, new, now)?)
}

/// Logins are compared byte by byte, so they have one spelling each.
fn check_login(login: &str) -> Result<(), AccountError> {
    let plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | '_');
    if (2..=LONGEST_LOGIN).contains(&login.len()) && login.chars().all(plain) {
        return Ok(());
    }
    Err(AccountError::BadLogin(login.chars().take(LONGEST_LOGIN).collect()))
}
