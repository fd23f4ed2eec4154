//! Numbered migrations; `user_version` says how far a database has come.

use rusqlite::Connection;

use super::StoreError;

/// In order; never edited once released, only added to.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/001_log.sql"),
    include_str!("migrations/002_access.sql"),
    include_str!("migrations/003_proven.sql"),
    include_str!("migrations/004_let_in.sql"),
];

pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (version, migration) in (1_u32..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}
