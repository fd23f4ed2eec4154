//! What is kept apart, end to end: a phone whose entry does not arrive as it was written, staff who
//! look at it and let it in, and the twins of what the phone had written again meanwhile.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use soban_core::base::OrgUnitId;
use soban_core::form::Input;
use soban_core::phone::{Phone, RecordPatch};
use soban_core::store::ListQuery;
use soban_core::sync::{Effort, Lane, NoPrefixes, SyncRequest};
use soban_server::access::Role;
use soban_server::check::check;
use soban_server::clock;
use soban_server::http::app;
use soban_server::store::{apart, log, read};
use soban_tests::district::{CELL, District, gift};
use tower::ServiceExt as _;

use crate::card::{hidden, post};
use crate::pages::{account, get, reads_as_it_did};

/// A sync on which the hash of the first entry is not what its writer found.
fn sync_spoilt(district: &District, phone: &mut Phone) {
    let identity = phone.identity().unwrap().clone();
    let lane = Lane { device: identity.device(), prefixes: &NoPrefixes, effort: Effort::Time };
    let asked = phone.outgoing("test", None, clock::now()).unwrap();
    let mut request = SyncRequest::from_bytes(&asked, &lane).unwrap();
    request.entries[0].hash = [9; 8];
    let request = Request::post("/v1/sync")
        .header(header::CONTENT_TYPE, "application/cbor")
        .header(header::AUTHORIZATION, format!("Bearer {}", identity.token))
        .body(Body::from(request.to_bytes(&lane, |_| 0)))
        .unwrap();
    let answer = district.block_on(async {
        let response = app(district.app()).oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        to_bytes(response.into_body(), 4_000_000).await.unwrap()
    });
    phone.incoming(&answer, clock::now()).unwrap();
    district.settle();
}

fn sync(district: &District, phones: &mut [&mut Phone]) {
    // Once to bring and once to hear what the others brought, and again after what that led to.
    for _ in 0..3 {
        for phone in &mut *phones {
            district.link().sync(phone, None).unwrap();
            district.settle();
        }
    }
}

/// A gift that is kept apart, and one that its phone has written again since, with its change.
fn kept_apart(dir: &std::path::Path) -> (District, Phone, i64) {
    let district = District::start(&dir.join("district"));
    let mut phone = district.phone(&dir.join("one"), "Lù Văn Lan (bí thư)");
    phone.save(&gift("ông Lục Thượng Cường", "5.000"), clock::now()).unwrap();
    let rest = phone.save(&gift("ông Ly Phát Tư", "600"), clock::now()).unwrap().record;
    let mut patch = RecordPatch { confirmed: true, ..RecordPatch::new(rest) };
    patch.fields.insert("note".to_owned(), Input::Text("đo lại".to_owned()));
    phone.edit(&patch, clock::now()).unwrap();
    sync_spoilt(&district, &mut phone);
    let rows = district.app().store.read(|db| apart::list_apart(db, CELL, (0, 9))).unwrap();
    let states: Vec<_> = rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [log::LogState::Quarantined, log::LogState::Held, log::LogState::Held]);
    sync(&district, &mut [&mut phone]);
    assert_eq!(phone.status().unwrap().refused, 1);
    assert_eq!(totals(&district), (1, 0));
    (district, phone, rows[0].no)
}

/// How many records there are, and how many disagreements.
fn totals(district: &District) -> (u64, u64) {
    let totals = district.app().store.read(read::totals).unwrap();
    (totals.records, totals.contests)
}

#[test]
fn staff_let_a_branch_in_and_what_was_written_again_shows_as_twins() {
    let dir = tempfile::tempdir().unwrap();
    let (district, mut phone, no) = kept_apart(dir.path());
    let mut other = district.phone(&dir.path().join("two"), "Thào Mìn Sáng (phó bí thư)");
    let cookie = account(&district, "lan", Role::Reviewer, CELL);
    let list = get(&district, &cookie, "/quarantine").html;
    let path = format!("/quarantine/{no}");
    for told in ["ông Lục Thượng Cường", "Lù Văn Lan", "để riêng", "đang chờ", &path]
    {
        assert!(list.contains(told), "{told}: {list}");
    }
    assert!(get(&district, &cookie, "/contests").html.contains("href=\"/quarantine\""));
    let page = get(&district, &cookie, &path).html;
    for told in ["Diện tích", "ông Ly Phát Tư", "Cho 3 mục vào sổ"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    reads_as_it_did(&district, &cookie, ("quarantine", "/quarantine"), StatusCode::OK);
    reads_as_it_did(&district, &cookie, ("apart", &path), StatusCode::OK);
    let csrf = hidden(&page, "csrf");
    let release = format!("{path}/release");
    let done = post(&district, &cookie, &release, &[("csrf", &csrf)]);
    assert_eq!(
        (done.status, done.location.as_str()),
        (StatusCode::SEE_OTHER, "/quarantine?released=3")
    );
    // The gift that was refused, and the other one twice.
    assert_eq!(totals(&district), (3, 1));
    let again = post(&district, &cookie, &release, &[("csrf", &csrf)]);
    assert_eq!(again.location, "/quarantine?released=0");
    sync(&district, &mut [&mut phone, &mut other]);
    for phone in [&phone, &other] {
        assert_eq!(phone.list(&ListQuery::default()).unwrap().len(), 3);
        assert_eq!(phone.status().unwrap().unsent, 0);
    }
    for rebuild in [false, true, false] {
        assert_eq!(check(&district.app().store, rebuild).unwrap().findings, []);
    }
    assert_eq!(totals(&district), (3, 1));
    // One that has heard all of it, and one that is new, have nothing more to say.
    let traffic = |phone: &mut Phone| {
        let link = district.link();
        link.sync(phone, None).unwrap();
        (link.traffic().counts().requests, phone.status().unwrap().unsent)
    };
    assert_eq!((traffic(&mut phone), traffic(&mut other)), ((1, 0), (1, 0)));
    district.stop();
}

#[test]
fn only_reviewers_of_its_unit_let_an_entry_in_and_only_from_their_own_page() {
    let dir = tempfile::tempdir().unwrap();
    let (district, _phone, no) = kept_apart(dir.path());
    let (path, release) = (format!("/quarantine/{no}"), format!("/quarantine/{no}/release"));
    let reader = account(&district, "xem", Role::Reader, CELL);
    let page = get(&district, &reader, &path);
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.html.contains(&release));
    let status =
        |cookie: &str, csrf: &str| post(&district, cookie, &release, &[("csrf", csrf)]).status;
    assert_eq!(status(&reader, &hidden(&page.html, "csrf")), StatusCode::FORBIDDEN);
    let stranger = account(&district, "khac", Role::Administrator, OrgUnitId(12));
    assert_eq!(get(&district, &stranger, &path).status, StatusCode::NOT_FOUND);
    assert!(!get(&district, &stranger, "/quarantine").html.contains(&path));
    let csrf = hidden(&get(&district, &stranger, "/quarantine").html, "csrf");
    // To them there is no such entry, as if somebody else had let it in.
    post(&district, &stranger, &release, &[("csrf", &csrf)]);
    let reviewer = account(&district, "lan", Role::Reviewer, CELL);
    assert_eq!(status(&reviewer, &csrf), StatusCode::FORBIDDEN);
    assert_eq!(status("", &csrf), StatusCode::SEE_OTHER);
    assert_eq!(get(&district, &reviewer, "/quarantine/x").status, StatusCode::NOT_FOUND);
    assert_eq!(totals(&district), (1, 0));
    district.stop();
}
