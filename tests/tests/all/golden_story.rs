//! The story that the golden files of version 1 tell: two phones of one cell, a district that
//! decides between them, and one exchange of which every byte is kept.

use std::path::Path;

use rusqlite::Connection;
use serde_json::json;
use soban_core::base::{BookId, Period, RecordId, hex};
use soban_core::book::Ruling;
use soban_core::form::Input;
use soban_core::phone::{NewRecord, Phone, RecordPatch, Typed};
use soban_core::record::{Fields, Value};
use soban_core::sync::Standing;
use soban_server::clock;
use soban_server::decide::{Order, Verdict, state_of};
use soban_server::enrol::give_code;
use soban_server::link::APP_VERSION;
use soban_server::store::{log, read};
use soban_tests::district::{CELL, District, VILLAGE, gift, open_phone};

use crate::golden::{golden, heads};
use crate::golden_wire::{Log, standing_in, what_was_asked, what_was_told};

/// The book that the story is written in.
pub(crate) fn book() -> BookId {
    BookId::new(CELL, Period::Year(2012))
}

/// Posts a message; the answer's bytes.
pub(crate) fn post(district: &District, path: &str, token: &str, body: &[u8]) -> Vec<u8> {
    let url = format!("{}{path}", district.link().server());
    let request =
        ureq::post(&url).header("content-type", "application/cbor").header("authorization", token);
    request.send(body).unwrap().into_body().read_to_vec().unwrap()
}

fn text(words: &str) -> Input {
    Input::Text(words.to_owned())
}

fn typed<const N: usize>(fields: [(&str, &str); N]) -> Typed {
    fields.into_iter().map(|(name, words)| (name.to_owned(), text(words))).collect()
}

struct Story {
    district: District,
    one: Phone,
    two: Phone,
}

impl Story {
    /// Both phones hear of everything, and the district of all that they wrote.
    fn sync(&mut self) {
        for _ in 0..2 {
            for phone in [&mut self.one, &mut self.two] {
                self.district.link().sync(phone, None).unwrap();
                self.district.settle();
            }
        }
    }

    fn decide(&self, records: &[RecordId], verdict: Verdict, reason: &str) {
        let (app, records) = (self.district.app(), records.to_vec());
        let state = app.store.read(|db| state_of(db, &records)).unwrap();
        let (reason, person) = (reason.to_owned(), "Nguyễn Thị Hoa".to_owned());
        let order = Order { records, state, verdict, reason, needs_reason: false, person };
        self.district.block_on(app.decide(order)).unwrap().unwrap();
        self.district.settle();
    }

    /// Both phones write an area without having heard of the other's.
    fn quarrel(&mut self, record: RecordId, areas: [&str; 2]) {
        for (phone, area) in [&mut self.one, &mut self.two].into_iter().zip(areas) {
            edit(phone, record, typed([("area_m2", area)]));
        }
    }

    /// A decision on an area, with all that the quantity's group holds.
    fn set_area(&self, record: RecordId, area: i64) -> Verdict {
        let app = self.district.app();
        let form = app.pack.find_form_named("contribution").unwrap();
        let no = form.find_field_named("area_m2").unwrap().no;
        let row = app.store.read(|db| read::find_record(db, record)).unwrap().unwrap().row;
        let held = |field| row.fields.get(field).cloned().unwrap_or(Value::Null);
        let fields = form.group_of(no).unwrap().fields.iter();
        let mut values: Fields = fields.map(|field| (*field, held(field))).collect();
        values.insert(no, Value::Int(area));
        Verdict::One(Ruling::Set(no), values)
    }
}

fn save(phone: &mut Phone, new: &NewRecord) -> RecordId {
    phone.save(&NewRecord { confirmed: true, ..new.clone() }, clock::now()).unwrap().record
}

fn edit(phone: &mut Phone, record: RecordId, fields: Typed) {
    let patch = RecordPatch { fields, confirmed: true, ..RecordPatch::new(record) };
    phone.edit(&patch, clock::now()).unwrap();
}

fn work() -> NewRecord {
    let mut fields = typed([("kind", "culture_house"), ("name", "Nhà văn hóa thôn Pạc Bo")]);
    fields.extend(typed([("status", "mobilising"), ("position", "22.7654321, 104.1234567")]));
    fields.insert("village".to_owned(), Input::Int(VILLAGE));
    NewRecord { form: "work".to_owned(), fields, ..NewRecord::default() }
}

