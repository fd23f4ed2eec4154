//! One phone of the world: its folder, its clock, its copies, and what is under way to and from it.

use std::path::{Path, PathBuf};

use soban_core::base::{DeviceId, Instant};
use soban_core::phone::Phone;
use soban_server::store::Db;

use super::files::{copy_files, remove_files};
use super::rng::Rng;

const FILES: [&str; 3] = ["phone.db", "phone.db-wal", "marker"];

/// One phone of the world.
#[derive(Debug)]
pub(super) struct Site {
    /// Its folder.
    pub(super) dir: PathBuf,
    /// Its device.
    pub(super) device: DeviceId,
    /// Its clock.
    pub(super) now: Instant,
    /// Copies of its file, the oldest first.
    pub(super) copies: Vec<PathBuf>,
    /// Requests that the network may bring once more.
    pub(super) requests: Vec<Vec<u8>>,
    /// Answers that have not arrived, or may arrive once more.
    pub(super) answers: Vec<Vec<u8>>,
    phone: Option<Phone>,
}

impl Site {
    /// Opens the phone of a folder.
    pub(super) fn open(dir: PathBuf, now: Instant, rng: &mut Rng) -> Self {
        let phone = open(&dir, rng);
        let device = phone.identity().expect("it is enrolled").device();
        let (copies, requests, answers) = (Vec::new(), Vec::new(), Vec::new());
        Self { dir, device, now, copies, requests, answers, phone: Some(phone) }
    }

    /// The phone.
    pub(super) fn phone(&mut self) -> &mut Phone {
        self.phone.as_mut().expect("it is open")
    }

    /// Keeps a copy of the file as it is now.
    pub(super) fn copy(&mut self) {
        let to = self.dir.join(format!("copy-{}", self.copies.len()));
        copy_files(&self.dir, &to, &FILES);
        self.copies.push(to);
    }

    /// Closes and opens it, or kills it: then nothing was closed.
    pub(super) fn reopen(&mut self, kill: bool, rng: &mut Rng) {
        if kill {
            let now = self.dir.join("killed");
            copy_files(&self.dir, &now, &FILES);
            self.put_back(&now, true, rng);
        } else {
            self.phone = None;
            self.phone = Some(open(&self.dir, rng));
        }
    }

    /// Puts a copy in the file's place; the marker is in no backup, but in an image of the disk.
    pub(super) fn put_back(&mut self, copy: &Path, with_marker: bool, rng: &mut Rng) {
        self.phone = None;
        remove_files(&self.dir, &FILES);
        let names = if with_marker { &FILES[..] } else { &FILES[..2] };
        copy_files(copy, &self.dir, names);
        self.phone = Some(open(&self.dir, rng));
    }

    /// The bytes of every entry that the phone keeps.
    pub(super) fn entries(&self) -> Vec<Vec<u8>> {
        let aside = self.dir.join("read");
        copy_files(&self.dir, &aside, &FILES[..2]);
        let db = Db::open(aside.join("phone.db")).expect("the copy opens");
        let mut list = db.prepare("SELECT entry FROM entry").expect("it reads");
        let rows = list.query_map([], |row| row.get(0)).expect("it reads");
        rows.collect::<Result<_, _>>().expect("it reads")
    }
}

fn open(dir: &Path, rng: &mut Rng) -> Phone {
    Phone::open(dir, Box::new(rng.branch())).expect("the phone opens")
}
