//! What every handler shares.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use soban_core::base::{ActorId, OrgUnitId};
use soban_core::form::Pack;
use tokio::sync::Semaphore;

use super::ServeError;
use crate::accept::{Desk, Reference};
use crate::access::{Callers, Throttle};
use crate::check;
use crate::clock::Clock;
use crate::decide::{self, DecideError, Order};
use crate::enrol;
use crate::keys::Keys;
use crate::project::Projector;
use crate::store::{Store, StoreError, device, org};

/// Tries a minute for a code or a password.
const TRIES: u32 = 10;
const MOST_HASHES: usize = 2;

/// How the program is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Behind a proxy that ends TLS and names the caller's address.
    pub behind_proxy: bool,
    /// On a stage where many phones share one address and the minute's limit would stop them:
    /// the demo alone.
    pub unlimited_tries: bool,
}

/// What every handler shares.
#[derive(Debug)]
pub struct App {
    /// The data folder.
    pub store: Store,
    /// The worker.
    pub projector: Projector,
    /// The district's secrets.
    pub keys: Keys,
    /// What answers to phones are made with.
    pub desk: Desk,
    /// Forms and words.
    pub pack: Arc<Pack>,
    /// The name under which the console writes until the program ends: another one each time, so
    /// that a folder put back from a copy never uses a name again.
    pub office: ActorId,
    /// How the program is reached.
    pub options: Options,
    /// Where the time comes from.
    pub clock: Clock,
    /// Devices by their tokens.
    pub callers: Callers,
    /// Tries with enrolment codes.
    pub enrol_tries: Throttle,
    /// Tries with passwords.
    pub login_tries: Throttle,
    /// Passwords compared at once: each takes a core and 19 MiB.
    hashing: Semaphore,
    /// Two programs that project one log would give one position twice.
    _lock: File,
    references: Mutex<BTreeMap<BTreeSet<OrgUnitId>, Arc<Reference>>>,
}

impl App {
    /// Opens a data folder and starts its worker.
    ///
    /// # Errors
    /// [`ServeError`] when the folder is not ready.
    pub fn open(dir: &Path, options: Options) -> Result<Arc<Self>, ServeError> {
        let store = Store::open(dir)?;
        let lock = lock(dir)?;
        // Until a phone is enrolled nobody knows this district by its keys.
        let keys = match store.read(device::count_devices)? {
            0 => Keys::open_or_create(dir)?,
            _ => Keys::open(dir)?,
        };
        let bytes = store.read(org::pack_bytes)?.ok_or(ServeError::NoPack)?;
        let pack = Pack::from_bytes(&bytes).map_err(|e| StoreError::Damaged(e.to_string()))?;
        let pack = Arc::new(pack);
        check::follow_pack(&store, &bytes)?;
        let office = store.write(decide::office)?;
        let projector = Projector::start(store.clone(), Arc::clone(&pack));
        let desk = Desk::new(store.clone(), projector.clone(), keys.mac_key());
        let tries = if options.unlimited_tries { u32::MAX } else { TRIES };
        Ok(Arc::new(Self {
            projector,
            store,
            desk,
            keys,
            pack,
            office,
            options,
            clock: Clock::default(),
            callers: Callers::default(),
            enrol_tries: Throttle::new(tries),
            login_tries: Throttle::new(TRIES),
            hashing: Semaphore::new(MOST_HASHES),
            _lock: lock,
            references: Mutex::default(),
        }))
    }

    /// Runs what is slow on purpose, such as comparing passwords, away from the threads that serve
    /// others; nothing if it panicked.
    pub(crate) async fn slowly<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let slot = self.hashing.acquire().await.ok()?;
        let done = tokio::task::spawn_blocking(job).await.ok();
        drop(slot);
        done
    }

    /// Makes the decisions of an order, and waits until they are in the books and on the pages.
    ///
    /// # Errors
    /// [`StoreError`]; a refusal is an answer.
    pub async fn decide(&self, order: Order) -> Result<Result<(), DecideError>, StoreError> {
        let (office, now) = (self.office, self.clock.now());
        let (first, again) = (order.clone(), order);
        let mut answer =
            self.store.write_async(move |db| decide::decide(db, office, &first, now)).await?;
        if matches!(answer, Err(DecideError::Busy)) {
            self.settle().await;
            answer =
                self.store.write_async(move |db| decide::decide(db, office, &again, now)).await?;
        }
        self.settle().await;
        Ok(answer)
    }

    /// Waits until what has arrived is in the books and on the pages.
    pub(crate) async fn settle(&self) {
        let projector = self.projector.clone();
        drop(tokio::task::spawn_blocking(move || projector.wait_until_idle()).await);
    }

    /// What phones that write for these units are to hold besides their books; made once for each
    /// change.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn reference_for(&self, units: BTreeSet<OrgUnitId>) -> Result<Arc<Reference>, StoreError> {
        // Held while it is made, so that what is made from before a change is forgotten after it.
        let mut references = self.references.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reference) = references.get(&units) {
            return Ok(Arc::clone(reference));
        }
        let made = Arc::new(self.store.read(|db| enrol::reference_for(db, &units))?);
        references.insert(units, Arc::clone(&made));
        Ok(made)
    }

    /// Says that somebody who writes for some unit has come or changed.
    pub fn forget_references(&self) {
        self.references.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Drop for App {
    /// The worker ends with the server that it works for, however that ends.
    fn drop(&mut self) {
        self.projector.stop();
    }
}

fn lock(dir: &Path) -> Result<File, ServeError> {
    let path = dir.join("lock");
    let failed = |error| StoreError::Folder(dir.to_owned(), error);
    let file = File::options().create(true).append(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ServeError::InUse(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error).into()),
    }
}
