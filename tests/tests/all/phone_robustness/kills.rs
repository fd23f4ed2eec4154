//! A phone that is killed: what it confirmed is there whole, what it was about to do is there
//! whole or not at all.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use soban_core::form::Language;
use soban_core::phone::{NewRecord, Phone};
use soban_core::store::{ListQuery, Store};
use soban_core::sync::ReferenceItem;
use soban_tests::office::Office;
use soban_tests::phones::{NOW, meeting, open_phone, small_pack};

use super::{copy, ids};

/// Names the folder to the process that is to be killed.
const FOLDER: &str = "SOBAN_PHONE_TO_KILL";
const ITEMS: usize = 7;

/// The process that the next test starts and kills; in an ordinary run there is nothing to do.
#[test]
fn a_child_saves_until_it_is_killed() {
    let Some(dir) = std::env::var_os(FOLDER) else { return };
    let mut phone = open_phone(Path::new(&dir));
    let mut out = std::io::stdout();
    for n in 0..10_000 {
        let place = format!("bản {}-{n}", std::process::id());
        let draft = phone.save_draft(None, "meeting", &place, NOW).unwrap();
        writeln!(out, "\ndraft {place}.").unwrap();
        let new = NewRecord { draft: Some(draft), ..meeting(&place, ITEMS) };
        let saved = phone.save(&new, NOW).unwrap();
        writeln!(out, "\nsaved {}", saved.record).unwrap();
    }
}

/// What a child said before it was killed after its n-th save.
fn run_and_kill(dir: &Path, saves: usize) -> Vec<String> {
    let name = "phone_robustness::kills::a_child_saves_until_it_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(FOLDER, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (mut said, mut seen) = (Vec::new(), 0);
    while seen < saves {
        let line = lines.next().unwrap().unwrap();
        seen += usize::from(line.starts_with("saved "));
        said.push(line);
    }
    child.kill().unwrap();
    // What it had said and was not read yet counts too; its last line may be cut off.
    said.extend(lines.map_while(Result::ok));
    child.wait().unwrap();
    said
}

fn is_whole(phone: &mut Phone, id: &str) -> bool {
    let view = phone.show(id.parse().unwrap()).unwrap();
    view.fields.len() == 2
        && view.rows.len() == ITEMS
        && view.rows.iter().all(|row| row.fields.len() == 1)
}

fn place_of(phone: &mut Phone, id: &str) -> String {
    let view = phone.show(id.parse().unwrap()).unwrap();
    let place = view.fields.into_iter().find(|field| field.name == "place");
    place.map_or_else(String::new, |field| field.text)
}

#[test]
fn a_save_is_whole_or_absent_and_a_draft_is_never_lost_when_the_process_is_killed() {
    let dir = tempfile::tempdir().unwrap();
    drop(Office::new(&small_pack()).phone(dir.path()));
    let mut confirmed = BTreeSet::new();
    let mut drafts = BTreeSet::new();
    for kills in 1..=8 {
        for line in run_and_kill(dir.path(), kills) {
            match line.split_once(' ') {
                Some(("saved", id)) if id.parse::<soban_core::base::RecordId>().is_ok() => {
                    confirmed.insert(id.to_owned());
                }
                Some(("draft", place)) => {
                    drafts.extend(place.strip_suffix('.').map(str::to_owned));
                }
                _ => {}
            }
        }
        let mut phone = open_phone(dir.path());
        let listed: BTreeSet<String> = ids(&phone).into_iter().collect();
        assert!(confirmed.is_subset(&listed), "kill {kills}");
        assert!(listed.len() <= confirmed.len() + kills);
        assert!(listed.iter().all(|id| is_whole(&mut phone, id)));
        assert_eq!(phone.status().unwrap().unsent as usize, listed.len());
        assert!(phone.status().unwrap().set_aside.is_none());
        // A draft is there until its record is.
        let kept: BTreeSet<String> =
            phone.list_drafts().unwrap().into_iter().map(|draft| draft.body).collect();
        let submitted: BTreeSet<String> =
            listed.iter().map(|id| place_of(&mut phone, id)).collect();
        assert!(drafts.iter().all(|draft| kept.contains(draft) != submitted.contains(draft)));
    }
}

