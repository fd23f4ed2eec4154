//! What version 1 wrote, opened by every later version.
//!
//! The files in `tests/golden/v1` are never written anew once version 1 is out: what no longer reads
//! them has broken a promise. Until then `SOBAN_WRITE_GOLDEN=1` makes them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use soban_core::book::{Book, Entry};
use soban_core::phone::RulingKind;
use soban_core::record::{FieldNo, Value};
use soban_core::store::ListQuery;
use soban_server::check::check;
use soban_server::clock;
use soban_server::http::{App, Options};
use soban_server::store::read;
use soban_tests::district::{District, gift, open_phone};

use crate::golden_story::{book, write_all};

pub(crate) fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1").join(name)
}

pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(golden(name)).unwrap()
}

/// The folder of the phone as it was.
pub(crate) fn put_phone(dir: &Path) {
    std::fs::create_dir_all(dir).unwrap();
    load(&text("phone.sql"), &dir.join("phone.db"));
}

/// The folder of the district as it was.
pub(crate) fn put_district(dir: &Path) {
    std::fs::create_dir_all(dir).unwrap();
    load(&text("district.sql"), &dir.join("soban.db"));
    std::fs::copy(golden("district.keys"), dir.join("keys")).unwrap();
}

fn load(sql: &str, file: &Path) {
    Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

/// The heads of the document that entries make, written as lines of hexadecimal digits.
pub(crate) fn heads(lines: &[String]) -> Vec<String> {
    let mut book = Book::new(book(), 1);
    for line in lines {
        book.apply(&Entry::from_bytes(&bytes_of(line)).unwrap(), None).unwrap();
    }
    book.automerge_heads()
}

pub(crate) fn bytes_of(line: &str) -> Vec<u8> {
    let pairs = line.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// The book's entries, in the order of their positions.
pub(crate) fn entries() -> Vec<Vec<u8>> {
    text("book.hex").lines().map(bytes_of).collect()
}

#[test]
fn what_version_1_wrote_is_written_once() {
    if std::env::var_os("SOBAN_WRITE_GOLDEN").is_some() {
        write_all();
    }
    assert!(golden("phone.sql").exists());
}

#[test]
fn a_book_of_version_1_makes_the_same_document() {
    let lines: Vec<String> = text("book.hex").lines().map(str::to_owned).collect();
    assert_eq!(heads(&lines).join("\n") + "\n", text("book.heads"));
    for bytes in entries() {
        assert_eq!(Entry::from_bytes(&bytes).unwrap().to_bytes(), bytes);
    }
}

#[test]
fn a_book_of_version_1_holds_rows_voids_every_ruling_and_nearly_every_kind_of_value() {
    let mut book = Book::new(book(), 1);
    let (mut kinds, mut system, mut rulings) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut rows = 0;
    for bytes in entries() {
        let entry = Entry::from_bytes(&bytes).unwrap();
        book.apply(&entry, None).unwrap();
        rulings.extend(book.decisions_in(entry.name()).iter().map(|made| made.ruling.code()));
        system.extend(entry.writes.iter().map(|write| write.field).filter(|no| no.0 < 16));
        for value in entry.writes.iter().map(|write| &write.value) {
            assert!(!matches!(value, Value::Opaque(_)), "{value:?} was of a known kind");
            kinds.extend(value.to_bytes().map(|bytes| bytes[0]));
        }
    }
    for record in book.records() {
        rows += book.rows_of(record).len();
    }
    assert_eq!(kinds, (1..=9).collect());
    assert_eq!(rulings, (1..=7).collect());
    let written = [FieldNo::FORM, FieldNo::PARENT, FieldNo::VOID, FieldNo::SAME_AS];
    assert!(written.iter().all(|no| system.contains(no)), "{system:?}");
    assert_eq!(rows, 3);
}

#[test]
fn a_phone_of_version_1_opens_with_all_that_it_held() {
    let dir = tempfile::tempdir().unwrap();
    put_phone(dir.path());
    let mut phone = open_phone(dir.path());
    let listed = phone.list(&ListQuery::default()).unwrap();
    assert_eq!(listed.len(), 15);
    let status = phone.status().unwrap();
    assert_eq!((status.unsent, status.contested, status.unread), (1, 1, 8));
    assert_eq!(phone.list_drafts().unwrap().len(), 1);
    let decisions = phone.list_decisions(false).unwrap();
    let asked = decisions.iter().find(|decision| decision.ruling == RulingKind::Ask).unwrap();
    assert_eq!(asked.reason.as_deref(), Some("hỏi lại hai bên"));
    let contested = listed.iter().find(|item| item.contests > 0).unwrap().id.parse().unwrap();
    assert_eq!(phone.show(contested).unwrap().contests[0].sides.len(), 2);
    assert!(phone.history(contested).unwrap().iter().any(|step| step.author == "ông Sùng Seo Páo"));
    phone.save(&gift("ông Ly Phát Tư", "437"), clock::now()).unwrap();
    assert_eq!(phone.status().unwrap().unsent, 2);
}

#[test]
fn a_district_of_version_1_opens_and_its_phone_needs_one_request() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, home) = (dir.path().join("district"), dir.path().join("phone"));
    put_district(&folder);
    let app = App::open(&folder, Options::default()).unwrap();
    let totals = app.store.read(read::totals).unwrap();
    assert_eq!((totals.records, totals.contests, totals.entries), (18, 1, 34));
    assert_eq!(check(&app.store, false).unwrap().findings, []);
    drop(app);
    // The phone of that time still speaks to it.
    let district = District::start(&folder);
    put_phone(&home);
    let mut phone = open_phone(&home);
    let link = district.link();
    let outcome = link.sync(&mut phone, None).unwrap();
    assert_eq!((outcome.stored, outcome.received, outcome.refused), (1, 2, 0));
    assert_eq!(link.traffic().counts().requests, 1, "the district knows what its phone stands on");
    assert_eq!(phone.status().unwrap().unsent, 0);
    district.settle();
    assert_eq!(district.app().store.read(read::totals).unwrap().records, 19);
    assert_eq!(check(&district.app().store, false).unwrap().findings, []);
    district.stop();
}
