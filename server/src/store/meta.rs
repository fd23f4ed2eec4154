//! Named values of the whole server.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;

/// A named value.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn find(db: &Connection, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut find = db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(find.query_row([key], |row| row.get(0)).optional()?)
}

/// Sets a named value.
///
/// # Errors
/// [`StoreError`].
pub fn put(db: &Connection, key: &str, value: &[u8]) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR REPLACE INTO meta VALUES (?1, ?2)")?
        .execute(params![key, value])?;
    Ok(())
}

/// The address at which phones reach the district, if the operator has set one.
///
/// # Errors
/// [`StoreError`].
pub fn public_address(db: &Connection) -> Result<Option<String>, StoreError> {
    let bytes = find(db, "public_address")?;
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// Sets the address at which phones reach the district.
///
/// # Errors
/// [`StoreError`].
pub fn set_public_address(db: &Connection, address: &str) -> Result<(), StoreError> {
    put(db, "public_address", address.as_bytes())
}

/// The server's epoch: raised whenever it may have forgotten what phones still know.
///
/// # Errors
/// [`StoreError`].
pub fn epoch(db: &Connection) -> Result<u32, StoreError> {
    let bytes = find(db, "epoch")?.and_then(|bytes| bytes.try_into().ok());
    Ok(bytes.map_or(1, u32::from_be_bytes))
}
