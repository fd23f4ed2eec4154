//! The console as a browser calls it, without a port.

use axum::http::StatusCode;
use soban_core::base::OrgUnitId;
use soban_core::sync::EnrolResponse;

use crate::access::Role;
use crate::testing::{Answer, CELL, DISTRICT, District, KEY};

const OWN: &str = "mật-khẩu-của-tôi";

/// Sends the login form as its page asks.
async fn log_in(district: &District, login: &str, password: &str) -> Answer {
    let page = district.get("/login", "").await;
    let cookie = format!("soban_form={}", page.cookie("soban_form").unwrap());
    let form = format!("csrf={}&login={login}&password={}", page.csrf(), encoded(password));
    district.post("/login", &cookie, &form).await
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn session(answer: &Answer) -> String {
    format!("soban_session={}", answer.cookie("soban_session").expect("somebody is signed in"))
}

/// Changes the password on the page that asks for it.
async fn change(district: &District, cookie: &str, old: &str, new: &str) -> Answer {
    let csrf = district.get("/password", cookie).await.csrf();
    let (old, new) = (encoded(old), encoded(new));
    let form = format!("csrf={csrf}&old={old}&new={new}&again={new}");
    district.post("/password", cookie, &form).await
}

/// The cookie of somebody who has a password of their own.
async fn signed_in(district: &District, role: Role, scope: OrgUnitId) -> String {
    let first = district.account(role.as_str(), role, scope);
    let cookie = session(&log_in(district, role.as_str(), &first).await);
    session(&change(district, &cookie, &first, OWN).await)
}

#[tokio::test]
async fn the_first_password_opens_only_the_page_that_changes_it() {
    let district = District::new();
    let first = district.administrators_password.clone();
    let answer = log_in(&district, "admin", &first).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let cookie = session(&answer);
    for path in ["/", "/devices"] {
        let answer = district.get(path, &cookie).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/password"));
    }
    for (old, new) in [("wrong", OWN), (&first, "short"), (&first, first.as_str())] {
        let answer = change(&district, &cookie, old, new).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
    }
    let changed = change(&district, &cookie, &first, OWN).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    // The old session has ended with the old password.
    assert_eq!(district.get("/devices", &cookie).await.location(), "/login");
    assert_eq!(district.get("/devices", &session(&changed)).await.status, StatusCode::OK);
    assert_eq!(log_in(&district, "admin", OWN).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_look_the_same() {
    let district = District::new();
    let wrong = log_in(&district, "admin", "not the password").await;
    let unknown = log_in(&district, "adnim", "not the password").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, wrong.status);
    let plain = |answer: &Answer| answer.text().replace(&answer.csrf(), "");
    assert_eq!(plain(&wrong), plain(&unknown).replace("adnim", "admin"));
    assert_eq!(wrong.cookie("soban_session"), None);
}

#[tokio::test]
async fn after_ten_tries_even_the_right_password_waits_a_minute() {
    let district = District::new();
    for _ in 0..10 {
        log_in(&district, "admin", "not the password").await;
    }
    let password = district.administrators_password.clone();
    let answer = log_in(&district, "admin", &password).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    district.hours_later(1);
    assert_eq!(log_in(&district, "admin", &password).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let district = District::new();
    let answer = log_in(&district, "admin", &district.administrators_password).await;
    let cookies = answer.headers.get_all("set-cookie").iter();
    let cookie = cookies.map(|line| line.to_str().unwrap()).find(|line| line.contains("session"));
    let cookie = cookie.unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_and_when_its_person_leaves() {
    let district = District::new();
    let cookie = signed_in(&district, Role::Reader, DISTRICT).await;
    district.hours_later(11);
    let page = district.get("/devices", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    district.hours_later(2);
    assert_eq!(district.get("/devices", &cookie).await.location(), "/login");

    let cookie = session(&log_in(&district, "reader", OWN).await);
    let csrf = district.get("/devices", &cookie).await.csrf();
    let left = district.post("/logout", &cookie, &format!("csrf={csrf}")).await;
    assert_eq!(left.cookie("soban_session").as_deref(), Some(""));
    assert_eq!(district.get("/devices", &cookie).await.location(), "/login");
}

#[tokio::test]
async fn no_form_is_taken_without_the_token_of_its_own_session() {
    let district = District::new();
    let cookie = signed_in(&district, Role::Administrator, DISTRICT).await;
    let foreign = signed_in(&district, Role::Reader, DISTRICT).await;
    let foreign = district.get("/devices", &foreign).await.csrf();
    for path in ["/logout", "/password", "/devices/0000000000/revoke"] {
        for form in ["", "csrf=", "csrf=00", &format!("csrf={foreign}")] {
            let answer = district.post(path, &cookie, form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {form}");
        }
    }
    let page = district.get("/login", "").await;
    let form = format!("csrf={}&login=admin&password=x", page.csrf());
    for cookie in ["", "soban_form=00", &format!("soban_form={foreign}")] {
        assert_eq!(district.post("/login", cookie, &form).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(district.get("/devices", &cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_administrator_revokes_a_device_and_it_is_told_so() {
    let district = District::new();
    let answer = district.enrol(&district.code(), &KEY).await;
    let answer = EnrolResponse::from_bytes(&answer.body).unwrap();
    let device = answer.certificate.open(&answer.server_key).unwrap().device;
    let path = format!("/devices/{device}/revoke");

    let other = signed_in(&district, Role::Reviewer, OrgUnitId(12)).await;
    assert!(!district.get("/devices", &other).await.text().contains(&device.to_string()));
    assert_eq!(district.get(&path, &other).await.status, StatusCode::NOT_FOUND);

    let reader = signed_in(&district, Role::Reader, CELL).await;
    let page = district.get("/devices", &reader).await;
    assert!(page.text().contains(&device.to_string()));
    assert!(!page.text().contains(&path));
    let form = format!("csrf={}", page.csrf());
    assert_eq!(district.get(&path, &reader).await.status, StatusCode::FORBIDDEN);
    assert_eq!(district.post(&path, &reader, &form).await.status, StatusCode::FORBIDDEN);

    let administrator = signed_in(&district, Role::Administrator, DISTRICT).await;
    assert!(district.get("/devices", &administrator).await.text().contains(&path));
    let form = format!("csrf={}", district.get(&path, &administrator).await.csrf());
    let revoked = district.post(&path, &administrator, &form).await;
    assert_eq!((revoked.status, revoked.location()), (StatusCode::SEE_OTHER, "/devices"));
    assert!(!district.get("/devices", &administrator).await.text().contains(&path));
    let body = crate::testing::nothing_new();
    let synced = district.post_cbor("/v1/sync", &answer.token, body).await;
    let synced = crate::testing::read_response(&synced.body).unwrap();
    assert!(synced.revoked && synced.deliveries.is_empty() && synced.reference.is_empty());
}

#[tokio::test]
async fn an_administrator_lets_in_a_device_that_the_server_had_forgotten() {
    let district = District::new();
    let answer = district.enrol(&district.code(), &KEY).await;
    let answer = EnrolResponse::from_bytes(&answer.body).unwrap();
    let device = answer.certificate.open(&answer.server_key).unwrap().device;
    let path = format!("/devices/{device}/release");
    let administrator = signed_in(&district, Role::Administrator, DISTRICT).await;
    assert!(!district.get("/devices", &administrator).await.text().contains(&path));
    let forget = move |db: &crate::store::Db| crate::store::enrolment::set_pending(db, device);
    crate::testing::waiting(|| district.app.store.write(forget)).unwrap();

    for (role, scope, refusal) in [
        (Role::Reviewer, CELL, StatusCode::FORBIDDEN),
        (Role::Reader, OrgUnitId(12), StatusCode::NOT_FOUND),
    ] {
        let cookie = signed_in(&district, role, scope).await;
        let page = district.get("/devices", &cookie).await;
        assert!(!page.text().contains(&path));
        assert_eq!(page.text().contains("chờ huyện xác nhận"), scope == CELL);
        let form = format!("csrf={}", page.csrf());
        assert_eq!(district.post(&path, &cookie, &form).await.status, refusal);
    }
    let page = district.get("/devices", &administrator).await;
    assert!(page.text().contains(&path));
    assert_eq!(district.post(&path, &administrator, "csrf=00").await.status, StatusCode::FORBIDDEN);
    let form = format!("csrf={}", page.csrf());
    let released = district.post(&path, &administrator, &form).await;
    assert_eq!((released.status, released.location()), (StatusCode::SEE_OTHER, "/devices"));
    let page = district.get("/devices", &administrator).await.text();
    assert!(!page.contains(&path) && !page.contains("chờ huyện xác nhận"));
    let revoke = format!("/devices/{device}/revoke");
    district.post(&revoke, &administrator, &form).await;
    let revoked = district.post(&path, &administrator, &form).await;
    assert_eq!(revoked.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_language_is_switched_on_any_page_and_remembered() {
    let district = District::new();
    assert!(district.get("/login", "").await.text().contains("Đăng nhập"));
    let switched = district.get("/login?lang=en", "").await;
    assert!(switched.text().contains("<html lang=\"en\">"));
    let cookie = format!("soban_lang={}", switched.cookie("soban_lang").unwrap());
    assert!(district.get("/login", &cookie).await.text().contains("<html lang=\"en\">"));
    assert!(district.get("/nowhere", &cookie).await.text().contains("<html lang=\"en\">"));
    let odd = district.get("/login?lang=%3Cscript%3E", &cookie).await;
    assert!(odd.text().contains("<html lang=\"en\">"));
    assert_eq!(odd.cookie("soban_lang"), None);
}

#[tokio::test]
async fn a_sheet_that_a_camera_read_is_explained_with_and_without_a_script() {
    let district = District::new();
    let page = district.get("/enrol", "").await.text();
    assert!(page.contains("gõ mã và địa chỉ của huyện"), "{page}");
    assert!(page.contains("<script src=\"/assets/enrol.js\"></script>"), "{page}");
    assert!(page.contains("<div id=\"read\" hidden>"), "what only the script can fill");
    assert!(page.contains("id=\"open\">Mở trong ứng dụng"), "{page}");
    let english = district.get("/enrol?lang=en", "").await.text();
    assert!(english.contains("id=\"open\">Open in the app"), "{english}");
    let script = district.get("/assets/enrol.js", "").await;
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
}

#[tokio::test]
async fn styles_travel_once() {
    let district = District::new();
    let first = district.get("/assets/console.css", "").await;
    assert_eq!(first.headers["content-type"], "text/css; charset=utf-8");
    let tag = first.headers["etag"].to_str().unwrap();
    let request = axum::http::Request::get("/assets/console.css").header("if-none-match", tag);
    let second = district.call(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!((second.status, second.body.len()), (StatusCode::NOT_MODIFIED, 0));
    for path in ["/assets/../Cargo.toml", "/assets/fonts", "/assets/"] {
        assert_eq!(district.get(path, "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_address_that_asks_for_what_cannot_be_has_no_page() {
    let district = District::new();
    let cookie = signed_in(&district, Role::Reader, DISTRICT).await;
    for path in ["/units/1?page=x", "/units/x", "/units/99999", "/devices?page=-1", "/records/x"] {
        let answer = district.get(path, &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("<h1>"), "{path}");
    }
    // The territory is a tree of its own, and not this person's.
    assert_eq!(district.get("/units/2", &cookie).await.status, StatusCode::NOT_FOUND);
}
