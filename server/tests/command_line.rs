//! The program as a person at a terminal runs it.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

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

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_ends_well_and_logs_no_names() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["init"]);
    let mut server = Command::new(env!("CARGO_BIN_EXE_soban"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(dir.path().join("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let address = said.trim().rsplit("http://").next().unwrap();
    let mut connection = std::net::TcpStream::connect(address).unwrap();
    let request = "GET /search?q=Sùng HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    std::io::Write::write_all(&mut connection, request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 "));

    let killed = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = server.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("/search") && !log.contains("ùng") && !log.contains("q="), "{log}");
    assert!(!dir.path().join("data/soban.db-wal").exists());
}
