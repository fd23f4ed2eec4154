//! A rescue that is killed between any two of its steps goes on when the phone is opened again, and
//! a file that is gone is missed: never is an empty phone made in its place.

use std::collections::BTreeSet;
use std::path::Path;

use soban_core::phone::Phone;
use soban_core::store::OpenError;
use soban_tests::office::Office;
use soban_tests::phones::{Dice, NOW, meeting, open_phone, record, small_pack};

use super::{copy, ids};

/// Everything that can lie in a phone's folder beside a rescue.
const FILES: [&str; 6] =
    ["phone.db", "phone.db-wal", "phone.rescue", "phone.rescued", "phone.damaged-1", "marker"];

/// A phone whose file is damaged, closed; and what it lists once it is rescued.
fn damaged_phone(home: &Path) -> BTreeSet<String> {
    let mut phone = Office::new(&small_pack()).phone(home);
    for n in 0..10 {
        phone.save(&meeting(&format!("bản {n}"), 2), NOW).unwrap();
    }
    let all = ids(&phone).into_iter().collect();
    drop(phone);
    // A byte of its list of free pages: every row can be read.
    let file = home.join("phone.db");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[39] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    all
}

fn rename(dir: &Path, from: &str, to: &str) {
    std::fs::rename(dir.join(from), dir.join(to)).unwrap();
}

fn open(dir: &Path) -> Result<Phone, OpenError> {
    Phone::open(dir, Box::new(Dice::fresh()))
}

#[test]
fn a_rescue_that_was_killed_after_any_of_its_steps_is_finished_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (home, done) = (dir.path().join("home"), dir.path().join("done"));
    let all = damaged_phone(&home);
    copy(&home, &done, &FILES);
    let phone = open_phone(&done);
    assert_eq!(ids(&phone).into_iter().collect::<BTreeSet<_>>(), all);
    drop(phone);
    // The folder as each step leaves it: copied, whole, the damaged file set aside.
    let copied = |name: &str| {
        let case = dir.path().join(name);
        copy(&home, &case, &FILES);
        std::fs::copy(done.join("phone.db"), case.join("phone.rescue")).unwrap();
        case
    };
    let half = copied("half");
    std::fs::write(half.join("phone.rescue"), b"half a file").unwrap();
    let whole = copied("whole");
    rename(&whole, "phone.rescue", "phone.rescued");
    let aside = copied("aside");
    rename(&aside, "phone.rescue", "phone.rescued");
    rename(&aside, "phone.db", "phone.damaged-1");
    // What the damaged file had beside it would be read into the rescued one.
    std::fs::write(aside.join("phone.db-wal"), b"the damaged file's").unwrap();
    for case in [half, whole, aside] {
        let mut phone = open_phone(&case);
        assert_eq!(ids(&phone).into_iter().collect::<BTreeSet<_>>(), all, "{case:?}");
        let aside = phone.status().unwrap().set_aside.unwrap();
        assert_eq!(aside, case.join("phone.damaged-1").display().to_string());
        phone.save(&meeting("sau", 1), NOW).unwrap();
        drop(phone);
        let mut files: Vec<_> = std::fs::read_dir(&case).unwrap().collect();
        files.retain(|file| {
            let name = file.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with("phone.rescue")
        });
        assert_eq!(files.len(), 0, "{files:?}");
        assert_eq!(ids(&open_phone(&case)).len(), all.len() + 1);
    }
}

#[test]
fn a_file_that_is_gone_is_missed_by_what_lies_beside_it_and_not_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    drop(Office::new(&small_pack()).phone(&home));
    for trace in ["marker", "phone.db-wal", "phone.rescue", "phone.damaged-1"] {
        let case = dir.path().join(trace);
        std::fs::create_dir(&case).unwrap();
        std::fs::copy(home.join("marker"), case.join(trace)).unwrap();
        for emptied in [false, true] {
            if emptied {
                std::fs::write(case.join("phone.db"), b"").unwrap();
            }
            let opened = open(&case);
            assert!(matches!(opened, Err(OpenError::Gone(_))), "{trace}: {opened:?}");
            assert_eq!(std::fs::metadata(case.join("phone.db")).is_ok(), emptied, "{trace}");
        }
    }
    // Put back, it opens; and a folder in which there was none gets one.
    let case = dir.path().join("marker");
    copy(&home, &case, &["phone.db"]);
    assert!(open(&case).unwrap().identity().is_some());
    assert!(open(&dir.path().join("new")).unwrap().identity().is_none());
}

#[test]
fn a_rescue_that_was_killed_before_its_rows_were_made_makes_them_at_the_next_opening() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let all = damaged_phone(&home);
    // What a phone's file is right after its rescue: entries, and no rows yet.
    drop(soban_core::store::Store::open(&home).unwrap());
    let mut phone = open_phone(&home);
    assert!(phone.status().unwrap().set_aside.is_none());
    assert_eq!(ids(&phone).into_iter().collect::<BTreeSet<_>>(), all);
    let fields = [("given_on", "12/4/2012"), ("donor", "bà Dín")];
    phone.save(&record("gift", fields), NOW).unwrap();
}