/// A gift whose fields are of nearly every kind.
fn full_gift(work: RecordId) -> NewRecord {
    let mut gift = gift("bà Tráng Lền Dín", "400");
    let (work, photo) = (work.to_string(), "5a".repeat(32));
    gift.fields.extend(typed([
        ("work", work.as_str()),
        ("land_position", "22.7512345, 104.1098765"),
        ("paper_photo", photo.as_str()),
    ]));
    gift.fields.insert("no_dispute".to_owned(), Input::Bool(true));
    let purposes = ["construction", "levelling"].map(str::to_owned);
    gift.fields.insert("purpose".to_owned(), Input::List(purposes.to_vec()));
    gift
}

fn meeting() -> NewRecord {
    let mut fields = typed([("kind", "regular"), ("period_month", "4/2012")]);
    fields.extend(typed([("held_on", "18/4/2012"), ("started_at", "19:30")]));
    fields.extend(typed([("chair", "Vàng Thị Mai"), ("note_taker", "Sùng Seo Páo")]));
    let counts = [("total_official", 7), ("total_probationary", 0), ("exempt", 0)];
    let present = [("present", 6), ("absent_excused", 1), ("absent_unexcused", 0)];
    for (name, count) in counts.into_iter().chain(present) {
        fields.insert(name.to_owned(), Input::Int(count));
    }
    let rows = vec![item(1, "Vận động hiến đất làm đường."), item(2, "Thu đảng phí.")];
    NewRecord { form: "meeting".to_owned(), fields, rows, ..NewRecord::default() }
}

fn item(seq: i64, summary: &str) -> (String, Typed) {
    let mut fields = typed([("kind", "next_month"), ("summary", summary)]);
    fields.insert("seq".to_owned(), Input::Int(seq));
    ("agenda_item".to_owned(), fields)
}

/// Rows that are added, changed and made void.
fn write_meeting(story: &mut Story) {
    let meeting = save(&mut story.one, &meeting());
    story.sync();
    let row = |phone: &mut Phone, place: usize| -> RecordId {
        phone.show(meeting).unwrap().rows[place].id.parse().unwrap()
    };
    let second = row(&mut story.two, 1);
    story.two.void(second, None, "ghi nhầm cuộc họp", clock::now()).unwrap();
    let first = row(&mut story.one, 0);
    let rows = vec![(first, typed([("conclusion", "mỗi hộ hai ngày công")]))];
    let new_rows = vec![item(3, "Nhiệm vụ tháng tới.")];
    let patch = RecordPatch { rows, new_rows, confirmed: true, ..RecordPatch::new(meeting) };
    story.one.edit(&patch, clock::now()).unwrap();
    story.sync();
}

/// Values, a group and voids that are disputed, and what is decided on them.
fn write_quarrels(story: &mut Story) {
    let [set, void, keep, asked] = ["Cường", "Tư", "Sào", "Lìn"]
        .map(|name| save(&mut story.one, &gift(&format!("ông Lục Thượng {name}"), "600")));
    story.sync();
    story.quarrel(set, ["500", "700"]);
    story.quarrel(asked, ["510", "710"]);
    for record in [void, keep] {
        // The group of the quantity is written here while the record is made void there.
        edit(&mut story.one, record, typed([("area_m2", "650")]));
        story.two.void(record, None, "hộ xin rút", clock::now()).unwrap();
    }
    story.sync();
    story.decide(&[set], story.set_area(set, 520), "đã đo lại ngày 12/4");
    let plain = |ruling| Verdict::One(ruling, Fields::new());
    story.decide(&[void], plain(Ruling::Void), "đúng là xin rút");
    story.decide(&[keep], plain(Ruling::Keep), "");
    story.decide(&[asked], plain(Ruling::Ask), "hỏi lại hai bên");
    story.sync();
}

/// Records that both phones made, and what is decided on each pair.
fn write_twins(story: &mut Story) {
    let pairs = ["Dín", "Chẻo", "Páo"].map(|name| {
        let twin = gift(&format!("ông Ly Phát {name}"), "437");
        [save(&mut story.one, &twin), save(&mut story.two, &twin)]
    });
    story.sync();
    let [same, distinct, split] = pairs;
    story.decide(&same, Verdict::Same(same[0]), "một mảnh đất");
    story.decide(&distinct, Verdict::Distinct, "hai mảnh");
    story.decide(&split, Verdict::Same(split[1]), "một mảnh");
    story.decide(&split, Verdict::Split, "biên bản ghi hai mảnh");
    story.sync();
}

