//! Staff decide on the console's card: what is taken, what is refused, and who may.

use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use soban_core::base::{OrgUnitId, RecordId};
use soban_core::form::Input;
use soban_core::phone::{Phone, RecordPatch};
use soban_server::access::Role;
use soban_server::check::check;
use soban_server::clock;
use soban_server::http::app;
use soban_server::store::read;
use soban_tests::district::{CELL, District, gift};
use tower::ServiceExt as _;

use crate::pages::{Page, account, district, get};

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) html: String,
}

pub(crate) fn post(
    district: &District,
    cookie: &str,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    let request = Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(pairs.collect::<Vec<_>>().join("&")))
        .unwrap();
    district.block_on(async {
        let response = app(district.app()).oneshot(request).await.unwrap();
        let location = response.headers().get(header::LOCATION);
        let location = location.map_or_else(String::new, |it| it.to_str().unwrap().to_owned());
        let status = response.status();
        let body = to_bytes(response.into_body(), 4_000_000).await.unwrap();
        Answer { status, location, html: String::from_utf8(body.to_vec()).unwrap() }
    })
}

/// What a hidden field of a page says.
pub(crate) fn hidden(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = html.split_once(&mark).unwrap_or_else(|| panic!("no {name}: {html}"));
    rest.split('"').next().unwrap().to_owned()
}

/// A district with one disagreement, and somebody who reads its card.
struct Desk {
    district: District,
    cookie: String,
    path: String,
    card: String,
}

impl Desk {
    fn on(district: District) -> Self {
        let cookie = account(&district, "lan", Role::Reviewer, CELL);
        let path = format!("/contests/{}", open(&district)[0].id);
        let card = get(&district, &cookie, &path).html;
        Self { district, cookie, path, card }
    }

    fn start(dir: &Path) -> Self {
        Self::on(district(dir))
    }

    /// The same person on the card of what is open now.
    fn on_again(self) -> Self {
        let path = format!("/contests/{}", open(&self.district)[0].id);
        let card = self.page(&path).html;
        Self { path, card, ..self }
    }

    /// Sends what the card asks for.
    fn send(&self, take: &str, reason: &str, more: &[(&str, &str)]) -> Answer {
        let (csrf, state) = (hidden(&self.card, "csrf"), hidden(&self.card, "state"));
        let mut fields =
            vec![("csrf", csrf.as_str()), ("state", &state), ("take", take), ("reason", reason)];
        fields.extend_from_slice(more);
        post(&self.district, &self.cookie, &format!("{}/decide", self.path), &fields)
    }

    fn page(&self, path: &str) -> Page {
        get(&self.district, &self.cookie, path)
    }

    fn area(&self) -> String {
        let app = self.district.app();
        let form = app.pack.find_form_named("contribution").unwrap();
        format!("field-{}", form.find_field_named("area_m2").unwrap().no.0)
    }

    fn kind(&self) -> String {
        let app = self.district.app();
        let form = app.pack.find_form_named("contribution").unwrap();
        format!("field-{}", form.find_field_named("kind").unwrap().no.0)
    }

    /// Everything is settled, and the books still follow from the log.
    fn ends(self) {
        assert_eq!(open(&self.district).len(), 0);
        assert!(check(&self.district.app().store, false).unwrap().findings.is_empty());
        self.district.stop();
    }
}

fn open(district: &District) -> Vec<read::ContestRow> {
    district.app().store.read(|db| read::list_contests(db, CELL, (0, 50))).unwrap()
}

fn is_taken(answer: &Answer) {
    let taken = (StatusCode::SEE_OTHER, "/contests?told=decided");
    assert_eq!((answer.status, answer.location.as_str()), taken, "{}", answer.html);
}

fn sync(district: &District, phones: &mut [&mut Phone]) {
    for _ in 0..2 {
        for phone in phones.iter_mut() {
            district.link().sync(phone, None).unwrap();
            district.settle();
        }
    }
}

fn write(phone: &mut Phone, record: RecordId, field: &str, value: &str) {
    let mut patch = RecordPatch { confirmed: true, ..RecordPatch::new(record) };
    patch.fields.insert(field.to_owned(), Input::Text(value.to_owned()));
    phone.edit(&patch, clock::now()).unwrap();
}

