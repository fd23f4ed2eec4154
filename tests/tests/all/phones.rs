//! One phone on its own: killed, damaged, copied, full, and without a form that others have.

use std::path::Path;

use soban_core::base::{Instant, RecordId};
use soban_core::book::Book;
use soban_core::form::{Input, Severity};
use soban_core::phone::{NewRecord, Phone, PhoneError, RecordPatch, Typed};
use soban_core::record::{FieldNo, FormNo, Value};
use soban_core::store::{ListQuery, OpenError};
use soban_core::sync::{Chain, Cursor, Delivery, Item, SyncResponse};
use soban_server::{clock, random::Platform};
use soban_tests::books::Copy;
use soban_tests::district::{CELL, District, gift, open_phone};
use soban_tests::office::bytes_of;

fn enrolled(dir: &Path) -> Phone {
    let district = District::start(&dir.join("district"));
    let phone = district.phone(&dir.join("phone"), "bí thư");
    district.stop();
    phone
}

fn count(phone: &Phone) -> usize {
    phone.list(&ListQuery::default()).unwrap().len()
}

#[test]
fn all_violations_come_at_once_each_with_its_field_and_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = enrolled(dir.path());
    let mut bad = gift("ông Cường", "0");
    bad.fields.insert("donor_name".to_owned(), Input::Text("x".repeat(201)));
    bad.fields.insert("stage".to_owned(), Input::Text("no such stage".to_owned()));
    bad.fields.insert("nothing".to_owned(), Input::Int(1));
    bad.fields.remove("occurred_on");
    let Err(PhoneError::Violations(found)) = phone.save(&bad, clock::now()) else { panic!() };
    let blocking = found.iter().filter(|violation| violation.severity == Severity::Block);
    let mut fields: Vec<&str> = blocking.map(|violation| violation.field.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    assert_eq!(fields, ["area_m2", "donor_name", "nothing", "occurred_on", "stage"]);
    for violation in &found {
        let view = phone.violation_view(violation);
        assert!(!view.vi.is_empty() && !view.en.is_empty() && view.vi != view.en);
    }
    assert_eq!(count(&phone), 0);
    let unknown = NewRecord { form: "no_such_form".to_owned(), ..NewRecord::default() };
    assert!(matches!(phone.save(&unknown, clock::now()), Err(PhoneError::UnknownForm(_))));
}

#[test]
fn an_unlikely_date_is_asked_about_and_never_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = enrolled(dir.path());
    let mut old = gift("ông Cường", "5.200");
    old.fields.insert("occurred_on".to_owned(), Input::Text("12/4/1962".to_owned()));
    old.confirmed = false;
    let Err(PhoneError::Violations(found)) = phone.save(&old, clock::now()) else { panic!() };
    assert!(found.iter().any(|violation| violation.severity == Severity::Ask));
    old.confirmed = true;
    let saved = phone.save(&old, clock::now()).unwrap();
    // Rule 10: it lives in the book of that year, for good.
    assert_eq!(saved.record.book.period.to_string(), "1962");
    let mut patch = RecordPatch::new(saved.record);
    patch.fields.insert("occurred_on".to_owned(), Input::Text("12/4/2012".to_owned()));
    patch.confirmed = true;
    phone.edit(&patch, clock::now()).unwrap();
    assert_eq!(phone.show(saved.record).unwrap().id, saved.record.to_string());
}

#[test]
fn drafts_are_no_entries_and_a_save_ends_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = enrolled(dir.path());
    let draft = phone.save_draft(None, "contribution", "nửa chừng", clock::now()).unwrap();
    assert_eq!(phone.status().unwrap().unsent, 0);
    drop(phone);
    let mut phone = open_phone(&dir.path().join("phone"));
    assert_eq!(phone.list_drafts().unwrap()[0].body, "nửa chừng");
    let record = NewRecord { draft: Some(draft), ..gift("ông Cường", "1") };
    phone.save(&record, clock::now()).unwrap();
    assert!(phone.list_drafts().unwrap().is_empty());
    assert_eq!(phone.status().unwrap().unsent, 1);
}

