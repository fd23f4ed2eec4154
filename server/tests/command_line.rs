//! The program as a person at a terminal runs it.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use soban_core::base::{ActorId, BookId, DeviceId, Instant, OrgUnitId, Period};
use soban_core::book::{Entry, Write};
use soban_core::record::{FieldNo, Value};
use soban_core::sync::Chain;
use soban_server::store::enrolment::{NewDevice, add_device};
use soban_server::store::log::{Arrived, LogState, append};
use soban_server::store::projection::{BookHead, put_head};
use soban_server::store::{Db, Store, StoreError};

const CELL: OrgUnitId = OrgUnitId(2035);
const PHONE: DeviceId = DeviceId([1; 5]);

fn soban(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soban"));
    command.args(args).env("SOBAN_DATA", dir.join("data")).current_dir(dir).output().unwrap()
}

/// The standard output of a command that did what it was asked.
fn done(dir: &Path, args: &[&str]) -> String {
    let output = soban(dir, args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The error output of a command that ended with this code.
fn refused(dir: &Path, code: i32, args: &[&str]) -> String {
    let output = soban(dir, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(!said.is_empty());
    said
}

#[test]
fn from_nothing_to_a_code_for_a_phone() {
    let dir = tempfile::tempdir().unwrap();
    let said = done(dir.path(), &["init"]);
    assert!(said.contains("admin") && said.contains("shown once: "), "{said}");
    // Again brings forms and tree up to date, and makes nobody a second administrator.
    assert!(!done(dir.path(), &["init"]).contains("shown once"));

    let invited = done(dir.path(), &["invite", "--unit", "2035", "--holder", "Bí thư", "--json"]);
    let invited: serde_json::Value = serde_json::from_str(invited.trim()).unwrap();
    assert_eq!(invited["org_unit"], 2035);
    assert_eq!(invited["code"].as_str().unwrap().len(), 11);
    assert_eq!(done(dir.path(), &["device", "list", "--json"]), "");
    assert!(done(dir.path(), &["check"]).contains("Nothing is wrong"));
}

/// Writes into the database of a folder past the program.
fn tamper(dir: &Path, job: impl FnOnce(&Db) -> Result<(), StoreError> + Send + 'static) {
    Store::open(&dir.join("data")).unwrap().write(job).unwrap();
}

/// An entry of a phone, as it arrived: a meeting of which nothing is said.
fn arrived() -> Arrived {
    let actor = ActorId::new(PHONE, [0, 0, 1]);
    let received_at = Instant(1_335_000_000_000);
    let (deps, time, writes) = (Vec::new(), received_at, Vec::new());
    let mut entry = Entry { actor, seq: 1, deps, time, writes };
    let record = entry.new_record(0);
    entry.writes.push(Write { record, field: FieldNo::FORM, value: Value::Int(1) });
    let book = BookId::new(CELL, Period::Year(2012));
    let (entry, bytes) = (entry.name(), entry.to_bytes());
    Arrived { book, generation: 1, entry, claim: [9; 8], bytes, device: PHONE, received_at }
}

#[test]
fn a_check_that_finds_something_fails_and_a_rebuild_only_where_the_log_itself_is_damaged() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["init"]);
    let head = BookHead { generation: 1, position: 3, chain: Chain([7; 8]) };
    tamper(dir.path(), move |db| put_head(db, arrived().book, head));
    let check = |args: &[&str]| {
        let output = soban(dir.path(), &[&["check"], args].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = check(&[]);
    assert!(code == Some(1) && said.contains("table book: 1 rows"), "{said}");
    let (code, said) = check(&["--json"]);
    let report: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    assert_eq!((code, &report["findings"][0]["kind"]), (Some(1), &"extra_rows".into()));
    let (code, said) = check(&["--rebuild"]);
    assert!(code == Some(0) && said.contains("follow from the log again"), "{said}");
    assert_eq!(check(&[]).0, Some(0));

    let unreadable = Arrived { bytes: vec![0], ..arrived() };
    tamper(dir.path(), move |db| append(db, &unreadable, LogState::Held));
    for args in [&[][..], &["--rebuild"], &["--rebuild", "--json"], &["--rebuild"]] {
        let (code, said) = check(args);
        assert!(code == Some(1) && said.contains("2035/2012"), "{args:?}: {said}");
    }
    assert!(check(&["--rebuild"]).1.contains("no rebuild mends"));
}

#[test]
fn a_quarantined_entry_is_listed_and_let_in() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["init"]);
    assert!(done(dir.path(), &["quarantine", "list"]).contains("Không có mục nào"));
    assert!(refused(dir.path(), 1, &["quarantine", "release", "7"]).contains("entry 7"));
    tamper(dir.path(), |db| append(db, &arrived(), LogState::Quarantined));
    let listed = done(dir.path(), &["quarantine", "list", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(listed.trim()).unwrap();
    assert_eq!(listed["state"], "quarantined");
    let no = listed["no"].to_string();
    assert_eq!(done(dir.path(), &["quarantine", "list", "--json", "--unit", "12"]), "");
    let told = done(dir.path(), &["quarantine", "list"]);
    assert!(told.contains("Pạc Bo") && told.contains("để riêng"), "{told}");
    let planned = done(dir.path(), &["quarantine", "release", &no, "--dry-run"]);
    assert!(planned.contains("vào sổ"), "{planned}");
    assert_eq!(done(dir.path(), &["quarantine", "list"]), told);
    let released = done(dir.path(), &["quarantine", "release", &no, "--by", "Lan"]);
    assert!(released.contains("entries let in: 1"), "{released}");
    assert!(done(dir.path(), &["quarantine", "list"]).contains("Không có mục nào"));
    assert!(refused(dir.path(), 1, &["quarantine", "release", &no]).contains(&no));
    done(dir.path(), &["check"]);
}

#[test]
fn sheets_are_a_file_that_stands_alone_and_the_unserved_are_invited_once_they_have_no_phone() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["init"]);
    let invite = |args: &[&str]| {
        let said =
            done(dir.path(), &[&["invite", "--json", "--sheets", "sheets.html"], args].concat());
        (said, std::fs::read_to_string(dir.path().join("sheets.html")).unwrap())
    };
    let (said, sheets) = invite(&["--unit", "1", "--unserved", "--days", "14"]);
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 251);
    assert_eq!(sheets.matches("<article class=\"sheet\">").count(), 251);
    for line in &lines {
        assert!(sheets.contains(line["code"].as_str().unwrap()));
    }
    // Fonts and drawings are inside: nothing is asked for elsewhere.
    assert_eq!(sheets.matches("url(\"data:font/woff2;base64,d09GMg").count(), 6);
    for elsewhere in ["url(\"fonts", "<link", " src=", "/assets/"] {
        assert!(!sheets.contains(elsewhere), "{elsewhere}");
    }
    let phone = NewDevice {
        id: PHONE,
        holder: "Bí thư".to_owned(),
        public_key: [1; 32],
        certificate: Vec::new(),
        token_hash: [1; 32],
        org_unit: CELL,
    };
    tamper(dir.path(), move |db| add_device(db, &phone, Instant(5)));
    let (said, sheets) = invite(&["--unit", "1", "--unserved"]);
    assert!(said.lines().count() == 250 && !said.contains("\"org_unit\":2035,"));
    assert_eq!(sheets.matches("<article class=\"sheet\">").count(), 250);
}

