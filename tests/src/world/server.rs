//! The district's side without its doors: what arrives is given to it as bytes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use soban_core::base::{ActorId, DeviceId, Instant};
use soban_core::form::Pack;
use soban_server::accept::{Caller, Desk, Grant, Reference, SyncError};
use soban_server::decide::{self, DecideError, Order};
use soban_server::enrol::reference_for;
use soban_server::keys::Keys;
use soban_server::project::Projector;
use soban_server::store::{Store, log, meta};
use tokio::runtime::Runtime;

use super::files::{copy_files, remove_files};
use super::rng::Rng;
use crate::phones::CELL;

const FILES: [&str; 2] = ["soban.db", "soban.db-wal"];

/// A district on a folder.
#[derive(Debug)]
pub(super) struct Server {
    dir: PathBuf,
    pack: Arc<Pack>,
    runtime: Runtime,
    running: Option<Running>,
    /// Copies of its database, the oldest first.
    pub(super) copies: Vec<PathBuf>,
}

/// What lives from one start to the next.
#[derive(Debug)]
struct Running {
    store: Store,
    desk: Desk,
    reference: Arc<Reference>,
    office: ActorId,
}

impl Server {
    /// Starts on a folder.
    pub(super) fn start(dir: PathBuf, pack: Arc<Pack>, rng: &mut Rng) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let mut server = Self { dir, pack, runtime, running: None, copies: Vec::new() };
        server.open(rng);
        server
    }

    fn open(&mut self, rng: &mut Rng) {
        let store = Store::open(&self.dir).expect("the folder opens");
        let idle = projected(&store, &self.pack);
        let keys = Keys::open(&self.dir).expect("the keys are there");
        // As the server's own, but for the throws.
        let device = store.write(decide::office).expect("a name").device();
        let [a, b, c, ..] = rng.throw().to_be_bytes();
        let office = ActorId::new(device, [a, b, c]);
        let reference = store.read(|db| reference_for(db, &[CELL].into())).expect("it reads");
        let desk = Desk::new(store.clone(), idle, keys.mac_key());
        self.running = Some(Running { store, desk, reference: Arc::new(reference), office });
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("it runs")
    }

    /// Its data folder, open.
    pub(super) fn store(&self) -> &Store {
        &self.running().store
    }

    /// Its forms.
    pub(super) fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Answers a device's request; what is new in it is not looked at yet.
    ///
    /// # Errors
    /// [`SyncError`].
    pub(super) fn answer(
        &self,
        device: DeviceId,
        body: &[u8],
        now: Instant,
    ) -> Result<Vec<u8>, SyncError> {
        let Running { desk, reference, .. } = self.running();
        let grant = Grant { org_unit: CELL, valid_from: Instant(0), valid_to: None };
        let grants = vec![grant];
        let caller = Caller { device, revoked: false, pending: false, grants, as_of: None };
        self.runtime.block_on(desk.sync(Arc::clone(reference), caller, body, now))
    }

    /// Looks at all that has arrived.
    pub(super) fn project(&self) {
        drop(projected(self.store(), &self.pack));
    }

    /// Decides as the console does.
    ///
    /// # Errors
    /// [`DecideError`].
    pub(super) fn decide(&self, order: Order, now: Instant) -> Result<(), DecideError> {
        let office = self.running().office;
        self.project();
        let decided = self.store().write(move |db| decide::decide(db, office, &order, now));
        decided.expect("the database works")
    }

    /// Lets in what waits for staff; how many entries that were.
    pub(super) fn let_in_sealed(&self, devices: &[DeviceId]) -> usize {
        let devices = devices.to_vec();
        let job = move |db: &_| devices.iter().map(|device| log::unseal(db, *device)).sum();
        self.store().write(job).expect("the database works")
    }

    /// Keeps a copy of the database as it is now.
    pub(super) fn copy(&mut self) {
        let to = self.dir.join(format!("copy-{}", self.copies.len()));
        copy_files(&self.dir, &to, &FILES);
        self.copies.push(to);
    }

    /// Stops and starts again: gracefully, or as after a power cut.
    pub(super) fn restart(&mut self, cut: bool, rng: &mut Rng) {
        if cut {
            let now = self.dir.join("cut");
            copy_files(&self.dir, &now, &FILES);
            self.put_back(&now, rng);
        } else {
            self.running = None;
            self.open(rng);
        }
    }

    /// Puts a copy in the database's place; with `new_epoch` as `soban restore` would, without as
    /// somebody who only copies files.
    pub(super) fn restore(&mut self, copy: &Path, new_epoch: bool, rng: &mut Rng) {
        self.put_back(copy, rng);
        if new_epoch {
            let raise = |db: &_| meta::put(db, "epoch", &(meta::epoch(db)? + 1).to_be_bytes());
            self.store().write(raise).expect("the database works");
        }
    }

    fn put_back(&mut self, copy: &Path, rng: &mut Rng) {
        self.running = None;
        remove_files(&self.dir, &["soban.db", "soban.db-wal", "soban.db-shm"]);
        copy_files(copy, &self.dir, &FILES);
        self.open(rng);
    }
}

/// A worker that has looked at everything and has stopped.
fn projected(store: &Store, pack: &Arc<Pack>) -> Projector {
    let projector = Projector::start(store.clone(), Arc::clone(pack));
    projector.wait_until_idle();
    projector.stop();
    projector
}