/// The last lines: the district has what the first phone has not heard of, and the other way round.
fn write_end(story: &mut Story) {
    let link = story.district.link();
    save(&mut story.one, &gift("bà Giàng Thị Súa", "250"));
    link.sync(&mut story.one, None).unwrap();
    story.district.settle();
    let last = save(&mut story.two, &gift("ông Thào Mìn Sáng", "310"));
    edit(&mut story.two, last, typed([("area_m2", "320")]));
    link.sync(&mut story.two, None).unwrap();
    story.district.settle();
    let draft = "{\"place\":\"Pạc Bo\"}";
    story.one.save_draft(None, "meeting", draft, clock::now()).unwrap();
    save(&mut story.one, &gift("bà Lù Thị Chứ", "400"));
}

/// Writes the story and keeps all that it leaves behind.
pub(crate) fn write_all() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, home) = (dir.path().join("district"), dir.path().join("one"));
    let district = District::start(&folder);
    let mut one = open_phone(&home);
    let (code, _) =
        give_code(&district.app().store, CELL, "bà Vàng Thị Mai", clock::now()).unwrap();
    let asked = one.enrol_request(&code.printed(), APP_VERSION).unwrap();
    let enrolled = post(&district, "/v1/enrol", "", &asked);
    one.finish_enrolment(&enrolled, clock::now()).unwrap();
    let two = district.phone(&dir.path().join("two"), "ông Sùng Seo Páo");
    let mut story = Story { district, one, two };
    let work = save(&mut story.one, &work());
    save(&mut story.one, &full_gift(work));
    write_meeting(&mut story);
    write_quarrels(&mut story);
    write_twins(&mut story);
    write_end(&mut story);
    let Story { district, one, two } = story;
    drop((one, two));
    district.stop();
    std::fs::create_dir_all(golden("")).unwrap();
    std::fs::write(golden("phone.sql"), dump(&home.join("phone.db"))).unwrap();
    std::fs::write(golden("district.sql"), dump(&folder.join("soban.db"))).unwrap();
    std::fs::copy(folder.join("keys"), golden("district.keys")).unwrap();
    let district = District::start(&folder);
    let sync = exchange(&district, &home);
    let returned = open_phone(&home).return_request().unwrap();
    keep_book(&district);
    let kept = json!({
        "book": book().to_string(),
        "enrol": { "request": hex::encode(&asked), "response": hex::encode(&enrolled) },
        "return": hex::encode(&returned),
        "sync": sync,
    });
    let kept = serde_json::to_string_pretty(&kept).unwrap();
    std::fs::write(golden("wire.json"), kept + "\n").unwrap();
    district.stop();
}

/// The first phone's next sync, as bytes and as what they say.
fn exchange(district: &District, home: &Path) -> serde_json::Value {
    let before = standing_in(home);
    let mut one = open_phone(home);
    let device = one.identity().unwrap().device();
    let token = one.authorization().unwrap();
    let request = one.outgoing(APP_VERSION, Some(1 << 33), clock::now()).unwrap();
    let response = post(district, "/v1/sync", &token, &request);
    one.incoming(&response, clock::now()).unwrap();
    drop(one);
    let after = standing_in(home);
    let log = Log::of_district(district);
    let standing = |standing: &Standing| {
        let (bytes, digest) = (standing.to_bytes(), standing.digest().0);
        json!({ "bytes": hex::encode(&bytes), "digest": hex::encode(&digest) })
    };
    json!({
        "request": hex::encode(&request),
        "asked": what_was_asked(&request, device, &log),
        "response": hex::encode(&response),
        "told": what_was_told(&response, device, &log),
        "before": standing(&before),
        "after": standing(&after),
    })
}

/// The book's entries in the order of their positions, one a line, and the document's heads.
fn keep_book(district: &District) {
    let app = district.app();
    let entries = app.store.read(|db| log::list_released(db, book())).unwrap();
    let lines: Vec<String> = entries.iter().map(|entry| hex::encode(&entry.bytes)).collect();
    std::fs::write(golden("book.hex"), lines.join("\n") + "\n").unwrap();
    std::fs::write(golden("book.heads"), heads(&lines).join("\n") + "\n").unwrap();
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
