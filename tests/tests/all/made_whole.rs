//! A district that was put back from an older copy is made whole by its phones, each of which needs
//! at most two requests for it, whether or not somebody raised the epoch.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use soban_core::base::{BookId, Period, RecordId};
use soban_core::book::Ruling;
use soban_core::form::Input;
use soban_core::phone::{Phone, RecordPatch};
use soban_core::record::Fields;
use soban_core::store::ListQuery;
use soban_server::check::check;
use soban_server::decide::{Order, Verdict, state_of};
use soban_server::store::{Store, log, meta};
use soban_server::{clock, random::Platform};
use soban_tests::district::{CELL, District, gift};

/// What becomes of the epoch of a folder that was put back.
#[derive(Clone, Copy, PartialEq)]
enum Epoch {
    Kept,
    Raised,
}

/// A district with three phones of a cell, the third of which has not been heard of since the copy.
struct Cell {
    folder: PathBuf,
    running: Option<District>,
    one: Phone,
    two: Phone,
    early: Phone,
    copy: Vec<u8>,
}

type Entries = BTreeSet<Vec<u8>>;

impl Cell {
    /// Writes some, keeps a copy, and writes more: gifts, a disagreement, and a decision.
    fn start(dir: &Path) -> Self {
        let folder = dir.join("district");
        let district = District::start(&folder);
        let [one, two, early] = ["bí thư", "phó bí thư", "trưởng thôn"]
            .map(|holder| district.phone(&dir.join(holder), holder));
        let running = Some(district);
        let mut cell = Self { folder, running, one, two, early, copy: Vec::new() };
        let first = save(&mut cell.one, "ông Lục Thượng Cường");
        for n in 0..9 {
            save(&mut cell.one, &format!("ông Ly Phát {n}"));
            save(&mut cell.two, &format!("bà Tráng Lền {n}"));
        }
        cell.sync_all();
        requests(cell.running.as_ref().unwrap(), &mut cell.early);
        let mut copy = Vec::new();
        cell.restart(|folder| copy = std::fs::read(folder.join("soban.db")).unwrap());
        cell.copy = copy;
        for (phone, area) in [(&mut cell.one, "500"), (&mut cell.two, "700")] {
            let mut patch = RecordPatch { confirmed: true, ..RecordPatch::new(first) };
            patch.fields.insert("area_m2".to_owned(), Input::Text(area.to_owned()));
            phone.edit(&patch, clock::now()).unwrap();
        }
        for n in 0..11 {
            save(&mut cell.one, &format!("ông Sùng Seo {n}"));
            save(&mut cell.two, &format!("bà Giàng Thị {n}"));
        }
        cell.sync_all();
        cell.ask(first);
        cell.sync_all();
        cell
    }

    fn sync_all(&mut self) {
        for _ in 0..2 {
            self.requests();
        }
    }

    fn ask(&self, record: RecordId) {
        let (app, records) = (self.district().app(), vec![record]);
        let state = app.store.read(|db| state_of(db, &records)).unwrap();
        let verdict = Verdict::One(Ruling::Ask, Fields::new());
        let (reason, person) = (String::new(), "Nguyễn Thị Hoa".to_owned());
        let order = Order { records, state, verdict, reason, needs_reason: false, person };
        self.district().block_on(app.decide(order)).unwrap().unwrap();
        self.district().settle();
    }

    fn district(&self) -> &District {
        self.running.as_ref().unwrap()
    }

    /// Stops the district, does something to its folder, and starts it again.
    fn restart(&mut self, meanwhile: impl FnOnce(&Path)) {
        self.running.take().unwrap().stop();
        meanwhile(&self.folder);
        self.running = Some(District::start(&self.folder));
    }

    fn put_back(&mut self, epoch: Epoch) {
        let copy = self.copy.clone();
        self.restart(|folder| {
            for suffix in ["-wal", "-shm"] {
                drop(std::fs::remove_file(folder.join(format!("soban.db{suffix}"))));
            }
            std::fs::write(folder.join("soban.db"), copy).unwrap();
            if epoch == Epoch::Raised {
                let store = Store::open(folder).unwrap();
                let raise = |db: &_| meta::put(db, "epoch", &(meta::epoch(db)? + 1).to_be_bytes());
                store.write(raise).unwrap();
            }
        });
    }

    /// How many requests everybody's sync takes, one after another.
    fn requests(&mut self) -> [u64; 2] {
        let district = self.running.as_ref().unwrap();
        [&mut self.one, &mut self.two].map(|phone| requests(district, phone))
    }

    /// What the district holds of the year's book, all of it let in.
    fn entries(&self) -> Entries {
        let book = BookId::new(CELL, Period::Year(2012));
        let store = &self.district().app().store;
        let released = store.read(|db| log::list_released(db, book)).unwrap();
        let entries: Entries = released.into_iter().map(|entry| entry.bytes).collect();
        let all: u64 = store.read(log::count_by_state).unwrap().iter().sum();
        assert_eq!(u64::try_from(entries.len()), Ok(all), "nothing waits or is kept apart");
        entries
    }