#[test]
fn whatever_of_the_log_reached_the_disk_a_phone_opens_with_whole_saves_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(&home);
    let first = phone.save(&meeting("bản 0", ITEMS), NOW).unwrap().record.to_string();
    drop(phone);
    let mut phone = open_phone(&home);
    let mut saved = vec![first];
    for n in 1..=3 {
        let place = format!("bản {n}");
        saved.push(phone.save(&meeting(&place, ITEMS), NOW).unwrap().record.to_string());
    }
    phone.save_draft(None, "meeting", "một nửa", NOW).unwrap();
    let log = std::fs::read(home.join("phone.db-wal")).unwrap();
    let mut reached = Vec::new();
    // Power may fail within a frame (24 + 4,096 bytes) and between two.
    for length in (0..=log.len()).step_by(1_373).chain([log.len()]) {
        let cut = dir.path().join(format!("cut-{length}"));
        copy(&home, &cut, &["phone.db", "marker"]);
        std::fs::write(cut.join("phone.db-wal"), &log[..length]).unwrap();
        let mut phone = open_phone(&cut);
        assert!(phone.status().unwrap().set_aside.is_none(), "{length}");
        let here = ids(&phone);
        let mut expected = saved[..here.len()].to_vec();
        expected.sort();
        assert_eq!(here, expected, "{length}");
        assert!(here.iter().all(|id| is_whole(&mut phone, id)), "{length}");
        // It goes on as if nothing had been.
        let next = phone.save(&meeting("sau", ITEMS), NOW).unwrap().record.to_string();
        assert!(is_whole(&mut phone, &next));
        reached.push(here.len());
        drop(phone);
        std::fs::remove_dir_all(&cut).unwrap();
    }
    assert!(reached.is_sorted());
    assert_eq!((reached.first(), reached.last()), (Some(&1), Some(&4)));
}

#[test]
fn rule_9_drafts_are_no_entries_and_a_submitted_one_is_gone_with_its_save() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir.path());
    let draft = phone.save_draft(None, "meeting", "{\"place\":\"b\"}", NOW).unwrap();
    phone.save_draft(Some(draft), "meeting", "{\"place\":\"bản\"}", NOW).unwrap();
    let other = phone.save_draft(None, "gift", "{}", NOW).unwrap();
    office.sync(&mut phone);
    assert_eq!(phone.status().unwrap().unsent, 0);
    assert!(ids(&phone).is_empty());
    drop(phone);
    let mut phone = open_phone(dir.path());
    let bodies: Vec<String> = phone.list_drafts().unwrap().into_iter().map(|d| d.body).collect();
    assert_eq!(bodies, ["{}", "{\"place\":\"bản\"}"]);
    // One that the form stops stays a draft.
    let refused = NewRecord { draft: Some(draft), fields: [].into(), ..meeting("bản", 0) };
    assert!(phone.save(&refused, NOW).is_err());
    assert_eq!(phone.list_drafts().unwrap().len(), 2);
    phone.save(&NewRecord { draft: Some(draft), ..meeting("bản", 1) }, NOW).unwrap();
    let left: Vec<i64> = phone.list_drafts().unwrap().into_iter().map(|d| d.id).collect();
    assert_eq!(left, [other]);
    phone.discard_draft(other).unwrap();
    assert!(phone.list_drafts().unwrap().is_empty());
    // What a screen had still to say of a form that is submitted or discarded brings none back.
    for gone in [draft, other] {
        phone.save_draft(Some(gone), "meeting", "{}", NOW).unwrap();
    }
    assert!(phone.list_drafts().unwrap().is_empty());
}

#[test]
fn a_kill_between_a_new_pack_and_its_rows_is_made_good_when_the_phone_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = Office::new(&small_pack()).phone(dir.path());
    phone.save(&meeting("bản", 1), NOW).unwrap();
    drop(phone);
    let mut pack = small_pack();
    pack.labels.insert(Language::Vi, "form-meeting", "Sinh hoạt");
    let item = ReferenceItem { name: "pack".to_owned(), bytes: pack.to_bytes() };
    let mut store = Store::open(dir.path()).unwrap().store;
    store.write(|tx| tx.set_reference(&item.name, item.hash(), &item.bytes)).unwrap();
    drop(store);
    let phone = open_phone(dir.path());
    let found = ListQuery { words: vec!["sinh".to_owned()], ..ListQuery::default() };
    assert_eq!(phone.list(&found).unwrap().len(), 1);
}
