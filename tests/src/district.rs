//! A district server in this process, on a folder and a port of its own, and phones that reach it.

use std::path::Path;
use std::sync::Arc;

use soban_core::base::OrgUnitId;
use soban_core::form::{Input, Pack};
use soban_core::phone::{NewRecord, Phone, Typed};
use soban_server::clock;
use soban_server::enrol::give_code;
use soban_server::http::{App, Options, Running, start};
use soban_server::link::Link;
use soban_server::pack::{embedded, read_org, read_pack};
use soban_server::random::Platform;
use tokio::runtime::Runtime;

/// The cell that tests write for: thôn Pạc Bo's.
pub const CELL: OrgUnitId = OrgUnitId(2035);
/// Its village.
pub const VILLAGE: i64 = 1034;

/// A running district.
#[derive(Debug)]
pub struct District {
    runtime: Runtime,
    running: Option<Running>,
}

impl District {
    /// Makes the folder if it is empty, and starts a server on it.
    #[must_use]
    pub fn start(dir: &Path) -> Self {
        Self::start_with(dir, embedded_pack())
    }

    /// As [`District::start`], with a pack that is installed first, whatever was before.
    #[must_use]
    pub fn start_with(dir: &Path, pack: Pack) -> Self {
        let org = read_org(&embedded()).expect("the tree reads");
        soban_server::cli::initialise(dir, pack, org).expect("the folder is made");
        Self::open(dir)
    }

    /// Starts a server on a folder as it is.
    #[must_use]
    pub fn open(dir: &Path) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let address = "127.0.0.1:0".parse().expect("an address");
        let running = runtime.block_on(start(dir, address, Options::default()));
        Self { runtime, running: Some(running.expect("the server starts")) }
    }

    /// What its handlers share.
    #[must_use]
    pub fn app(&self) -> Arc<App> {
        Arc::clone(&self.running.as_ref().expect("it runs").app)
    }

    /// The way to it.
    #[must_use]
    pub fn link(&self) -> Link {
        let address = self.running.as_ref().expect("it runs").address;
        Link::new(&format!("http://{address}")).expect("an address")
    }

    /// Waits for something asynchronous.
    pub fn block_on<T>(&self, job: impl Future<Output = T>) -> T {
        self.runtime.block_on(job)
    }

    /// Waits until everything that arrived has been looked at.
    pub fn settle(&self) {
        self.app().projector.wait_until_idle();
    }

    /// A new phone of the cell, enrolled.
    #[must_use]
    pub fn phone(&self, dir: &Path, holder: &str) -> Phone {
        let mut phone = open_phone(dir);
        let app = self.app();
        let (code, _) = give_code(&app.store, CELL, holder, clock::now()).expect("a code");
        self.link().enrol(&mut phone, &code.printed()).expect("it enrols");
        phone
    }

    /// Stops it gracefully.
    pub fn stop(mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }
}

/// The pack that the server carries.
#[must_use]
pub fn embedded_pack() -> Pack {
    read_pack(&embedded()).expect("the pack reads")
}

/// The phone of a folder.
#[must_use]
pub fn open_phone(dir: &Path) -> Phone {
    Phone::open(dir, Box::new(Platform)).expect("the phone opens")
}

/// A gift of land, as typed.
#[must_use]
pub fn gift(donor: &str, area: &str) -> NewRecord {
    let text = |words: &str| Input::Text(words.to_owned());
    let fields = Typed::from([
        ("kind".to_owned(), text("land")),
        ("donor_kind".to_owned(), text("individual")),
        ("donor_name".to_owned(), text(donor)),
        ("village".to_owned(), Input::Int(VILLAGE)),
        ("area_m2".to_owned(), text(area)),
        ("occurred_on".to_owned(), text("12/4/2012")),
        ("stage".to_owned(), text("pledged")),
    ]);
    NewRecord { form: "contribution".to_owned(), fields, confirmed: true, ..NewRecord::default() }
}