    /// What everybody holds is one, and nothing is wrong with it.
    fn agree(&mut self) {
        let findings = check(&self.district().app().store, false).unwrap().findings;
        assert!(findings.is_empty(), "{findings:?}");
        let district = self.running.as_ref().unwrap();
        for phone in [&mut self.one, &mut self.two, &mut self.early] {
            assert!(requests(district, phone) <= 2);
            let status = phone.status().unwrap();
            assert_eq!((status.unsent, status.refused, status.contested), (0, 0, 1));
        }
        assert_eq!(records(&self.one), records(&self.two));
        assert_eq!(records(&self.one), records(&self.early));
    }
}

fn save(phone: &mut Phone, donor: &str) -> RecordId {
    phone.save(&gift(donor, "600"), clock::now()).unwrap().record
}

fn records(phone: &Phone) -> BTreeSet<String> {
    let all = ListQuery { limit: 1_000, ..ListQuery::default() };
    phone.list(&all).unwrap().into_iter().map(|item| item.id).collect()
}

/// How many requests a sync takes.
fn requests(district: &District, phone: &mut Phone) -> u64 {
    let link = district.link();
    link.sync(phone, None).unwrap();
    district.settle();
    link.traffic().counts().requests
}

#[test]
fn a_district_put_back_is_made_whole_by_two_requests_of_each_phone() {
    for epoch in [Epoch::Kept, Epoch::Raised] {
        let dir = tempfile::tempdir().unwrap();
        let mut cell = Cell::start(dir.path());
        let before = cell.entries();
        cell.put_back(epoch);
        assert!(cell.entries().len() + 20 < before.len());
        let took = cell.requests();
        assert!(took.iter().all(|took| *took <= 2), "{took:?}");
        assert_eq!(cell.entries(), before);
        cell.agree();
        cell.running.take().unwrap().stop();
    }
}

#[test]
fn one_phone_gives_back_what_the_lost_one_wrote_and_staff_decided() {
    for epoch in [Epoch::Kept, Epoch::Raised] {
        let dir = tempfile::tempdir().unwrap();
        let mut cell = Cell::start(dir.path());
        let before = cell.entries();
        cell.put_back(epoch);
        let took = requests(cell.running.as_ref().unwrap(), &mut cell.two);
        assert!(took <= 2, "{took}");
        assert_eq!(cell.entries(), before);
        cell.agree();
        cell.running.take().unwrap().stop();
    }
}

#[test]
fn what_was_written_since_to_a_district_put_back_stays_beside_what_is_given_back() {
    for epoch in [Epoch::Kept, Epoch::Raised] {
        let dir = tempfile::tempdir().unwrap();
        let mut cell = Cell::start(dir.path());
        let before = cell.entries();
        cell.put_back(epoch);
        for n in 0..30 {
            save(&mut cell.early, &format!("ông Thào Mìn {n}"));
        }
        let took = requests(cell.running.as_ref().unwrap(), &mut cell.early);
        assert!(took <= 2, "{took}");
        let since = cell.entries();
        let took = cell.requests();
        assert!(took.iter().all(|took| *took <= 2), "{took:?}");
        assert_eq!(cell.entries(), before.union(&since).cloned().collect());
        cell.agree();
        cell.running.take().unwrap().stop();
    }
}

/// A phone after a day without a sync: longer than any district needs to give a place.
fn a_day_later(phone: Phone, dir: &Path) -> Phone {
    drop(phone);
    let day_ago = clock::now().0 - 24 * 3_600_000;
    let file = Connection::open(dir.join("phone.db")).unwrap();
    let set = "UPDATE meta SET value = ?1 WHERE key = 'synced_at'";
    assert_eq!(file.execute(set, [day_ago.to_be_bytes().as_slice()]).unwrap(), 1);
    drop(file);
    Phone::open(dir, Box::new(Platform)).unwrap()
}

#[test]
fn what_was_only_just_confirmed_before_the_copy_was_put_back_goes_again_in_the_second_request() {
    for epoch in [Epoch::Kept, Epoch::Raised] {
        let dir = tempfile::tempdir().unwrap();
        let mut cell = Cell::start(dir.path());
        // The copy holds all that the phones have been told; what follows they know to be confirmed,
        // and not its place.
        cell.restart(|_| {});
        let copy = std::fs::read(cell.folder.join("soban.db")).unwrap();
        for n in 0..3 {
            save(&mut cell.one, &format!("ông Sùng Seo Chín {n}"));
        }
        assert_eq!(requests(cell.running.as_ref().unwrap(), &mut cell.one), 1);
        let before = cell.entries();
        cell.copy = copy;
        cell.put_back(epoch);
        assert_eq!(cell.entries().len() + 3, before.len());
        cell.one = a_day_later(cell.one, &dir.path().join("bí thư"));
        let took = requests(cell.running.as_ref().unwrap(), &mut cell.one);
        assert!(took <= 2, "{took}");
        assert_eq!(cell.entries(), before);
        cell.requests();
        cell.agree();
        cell.running.take().unwrap().stop();
    }
}
