//! Phones restored from copies: nobody writes twice under one name, and where it happened all the
//! same, everything is there once.

use soban_core::phone::{NewRecord, Phone, RecordPatch};
use soban_core::store::{EntryState, Store};
use soban_tests::office::{Office, bytes_of};
use soban_tests::phones::{NOW, meeting, open_phone, record, small_pack, typed};

use super::{copy, ids};

const FILES: [&str; 3] = ["phone.db", "phone.db-wal", "marker"];

#[test]
fn a_file_copied_without_its_marker_gets_another_name_before_the_first_write() {
    let dir = tempfile::tempdir().unwrap();
    let (home, restored) = (dir.path().join("home"), dir.path().join("restored"));
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(&home);
    phone.save(&meeting("một", 1), NOW).unwrap();
    let identity = phone.identity().unwrap().clone();
    drop(phone);
    copy(&home, &restored, &["phone.db"]);
    let mut twin = open_phone(&restored);
    let renewed = twin.identity().unwrap().clone();
    assert_eq!(renewed.device(), identity.device());
    assert_ne!(renewed.actor(), identity.actor());
    // What it wrote is under the new name; what was unsent stays under the old one.
    let saved = twin.save(&meeting("hai", 1), NOW).unwrap();
    assert_eq!(saved.record.key.actor, renewed.actor());
    assert_eq!(twin.status().unwrap().unsent, 2);
    drop(twin);
    // Both go on as they are when they are opened again.
    assert_eq!(open_phone(&restored).identity().unwrap().actor(), renewed.actor());
    assert_eq!(open_phone(&home).identity().unwrap().actor(), identity.actor());
    // A marker of another phone is as good as none.
    std::fs::write(restored.join("marker"), b"another").unwrap();
    assert_ne!(open_phone(&restored).identity().unwrap().actor(), renewed.actor());
}

#[test]
fn a_copy_and_its_original_end_with_the_same_records_each_once() {
    let dir = tempfile::tempdir().unwrap();
    let (home, restored) = (dir.path().join("home"), dir.path().join("restored"));
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(&home);
    phone.save(&meeting("một", 2), NOW).unwrap();
    drop(phone);
    copy(&home, &restored, &["phone.db"]);
    let (mut phone, mut twin) = (open_phone(&home), open_phone(&restored));
    phone.save(&meeting("hai", 2), NOW).unwrap();
    twin.save(&meeting("ba", 2), NOW).unwrap();
    for _ in 0..3 {
        office.sync(&mut phone);
        office.sync(&mut twin);
    }
    assert_eq!(ids(&phone).len(), 3);
    assert_eq!(ids(&phone), ids(&twin));
}

/// Two running copies of one phone, marker and all: only the sequence can tell.
fn two_of_one(dir: &std::path::Path, office: &mut Office) -> (Phone, Phone) {
    let (home, twin) = (dir.join("home"), dir.join("twin"));
    drop(office.phone(&home));
    copy(&home, &twin, &FILES);
    (open_phone(&home), open_phone(&twin))
}

fn title_of(phone: &mut Phone, id: soban_core::base::RecordId, field: &str) -> String {
    let view = phone.show(id).unwrap();
    view.fields.iter().find(|view| view.name == field).map_or("", |view| &view.text).to_owned()
}

