//! Every page of the console on real data, as snapshots of what a person reads, in both languages;
//! and what holds of every page.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use soban_core::base::{Instant, OrgUnitId};
use soban_core::form::Input;
use soban_core::phone::{Phone, RecordPatch};
use soban_server::access::create_account;
use soban_server::access::{NewAccount, Role, change_password, find_session, log_in};
use soban_server::clock;
use soban_server::http::app;
use soban_server::store::{Db, meta, org, read};
use soban_tests::district::{CELL, District, gift};
use tower::ServiceExt as _;

pub(crate) struct Page {
    pub(crate) status: StatusCode,
    policy: String,
    pub(crate) html: String,
}

pub(crate) fn get(district: &District, cookie: &str, path: &str) -> Page {
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    district.block_on(async {
        let response = app(district.app()).oneshot(request).await.unwrap();
        let policy = response.headers().get("content-security-policy").unwrap();
        let (status, policy) = (response.status(), policy.to_str().unwrap().to_owned());
        let body = to_bytes(response.into_body(), 4_000_000).await.unwrap();
        Page { status, policy, html: String::from_utf8(body.to_vec()).unwrap() }
    })
}

/// A district in which two phones disagree on the area of a gift and on whether it is void.
pub(crate) fn district(dir: &std::path::Path) -> District {
    let district = District::start(&dir.join("district"));
    let mut one = district.phone(&dir.join("one"), "Lù Văn Lan (bí thư)");
    let mut two = district.phone(&dir.join("two"), "Thào Mìn Sáng (phó bí thư)");
    let record = one.save(&gift("ông Lục Thượng Cường", "5.000"), clock::now()).unwrap().record;
    let link = district.link();
    link.sync(&mut one, None).unwrap();
    district.settle();
    link.sync(&mut two, None).unwrap();
    // Device ids are random and break ties: an edit more, and a later clock, leave none to break.
    let later = |seconds: i64| Instant(clock::now().0 + seconds * 1_000);
    let write = |phone: &mut Phone, field: &str, value: &str, at: Instant| {
        let mut patch = RecordPatch { confirmed: true, ..RecordPatch::new(record) };
        patch.fields.insert(field.to_owned(), Input::Text(value.to_owned()));
        phone.edit(&patch, at).unwrap();
    };
    write(&mut one, "area_m2", "5.200", later(0));
    write(&mut two, "note", "đo lại, trừ phần bờ suối", later(1));
    write(&mut two, "area_m2", "2.500", later(2));
    for phone in [&mut one, &mut two] {
        link.sync(phone, None).unwrap();
        district.settle();
    }
    district
}

fn signed_in(district: &District) -> String {
    let scope = district.app().store.read(org::root).unwrap().unwrap();
    account(district, "lan", Role::Administrator, scope)
}

/// The cookie of somebody with an account of their own.
pub(crate) fn account(district: &District, login: &str, role: Role, scope: OrgUnitId) -> String {
    let app = district.app();
    let name = "Lan Thị Cán Bộ".to_owned();
    let new = NewAccount { login: login.to_owned(), name, role, scope };
    let first = create_account(&app.store, new, clock::now()).unwrap();
    let token = log_in(&app.store, login, &first, clock::now()).unwrap();
    let session = find_session(&app.store, token.as_str(), clock::now()).unwrap().unwrap();
    let own = "mật khẩu của tôi";
    let token = change_password(&app.store, &session, (&first, own), clock::now()).unwrap();
    format!("soban_session={}", token.as_str())
}

/// What a person reads: text without marks, ids and times as what they are.
fn read_text(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, main)| main);
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let block =
            ["/td", "/th", "/div", "/li", "/p", "/h1", "/h2", "/dd", "/dt", "/caption", "br"];
        if block.contains(&tag) {
            text.push('\n');
        }
        text.push_str(words);
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> =
        lines.filter(|line| !line.is_empty()).map(|line| tidy(&line)).collect();
    lines.join("\n").replace("&#38;", "&")
}

