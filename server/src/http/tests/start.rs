//! Starting, and refusing to start.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use axum::http::StatusCode;

use crate::http::{Options, ServeError, start};
use crate::store::StoreError;
use crate::testing::{District, KEY, initialised};

fn any_port() -> SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

#[tokio::test]
async fn an_address_that_others_reach_is_refused_unless_a_proxy_stands_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let everywhere = "0.0.0.0:0".parse().unwrap();
    let refused = start(dir.path(), everywhere, Options::default()).await.unwrap_err();
    assert!(matches!(refused, ServeError::NotLoopback(_)), "{refused}");
    assert!(refused.to_string().contains("--behind-proxy"));
}

#[tokio::test]
async fn an_empty_folder_says_what_to_do_first() {
    let dir = tempfile::tempdir().unwrap();
    let refused = start(dir.path(), any_port(), Options::default()).await.unwrap_err();
    assert!(refused.to_string().contains("soban init"), "{refused}");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    // A file in the folder's place: unlike missing rights, it stops root too.
    let blocked = dir.path().join("file").join("data");
    std::fs::write(dir.path().join("file"), "").unwrap();
    let refused = crate::store::Store::create(&blocked).unwrap_err();
    assert!(matches!(refused, StoreError::Folder(..)));
    assert!(refused.to_string().contains(blocked.to_str().unwrap()), "{refused}");
}

#[tokio::test]
async fn one_server_per_folder_and_a_stopped_one_makes_room() {
    let (dir, _) = initialised();
    let running = start(dir.path(), any_port(), Options::default()).await.unwrap();
    let second = start(dir.path(), any_port(), Options::default()).await.unwrap_err();
    assert!(matches!(second, ServeError::InUse(_)), "{second}");
    running.stop().await;
    // Closed and written back: the database is one file again.
    assert!(!dir.path().join("soban.db-wal").exists());
    start(dir.path(), any_port(), Options::default()).await.unwrap().stop().await;
}

/// On this one thread the server accepts nothing while the phones connect.
#[cfg_attr(not(target_os = "linux"), ignore = "other systems hold fewer by themselves")]
#[tokio::test]
async fn all_phones_of_a_district_may_come_at_once() {
    let (dir, _) = initialised();
    let running = start(dir.path(), any_port(), Options::default()).await.unwrap();
    let connect = |_| TcpStream::connect_timeout(&running.address, Duration::from_millis(900));
    let phones: Result<Vec<TcpStream>, _> = (0..300).map(connect).collect();
    assert_eq!(phones.expect("none is turned away").len(), 300);
    running.stop().await;
}

#[tokio::test]
async fn a_district_that_phones_know_does_not_start_under_other_keys() {
    let district = District::new();
    let dir = district.app.store.dir().to_owned();
    assert_eq!(district.enrol(&district.code(), &KEY).await.status, StatusCode::OK);
    std::fs::remove_file(dir.join("keys")).unwrap();
    let dir = district.closed();
    let refused = start(dir.path(), any_port(), Options::default()).await.unwrap_err();
    assert!(refused.to_string().contains("keys is missing"), "{refused}");
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_the_keys() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, _) = initialised();
    let mode = std::fs::metadata(dir.path().join("keys")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
