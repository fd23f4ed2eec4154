//! Damaged files: set aside and rescued, or refused and left as they are; never replaced by an
//! empty one.

use std::collections::BTreeSet;
use std::path::Path;

use soban_core::phone::Phone;
use soban_core::store::OpenError;
use soban_tests::office::Office;
use soban_tests::phones::{Dice, NOW, meeting, open_phone, record, small_pack};

use super::{copy, ids};

const PAGE: usize = 4_096;

/// A closed phone with a few records; their ids.
fn closed_phone(home: &Path) -> BTreeSet<String> {
    let mut phone = Office::new(&small_pack()).phone(home);
    for n in 0..25 {
        let place = format!("bản {n}");
        phone.save(&meeting(&place, 6), NOW).unwrap();
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

/// Every page of a sound file with some of its bytes turned over, opened.
fn spoil_each_page(from: usize, length: usize, mut look: impl FnMut(Found, &BTreeSet<String>)) {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let all = closed_phone(&home);
    let sound = std::fs::read(home.join("phone.db")).unwrap();
    for page in 0..sound.len() / PAGE {
        let case = dir.path().join(format!("page-{page}"));
        copy(&home, &case, &["marker"]);
        let mut bytes = sound.clone();
        let start = page * PAGE + from;
        bytes[start..start + length].iter_mut().for_each(|byte| *byte = !*byte);
        std::fs::write(case.join("phone.db"), bytes).unwrap();
        look(open_damaged(&case, &format!("page {page}")), &all);
        std::fs::remove_dir_all(case).unwrap();
    }
}

#[test]
fn a_file_with_a_spoilt_page_is_rescued_or_refused_and_never_recreated_empty() {
    let (mut pages, mut most) = (0, 0);
    spoil_each_page(0, 16, |found, all| {
        pages += 1;
        match found {
            Found::Refused => {}
            Found::NothingSeen(here) => assert_eq!(&here, all, "records are missing in silence"),
            Found::SetAside(here) => {
                assert!(here.is_subset(all));
                most += usize::from(here.len() * 2 > all.len());
            }
        }
    });
    // Most damage is local, and so is the loss.
    assert!(most * 2 > pages, "{most} of {pages}");
}

#[test]
fn a_few_spoilt_bytes_inside_a_page_keep_no_other_record_out_of_the_list() {
    spoil_each_page(PAGE / 2, 8, |found, all| match found {
        Found::Refused | Found::SetAside(_) => {}
        // SQLite has no checksums: it cannot see what is wrong within a value.
        Found::NothingSeen(here) => {
            let lost = all.difference(&here).count();
            assert!(lost * 2 < all.len(), "{lost} of {}", all.len());
        }
    });
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
