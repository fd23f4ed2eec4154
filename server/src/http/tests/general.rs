//! What every route has: health, headers, problems, limits.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::http::Options;
use crate::testing::{District, waiting};

#[tokio::test]
async fn a_server_that_can_write_is_ready() {
    let district = District::new();
    assert_eq!(district.get("/healthz", "").await.text(), "ok");
    assert_eq!(district.get("/readyz", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_server_that_cannot_write_is_not_ready_but_alive() {
    let district = District::new();
    // A writer that never comes back: another program holds the database.
    let file = district.app.store.dir().join("soban.db");
    let other = rusqlite::Connection::open(file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = district.get("/readyz", "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(district.get("/healthz", "").await.status, StatusCode::OK);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(district.get("/readyz", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_server_whose_projection_fails_is_not_ready_until_it_succeeds() {
    let district = District::new();
    let file = district.app.store.dir().join("soban.db");
    let change = |sql: &'static str| {
        let file = file.clone();
        waiting(move || rusqlite::Connection::open(file).unwrap().execute_batch(sql).unwrap());
    };
    // An entry whose book cannot be read from the disk: the worker tries again and again.
    change(
        "ALTER TABLE book RENAME TO elsewhere;
         INSERT INTO log (book, actor, seq, generation, claim, entry, device, received_at, state)
         VALUES (133365760, x'0101010101010101', 1, 1, zeroblob(8), x'00', x'0101010101', 5, 0);",
    );
    district.app.projector.wake();
    let until = async |healthy: bool| {
        while district.app.projector.healthy() != healthy {
            tokio::task::yield_now().await;
        }
        district.get("/readyz", "").await
    };
    let answer = until(false).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("projection"));
    assert_eq!(district.get("/healthz", "").await.status, StatusCode::OK);
    change("ALTER TABLE elsewhere RENAME TO book");
    assert_eq!(until(true).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_carries_the_strict_headers_and_a_number() {
    for behind_proxy in [false, true] {
        let district = District::with(Options { behind_proxy, ..Options::default() });
        let mut numbers = Vec::new();
        for path in ["/healthz", "/login", "/nowhere", "/v1/nowhere"] {
            let headers = district.get(path, "").await.headers;
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; "), "{path}");
            assert!(!policy.contains("unsafe"), "{path}");
            assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
            assert_eq!(headers["cache-control"], "no-store", "{path}");
            assert_eq!(headers.contains_key("strict-transport-security"), behind_proxy);
            numbers.push(headers["x-request-id"].clone());
        }
        numbers.dedup();
        assert_eq!(numbers.len(), 4);
    }
}

#[tokio::test]
async fn nothing_is_a_problem_for_machines_and_a_page_for_people() {
    let district = District::new();
    let machine = district.get("/v1/nowhere", "").await;
    assert_eq!(machine.problem(), "/problems/unknown-address");
    let person = district.get("/nowhere", "").await;
    assert_eq!(person.status, StatusCode::NOT_FOUND);
    assert!(person.text().contains("<h1>"));
}

#[tokio::test]
async fn figures_are_for_this_machine_alone() {
    let district = District::new();
    let here = district.get("/metrics", "").await;
    assert_eq!(here.status, StatusCode::OK);
    assert!(here.text().contains("soban_log_entries{state=\"released\"} 0"));
    let through_a_proxy =
        Request::get("/metrics").header("x-forwarded-for", "203.0.113.9").body(Body::empty());
    let answer = district.call(through_a_proxy.unwrap()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
