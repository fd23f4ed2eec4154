//! Damaged files: set aside and rescued, or refused and left as they are; never replaced by an
//! empty one.

use std::collections::BTreeSet;
use std::path::Path;

use soban_core::phone::Phone;
use soban_core::store::OpenError;
use soban_tests::office::Office;
use soban_tests::phones::{Dice, NOW, meeting, open_phone, record, small_pack};

use super::pages::{self, PAGE, Rows};
use super::{copy, ids};

/// A closed phone with a few records; their ids.
fn closed_phone(home: &Path) -> BTreeSet<String> {
    let mut phone = Office::new(&small_pack()).phone(home);
    for n in 0..25 {
        let place = format!("bản {n}");
        // One of them is larger than a page.
        phone.save(&meeting(&place, if n == 12 { 150 } else { 6 }), NOW).unwrap();
        let fields = [("given_on", "12/4/2012"), ("donor", "bà Tráng Lền Dín")];
        phone.save(&record("gift", fields), NOW).unwrap();
    }
    phone.save_draft(None, "meeting", "một nửa", NOW).unwrap();
    ids(&phone).into_iter().collect()
}

/// What a phone with a damaged file comes to.
enum Found {
    Refused,
    SetAside(BTreeSet<String>),
    NothingSeen(BTreeSet<String>),
}

/// Opens a damaged file: refused, it is as it was; set aside, it is as it was and the phone goes
/// on beside it.
fn open_damaged(dir: &Path, what: &str) -> Found {
    let file = dir.join("phone.db");
    let damaged = std::fs::read(&file).unwrap();
    let opened = Phone::open(dir, Box::new(Dice::fresh()));
    let Ok(mut phone) = opened else {
        assert!(std::fs::read(&file).unwrap() == damaged, "{what}: refused and touched");
        return Found::Refused;
    };
    let here = ids(&phone).into_iter().collect();
    let Some(aside) = phone.status().unwrap().set_aside else { return Found::NothingSeen(here) };
    assert!(std::fs::read(aside).unwrap() == damaged, "{what}: set aside and touched");
    if phone.identity().is_some() && !phone.pack().forms.is_empty() {
        phone.save(&meeting("sau", 1), NOW).unwrap();
    }
    Found::SetAside(here)
}

/// A sound file, and what is in it.
struct Sound {
    dir: tempfile::TempDir,
    bytes: Vec<u8>,
    records: BTreeSet<String>,
    entries: Rows,
    /// Where the phone's papers are.
    papers: usize,
}

impl Sound {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let records = closed_phone(&home);
        let bytes = std::fs::read(home.join("phone.db")).unwrap();
        let papers = pages::root_of(&home.join("phone.db"), "meta");
        let entries = pages::root_of(&home.join("phone.db"), "entry");
        let entries = pages::rows_of(&bytes, entries);
        assert_eq!(entries.starts.len(), records.len());
        Self { dir, bytes, records, entries, papers }
    }

    fn pages(&self) -> std::ops::Range<usize> {
        0..self.bytes.len() / PAGE
    }

    /// What opening it comes to, once its bytes have been spoilt.
    fn open_spoilt(&self, what: &str, spoil: impl FnOnce(&mut [u8])) -> Found {
        let case = self.dir.path().join("case");
        copy(&self.dir.path().join("home"), &case, &["marker"]);
        let mut bytes = self.bytes.clone();
        spoil(&mut bytes);
        std::fs::write(case.join("phone.db"), bytes).unwrap();
        let found = open_damaged(&case, what);
        std::fs::remove_dir_all(case).unwrap();
        found
    }

    /// With a few bytes of these pages turned over.
    fn open_with_spoilt_pages(&self, pages: &[usize], from: usize, length: usize) -> Found {
        self.open_spoilt(&format!("pages {pages:?}"), |bytes| {
            for page in pages {
                let start = page * PAGE + from;
                bytes[start..start + length].iter_mut().for_each(|byte| *byte = !*byte);
            }
        })
    }

    /// As many records are there as there were but for those of these pages: what stood on a lost
    /// one is written anew, under another name.
    fn assert_only_lost(&self, spoilt: &[usize], here: &BTreeSet<String>) {
        let lost: usize = spoilt.iter().filter_map(|page| self.entries.on.get(page)).sum();
        assert!(here.len() <= self.records.len());
        assert!(here.len() + lost >= self.records.len(), "{spoilt:?}: {} left", here.len());
    }
}

#[test]
fn a_spoilt_page_costs_the_rows_that_stood_on_it_and_no_others() {
    let sound = Sound::new();
    for page in sound.pages() {
        match sound.open_with_spoilt_pages(&[page], 0, 16) {
            // Without it nobody knows which tables there are.
            Found::Refused => assert_eq!(page, 0),
            Found::NothingSeen(here) => {
                assert_eq!(here, sound.records, "records are missing in silence");
            }
            Found::SetAside(here) => sound.assert_only_lost(&[page], &here),
        }
    }
}