#[test]
fn a_kill_at_any_instant_leaves_a_save_whole_or_absent() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = enrolled(dir.path());
    phone.save(&gift("ông Một", "1"), clock::now()).unwrap();
    let folder = dir.path().join("phone");
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    // What lies on the disk while the phone still runs: the file, and a log that was cut anywhere.
    let before = read("phone.db-wal").len();
    phone.save(&gift("ông Hai", "2"), clock::now()).unwrap();
    let (db, wal, marker) = (read("phone.db"), read("phone.db-wal"), read("marker"));
    assert!(wal.len() > before);
    let cuts = (before..wal.len()).step_by(1_031).chain([wal.len()]);
    let mut seen = std::collections::BTreeSet::new();
    for (n, cut) in cuts.enumerate() {
        let killed = dir.path().join(format!("killed-{n}"));
        std::fs::create_dir(&killed).unwrap();
        std::fs::write(killed.join("phone.db"), &db).unwrap();
        std::fs::write(killed.join("phone.db-wal"), &wal[..cut]).unwrap();
        std::fs::write(killed.join("marker"), &marker).unwrap();
        let mut phone = open_phone(&killed);
        let items = phone.list(&ListQuery::default()).unwrap();
        assert_eq!(usize::try_from(phone.status().unwrap().unsent).unwrap(), items.len());
        for item in &items {
            let id: RecordId = item.id.parse().unwrap();
            assert!(phone.show(id).unwrap().fields.len() > 5);
        }
        seen.insert(items.len());
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn one_program_at_a_time_and_a_file_of_the_future_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let phone = enrolled(dir.path());
    let folder = dir.path().join("phone");
    let second = Phone::open(&folder, Box::new(Platform));
    assert!(matches!(second, Err(OpenError::InUse(_))));
    drop(phone);
    let file = folder.join("phone.db");
    let mut bytes = std::fs::read(&file).unwrap();
    // SQLite keeps `user_version` at byte 60 of the file.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    let newer = Phone::open(&folder, Box::new(Platform));
    assert!(matches!(newer, Err(OpenError::Newer { found: 99, .. })));
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
}

#[test]
fn a_damaged_file_is_set_aside_and_what_can_be_read_is_carried_over() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = enrolled(dir.path());
    for n in 0..40 {
        phone.save(&gift(&format!("ông {n}"), "5"), clock::now()).unwrap();
    }
    drop(phone);
    let folder = dir.path().join("phone");
    let file = folder.join("phone.db");
    let whole = std::fs::read(&file).unwrap();
    let marker = std::fs::read(folder.join("marker")).unwrap();
    let pages = whole.len() / 4096;
    let (mut aside, mut rescued) = (0, 0);
    for page in 1..pages {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xa5);
        let damaged = dir.path().join(format!("page-{page}"));
        std::fs::create_dir(&damaged).unwrap();
        std::fs::write(damaged.join("phone.db"), &bytes).unwrap();
        std::fs::write(damaged.join("marker"), &marker).unwrap();
        let phone = match Phone::open(&damaged, Box::new(Platform)) {
            Ok(phone) => phone,
            // Nothing could be carried over: then the file is as it was, and says so.
            Err(error) => {
                assert!(matches!(error, OpenError::Unreadable(_)), "{page}: {error}");
                assert_eq!(std::fs::read(damaged.join("phone.db")).unwrap(), bytes);
                continue;
            }
        };
        let status = phone.status().unwrap();
        match status.set_aside {
            // A page of words, or one that nothing uses: every entry is there.
            None => assert_eq!(status.unsent, 40, "page {page}"),
            Some(file) => {
                assert_eq!(std::fs::read(file).unwrap(), bytes);
                aside += 1;
                rescued += status.unsent;
            }
        }
        assert_eq!(usize::try_from(status.unsent).unwrap(), list_all(&phone), "page {page}");
    }
    assert!(aside > pages / 4 && rescued > 10 * u32::try_from(aside).unwrap(), "{aside} {rescued}");
}

