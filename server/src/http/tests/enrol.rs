//! Enrolment over HTTP: codes, keys, lost answers, and too many tries.

use axum::http::StatusCode;
use soban_core::base::OrgUnitId;
use soban_core::form::Pack;
use soban_core::sync::{EnrolRequest, EnrolResponse, OrgSubtree};

use crate::clock;
use crate::http::Options;
use crate::store::device;
use crate::testing::{CELL, District, KEY, nothing_new};

#[tokio::test]
async fn a_code_and_a_key_get_a_certificate_a_token_and_all_that_is_needed_to_start() {
    let district = District::new();
    let answer = district.enrol(&district.code(), &KEY).await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer = EnrolResponse::from_bytes(&answer.body).unwrap();
    let certificate = answer.certificate.open(&answer.server_key).unwrap();
    assert_eq!(certificate.org_units, [CELL]);
    assert_eq!(certificate.holder, "Bí thư");
    assert_eq!(certificate.public_key, EnrolRequest::new("", &KEY, "").public_key);
    assert_eq!(answer.now, district.now());
    let item = |name| answer.reference.iter().find(|item| item.name == name).unwrap();
    assert_eq!(Pack::from_bytes(&item("pack").bytes).unwrap(), *district.app.pack);
    let units = OrgSubtree::from_bytes(&item("org").bytes).unwrap().units;
    let known = |id| units.iter().any(|unit| unit.id == id);
    assert!(known(CELL.0) && known(1) && known(1001) && known(2));
    assert!(!known(2002));
    let synced = district.post_cbor("/v1/sync", &answer.token, nothing_new()).await;
    assert_eq!(synced.status, StatusCode::OK);
}

#[tokio::test]
async fn a_signature_by_another_key_is_refused_and_the_code_stays_good() {
    let district = District::new();
    let code = district.code();
    let mut request = EnrolRequest::new(&code, &KEY, "test");
    request.public_key = EnrolRequest::new(&code, &[8; 32], "test").public_key;
    let answer = district.post_cbor("/v1/enrol", "", request.to_bytes()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.problem(), "/problems/bad-signature");
    assert_eq!(district.enrol(&code, &KEY).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again_with_the_same_key_and_no_other() {
    let district = District::new();
    let code = district.code();
    let first = EnrolResponse::from_bytes(&district.enrol(&code, &KEY).await.body).unwrap();
    // Even when the code itself has long expired.
    district.hours_later(100);
    let again = EnrolResponse::from_bytes(&district.enrol(&code, &KEY).await.body).unwrap();
    assert_eq!(again.certificate, first.certificate);
    // A repetition may overtake the request that it repeats: both answers hold.
    assert_eq!(again.token, first.token);
    let request = nothing_new();
    let synced = district.post_cbor("/v1/sync", &first.token, request).await;
    assert_eq!(synced.status, StatusCode::OK);
    let other = district.enrol(&code, &[8; 32]).await;
    assert_eq!(other.problem(), "/problems/used-code");
}

#[tokio::test]
async fn a_phone_that_lost_its_answer_may_come_with_another_code() {
    let district = District::new();
    let lost = EnrolResponse::from_bytes(&district.enrol(&district.code(), &KEY).await.body);
    let lost = lost.unwrap();
    let other = OrgUnitId(2002);
    let answer = district.enrol(&district.code_for(other), &KEY).await;
    let answer = EnrolResponse::from_bytes(&answer.body).unwrap();
    let certificate = answer.certificate.open(&answer.server_key).unwrap();
    assert_eq!(certificate.device, lost.certificate.open(&lost.server_key).unwrap().device);
    assert_eq!(certificate.org_units, [other, CELL]);
    let granted = district.app.store.read(|db| device::list_grants(db, certificate.device));
    let units: Vec<OrgUnitId> = granted.unwrap().iter().map(|grant| grant.org_unit).collect();
    assert_eq!(units, [CELL, other]);
}

#[tokio::test]
async fn expired_and_unknown_codes_are_refused_by_name() {
    let district = District::new();
    let code = district.code();
    district.hours_later(73);
    assert_eq!(district.enrol(&code, &KEY).await.problem(), "/problems/expired-code");
    assert_eq!(district.enrol("0000000000", &KEY).await.problem(), "/problems/unknown-code");
    assert_eq!(district.enrol("?", &KEY).await.problem(), "/problems/unknown-code");
}

#[tokio::test]
async fn a_revoked_phone_is_not_enrolled_by_the_code_it_had() {
    let district = District::new();
    let code = district.code();
    let answer = EnrolResponse::from_bytes(&district.enrol(&code, &KEY).await.body).unwrap();
    let id = answer.certificate.open(&answer.server_key).unwrap().device;
    district.app.store.write_async(move |db| device::revoke(db, id, clock::now())).await.unwrap();
    assert_eq!(district.enrol(&code, &KEY).await.problem(), "/problems/revoked");
    assert_eq!(district.enrol(&district.code(), &KEY).await.problem(), "/problems/revoked");
}

#[tokio::test]
async fn ten_tries_a_minute_per_address_and_then_even_a_good_code_waits() {
    let district = District::new();
    for _ in 0..10 {
        assert_eq!(district.enrol("0000000000", &KEY).await.status, StatusCode::FORBIDDEN);
    }
    let code = district.code();
    let answer = district.enrol(&code, &KEY).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.problem(), "/problems/too-many-tries");
    district.hours_later(1);
    assert_eq!(district.enrol(&code, &KEY).await.status, StatusCode::OK);
}

#[tokio::test]
async fn behind_a_proxy_tries_count_per_caller_and_else_the_header_is_nobodys_word() {
    for (behind_proxy, expected) in
        [(true, StatusCode::FORBIDDEN), (false, StatusCode::TOO_MANY_REQUESTS)]
    {
        let district = District::with(Options { behind_proxy, ..Options::default() });
        let body = EnrolRequest::new("0000000000", &KEY, "test").to_bytes();
        let mut last = None;
        for caller in 0..11 {
            let request = axum::http::Request::post("/v1/enrol")
                .header("content-type", "application/cbor")
                .header("x-forwarded-for", format!("203.0.113.{caller}"));
            last = Some(district.call(request.body(body.clone().into()).unwrap()).await.status);
        }
        assert_eq!(last, Some(expected));
    }
}

#[tokio::test]
async fn bytes_that_are_no_request_are_malformed() {
    let district = District::new();
    for body in [vec![], vec![0xff; 100], vec![0x9f; 5000]] {
        let answer = district.post_cbor("/v1/enrol", "", body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.problem(), "/problems/malformed");
    }
}
