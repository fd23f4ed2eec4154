//! When the console says that a cell is late: the meeting that is due has not come. That is not
//! the same as a cell that nobody has heard of for long.

use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use soban_core::base::{Date, Instant, TimeOfDay};
use soban_core::form::Input;
use soban_core::phone::{NewRecord, Phone, Typed};
use soban_server::access::{NewAccount, Role, change_password, create_account};
use soban_server::access::{find_session, log_in};
use soban_server::clock::{self, Clock};
use soban_server::http::{App, Options, app};
use soban_server::store::org;
use soban_tests::district::District;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

fn meeting(kind: &str, month: &str, held_on: &str) -> NewRecord {
    let texts = [
        ("kind", kind),
        ("period_month", month),
        ("held_on", held_on),
        ("chair", "Lù Văn Lan"),
        ("note_taker", "Thào Mìn Sáng"),
        ("total_official", "5"),
        ("total_probationary", "0"),
        ("exempt", "0"),
        ("present", "5"),
        ("absent_excused", "0"),
        ("absent_unexcused", "0"),
    ];
    let text = |(name, words): (&str, &str)| (name.to_owned(), Input::Text(words.to_owned()));
    let fields = Typed::from(texts.map(text));
    NewRecord { form: "meeting".to_owned(), fields, confirmed: true, ..NewRecord::default() }
}

/// A district that has received what one phone of a cell wrote.
fn received(dir: &Path, write: impl FnOnce(&mut Phone)) {
    let district = District::start(&dir.join("district"));
    let mut phone = district.phone(&dir.join("phone"), "Lù Văn Lan");
    write(&mut phone);
    district.link().sync(&mut phone, None).unwrap();
    district.settle();
    district.stop();
}

fn save(phone: &mut Phone, kind: &str, month: &str, held_on: &str) {
    phone.save(&meeting(kind, month, held_on), clock::now()).unwrap();
}

/// The row of the cell in its commune's table, at nine in the morning of a day in Vietnam.
fn row(dir: &Path, year: u16, day: &str) -> String {
    let day: Date = day.parse().unwrap();
    let now = Instant::from_local(day, TimeOfDay::from_minutes(9 * 60).unwrap());
    let mut state = App::open(&dir.join("district"), Options::default()).unwrap();
    Arc::get_mut(&mut state).unwrap().clock = Clock::new(move || now);
    let cookie = session(&state, &day.to_string());
    let path = format!("/units/13?year={year}");
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let html = Runtime::new().unwrap().block_on(async {
        let response = app(state).oneshot(request).await.unwrap();
        let body = to_bytes(response.into_body(), 4_000_000).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    });
    let rows = html.split("<tr>").find(|row| row.contains("Chi bộ thôn Pạc Bo<"));
    rows.unwrap().to_owned()
}

fn session(app: &App, login: &str) -> String {
    let now = app.clock.now();
    let scope = app.store.read(org::root).unwrap().unwrap();
    let (login, name, role) = (login.to_owned(), "Ban Tuyên giáo".to_owned(), Role::Reader);
    let new = NewAccount { login: login.clone(), name, role, scope };
    let first = create_account(&app.store, new, now).unwrap();
    let token = log_in(&app.store, &login, &first, now).unwrap();
    let session = find_session(&app.store, token.as_str(), now).unwrap().unwrap();
    let own = (first.as_str(), "mật khẩu của tôi");
    let token = change_password(&app.store, &session, own, now).unwrap();
    format!("soban_session={}", token.as_str())
}

#[test]
fn a_cell_is_late_once_the_days_for_the_months_meeting_are_over() {
    let dir = tempfile::tempdir().unwrap();
    received(dir.path(), |phone| {
        save(phone, "regular", "3/2012", "18/3/2012");
        // It slipped into the next month, and is May's all the same.
        save(phone, "regular", "5/2012", "2/6/2012");
        // This comes on top of the month's meeting, and does not stand for it.
        save(phone, "thematic", "6/2012", "20/6/2012");
    });
    let row = |day| row(dir.path(), 2012, day);
    assert!(!row("2012-05-05").contains("Thiếu kỳ họp"));
    assert!(row("2012-05-06").contains("Thiếu kỳ họp 4/2012"));
    assert!(row("2012-06-05").contains("Thiếu kỳ họp 4/2012"));
    assert!(!row("2012-06-06").contains("Thiếu kỳ họp"));
    assert!(row("2012-07-06").contains("Thiếu kỳ họp 6/2012"));
    // Two of twelve: the meeting on top is none of the year's.
    assert!(row("2012-07-07").contains(">2/12<"));
}

#[test]
fn the_last_meeting_of_a_year_is_due_in_the_next() {
    let dir = tempfile::tempdir().unwrap();
    received(dir.path(), |phone| save(phone, "regular", "11/2012", "18/11/2012"));
    for year in [2012, 2013] {
        let at = |day| row(dir.path(), year, &format!("2013-01-0{day}"));
        let (before, after) = if year == 2012 { (5, 6) } else { (4, 7) };
        assert!(!at(before).contains("Thiếu kỳ họp"), "{year}");
        assert!(at(after).contains("Thiếu kỳ họp 12/2012"), "{year}");
    }
    assert!(row(dir.path(), 2013, "2013-02-06").contains("Thiếu kỳ họp 1/2013"));
    // What is asked of a year that is over stays the same.
    assert!(row(dir.path(), 2012, "2013-02-07").contains("Thiếu kỳ họp 12/2012"));
}

#[test]
fn a_void_meeting_is_none() {
    let dir = tempfile::tempdir().unwrap();
    received(dir.path(), |phone| {
        let new = meeting("regular", "4/2012", "18/4/2012");
        let record = phone.save(&new, clock::now()).unwrap().record;
        phone.void(record, None, "ghi nhầm", clock::now()).unwrap();
    });
    assert!(row(dir.path(), 2012, "2012-05-06").contains("Thiếu kỳ họp 4/2012"));
}

#[test]
fn silence_is_a_mark_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    received(dir.path(), |phone| save(phone, "regular", "4/2012", "18/4/2012"));
    let heard = clock::now().local_date().unwrap();
    let after = |days: i32| Date::from_days(heard.days() + days).unwrap().to_string();
    assert!(!row(dir.path(), 2012, &after(30)).contains("lâu chưa đồng bộ"));
    let silent = row(dir.path(), 2012, &after(33));
    assert!(silent.contains("lâu chưa đồng bộ"));
    assert!(silent.contains("Thiếu kỳ họp 12/2012"));
}
