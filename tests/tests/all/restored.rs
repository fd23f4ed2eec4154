//! What worlds found out about sides that were put back from a copy, and answers that come late.

use std::path::Path;

use soban_core::base::{BookId, RecordId};
use soban_core::form::Input;
use soban_core::phone::Phone;
use soban_core::record::{FieldNo, Fields, Value};
use soban_core::store::ListQuery;
use soban_core::sync::{Chain, Cursor, Delivery, Item, SyncResponse};
use soban_server::clock;
use soban_server::store::read;
use soban_tests::books::{Copy, book_id};
use soban_tests::district::{District, gift};
use soban_tests::office::{Office, bytes_of};
use soban_tests::phones::{NOW, meeting, open_phone, small_pack};

fn count(phone: &Phone) -> usize {
    phone.list(&ListQuery::default()).unwrap().len()
}

#[test]
fn a_district_put_back_from_before_it_placed_an_entry_is_sent_it_again() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let mut phone = district.phone(&dir.path().join("phone"), "bí thư");
    district.stop();
    let backup = std::fs::read(folder.join("soban.db")).unwrap();
    let district = District::start(&folder);
    phone.save(&gift("ông Lục Thượng Cường", "5.200"), clock::now()).unwrap();
    assert_eq!(district.link().sync(&mut phone, None).unwrap().stored, 1);
    district.stop();
    std::fs::write(folder.join("soban.db"), backup).unwrap();
    let district = District::start(&folder);
    for _ in 0..3 {
        district.link().sync(&mut phone, None).unwrap();
        district.settle();
    }
    assert_eq!(district.app().store.read(read::totals).unwrap().records, 1);
    district.stop();
}

fn copy_file(from: &Path, to: &Path) {
    std::fs::copy(from.join("phone.db"), to).unwrap();
}

#[test]
fn an_answer_to_a_phone_that_was_put_back_since_takes_it_past_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut writer = office.phone(&dir.path().join("writer"));
    let folder = dir.path().join("reader");
    let mut reader = office.phone(&folder);
    for place in ["nhà ông Páo", "nhà bà Mai"] {
        writer.save(&meeting(place, 0), NOW).unwrap();
    }
    office.sync(&mut writer);
    drop(reader);
    let copy = dir.path().join("copy.db");
    copy_file(&folder, &copy);
    reader = open_phone(&folder);
    office.sync(&mut reader);
    writer.save(&meeting("nhà ông Tư", 0), NOW).unwrap();
    office.sync(&mut writer);
    let late = bytes_of(&office.answer(&mut reader), &reader);
    drop(reader);
    std::fs::copy(&copy, folder.join("phone.db")).unwrap();
    reader = open_phone(&folder);
    reader.incoming(&late, NOW).unwrap();
    office.sync(&mut reader);
    assert_eq!(count(&reader), 3);
}

/// What the district would say of one entry of a book, as if it stood at a position.
fn only(book: BookId, position: u64, item: Item) -> SyncResponse {
    let chain = Chain([9; 8]);
    let cursor = Cursor { generation: 1, epoch: 1, position, chain };
    let mut answer = SyncResponse::new(NOW);
    let items = vec![item];
    answer.deliveries.push(Delivery { book, after: position - 1, items, order: None, cursor });
    answer
}

#[test]
fn what_waited_for_an_entry_is_listed_as_soon_as_that_comes() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = Office::new(&small_pack()).phone(&dir.path().join("phone"));
    let mut other = Copy::new(9);
    let (record, made) = other.create("12/4/2012");
    let reason = Value::Text("ghi nhầm".to_owned());
    let void = other.set(record, Fields::from([(FieldNo::VOID, reason)]));
    for (position, entry) in [(2, void), (1, made)] {
        let hash = other.book.hash_of(entry.name()).unwrap().short();
        let answer = only(book_id(), position, Item::New(hash, entry.to_bytes()));
        phone.incoming(&bytes_of(&answer, &phone), NOW).unwrap();
    }
    let listed = phone.list(&ListQuery::default()).unwrap();
    assert_eq!(listed[0].void.as_deref(), Some("ghi nhầm"));
    let id = RecordId { book: book_id(), key: record };
    assert_eq!(phone.show(id).unwrap().void.as_deref(), Some("ghi nhầm"));
}

/// Letters that nothing repeats.
fn letters(count: usize, seed: u32) -> String {
    let mut state = seed;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + u8::try_from((state >> 24) % 26).unwrap())
    };
    (0..count).map(next).collect()
}

#[test]
fn what_is_given_back_goes_up_in_pieces_however_much_was_lost() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let mut lost = district.phone(&dir.path().join("lost"), "phó bí thư");
    let mut kept = district.phone(&dir.path().join("kept"), "bí thư");
    district.stop();
    let backup = std::fs::read(folder.join("soban.db")).unwrap();
    let district = District::start(&folder);
    // More than a request may have.
    for n in 0..40 {
        let mut record = gift("ông Lục Thượng Cường", "5.200");
        for (field, seed) in [("note", 2 * n), ("trees_on_land", 2 * n + 1)] {
            record.fields.insert(field.to_owned(), Input::Text(letters(19_000, seed)));
        }
        lost.save(&record, clock::now()).unwrap();
    }
    district.link().sync(&mut lost, None).unwrap();
    district.settle();
    district.link().sync(&mut kept, None).unwrap();
    assert_eq!(count(&kept), 40);
    district.stop();
    std::fs::write(folder.join("soban.db"), backup).unwrap();
    let district = District::start(&folder);
    district.link().sync(&mut kept, None).unwrap();
    district.settle();
    assert_eq!(district.app().store.read(read::totals).unwrap().records, 40);
    district.stop();
}
