//! Accounts and sessions.

use rusqlite::{Connection, OptionalExtension, Row, params};
use soban_core::base::{Instant, OrgUnitId};

use super::StoreError;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// Its number.
    pub id: i64,
    /// What is typed to log in.
    pub login: String,
    /// What the person is called.
    pub name: String,
    /// The argon2 hash of the password.
    pub password: String,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// `administrator`, `reviewer` or `reader`.
    pub role: String,
    /// The unit at and below which the person works.
    pub scope: OrgUnitId,
}

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// What is typed to log in.
    pub login: String,
    /// What the person is called.
    pub name: String,
    /// The argon2 hash of the password.
    pub password: String,
    /// `administrator`, `reviewer` or `reader`.
    pub role: String,
    /// The unit at and below which the person works.
    pub scope: OrgUnitId,
}

const STAFF: &str = "s.id, s.login, s.name, s.password, s.must_change, s.role, s.scope";

fn staff_row(row: &Row<'_>) -> rusqlite::Result<StaffRow> {
    Ok(StaffRow {
        id: row.get(0)?,
        login: row.get(1)?,
        name: row.get(2)?,
        password: row.get(3)?,
        must_change: row.get(4)?,
        role: row.get(5)?,
        scope: OrgUnitId(row.get(6)?),
    })
}

/// Makes an account, whose password must be changed at first login.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn add(db: &Connection, new: &NewStaff, now: Instant) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO staff (login, name, password, must_change, role, scope, created_at)
         VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)",
    )?
    .execute(params![new.login, new.name, new.password, new.role, new.scope.0, now.0])?;
    Ok(())
}

/// The account of a login, unless it is disabled.
///
/// # Errors
/// [`StoreError`].
pub fn find(db: &Connection, login: &str) -> Result<Option<StaffRow>, StoreError> {
    let sql = format!("SELECT {STAFF} FROM staff s WHERE s.login = ?1 AND s.disabled_at IS NULL");
    Ok(db.prepare_cached(&sql)?.query_row([login], staff_row).optional()?)
}

/// Whether an account has this login, disabled ones included.
///
/// # Errors
/// [`StoreError`].
pub fn exists(db: &Connection, login: &str) -> Result<bool, StoreError> {
    let mut find = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM staff WHERE login = ?1)")?;
    Ok(find.query_row([login], |row| row.get(0))?)
}

/// How many accounts there are.
///
/// # Errors
/// [`StoreError`].
pub fn count(db: &Connection) -> Result<u64, StoreError> {
    Ok(db.query_row("SELECT count(*) FROM staff", [], |row| row.get(0))?)
}

/// Sets a password, and ends every session of the account.
///
/// # Errors
/// [`StoreError`].
pub fn set_password(
    db: &Connection,
    id: i64,
    password: &str,
    must_change: bool,
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE staff SET password = ?2, must_change = ?3 WHERE id = ?1")?
        .execute(params![id, password, must_change])?;
    db.prepare_cached("DELETE FROM session WHERE staff = ?1")?.execute([id])?;
    Ok(())
}

/// Begins a session.
///
/// # Errors
/// [`StoreError`].
pub fn begin_session(
    db: &Connection,
    token_hash: &[u8; 32],
    staff: i64,
    csrf: &[u8; 32],
    (now, expires_at): (Instant, Instant),
) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM session WHERE expires_at < ?1")?.execute([now.0])?;
    db.prepare_cached("INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        token_hash,
        staff,
        csrf,
        now.0,
        expires_at.0
    ])?;
    Ok(())
}

/// The account of a session and the session's form token, unless either has ended.
///
/// # Errors
/// [`StoreError`].
pub fn find_session(
    db: &Connection,
    token_hash: &[u8; 32],
    now: Instant,
) -> Result<Option<(StaffRow, [u8; 32])>, StoreError> {
    let sql = format!(
        "SELECT {STAFF}, x.csrf FROM session x JOIN staff s ON s.id = x.staff
         WHERE x.token_hash = ?1 AND x.expires_at > ?2 AND s.disabled_at IS NULL"
    );
    let mut find = db.prepare_cached(&sql)?;
    let found =
        find.query_row(params![token_hash, now.0], |row| Ok((staff_row(row)?, row.get(7)?)));
    Ok(found.optional()?)
}

/// Ends a session.
///
/// # Errors
/// [`StoreError`].
pub fn end_session(db: &Connection, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM session WHERE token_hash = ?1")?.execute([token_hash])?;
    Ok(())
}
