//! What version 1 wrote, opened by every later version.
//!
//! The files in `tests/golden/v1` are never written anew once version 1 is out: what no longer reads
//! them has broken a promise. Until then `SOBAN_WRITE_GOLDEN=1` makes them.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use soban_core::base::{BookId, Period, hex};
use soban_core::book::{Book, Entry};
use soban_core::form::Input;
use soban_core::phone::{Phone, RecordPatch};
use soban_core::store::ListQuery;
use soban_server::check::check;
use soban_server::clock;
use soban_server::decide::{Order, Verdict, state_of};
use soban_server::http::{App, Options};
use soban_server::store::{log, read};
use soban_tests::district::{CELL, District, gift, open_phone};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(golden(name)).unwrap()
}

/// A database as statements.
fn dump(file: &Path) -> String {
    let db = Connection::open(file).unwrap();
    let rows = |sql: &str| -> Vec<String> {
        let mut select = db.prepare(sql).unwrap();
        let rows = select.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    let mut out = format!("PRAGMA user_version = {version};\n");
    let order = "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, rowid";
    let own = "sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
    for sql in
        rows(&format!("SELECT sql FROM sqlite_master WHERE type = 'table' AND {own} {order}"))
    {
        out += &format!("{sql};\n");
    }
    for table in
        rows(&format!("SELECT name FROM sqlite_master WHERE type = 'table' AND {own} {order}"))
    {
        let columns =
            rows(&format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')"));
        let values = columns.join(" || ', ' || ");
        for row in rows(&format!("SELECT {values} FROM {table}")) {
            out += &format!("INSERT INTO {table} VALUES ({row});\n");
        }
    }
    for sql in
        rows(&format!("SELECT sql FROM sqlite_master WHERE type <> 'table' AND {own} {order}"))
    {
        out += &format!("{sql};\n");
    }
    out
}

fn load(sql: &str, file: &Path) {
    Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

/// Two phones that disagreed, a decision, a draft, and something unsent.
fn write_all() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let mut one = district.phone(&dir.path().join("one"), "bà Vàng Thị Mai");
    let mut two = district.phone(&dir.path().join("two"), "ông Sùng Seo Páo");
    let link = district.link();
    let round = |phones: [&mut Phone; 2]| {
        for phone in phones {
            link.sync(phone, None).unwrap();
            district.settle();
        }
    };
    let record = one.save(&gift("ông Lục Thượng Cường", "600"), clock::now()).unwrap().record;
    round([&mut one, &mut two]);
    let mut patch = RecordPatch::new(record);
    patch.confirmed = true;
    for (phone, area) in [(&mut one, "500"), (&mut two, "700")] {
        patch.fields.insert("area_m2".to_owned(), Input::Text(area.to_owned()));
        phone.edit(&patch, clock::now()).unwrap();
    }
    round([&mut one, &mut two]);
    let app = district.app();
    let records = vec![record];
    let state = app.store.read(|db| state_of(db, &records)).unwrap();
    let (verdict, person) =
        (Verdict::One(soban_core::book::Ruling::Ask, Default::default()), "Hoa");
    let (reason, person) = ("hỏi lại hai bên".to_owned(), person.to_owned());
    let order = Order { records, state, verdict, reason, needs_reason: false, person };
    district.block_on(app.decide(order)).unwrap().unwrap();
    round([&mut one, &mut two]);
    round([&mut one, &mut two]);
    one.save_draft(None, "meeting", "{\"place\":\"Pạc Bo\"}", clock::now()).unwrap();
    one.save(&gift("bà Tráng Lền Dín", "400"), clock::now()).unwrap();
    drop((one, two));
    let id = BookId::new(CELL, Period::Year(2012));
    let entries = app.store.read(|db| log::list_released(db, id)).unwrap();
    let lines: Vec<String> = entries.iter().map(|entry| hex::encode(&entry.bytes)).collect();
    drop(app);
    district.stop();
    std::fs::create_dir_all(golden("")).unwrap();
    std::fs::write(golden("book.hex"), lines.join("\n") + "\n").unwrap();
    std::fs::write(golden("book.heads"), heads(&lines).join("\n") + "\n").unwrap();
    std::fs::write(golden("phone.sql"), dump(&dir.path().join("one/phone.db"))).unwrap();
    std::fs::write(golden("district.sql"), dump(&folder.join("soban.db"))).unwrap();
    std::fs::copy(folder.join("keys"), golden("district.keys")).unwrap();
}

fn heads(lines: &[String]) -> Vec<String> {
    let mut book = Book::new(BookId::new(CELL, Period::Year(2012)), 1);
    for line in lines {
        let bytes = bytes_of(line);
        book.apply(&Entry::from_bytes(&bytes).unwrap(), None).unwrap();
    }
    book.automerge_heads()
}

fn bytes_of(line: &str) -> Vec<u8> {
    let pairs = line.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
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
    for line in &lines {
        let bytes = bytes_of(line);
        assert_eq!(Entry::from_bytes(&bytes).unwrap().to_bytes(), bytes);
    }
}

#[test]
fn a_phone_of_version_1_opens_with_all_that_it_held() {
    let dir = tempfile::tempdir().unwrap();
    load(&text("phone.sql"), &dir.path().join("phone.db"));
    let mut phone = open_phone(dir.path());
    let listed = phone.list(&ListQuery::default()).unwrap();
    assert_eq!(listed.len(), 2);
    let status = phone.status().unwrap();
    assert_eq!((status.unsent, status.contested, status.unread), (1, 1, 1));
    assert_eq!(phone.list_drafts().unwrap().len(), 1);
    let decision = &phone.list_decisions(false).unwrap()[0];
    assert_eq!(decision.reason.as_deref(), Some("hỏi lại hai bên"));
    let contested = listed.iter().find(|item| item.contests > 0).unwrap().id.parse().unwrap();
    assert_eq!(phone.show(contested).unwrap().contests[0].sides.len(), 2);
    assert!(phone.history(contested).unwrap().iter().any(|step| step.author == "ông Sùng Seo Páo"));
    phone.save(&gift("ông Ly Phát Tư", "437"), clock::now()).unwrap();
    assert_eq!(phone.status().unwrap().unsent, 2);
}

#[test]
fn a_district_of_version_1_opens_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    load(&text("district.sql"), &dir.path().join("soban.db"));
    std::fs::copy(golden("district.keys"), dir.path().join("keys")).unwrap();
    let app = App::open(dir.path(), Options::default()).unwrap();
    let totals = app.store.read(read::totals).unwrap();
    assert_eq!((totals.records, totals.contests, totals.entries), (1, 1, 4));
    assert_eq!(check(&app.store, false).unwrap().findings, []);
    // The phone of that time still speaks to it.
    drop(app);
    let district = District::start(dir.path());
    let home = dir.path().join("phone");
    std::fs::create_dir(&home).unwrap();
    load(&text("phone.sql"), &home.join("phone.db"));
    let mut phone = open_phone(&home);
    district.link().sync(&mut phone, None).unwrap();
    assert_eq!(phone.status().unwrap().unsent, 0);
    district.settle();
    assert_eq!(district.app().store.read(read::totals).unwrap().records, 2);
    district.stop();
}