/// Device ids are hexadecimal, times and dates of today change.
fn tidy(line: &str) -> String {
    let today = clock::now().local_date().unwrap().in_figures();
    let word = |word: &str| {
        let hex = word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let time = word.len() == 5 && word.as_bytes().get(2) == Some(&b':');
        match word {
            _ if hex => "‹device›".to_owned(),
            _ if time => "‹time›".to_owned(),
            word => word.replace(&today, "‹today›"),
        }
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_page_reads_as_it_did_and_keeps_the_policy() {
    let dir = tempfile::tempdir().unwrap();
    let district = district(dir.path());
    let cookie = signed_in(&district);
    let store = district.app().store.clone();
    let contests = store.read(|db| read::list_contests(db, CELL, (0, 9))).unwrap();
    let contest = contests[0].clone();
    for (name, path) in [
        ("unit", "/units/13".to_owned()),
        ("cell", format!("/units/{CELL}")),
        ("book", format!("/units/{CELL}/books/2012")),
        ("record", format!("/records/{}", contest.record)),
        ("contests", "/contests".to_owned()),
        ("contest", format!("/contests/{}", contest.id)),
        ("devices", "/devices".to_owned()),
        ("search", "/search?q=luc%20thuong".to_owned()),
    ] {
        reads_as_it_did(&district, &cookie, (name, &path), StatusCode::OK);
    }
    district.stop();
}

/// A page in both languages as a person reads it, under the policy that every page has.
pub(crate) fn reads_as_it_did(
    district: &District,
    cookie: &str,
    (name, path): (&str, &str),
    status: StatusCode,
) {
    for language in ["vi", "en"] {
        let cookie = format!("{cookie}; soban_language={language}");
        let mark = if path.contains('?') { '&' } else { '?' };
        let page = get(district, &cookie, &format!("{path}{mark}lang={language}"));
        assert_eq!(page.status, status, "{path}");
        assert!(page.policy.starts_with("default-src 'none'"));
        assert!(page.html.contains(&format!("<html lang=\"{language}\">")));
        for inline in ["<script>", " style=", " onclick=", "javascript:"] {
            assert!(!page.html.contains(inline), "{path} has {inline}");
        }
        insta::assert_snapshot!(format!("page_{name}_{language}"), read_text(&page.html));
    }
}

#[test]
fn pages_that_ask_and_pages_that_say_no_read_as_they_did() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let phone = district.phone(&dir.path().join("phone"), "Lù Văn Lan (bí thư)");
    let device = phone.status().unwrap().device.unwrap();
    let store = district.app().store.clone();
    let set = |db: &Db| meta::set_public_address(db, "https://so.example");
    store.write(set).unwrap();
    let cookie = signed_in(&district);
    let reader = account(&district, "xem", Role::Reader, CELL);
    let new = NewAccount {
        login: "moi".to_owned(),
        name: "Cán bộ mới".to_owned(),
        role: Role::Reader,
        scope: CELL,
    };
    let first = create_account(&store, new, clock::now()).unwrap();
    let newcomer = log_in(&store, "moi", &first, clock::now()).unwrap();
    let newcomer = format!("soban_session={}", newcomer.as_str());
    for (name, cookie, path, status) in [
        ("login", "", "/login".to_owned(), StatusCode::OK),
        ("password", &newcomer, "/password".to_owned(), StatusCode::OK),
        ("revoke", &cookie, format!("/devices/{device}/revoke"), StatusCode::OK),
        ("replace", &cookie, format!("/devices/{device}/replace"), StatusCode::OK),
        ("invite_cell", &cookie, format!("/invite?unit={CELL}"), StatusCode::OK),
        ("invite_commune", &cookie, "/invite?unit=13".to_owned(), StatusCode::OK),
        ("403", &reader, format!("/invite?unit={CELL}"), StatusCode::FORBIDDEN),
        ("404", &cookie, "/nowhere".to_owned(), StatusCode::NOT_FOUND),
    ] {
        reads_as_it_did(&district, cookie, (name, &path), status);
    }
    district.stop();
}

#[test]
fn nobody_sees_a_page_without_signing_in_nor_anything_outside_their_scope() {
    let dir = tempfile::tempdir().unwrap();
    let district = district(dir.path());
    assert_eq!(get(&district, "", "/units/13").status, StatusCode::SEE_OTHER);
    let app = district.app();
    let cookie = account(&district, "khac", Role::Reviewer, OrgUnitId(12));
    let contest = app.store.read(|db| read::list_contests(db, CELL, (0, 1))).unwrap()[0].clone();
    for path in [
        format!("/units/{CELL}"),
        format!("/units/{CELL}/books/2012"),
        format!("/records/{}", contest.record),
        format!("/contests/{}", contest.id),
    ] {
        assert_eq!(get(&district, &cookie, &path).status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!get(&district, &cookie, "/search?q=luc").html.contains("Lục Thượng Cường"));
    assert_eq!(get(&district, &cookie, "/units/12").status, StatusCode::OK);
    district.stop();
}