#[test]
fn what_lies_between_spoilt_pages_is_carried_over() {
    let sound = Sound::new();
    let leaf = |(page, rows): (&usize, &usize)| (*rows < sound.records.len()).then_some(*page);
    let leaves: Vec<usize> = sound.entries.on.iter().filter_map(leaf).collect();
    assert!(leaves.len() > 5, "{leaves:?}");
    for apart in 2..leaves.len() {
        let spoilt: Vec<usize> = leaves.iter().copied().step_by(apart).collect();
        let Found::SetAside(here) = sound.open_with_spoilt_pages(&spoilt, 0, 16) else {
            panic!("{spoilt:?}: nothing was seen")
        };
        sound.assert_only_lost(&spoilt, &here);
    }
    // The phone's papers and an entry that others stand on.
    let spoilt = [sound.papers, leaves[1]];
    let Found::SetAside(here) = sound.open_with_spoilt_pages(&spoilt, 0, 16) else {
        panic!("nothing was seen")
    };
    assert!(here.is_subset(&sound.records));
}

#[test]
fn a_row_that_damage_has_turned_against_its_table_keeps_no_other_row_out() {
    let sound = Sound::new();
    // The length of the row's head, and the kinds of its number, book and generation: one bit makes
    // a text of the last.
    for start in sound.entries.starts.iter().step_by(7) {
        assert_eq!(sound.bytes[start + 1..start + 4], [0, 3, 9]);
        let found = sound.open_spoilt("a row", |bytes| bytes[start + 3] ^= 0x04);
        let Found::SetAside(here) = found else { panic!("nothing was seen") };
        assert_eq!(here.len() + 1, sound.records.len());
    }
}

#[test]
fn a_few_spoilt_bytes_inside_a_page_keep_no_other_record_out_of_the_list() {
    let sound = Sound::new();
    for page in sound.pages() {
        match sound.open_with_spoilt_pages(&[page], PAGE / 2, 8) {
            Found::Refused => assert_eq!(page, 0),
            Found::SetAside(here) => sound.assert_only_lost(&[page], &here),
            // SQLite has no checksums: it cannot see what is wrong within a value.
            Found::NothingSeen(here) => {
                let lost = sound.records.difference(&here).count();
                assert!(lost * 2 < sound.records.len(), "page {page}: {lost} lost");
            }
        }
    }
}

#[test]
fn a_file_cut_short_anywhere_is_rescued_or_refused_and_never_recreated_empty() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let all = closed_phone(&home);
    let sound = std::fs::read(home.join("phone.db")).unwrap();
    for length in (0..sound.len()).step_by(sound.len() / 40 + 7) {
        let case = dir.path().join(format!("cut-{length}"));
        copy(&home, &case, &["marker"]);
        std::fs::write(case.join("phone.db"), &sound[..length]).unwrap();
        match open_damaged(&case, &format!("cut at {length}")) {
            Found::Refused => {}
            Found::SetAside(here) => assert!(here.is_subset(&all)),
            Found::NothingSeen(here) => assert_eq!(here, all, "cut at {length}"),
        }
        std::fs::remove_dir_all(case).unwrap();
    }
}

#[test]
fn what_is_no_database_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    for garbage in [vec![7; 10_000], b"SQLite format 3\0 and nothing more".to_vec()] {
        let file = dir.path().join("phone.db");
        std::fs::write(&file, &garbage).unwrap();
        let opened = Phone::open(dir.path(), Box::new(Dice::fresh()));
        assert!(matches!(opened, Err(OpenError::Unreadable(_))), "{opened:?}");
        assert!(std::fs::read(&file).unwrap() == garbage);
        let files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
        assert_eq!(files.len(), 1, "{files:?}");
    }
    let folder = dir.path().join("folder");
    std::fs::create_dir_all(folder.join("phone.db")).unwrap();
    let opened = Phone::open(&folder, Box::new(Dice::fresh()));
    assert!(matches!(opened, Err(OpenError::Folder(..))), "{opened:?}");
}

#[test]
fn a_rescued_phone_goes_on_and_syncs_what_was_carried_over() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(&home);
    for n in 0..40 {
        phone.save(&meeting(&format!("bản {n}"), 6), NOW).unwrap();
    }
    let all: BTreeSet<String> = ids(&phone).into_iter().collect();
    office.sync(&mut phone);
    drop(phone);
    let file = home.join("phone.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let end = bytes.len() - 6 * PAGE;
    bytes[end..end + 64].fill(0xff);
    std::fs::write(&file, &bytes).unwrap();
    let mut phone = open_phone(&home);
    let aside = phone.status().unwrap().set_aside.unwrap();
    assert!(std::fs::read(aside).unwrap() == bytes);
    phone.save(&meeting("sau", 1), NOW).unwrap();
    for _ in 0..3 {
        office.sync(&mut phone);
    }
    // What the phone lost, the district gives back.
    let here: BTreeSet<String> = ids(&phone).into_iter().collect();
    assert!(all.is_subset(&here), "{} of {}", here.len(), all.len());
}
