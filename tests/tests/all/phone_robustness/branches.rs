//! What stands on an entry that is gone for good is written anew, and nothing else is lost.

use std::path::Path;

use soban_core::base::EntryRef;
use soban_core::phone::{NewRecord, Phone, RecordPatch, Typed};
use soban_core::store::{EntryState, Store};
use soban_core::sync::{Problem, ProblemKind, SyncResponse};
use soban_tests::office::{Office, bytes_of};
use soban_tests::phones::{NOW, meeting, open_phone, small_pack, typed};

use super::{copy, ids};

#[test]
fn an_unsent_entry_that_damage_took_keeps_no_later_record_of_the_phone_out() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir.path());
    let saved: Vec<_> = (0..10)
        .map(|n| phone.save(&meeting(&format!("bản {n}"), 1), NOW).unwrap().record)
        .collect();
    drop(phone);
    let mut store = Store::open(dir.path()).unwrap().store;
    let third = EntryRef { actor: saved[2].key.actor, seq: saved[2].key.seq };
    store.write(|tx| tx.abandon(saved[2].book, third, NOW)).unwrap();
    drop(store);
    let mut phone = open_phone(dir.path());
    assert!(phone.show(saved[0]).is_ok());
    let shown = ids(&phone);
    assert_eq!(shown.len(), 9);
    assert!(shown.iter().all(|id| phone.show(id.parse().unwrap()).is_ok()));
    office.sync(&mut phone);
    assert_eq!(phone.status().unwrap().unsent, 0);
    assert_eq!(office.entries(saved[0].book).len(), 9);
}

#[test]
fn what_the_district_has_of_a_damaged_phone_comes_from_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir.path());
    let save = |phone: &mut Phone, n: u32| {
        phone.save(&meeting(&format!("bản {n}"), 1), NOW).unwrap().record
    };
    let saved: Vec<_> = (0..5).map(|n| save(&mut phone, n)).collect();
    office.sync(&mut phone);
    drop(phone);
    let mut store = Store::open(dir.path()).unwrap().store;
    let third = EntryRef { actor: saved[2].key.actor, seq: saved[2].key.seq };
    store.write(|tx| tx.forget_entry(saved[2].book, third)).unwrap();
    drop(store);
    let mut phone = open_phone(dir.path());
    let before = phone.identity().unwrap().actor();
    // Written while the gap is open: under another name, since the old one goes on beyond it.
    let meanwhile = save(&mut phone, 9);
    assert_ne!(meanwhile.key.actor, before);
    office.sync(&mut phone);
    let shown: Vec<bool> =
        saved.iter().chain([&meanwhile]).map(|id| phone.show(*id).is_ok()).collect();
    assert_eq!(shown, [true; 6]);
    assert_eq!(office.entries(saved[0].book).len(), 6);
}

/// A phone with one entry that the district will not take, and two that stand on it.
fn one_refused(dir: &Path) -> (Office, Phone, SyncResponse) {
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir);
    let bad = phone.save(&meeting("một", 1), NOW).unwrap().record;
    let rest = phone.save(&meeting("hai", 1), NOW).unwrap().record;
    let mut patch = RecordPatch::new(rest);
    patch.fields = typed([("place", "bản hai")]);
    phone.edit(&patch, NOW).unwrap();
    let mut answer = SyncResponse::new(NOW);
    let (book, actor, seq) = (bad.book, bad.key.actor, bad.key.seq);
    answer.problems.push(Problem { book, actor, seq, kind: ProblemKind::Quarantined });
    (office, phone, answer)
}

#[test]
fn what_stands_on_a_quarantined_entry_is_written_anew_on_clean_heads() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, mut phone, answer) = one_refused(dir.path());
    let answer = bytes_of(&answer, &phone);
    let outcome = phone.incoming(&answer, NOW).unwrap();
    assert_eq!((outcome.refused, outcome.reissued), (1, 2));
    let book = ids(&phone)[0].parse::<soban_core::base::RecordId>().unwrap().book;
    office.sync(&mut phone);
    let status = phone.status().unwrap();
    assert_eq!((status.unsent, status.refused), (0, 1));
    assert_eq!(office.entries(book).len(), 2);
    // Told again, or opened again, nothing more happens.
    assert_eq!(phone.incoming(&answer, NOW).unwrap().reissued, 0);
    drop(phone);
    let mut phone = open_phone(dir.path());
    let shown = phone.show(ids(&phone)[0].parse().unwrap()).unwrap();
    assert!(shown.fields.iter().any(|field| field.text == "bản hai"));
    assert_eq!((ids(&phone).len(), phone.status().unwrap().unsent), (1, 0));
}