fn list_all(phone: &Phone) -> usize {
    phone.list(&ListQuery { limit: 1_000, ..ListQuery::default() }).unwrap().len()
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("phone.db");
    let garbage = vec![0xa5; 20_000];
    std::fs::write(&file, &garbage).unwrap();
    let refused = Phone::open(dir.path(), Box::new(Platform));
    assert!(matches!(refused, Err(OpenError::Unreadable(_))), "{refused:?}");
    assert_eq!(std::fs::read(&file).unwrap(), garbage);
}

#[test]
fn a_form_that_a_phone_has_never_heard_of_is_kept_merged_and_shown_by_number() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = enrolled(dir.path());
    let book = soban_core::base::BookId::new(CELL, soban_core::base::Period::Year(2012));
    let mut other = Copy { book: Book::new(book, 1), ..Copy::new(7) };
    let entry = other.write(|entry| {
        let record = entry.new_record(0);
        let write = |field, value| soban_core::book::Write { record, field, value };
        vec![
            write(FieldNo::FORM, Value::Int(900)),
            write(FieldNo(16), Value::Text("điều chưa ai biết".to_owned())),
            write(FieldNo(17), Value::Opaque(vec![200, 1, 2])),
        ]
    });
    let hash = other.book.hash_of(entry.name()).unwrap();
    let cursor = Cursor {
        generation: 1,
        epoch: 1,
        position: 1,
        chain: Chain::start(book, 1).then(hash.short()),
    };
    let items = vec![Item::New(hash.short(), entry.to_bytes())];
    let mut answer = SyncResponse::new(Instant(0));
    answer.deliveries.push(Delivery { book, after: 0, items, order: None, cursor });
    assert_eq!(phone.incoming(&bytes_of(&answer, &phone), clock::now()).unwrap().received, 1);
    let id = RecordId { book, key: entry.new_record(0) };
    let shown = phone.show(id).unwrap();
    assert_eq!(shown.form, FormNo(900).to_string());
    assert_eq!(shown.fields[0].text, "điều chưa ai biết");
    assert_eq!(shown.fields[1].text, "c80102");
    assert_eq!(phone.search("chua ai biet").unwrap().len(), 1);
}

#[test]
fn a_meeting_is_saved_with_its_agenda_and_counted_by_its_rules() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = enrolled(dir.path());
    let text = |words: &str| Input::Text(words.to_owned());
    let fields: Typed = [
        ("kind", text("regular")),
        ("period_month", text("4/2012")),
        ("held_on", text("18/4/2012")),
        ("chair", text("Lù Văn Lan")),
        ("note_taker", text("Hảng Văn Tiến")),
        ("total_official", Input::Int(12)),
        ("total_probationary", Input::Int(1)),
        ("exempt", Input::Int(1)),
        ("present", Input::Int(10)),
        ("absent_excused", Input::Int(2)),
        ("absent_unexcused", Input::Int(1)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let item = |seq: i64| {
        let fields: Typed = [
            ("seq", Input::Int(seq)),
            ("kind", text("month_review")),
            ("summary", text("Đánh giá việc trong tháng")),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        ("agenda_item".to_owned(), fields)
    };
    let form = "meeting".to_owned();
    let mut meeting =
        NewRecord { form, fields, rows: (1..=5).map(item).collect(), ..NewRecord::default() };
    let Err(PhoneError::Violations(found)) = phone.save(&meeting, clock::now()) else { panic!() };
    assert_eq!((found.len(), found[0].field.as_str()), (1, "present"));
    meeting.fields.insert("absent_unexcused".to_owned(), Input::Int(0));
    let saved = phone.save(&meeting, clock::now()).unwrap();
    assert_eq!(saved.entries, 1, "one save, one entry");
    assert_eq!(phone.show(saved.record).unwrap().rows.len(), 5);
    // The same month again is the same meeting.
    assert_eq!(phone.save(&meeting, clock::now()).unwrap().same_as, [saved.record]);
}