#[test]
fn a_side_is_taken_and_stands_in_the_history_with_who_and_why() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    let record = open(&desk.district)[0].record;
    let answer = desk.send("side-0", "theo biên bản đo ngày 12/4", &[]);
    is_taken(&answer);
    let list = desk.page(&answer.location).html;
    assert!(list.contains("Đã ghi quyết định"), "{list}");
    let page = desk.page(&format!("/records/{record}")).html;
    for said in ["5.200", "Lan Thị Cán Bộ", "Lý do: theo biên bản đo ngày 12/4", "tại văn phòng"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    desk.ends();
}

#[test]
fn something_else_is_typed_as_people_write_it() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    let record = open(&desk.district)[0].record;
    let (area, kind) = (desk.area(), desk.kind());
    is_taken(&desk.send("other", "đo lại", &[(&kind, "land"), (&area, "4.800 m2")]));
    assert!(desk.page(&format!("/records/{record}")).html.contains("4.800"));
    desk.ends();
}

#[test]
fn what_does_not_read_is_said_beside_its_field_and_stays_typed() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    let (area, kind) = (desk.area(), desk.kind());
    for (typed, said) in [("rất rộng", "Diện tích: "), ("", "")] {
        let answer = desk.send("other", "đo lại", &[(&kind, "land"), (&area, typed)]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.html.contains("aria-invalid") && answer.html.contains(said));
        assert!(answer.html.contains(&format!("name=\"{area}\" value=\"{typed}\"")));
        assert!(answer.html.contains("đo lại</textarea>"));
    }
    assert_eq!(open(&desk.district).len(), 1);
    desk.district.stop();
}

#[test]
fn without_its_reason_or_a_choice_nothing_is_decided() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    let bare = desk.send("side-1", "  ", &[]);
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.html.contains("id=\"reason-problem\""));
    assert!(bare.html.contains("value=\"side-1\" required checked"));
    for strange in ["", "side-7", "void", "distinct", "x"] {
        let answer = desk.send(strange, "đo lại", &[]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{strange}");
        assert!(answer.html.contains("Chưa chọn cách giải quyết"), "{strange}");
    }
    assert_eq!(open(&desk.district).len(), 1);
    desk.district.stop();
}

#[test]
fn a_page_that_has_moved_on_is_shown_anew_with_the_reason_kept() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    let mut phone = soban_tests::district::open_phone(&dir.path().join("two"));
    write(&mut phone, open(&desk.district)[0].record, "area_m2", "3.100");
    sync(&desk.district, &mut [&mut phone]);
    let answer = desk.send("side-0", "theo biên bản", &[]);
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.html.contains("role=\"alert\"") && answer.html.contains("3.100"));
    assert!(answer.html.contains("theo biên bản</textarea>") && !answer.html.contains(" checked"));
    assert_eq!(open(&desk.district).len(), 1);
    // The new page is as good as any.
    let desk = Desk { card: answer.html, ..desk };
    is_taken(&desk.send("side-0", "theo biên bản", &[]));
    desk.ends();
}

#[test]
fn who_comes_second_is_told_that_it_is_settled() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    is_taken(&desk.send("side-0", "theo biên bản", &[]));
    let late = desk.send("side-1", "theo biên bản", &[]);
    assert_eq!(
        (late.status, late.location.as_str()),
        (StatusCode::SEE_OTHER, "/contests?told=gone")
    );
    assert!(desk.page(&late.location).html.contains("đã được giải quyết"));
    assert_eq!(desk.page(&desk.path).status, StatusCode::NOT_FOUND);
    desk.ends();
}

