//! Syncing over HTTP: tokens, media types, sizes.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use soban_core::sync::{EnrolResponse, MAX_REQUEST_BYTES};

use crate::testing::{District, KEY, nothing_new, waiting};

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
        (answer.status, crate::testing::read_response(&answer.body))
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