#[test]
fn an_account_is_made_once_for_a_unit_that_exists() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["init"]);
    let add = |login, unit| {
        ["staff", "add", login, "--name", "Lan", "--role", "reviewer", "--unit", unit]
    };
    assert!(done(dir.path(), &add("lan", "12")).contains("shown once: "));
    assert!(refused(dir.path(), 1, &add("lan", "12")).contains("“lan”"));
    assert!(refused(dir.path(), 1, &add("Lan Anh", "12")).contains("“Lan Anh”"));
    assert!(refused(dir.path(), 1, &add("anh", "99999")).contains("99999"));
    refused(dir.path(), 2, &["staff", "add", "x", "--name", "X", "--role", "king"]);
}

#[test]
fn what_is_not_there_is_named() {
    let dir = tempfile::tempdir().unwrap();
    for command in [&["serve"][..], &["check"], &["device", "list"]] {
        assert!(refused(dir.path(), 1, command).contains("soban init"), "{command:?}");
    }
    done(dir.path(), &["init"]);
    let nobody = ["invite", "--unit", "99999", "--holder", "X"];
    assert!(refused(dir.path(), 1, &nobody).contains("99999"));
    let unknown = refused(dir.path(), 1, &["device", "revoke", "0102030405"]);
    assert!(unknown.contains("0102030405"));
    refused(dir.path(), 2, &["device", "revoke", "xyz"]);
    let unknown = refused(dir.path(), 1, &["device", "release", "0102030405"]);
    assert!(unknown.contains("0102030405"));
    assert!(done(dir.path(), &["conflicts"]).contains("Các máy ghi khớp nhau"));
    assert_eq!(done(dir.path(), &["conflicts", "--json"]), "");
    assert!(refused(dir.path(), 1, &["conflicts", "--unit", "99999"]).contains("99999"));
    refused(dir.path(), 2, &["fly"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    // A file in the folder's place: unlike missing rights, it stops root too.
    std::fs::write(dir.path().join("data"), "").unwrap();
    assert!(refused(dir.path(), 1, &["init"]).contains("data"));
}

#[test]
fn a_broken_pack_is_said_line_by_line() {
    let dir = tempfile::tempdir().unwrap();
    let pack = dir.path().join("pack");
    std::fs::create_dir_all(pack.join("forms")).unwrap();
    std::fs::write(pack.join("pack.toml"), "id = \"x\"\nversion = 0\n").unwrap();
    std::fs::write(pack.join("forms/bad.toml"), "no = 1\nname = [").unwrap();
    let output = soban(dir.path(), &["pack", "check", "pack"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("forms/bad.toml:2") && said.contains("version"), "{said}");
    refused(dir.path(), 1, &["pack", "check", "nowhere"]);
    refused(dir.path(), 1, &["init", "--pack", "pack"]);
}

#[test]
fn an_address_that_others_reach_is_refused_as_a_mistake_in_the_command() {
    let dir = tempfile::tempdir().unwrap();
    let said = refused(dir.path(), 2, &["serve", "--listen", "0.0.0.0:0"]);
    assert!(said.contains("--behind-proxy"), "{said}");
}

/// A server and its address, the moment it says that address.
#[cfg(unix)]
fn serving(dir: &Path) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_soban"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(dir.join("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let address = said.trim().rsplit("http://").next().unwrap().to_owned();
    (server, address)
}

/// What a server logged that ended well when it was told to.
#[cfg(unix)]
fn told_to_stop(server: Child) -> String {
    let killed = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = server.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", output.status);
    String::from_utf8(output.stderr).unwrap()
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_as_soon_as_it_has_an_address_ends_well() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["init"]);
    for _ in 0..10 {
        let (server, _) = serving(dir.path());
        assert!(told_to_stop(server).contains("stopping"));
        assert!(!dir.path().join("data/soban.db-wal").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_ends_well_and_logs_no_names() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["init"]);
    let (server, address) = serving(dir.path());
    let mut connection = std::net::TcpStream::connect(address).unwrap();
    let request = "GET /search?q=Sùng HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    std::io::Write::write_all(&mut connection, request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 "));

    let log = told_to_stop(server);
    assert!(log.contains("/search") && !log.contains("ùng") && !log.contains("q="), "{log}");
    assert!(!dir.path().join("data/soban.db-wal").exists());
}
