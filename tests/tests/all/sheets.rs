//! Enrolment sheets: for one cell, for all that have no phone, and for a phone that is lost.

use axum::http::StatusCode;
use soban_core::base::OrgUnitId;
use soban_core::phone::Phone;
use soban_server::access::Role;
use soban_server::clock;
use soban_server::store::meta;
use soban_tests::district::{CELL, District, gift, open_phone};

use crate::card::{hidden, post};
use crate::pages::{account, district, get};

/// What the sheets on a page say: their units and their codes.
fn sheets(html: &str) -> Vec<(String, String)> {
    let parts = html.split("<article class=\"sheet\">").skip(1);
    let between = |text: &str, start: &str| {
        let (_, rest) = text.split_once(start).unwrap();
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    parts
        .map(|part| (between(part, "<p class=\"unit\">"), between(part, "<dd class=\"big\">")))
        .collect()
}

/// As an operator sets it: these requests come without a `Host`.
fn with_address(district: &District) {
    let set = |db: &soban_server::store::Db| meta::set_public_address(db, "https://so.example");
    district.app().store.write(set).unwrap();
}

fn enrol(district: &District, phone: &mut Phone, code: &str) {
    district.link().enrol(phone, code).unwrap();
}

#[test]
fn sheets_for_all_cells_without_a_phone_enrol_their_phones_once() {
    let dir = tempfile::tempdir().unwrap();
    let district = district(dir.path());
    with_address(&district);
    let cookie = account(&district, "quanly", Role::Administrator, OrgUnitId(1));
    let page = get(&district, &cookie, "/invite?unit=1");
    assert_eq!(page.status, StatusCode::OK);
    let csrf = hidden(&page.html, "csrf");
    let form = [("csrf", csrf.as_str()), ("unit", "1"), ("which", "unserved"), ("days", "14")];
    let answer = post(&district, &cookie, "/invite", &form);
    assert_eq!(answer.status, StatusCode::OK);
    let made = sheets(&answer.html);
    // 251 cells, of which one has phones.
    assert_eq!(made.len(), 250);
    assert!(answer.html.contains("<svg") && answer.html.contains("https://so.example"));
    let (_, code) = &made[7];
    let mut phone = open_phone(&dir.path().join("new"));
    enrol(&district, &mut phone, code);
    let mut other = open_phone(&dir.path().join("other"));
    assert!(district.link().enrol(&mut other, code).is_err(), "a code is used once");
    assert!(phone.status().unwrap().unit_name == made[7].0);
    let page = get(&district, &cookie, "/invite?unit=1").html;
    assert!(page.contains("249 "), "{page}");
    for days in ["0", "31", "x"] {
        let form = [("csrf", csrf.as_str()), ("unit", "1"), ("days", days)];
        assert_ne!(post(&district, &cookie, "/invite", &form).status, StatusCode::OK, "{days}");
    }
    district.stop();
}

#[test]
fn a_lost_phone_is_replaced_in_one_action() {
    let dir = tempfile::tempdir().unwrap();
    let district = district(dir.path());
    let mut lost = district.phone(&dir.path().join("lost"), "bà Vàng Thị Mai");
    let id = lost.status().unwrap().device.unwrap();
    with_address(&district);
    let cookie = account(&district, "quanly", Role::Administrator, CELL);
    let path = format!("/devices/{id}/replace");
    let csrf = hidden(&get(&district, &cookie, &path).html, "csrf");
    let form = [("csrf", csrf.as_str()), ("holder", "")];
    let answer = post(&district, &cookie, &path, &form);
    assert_eq!(answer.status, StatusCode::OK);
    let made = sheets(&answer.html);
    assert_eq!(made.len(), 1);
    assert!(answer.html.contains("bà Vàng Thị Mai"));

    lost.save(&gift("ông Cường", "600"), clock::now()).unwrap();
    let told = district.link().sync(&mut lost, None);
    assert!(told.is_err() || lost.status().unwrap().revoked, "the old phone is told");
    let mut new = open_phone(&dir.path().join("new"));
    enrol(&district, &mut new, &made[0].1);
    assert_eq!(new.status().unwrap().org_unit, Some(CELL.0));
    // The button pressed twice makes no second sheet.
    assert_eq!(post(&district, &cookie, &path, &form).status, StatusCode::FORBIDDEN);
    district.stop();
}

#[test]
fn who_does_not_manage_devices_makes_no_sheets() {
    let dir = tempfile::tempdir().unwrap();
    let district = district(dir.path());
    let reader = account(&district, "xem", Role::Reader, CELL);
    assert_eq!(
        get(&district, &reader, &format!("/invite?unit={CELL}")).status,
        StatusCode::FORBIDDEN
    );
    let other = account(&district, "khac", Role::Administrator, OrgUnitId(12));
    let path = format!("/invite?unit={CELL}");
    assert_eq!(get(&district, &other, &path).status, StatusCode::NOT_FOUND);
    assert_eq!(get(&district, "", "/enrol").status, StatusCode::OK);
    district.stop();
}