#[test]
fn a_reader_sees_no_form_and_nobody_decides_without_the_right() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    let decide = format!("{}/decide", desk.path);
    let state = hidden(&desk.card, "state");
    for (login, role, scope) in [
        ("doc", Role::Reader, CELL),
        ("khac", Role::Reviewer, OrgUnitId(12)),
        ("quan", Role::Administrator, OrgUnitId(12)),
    ] {
        let cookie = account(&desk.district, login, role, scope);
        let csrf = hidden(&get(&desk.district, &cookie, "/contests").html, "csrf");
        let fields =
            [("csrf", csrf.as_str()), ("state", &state), ("take", "side-0"), ("reason", "x")];
        let answer = post(&desk.district, &cookie, &decide, &fields);
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{login}");
        let stale = post(&desk.district, &cookie, &decide, &fields[1..]);
        assert_eq!(stale.status, StatusCode::FORBIDDEN, "{login}");
        if role == Role::Reader {
            let card = get(&desk.district, &cookie, &desk.path);
            assert_eq!(card.status, StatusCode::OK);
            assert!(!card.html.contains("/decide") && !card.html.contains("name=\"take\""));
        }
    }
    assert_eq!(open(&desk.district).len(), 1);
    desk.district.stop();
}

/// One phone voids what the other still changes.
fn voided(dir: &Path) -> (Desk, RecordId) {
    let district = District::start(&dir.join("district"));
    let mut one = district.phone(&dir.join("one"), "bà Vàng Thị Mai");
    let mut two = district.phone(&dir.join("two"), "ông Sùng Seo Páo");
    let record = one.save(&gift("ông Ly Phát Tư", "437"), clock::now()).unwrap().record;
    sync(&district, &mut [&mut one, &mut two]);
    one.void(record, None, "ghi nhầm", clock::now()).unwrap();
    write(&mut two, record, "note", "đã nhận đất");
    sync(&district, &mut [&mut one, &mut two]);
    (Desk::on(district), record)
}

#[test]
fn a_record_is_void_or_kept_for_a_reason() {
    for (take, shown) in [("void", "Quyết định hủy"), ("keep", "Quyết định giữ")] {
        let dir = tempfile::tempdir().unwrap();
        let (desk, record) = voided(dir.path());
        assert!(desk.card.contains("Hủy bản ghi") && desk.card.contains("Giữ bản ghi"));
        assert!(!desk.card.contains("side-0"));
        let bare = desk.send(take, "", &[]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        is_taken(&desk.send(take, "đã hỏi hộ gia đình", &[]));
        let page = desk.page(&format!("/records/{record}")).html;
        assert!(page.contains(shown) && page.contains("đã hỏi hộ gia đình"), "{page}");
        desk.ends();
    }
}

#[test]
fn twins_are_one_or_two_and_both_histories_say_so() {
    for (take, first, second) in [
        ("side-0", "là một với bản", "gộp vào bản"),
        ("distinct", "không phải một với bản", "không phải một với bản"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let district = District::start(&dir.path().join("district"));
        let mut one = district.phone(&dir.path().join("one"), "bà Vàng Thị Mai");
        let mut two = district.phone(&dir.path().join("two"), "ông Sùng Seo Páo");
        let twin = gift("ông Ly Phát Tư", "437");
        let mut records = [&mut one, &mut two].map(|p| p.save(&twin, clock::now()).unwrap().record);
        records.sort();
        sync(&district, &mut [&mut one, &mut two]);
        let desk = Desk::on(district);
        assert!(desk.card.contains("Là một; giữ bản này"));
        is_taken(&desk.send(take, "", &[]));
        for (record, said) in records.iter().zip([first, second]) {
            let page = desk.page(&format!("/records/{record}")).html;
            assert!(page.contains(said), "{said}: {page}");
        }
        desk.ends();
    }
}

#[test]
fn a_decision_that_was_written_over_can_be_kept_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::start(dir.path());
    let record = open(&desk.district)[0].record;
    is_taken(&desk.send("side-0", "theo biên bản", &[]));
    let mut phone = soban_tests::district::open_phone(&dir.path().join("two"));
    sync(&desk.district, &mut [&mut phone]);
    write(&mut phone, record, "area_m2", "900");
    sync(&desk.district, &mut [&mut phone]);
    let desk = Desk::on_again(desk);
    assert!(desk.card.contains("bị ghi lại sau khi đã quyết định"), "{}", desk.card);
    is_taken(&desk.send("before", "số đo không đổi", &[]));
    assert!(desk.page(&format!("/records/{record}")).html.contains("5.200"));
    desk.ends();
}