#[test]
fn a_taken_sequence_is_written_anew_with_its_rows_edits_and_references() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let (mut one, mut two) = two_of_one(dir.path(), &mut office);
    one.save(&meeting("một", 3), NOW).unwrap();
    let twice = two.save(&meeting("hai", 3), NOW).unwrap().record;
    let mut patch = RecordPatch::new(twice);
    patch.fields = typed([("place", "bản hai")]);
    patch.new_rows = vec![("agenda_item".to_owned(), typed([("subject", "việc thêm")]))];
    two.edit(&patch, NOW).unwrap();
    two.void(twice, None, "ghi nhầm", NOW).unwrap();
    let before = two.identity().unwrap().actor();
    office.sync(&mut one);
    let answer = office.answer(&mut two);
    assert_eq!(answer.problems.len(), 1);
    let outcome = two.incoming(&bytes_of(&answer, &two), NOW).unwrap();
    assert_eq!(outcome.reissued, 3);
    assert_ne!(two.identity().unwrap().actor(), before);
    for _ in 0..3 {
        office.sync(&mut two);
        office.sync(&mut one);
    }
    assert_eq!(two.status().unwrap().unsent, 0);
    for phone in [&mut one, &mut two] {
        let ids = ids(phone);
        assert_eq!(ids.len(), 2);
        let mut found: Vec<_> = ids
            .iter()
            .map(|id| {
                let view = phone.show(id.parse().unwrap()).unwrap();
                let place = view.fields.iter().find(|field| field.name == "place").unwrap();
                let subjects: Vec<_> =
                    view.rows.iter().map(|row| row.fields[0].text.clone()).collect();
                (place.text.clone(), view.void, subjects.len())
            })
            .collect();
        found.sort();
        let void = Some("ghi nhầm".to_owned());
        assert_eq!(found, [("bản hai".to_owned(), void, 4), ("một".to_owned(), None, 3)]);
    }
}

#[test]
fn a_reference_from_another_book_follows_a_record_that_is_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let (mut one, mut two) = two_of_one(dir.path(), &mut office);
    one.save(&record("work", [("name", "Đường Pạc Bo")]), NOW).unwrap();
    let work = two.save(&record("work", [("name", "Cầu Na Vai")]), NOW).unwrap().record;
    let work = work.to_string();
    let fields = [("given_on", "12/4/2012"), ("donor", "bà Dín"), ("work", work.as_str())];
    let gift = two.save(&record("gift", fields), NOW).unwrap().record;
    assert_eq!(title_of(&mut two, gift, "work"), "Cầu Na Vai");
    for _ in 0..3 {
        office.sync(&mut one);
        office.sync(&mut two);
    }
    // Under the old name stands the other's work now.
    assert_eq!(ids(&two).len(), 3);
    assert_eq!(title_of(&mut two, gift, "work"), "Cầu Na Vai");
}

#[test]
fn an_older_file_put_back_beside_the_newer_marker_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (home, backup) = (dir.path().join("home"), dir.path().join("backup"));
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(&home);
    phone.save(&meeting("một", 1), NOW).unwrap();
    drop(phone);
    copy(&home, &backup, &["phone.db"]);
    let mut phone = open_phone(&home);
    phone.save(&meeting("hai", 1), NOW).unwrap();
    office.sync(&mut phone);
    drop(phone);
    copy(&backup, &home, &["phone.db"]);
    let mut phone = open_phone(&home);
    phone.save(&meeting("ba", 1), NOW).unwrap();
    for _ in 0..3 {
        office.sync(&mut phone);
    }
    assert_eq!(ids(&phone).len(), 3);
    drop(phone);
    let store = Store::open(&home).unwrap().store;
    let book = store.books().unwrap();
    assert!(
        book.iter()
            .flat_map(|book| store.entries_of(*book).unwrap())
            .all(|row| row.state == EntryState::Delivered)
    );
}

#[test]
fn a_restored_phone_that_has_not_written_takes_its_own_entries_back() {
    let dir = tempfile::tempdir().unwrap();
    let (home, restored) = (dir.path().join("home"), dir.path().join("restored"));
    let mut office = Office::new(&small_pack());
    drop(office.phone(&home));
    copy(&home, &restored, &["phone.db"]);
    let mut phone = open_phone(&home);
    for place in ["một", "hai"] {
        phone.save(&meeting(place, 2), NOW).unwrap();
    }
    office.sync(&mut phone);
    let mut restored = open_phone(&restored);
    office.sync(&mut restored);
    office.sync(&mut restored);
    assert_eq!(ids(&restored), ids(&phone));
    let saved: NewRecord = meeting("ba", 1);
    let saved = restored.save(&saved, NOW).unwrap().record;
    for _ in 0..2 {
        office.sync(&mut restored);
        office.sync(&mut phone);
    }
    assert!(ids(&phone).contains(&saved.to_string()));
    assert_eq!(ids(&restored), ids(&phone));
}
