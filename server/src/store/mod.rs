//! The server's data folder: one SQLite database, one writer, many readers. SQL lives here and
//! nowhere else in the server.
//!
//! Everything written goes through one thread, which runs whatever waits in one transaction and
//! answers once that is on disk: many phones share one flush. Readers never wait for it.
//!
//! ```no_run
//! use soban_server::store::Store;
//!
//! # fn main() -> Result<(), soban_server::store::StoreError> {
//! let store = Store::open(std::path::Path::new("soban-data"))?;
//! let epoch: u32 = store.read(|db| Ok(db.query_row("SELECT 1", [], |row| row.get(0))?))?;
//! # Ok(())
//! # }
//! ```

pub mod apart;
pub mod audit;
pub mod compare;
pub mod decision;
pub mod delivery;
pub mod device;
pub mod enrolment;
pub mod given;
pub mod log;
pub mod meta;
mod migrate;
pub mod org;
pub mod projection;
pub mod quota;
pub mod read;
mod readers;
pub mod staff;
pub mod standing;
pub mod twins;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use thiserror::Error;

use readers::Readers;
use writer::Writer;

/// What a reader or a writer works on: the rest of the server passes it on and knows no more of it.
pub type Db = Connection;

/// The data folder did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The folder cannot be made or written.
    #[error("the data folder {0} cannot be written: {1}")]
    Folder(PathBuf, std::io::Error),
    /// There is no database in the folder.
    #[error("there is no database in {0}; `soban init` makes one")]
    NotInitialised(PathBuf),
    /// A newer program has written the database.
    #[error("the database is of version {found}, this program knows {known}")]
    Newer {
        /// The database's version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The database's file system is full.
    #[error("the disk is full")]
    DiskFull,
    /// SQLite says no.
    #[error("the database fails: {0}")]
    Sqlite(rusqlite::Error),
    /// What is stored does not read as what it should be.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// The writer has stopped.
    #[error("the database is closed")]
    Closed,
}

impl StoreError {
    /// Whether trying again later may help: the disk's fault, not the data's.
    #[must_use]
    pub fn is_io(&self) -> bool {
        match self {
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(
                    rusqlite::ErrorCode::SystemIoFailure
                        | rusqlite::ErrorCode::CannotOpen
                        | rusqlite::ErrorCode::ReadOnly
                        | rusqlite::ErrorCode::DatabaseBusy
                        | rusqlite::ErrorCode::DatabaseLocked
                )
            ),
            Self::Folder(..) | Self::DiskFull | Self::Closed => true,
            Self::NotInitialised(_) | Self::Newer { .. } | Self::Damaged(_) => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Sqlite(error),
        }
    }
}

/// An open data folder. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    dir: Arc<Path>,
    // Readers close before the writer: the last connection writes SQLite's log back, and only a
    // connection that may write can.
    readers: Arc<Readers>,
    writer: Arc<Writer>,
}

const FILE: &str = "soban.db";

impl Store {
    /// Makes the folder and its database where they do not exist yet, and opens them.
    ///
    /// # Errors
    /// [`StoreError`] when the folder cannot be written or the database is newer.
    pub fn create(dir: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(dir).map_err(|error| StoreError::Folder(dir.to_owned(), error))?;
        Self::connect(dir)
    }

    /// Opens a folder that has a database, and brings that up to date.
    ///
    /// # Errors
    /// [`StoreError::NotInitialised`] if there is none, else as [`Store::create`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        if dir.join(FILE).exists() {
            Self::connect(dir)
        } else {
            Err(StoreError::NotInitialised(dir.to_owned()))
        }
    }

    fn connect(dir: &Path) -> Result<Self, StoreError> {
        let file = dir.join(FILE);
        let mut connection = Connection::open(&file)?;
        prepare(&connection)?;
        migrate::migrate(&mut connection)?;
        Ok(Self {
            dir: dir.into(),
            writer: Arc::new(Writer::start(connection)),
            readers: Arc::new(Readers::new(file)),
        })
    }

    /// The data folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Runs a job in the writer's next transaction, and waits until that is on disk. A job that
    /// fails leaves nothing behind.
    ///
    /// # Errors
    /// What the job says, or why the transaction failed.
    pub fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.begin_write(job)?.recv().map_err(|_| StoreError::Closed)?
    }

    /// As [`Store::write`], without waiting: the answer comes later.
    ///
    /// # Errors
    /// [`StoreError::Closed`]; what the job says comes with the answer.
    pub fn begin_write<T, F>(&self, job: F) -> Result<Receiver<Result<T, StoreError>>, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = std::sync::mpsc::sync_channel(1);
        // Whoever asked may have gone; what they asked for is done all the same.
        self.writer.submit(job, move |done| drop(answer.send(done)))?;
        Ok(answered)
    }

    /// As [`Store::write`], from asynchronous code.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_async<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.writer.submit(job, move |done| drop(answer.send(done)))?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// As [`Store::write_async`], of a job that may be run again after what it wrote was undone:
    /// such jobs need no savepoint, and the writer gets through many more of them.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_repeatable<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.writer.submit_repeatable(job, move |done| drop(answer.send(done)))?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// How many requests ever came to the writer, by [`Store::write_repeatable`].
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.writer.requests()
    }

    /// Reads from a state that nothing changes meanwhile.
    ///
    /// # Errors
    /// What the closure says, or that the database cannot be opened.
    pub fn read<T>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.readers.read(job)
    }
}

/// `FULL`: a confirmed entry survives a power cut. Temporary tables stay in memory.
///
/// The cache holds what the writer changes again and again, so that nothing is written to the log
/// before its transaction ends; and the log grows to 32 MiB before it is written back, since a page
/// that changed a hundred times is then written back once.
fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    plan_once(connection)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -65536;
         PRAGMA wal_autocheckpoint = 8192;",
    )?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// A statement keeps its plan whatever values it is given. Without this, SQLite looks at the values
/// and plans some statements anew each time: a quarter of the writer's time, measured.
fn plan_once(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}
