//! `soban demo`: a district filled the honest way, by real phones over HTTP, and a console to see
//! it. What the phones write is planned from a fixed seed, so every filling is the same one.

mod broken;
mod content;
mod dice;
mod fill;
mod phone;
mod plan;
mod summary;

pub use plan::{CellPlan, PhonePlan, Size, Step, plan};
pub use summary::Summary;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::access::{Role, hash_password, random_password};
use crate::clock;
use crate::http::{Options, Running, ServeError, start};
use crate::keys::Keys;
use crate::pack::{PackProblems, embedded, read_org, read_pack};
use crate::store::staff::NewStaff;
use crate::store::{Store, StoreError, org, staff};

/// The login made anew for every start.
pub const LOGIN: &str = "demo";

/// Why the demo does not go on.
#[derive(Debug, Error)]
pub enum DemoError {
    /// An address that others can reach.
    #[error("{0} can be reached by others; the demo listens on loopback only")]
    NotLoopback(SocketAddr),
    /// The server does not start.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The data folder fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The built-in pack is broken.
    #[error(transparent)]
    Pack(#[from] PackProblems),
    /// The built-in content is broken.
    #[error("the demo's content does not read: {0}")]
    Content(#[from] toml::de::Error),
    /// A simulated phone fails.
    #[error("the phone {0} fails: {1}")]
    Phone(PathBuf, String),
    /// Anything else on the way.
    #[error("{0}")]
    Other(String),
}

/// A demo that runs.
#[derive(Debug)]
pub struct Demo {
    /// The server.
    pub running: Running,
    /// What filling it came to.
    pub summary: Summary,
    /// The password of [`LOGIN`], of this start alone.
    pub password: String,
}

/// Starts a server in this folder and fills it, unless it is full already.
///
/// # Errors
/// [`DemoError`]; what was filled by then stays, and the next start goes on from there.
pub async fn run(
    dir: &Path,
    size: Size,
    listen: SocketAddr,
    progress: &indicatif::ProgressBar,
) -> Result<Demo, DemoError> {
    if !listen.ip().is_loopback() {
        return Err(DemoError::NotLoopback(listen));
    }
    prepare(dir)?;
    // All phones of the demo share one address, as no phones in earnest do.
    let options = Options { unlimited_tries: true, ..Options::default() };
    let running = start(dir, listen, options).await?;
    let password = renew_login(&running.app.store)?;
    let known = running.app.store.read(summary::load)?;
    let summary = match known {
        Some(summary) => summary,
        None => {
            let (app, dir) = (Arc::clone(&running.app), dir.to_owned());
            let (address, progress) = (running.address, progress.clone());
            let filled = tokio::task::spawn_blocking(move || {
                fill::fill(&app, &dir, size, address, &progress)
            });
            filled.await.map_err(|error| DemoError::Other(error.to_string()))??
        }
    };
    Ok(Demo { running, summary, password })
}

/// The folder with pack and organisation tree; there is no harm in doing it twice.
fn prepare(dir: &Path) -> Result<(), DemoError> {
    let source = embedded();
    let (pack, tree) = (read_pack(&source)?, read_org(&source)?);
    let store = Store::create(dir)?;
    Keys::open_or_create(dir).map_err(ServeError::from)?;
    let loaded = store.read(org::pack_bytes)?;
    if loaded.is_some_and(|bytes| bytes == pack.to_bytes()) {
        return Ok(());
    }
    store.write(move |db| {
        org::load(db, &tree.kinds, &tree.units, &tree.coverage)?;
        org::put_pack(db, &pack.to_bytes())
    })?;
    Ok(())
}

/// A staff login for whoever started the demo: a new password each time.
fn renew_login(store: &Store) -> Result<String, DemoError> {
    let password = random_password();
    let hash = hash_password(&password).map_err(|error| DemoError::Other(error.to_string()))?;
    store.write(move |db| {
        if let Some(row) = staff::find(db, LOGIN)? {
            return staff::set_password(db, row.id, &hash, false);
        }
        let scope = org::root(db)?.ok_or_else(|| StoreError::Damaged("no top".to_owned()))?;
        let new = NewStaff {
            login: LOGIN.to_owned(),
            name: "Ban Tuyên giáo".to_owned(),
            password: hash,
            role: Role::Administrator.as_str().to_owned(),
            scope,
        };
        staff::add(db, &new, clock::now())?;
        let row = staff::find(db, LOGIN)?;
        row.map_or(Ok(()), |row| staff::set_password(db, row.id, &row.password, false))
    })?;
    Ok(password)
}