#[test]
fn what_was_refused_is_told_as_its_form_takes_it_back() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut phone, answer) = one_refused(dir.path());
    phone.incoming(&bytes_of(&answer, &phone), NOW).unwrap();
    let refused = phone.list_refused().unwrap();
    let forms: Vec<_> = refused[0].records.iter().map(|said| said.form.as_str()).collect();
    assert_eq!((refused.len(), forms), (1, vec!["meeting", "agenda_item"]));
    let said = |n: usize| -> Typed {
        let fields = refused[0].records[n].fields.iter();
        fields.map(|field| (field.name.clone(), field.value.clone())).collect()
    };
    assert!(refused[0].records.iter().all(|said| said.changed.is_none()));
    let again = NewRecord {
        form: "meeting".to_owned(),
        fields: said(0),
        rows: vec![("agenda_item".to_owned(), said(1))],
        ..NewRecord::default()
    };
    let again = phone.save(&again, NOW).unwrap().record;
    let shown = phone.show(again).unwrap();
    assert!(shown.fields.iter().any(|field| field.text == "một"));
    assert_eq!(shown.rows[0].fields[0].text, "việc 0 ở một");
}

#[test]
fn a_branch_that_staff_let_in_after_all_is_read_again() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, mut phone, answer) = one_refused(dir.path());
    let sent = office.request(&mut phone);
    let answer = bytes_of(&answer, &phone);
    phone.incoming(&answer, NOW).unwrap();
    office.sync(&mut phone);
    for entry in &sent.entries {
        let read = soban_core::book::Entry::from_bytes(&entry.entry).unwrap();
        office.put(entry.book, &read, entry.hash);
    }
    office.sync(&mut phone);
    // The refused record, and both of the two that are one meeting: twins, for staff to rule on.
    assert_eq!(ids(&phone).len(), 3);
    assert!(ids(&phone).iter().all(|id| phone.show(id.parse().unwrap()).is_ok()));
}

#[test]
fn a_byte_that_flips_inside_a_text_is_noticed_and_what_follows_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir.path());
    let saved: Vec<_> = ["x1111x", "x2222x", "x3333x"]
        .map(|place| phone.save(&meeting(place, 1), NOW).unwrap().record)
        .into();
    drop(phone);
    let file = dir.path().join("phone.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let places: Vec<usize> =
        (0..bytes.len() - 6).filter(|at| &bytes[*at..at + 6] == b"x2222x").collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| bytes[at + 1] = b'9');
    std::fs::write(&file, bytes).unwrap();
    let mut phone = open_phone(dir.path());
    assert!(phone.show(saved[0]).is_ok());
    assert!(phone.show(saved[1]).is_err(), "what was never written is shown");
    let status = phone.status().unwrap();
    assert_eq!((status.refused, ids(&phone).len()), (1, 2));
    office.sync(&mut phone);
    assert_eq!(phone.status().unwrap().unsent, 0);
    assert_eq!(office.entries(saved[0].book).len(), 2);
}

#[test]
fn an_older_copy_beside_a_current_marker_goes_on_under_another_name() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let mut phone = Office::new(&small_pack()).phone(&home);
    phone.save(&meeting("một", 1), NOW).unwrap();
    let actor = phone.identity().unwrap().actor();
    drop(phone);
    let kept = dir.path().join("kept");
    copy(&home, &kept, &["phone.db"]);
    let mut phone = open_phone(&home);
    phone.save(&meeting("hai", 1), NOW).unwrap();
    assert_eq!(phone.identity().unwrap().actor(), actor);
    drop(phone);
    copy(&kept, &home, &["phone.db"]);
    assert_ne!(open_phone(&home).identity().unwrap().actor(), actor);
}

#[test]
fn an_entry_kept_apart_stays_readable_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let (_office, mut phone, answer) = one_refused(dir.path());
    let answer = bytes_of(&answer, &phone);
    phone.incoming(&answer, NOW).unwrap();
    let book = ids(&phone)[0].parse::<soban_core::base::RecordId>().unwrap().book;
    drop(phone);
    let store = Store::open(dir.path()).unwrap().store;
    let apart: Vec<_> =
        store.entries_of(book).unwrap().into_iter().filter(|r| r.is_apart()).collect();
    assert_eq!(apart.len(), 1);
    assert_eq!(apart[0].state, EntryState::Refused);
}
