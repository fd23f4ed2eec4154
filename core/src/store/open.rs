//! Opening the file: migrations, the marker, and what to do when it is damaged.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use thiserror::Error;

use super::{Store, StoreError, aside, rescue};

const FILE: &str = "phone.db";
pub(super) const MARKER: &str = "marker";

/// In order; never edited once released, only added to.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/001_first.sql"),
    include_str!("migrations/002_no_room.sql"),
    include_str!("migrations/003_lists.sql"),
    include_str!("migrations/004_not_taken.sql"),
];

/// Why the phone does not open.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Another program has it open.
    #[error("another program has {0} open")]
    InUse(PathBuf),
    /// The folder cannot be made, read or written.
    #[error("{0} cannot be read or written: {1}")]
    Folder(PathBuf, String),
    /// A newer program wrote the file.
    #[error("the file is of version {found}, this program knows {known}")]
    Newer {
        /// The file's version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The file is damaged and nothing of it can be read; it is left as it is.
    #[error("{0} is damaged and cannot be read; it is left as it is")]
    Unreadable(PathBuf),
    /// There was a file, and it is not there any more or empty; no other is made in its place.
    #[error("{0} is gone, though a phone's file was there")]
    Gone(PathBuf),
}

/// An open file, and what opening it found out.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub store: Store,
    /// The damaged file that was set aside, if what could be read of it was carried over.
    pub set_aside: Option<PathBuf>,
    /// Whether the marker matches: if not, the file was restored from a copy, and the device
    /// must not go on under its old name.
    pub marker_matches: bool,
}

pub(super) fn open(dir: &Path) -> Result<Opened, OpenError> {
    let folder = |error: std::io::Error| OpenError::Folder(dir.to_owned(), error.to_string());
    std::fs::create_dir_all(dir).map_err(folder)?;
    let file = dir.join(FILE);
    let set_aside = aside::finish_interrupted(&file).map_err(folder)?;
    if aside::is_gone(dir, &file) {
        return Err(OpenError::Gone(file));
    }
    let (connection, set_aside) = match connect(&file) {
        Ok(connection) => (connection, set_aside),
        Err(Failure::Damaged) => {
            let (connection, set_aside) = recover(&file)?;
            (connection, Some(set_aside))
        }
        Err(Failure::Other(error)) => return Err(error),
    };
    let store = Store {
        connection,
        dir: dir.to_owned(),
        next_marker: None,
        #[cfg(feature = "probe")]
        probe: super::probe::Probe::default(),
    };
    let marker_matches = store.marker_matches().map_err(|error| other(&file, &error))?;
    Ok(Opened { store, set_aside, marker_matches })
}

enum Failure {
    Damaged,
    Other(OpenError),
}

fn other(file: &Path, error: &StoreError) -> OpenError {
    OpenError::Folder(file.to_owned(), error.to_string())
}

fn connect(file: &Path) -> Result<Connection, Failure> {
    let failure = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            Failure::Other(OpenError::InUse(file.to_owned()))
        }
        _ => match StoreError::from(error) {
            StoreError::Damaged(_) => Failure::Damaged,
            error => Failure::Other(other(file, &error)),
        },
    };
    let mut connection = Connection::open(file).map_err(failure)?;
    prepare(&connection).map_err(failure)?;
    let found: u32 =
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(failure)?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(Failure::Other(OpenError::Newer { found, known }));
    }
    migrate(&mut connection, found).map_err(failure)?;
    let sound: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(failure)?;
    if sound == "ok" { Ok(connection) } else { Err(Failure::Damaged) }
}

/// One program at a time, since the phone keeps books open; `FULL`, so that a confirmed save
/// survives a dead battery; temporary tables in memory, since Android has no folder for them.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn migrate(connection: &mut Connection, found: u32) -> rusqlite::Result<()> {
    for (version, migration) in (1_u32..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Carries over what can be read of a damaged file into a new one, and sets the damaged one
/// aside under its own name, where it stays.
fn recover(file: &Path) -> Result<(Connection, PathBuf), OpenError> {
    let folder = |error: std::io::Error| OpenError::Folder(file.to_owned(), error.to_string());
    let fresh = aside::rescue_name(file);
    if fresh.exists() {
        std::fs::remove_file(&fresh).map_err(folder)?;
    }
    let failed = |error: rusqlite::Error| other(&fresh, &StoreError::from(error));
    let damaged = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let mut rescued = Connection::open(&fresh).map_err(failed)?;
    migrate(&mut rescued, 0).map_err(failed)?;
    let carried = damaged.map_or(Ok(0), |damaged| rescue::carry_over(&damaged, &mut rescued));
    let carried = carried.map_err(failed)?;
    drop(rescued);
    if carried == 0 {
        std::fs::remove_file(&fresh).map_err(folder)?;
        return Err(OpenError::Unreadable(file.to_owned()));
    }
    let aside = aside::take_place(file).map_err(folder)?;
    match connect(file) {
        Ok(connection) => Ok((connection, aside)),
        Err(Failure::Damaged) => Err(OpenError::Unreadable(file.to_owned())),
        Err(Failure::Other(error)) => Err(error),
    }
}

impl Store {
    fn marker_matches(&self) -> Result<bool, StoreError> {
        let ours = self.meta(MARKER)?;
        let beside = std::fs::read(self.dir.join(MARKER)).ok();
        Ok(ours.is_some() && ours == beside)
    }
}
