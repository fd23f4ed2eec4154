//! Sessions: from a login and a password to a token in a cookie, and from that to a person.

use soban_core::base::{Instant, OrgUnitId};
use thiserror::Error;

use super::{Csrf, PasswordError, Role, Token, hash_password, hash_secret, verify_password};
use crate::store::staff::{self, StaffRow};
use crate::store::{Store, StoreError};

/// A working day; then the password is asked for again.
pub const SESSION_MS: i64 = 12 * 3_600_000;

/// A person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The account's number.
    pub staff: i64,
    /// What the person is called.
    pub name: String,
    /// What is typed to log in.
    pub login: String,
    /// What the person may do.
    pub role: Role,
    /// The unit at and below which.
    pub scope: OrgUnitId,
    /// Whether a new password comes before anything else.
    pub must_change: bool,
    /// What every form of this session carries.
    pub csrf: Csrf,
}

/// Why nobody was signed in, or a password not changed.
#[derive(Debug, Error)]
pub enum LoginError {
    /// The login or the password is wrong; which of them, nobody is told.
    #[error("the login or the password is wrong")]
    Wrong,
    /// The new password is the old one.
    #[error("the new password is the old one")]
    Unchanged,
    /// The new password cannot be used.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The data folder fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs somebody in. Takes some 50 ms of a core, on purpose.
///
/// # Errors
/// [`LoginError`].
pub fn log_in(
    store: &Store,
    login: &str,
    password: &str,
    now: Instant,
) -> Result<Token, LoginError> {
    let found = store.read(|db| staff::find(db, login))?;
    let hash = found.as_ref().map(|row| row.password.as_str());
    if !verify_password(password, hash) {
        return Err(LoginError::Wrong);
    }
    let row = found.ok_or(LoginError::Wrong)?;
    Ok(begin(store, row.id, now)?)
}

/// Ends every session of the account and begins a new one under the new password.
///
/// # Errors
/// [`LoginError`]; then the old password and the old session stand.
pub fn change_password(
    store: &Store,
    session: &Session,
    (old, new): (&str, &str),
    now: Instant,
) -> Result<Token, LoginError> {
    let found = store.read(|db| staff::find(db, &session.login))?;
    if !verify_password(old, found.as_ref().map(|row| row.password.as_str())) {
        return Err(LoginError::Wrong);
    }
    if old == new {
        return Err(LoginError::Unchanged);
    }
    let (id, hash) = (session.staff, hash_password(new)?);
    store.write(move |db| staff::set_password(db, id, &hash, false))?;
    Ok(begin(store, id, now)?)
}

fn begin(store: &Store, staff: i64, now: Instant) -> Result<Token, StoreError> {
    let token = Token::random();
    let (hash, csrf) = (token.hash(), Csrf::random());
    let until = Instant(now.0.saturating_add(SESSION_MS));
    store.write(move |db| staff::begin_session(db, &hash, staff, &csrf.0, (now, until)))?;
    Ok(token)
}

/// Who holds this token; nobody once the session has ended.
///
/// # Errors
/// [`StoreError`].
pub fn find_session(
    store: &Store,
    token: &str,
    now: Instant,
) -> Result<Option<Session>, StoreError> {
    let hash = hash_secret(token);
    let found = store.read(|db| staff::find_session(db, &hash, now))?;
    found.map(|(row, csrf)| session(row, csrf)).transpose()
}

/// Ends the session of a token.
///
/// # Errors
/// [`StoreError`].
pub async fn log_out(store: &Store, token: &str) -> Result<(), StoreError> {
    let hash = hash_secret(token);
    store.write_async(move |db| staff::end_session(db, &hash)).await
}

fn session(row: StaffRow, csrf: [u8; 32]) -> Result<Session, StoreError> {
    let damaged = || StoreError::Damaged(format!("account {} has no known role", row.id));
    Ok(Session {
        role: Role::parse(&row.role).ok_or_else(damaged)?,
        staff: row.id,
        name: row.name,
        login: row.login,
        scope: row.scope,
        must_change: row.must_change,
        csrf: Csrf(csrf),
    })
}
