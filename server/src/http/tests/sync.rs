//! Syncing over HTTP: tokens, media types, sizes.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use soban_core::base::{DeviceId, OrgUnitId};
use soban_core::sync::{EnrolResponse, MAX_REQUEST_BYTES, OrgSubtree, People, ReferenceItem};

use crate::testing::{CELL, District, KEY, nothing_new, read_response, waiting};

/// Another cell, in another place of the tree.
const OTHER: OrgUnitId = OrgUnitId(2002);

async fn token(district: &District) -> String {
    let answer = district.enrol(&district.code(), &KEY).await;
    EnrolResponse::from_bytes(&answer.body).unwrap().token
}

#[tokio::test]
async fn without_a_token_or_with_another_the_device_is_unknown() {
    let district = District::new();
    let token = token(&district).await;
    let body = nothing_new();
    let unsigned = Request::post("/v1/sync")
        .header("content-type", "application/cbor")
        .body(Body::from(body.clone()));
    let answer = district.call(unsigned.unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.problem(), "/problems/unknown-device");
    for wrong in ["", "x", &token.to_uppercase(), &format!("{token}0")] {
        let answer = district.post_cbor("/v1/sync", wrong, body.clone()).await;
        assert_eq!(answer.problem(), "/problems/unknown-device", "{wrong}");
    }
    assert_eq!(district.post_cbor("/v1/sync", &token, body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_too_large_or_no_cbor_is_named_and_the_server_goes_on() {
    let district = District::new();
    let token = token(&district).await;
    let too_large = vec![0; MAX_REQUEST_BYTES + 1];
    let answer = district.post_cbor("/v1/sync", &token, too_large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.problem(), "/problems/too-large");
    let answer = district.post_cbor("/v1/sync", &token, vec![0x81; 4000]).await;
    assert_eq!(answer.problem(), "/problems/malformed");
    let text = Request::post("/v1/sync")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "text/plain")
        .body(Body::from("x"));
    let answer = district.call(text.unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(answer.problem(), "/problems/media-type");
    let body = nothing_new();
    assert_eq!(district.post_cbor("/v1/sync", &token, body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_stranger_is_turned_away_before_the_body_is_read() {
    let district = District::new();
    let answer = district.post_cbor("/v1/sync", "x", vec![0; MAX_REQUEST_BYTES + 1]).await;
    assert_eq!(answer.problem(), "/problems/unknown-device");
}

#[tokio::test]
async fn what_another_program_changes_of_a_device_holds_for_its_next_request() {
    let district = District::new();
    let token = token(&district).await;
    let body = nothing_new();
    let file = district.app.store.dir().join("soban.db");
    let change = |sql: &str| {
        let (file, sql) = (file.clone(), sql.to_owned());
        waiting(move || rusqlite::Connection::open(file).unwrap().execute_batch(&sql).unwrap());
    };
    let answer = async || {
        let answer = district.post_cbor("/v1/sync", &token, body.clone()).await;
        (answer.status, read_response(&answer.body))
    };
    let (status, first) = answer().await;
    assert_eq!((status, first.unwrap().revoked), (StatusCode::OK, false));
    change("UPDATE device SET revoked_at = 1");
    assert!(answer().await.1.unwrap().revoked);
    change("UPDATE device SET revoked_at = NULL");
    assert!(!answer().await.1.unwrap().revoked);
    change("UPDATE device_grant SET valid_to = 1");
    assert!(answer().await.1.unwrap().deliveries.is_empty());
    change("UPDATE device SET token_hash = x'00'");
    assert_eq!(answer().await, (StatusCode::UNAUTHORIZED, None));
}

/// Which of two cells reference data tell of, by the tree and by the people.
fn told_of(reference: &[ReferenceItem], people: [DeviceId; 2]) -> [(bool, bool); 2] {
    let item = |name| &reference.iter().find(|item| item.name == name).unwrap().bytes;
    let units = OrgSubtree::from_bytes(item("org")).unwrap().units;
    let known = People::from_bytes(item("people")).unwrap();
    let told = |(unit, device): (OrgUnitId, DeviceId)| {
        (units.iter().any(|known| known.id == unit.0), known.find(device).is_some())
    };
    [told((CELL, people[0])), told((OTHER, people[1]))]
}

#[tokio::test]
async fn a_phone_of_two_units_is_told_of_those_whose_grants_hold_now() {
    let district = District::new();
    let device_of =
        |answer: &EnrolResponse| answer.certificate.open(&answer.server_key).unwrap().device;
    let enrol = async |unit, key: u8| {
        let answer = district.enrol(&district.code_for(unit), &[key; 32]).await;
        EnrolResponse::from_bytes(&answer.body).unwrap()
    };
    let people = [device_of(&enrol(CELL, 1).await), device_of(&enrol(OTHER, 2).await)];
    // The one code is used before the answer to the other has arrived.
    assert_eq!(told_of(&enrol(OTHER, 7).await.reference, people), [(false, false), (true, true)]);
    let both = enrol(CELL, 7).await;
    let device = device_of(&both);
    assert_eq!(told_of(&both.reference, people), [(true, true); 2]);
    let synced = async || {
        let answer = district.post_cbor("/v1/sync", &both.token, nothing_new()).await;
        read_response(&answer.body).unwrap().reference
    };
    assert_eq!(told_of(&synced().await, people), [(true, true); 2]);
    let end = |unit: OrgUnitId| {
        let sql = "UPDATE device_grant SET valid_to = ?3 WHERE device = ?1 AND org_unit = ?2";
        let (device, now) = (device.0, district.now().0);
        let store = &district.app.store;
        waiting(|| store.write(move |db| Ok(db.execute(sql, (device, unit.0, now))?))).unwrap();
    };
    end(CELL);
    assert_eq!(told_of(&synced().await, people), [(false, false), (true, true)]);
    // Nothing of no unit: what the phone has stays.
    end(OTHER);
    assert_eq!(synced().await, []);
}
