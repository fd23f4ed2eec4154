//! A phone in the terminal against a server on loopback, as scripts use both.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const GIFT: &str = r#"{"kind": "land", "donor_kind": "individual", "donor_name": "Lục Thượng Cường",
    "village": "1034", "occurred_on": "12/4/2012", "stage": "pledged", "area_m2": "5.200 m²"}"#;

fn soban(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soban"));
    command.current_dir(dir).env("SOBAN_DATA", "data").env("SOBAN_PHONE", "phone");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What `soban phone` says to these arguments and this input.
fn phone(dir: &Path, args: &[&str], input: &str) -> Output {
    let mut command = soban(dir);
    let mut running = command.arg("phone").args(args).stdin(Stdio::piped()).spawn().unwrap();
    // A command that reads nothing may have ended already.
    drop(running.stdin.take().unwrap().write_all(input.as_bytes()));
    running.wait_with_output().unwrap()
}

/// The lines of JSON of a command that did what it was asked.
fn told(dir: &Path, args: &[&str], input: &str) -> Vec<Value> {
    let output = phone(dir, &[args, &["--json"]].concat(), input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    lines(&output)
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

struct Server(Child, String);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn serve(dir: &Path) -> Server {
    let mut command = soban(dir);
    command.args(["serve", "--listen", "127.0.0.1:0", "--address-file", "address"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut server = Server(child, String::new());
    let until = Instant::now() + Duration::from_secs(30);
    while server.1.is_empty() {
        assert!(Instant::now() < until, "the server does not start");
        std::thread::sleep(Duration::from_millis(20));
        let address = std::fs::read_to_string(dir.join("address")).unwrap_or_default();
        if !address.is_empty() {
            server.1 = format!("http://{address}");
        }
    }
    server
}

/// A server, and a phone of the cell of Pạc Bo that it has enrolled.
fn enrolled(dir: &Path) -> Server {
    assert!(soban(dir).arg("init").output().unwrap().status.success());
    let server = serve(dir);
    let invite = ["invite", "--unit", "2035", "--holder", "Bí thư", "--json"];
    let invited = lines(&soban(dir).args(invite).output().unwrap()).remove(0);
    let code = invited.get("code").and_then(Value::as_str).unwrap();
    let status = told(dir, &["enrol", "--server", &server.1, code], "").remove(0);
    assert_eq!(status.get("org_unit"), Some(&json!(2035)));
    server
}

#[test]
fn a_gift_goes_from_the_phone_to_the_district() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let _server = enrolled(dir);
    let saved = phone(dir, &["save", "contribution"], GIFT);
    assert_eq!(saved.status.code(), Some(0));
    let id = String::from_utf8(saved.stdout).unwrap().trim().to_owned();

    let found = told(dir, &["search", "luc", "thuong", "cuong"], "");
    assert_eq!(found[0]["id"], id.as_str());
    let opened = told(dir, &["show", &id], "").remove(0);
    told(dir, &["edit", &id], r#"{"area_m2": "5.300"}"#);
    let late = json!({ "state": opened["state"], "area_m2": 5100 }).to_string();
    let moved = phone(dir, &["edit", &id, "--json"], &late);
    assert_eq!(moved.status.code(), Some(1));
    assert!(lines(&moved).iter().any(|line| line["field"] == "area_m2" && line["now"] != ""));

    assert_eq!(told(dir, &["status"], "")[0]["unsent"], 2);
    let synced = told(dir, &["sync"], "").remove(0);
    assert_eq!((&synced["stored"], &synced["refused"]), (&json!(2), &json!(0)));
    assert_eq!(told(dir, &["status"], "")[0]["unsent"], 0);
    let needs = &told(dir, &["needs"], "")[0];
    assert!(["contested", "decisions", "refused"].iter().all(|what| needs[what] == json!([])));

    told(dir, &["void", &id, "--reason", "ghi nhầm"], "");
    let shown = told(dir, &["show", &id, "--history"], "").remove(0);
    assert_eq!(shown["void"], "ghi nhầm");
    assert_eq!(shown["history"].as_array().unwrap().len(), 3);
}

#[test]
fn a_meeting_is_saved_with_its_rows_and_changed_row_by_row() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let _server = enrolled(dir);
    let mut meeting = json!({
        "kind": "regular", "period_month": "4/2012", "held_on": "18/4/2012",
        "chair": "A", "note_taker": "B", "total_official": 9, "total_probationary": 0,
        "exempt": 0, "present": 8, "absent_excused": 0, "absent_unexcused": 0,
        "agenda_item": [{ "seq": 1, "kind": "study", "topic": "Nêu gương", "summary": "…" }],
    });
    let wrong = phone(dir, &["save", "meeting"], &meeting.to_string());
    assert_eq!(wrong.status.code(), Some(1));
    let blocked: Vec<Value> =
        lines(&wrong).into_iter().filter(|line| line["severity"] == "block").collect();
    assert_eq!(blocked.len(), 1);
    assert_eq!(blocked[0]["field"], "present");

    meeting["absent_excused"] = json!(1);
    let saved = told(dir, &["save", "meeting"], &meeting.to_string()).remove(0);
    let id = saved["record"].as_str().unwrap();
    let row = told(dir, &["show", id], "")[0]["rows"][0]["id"].clone();
    let rows = json!({ "agenda_item": [
        { "id": row, "summary": "Chi bộ học chuyên đề" },
        { "seq": 2, "kind": "dues", "summary": "Thu đảng phí" },
    ]});
    told(dir, &["edit", id], &rows.to_string());
    let shown = told(dir, &["show", id], "").remove(0);
    let summary = |row: usize| {
        let fields = shown["rows"][row]["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == "summary").unwrap()["text"].clone()
    };
    assert_eq!([summary(0), summary(1)], ["Chi bộ học chuyên đề", "Thu đảng phí"]);
}

#[test]
fn what_a_phone_cannot_do_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let refused = |args: &[&str], input: &str, named: &str| {
        let output = phone(dir, args, input);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(named), "{said}");
    };
    refused(&["sync"], "", "enrol --server");
    refused(&["save", "meeting", "--lang", "en"], "{}", "not been enrolled");
    let server = enrolled(dir);
    refused(&["save", "letter"], "{}", "“letter”");
    refused(&["save", "work"], r#"{"length_m": 1.5}"#, "length_m: 1.5");
    refused(&["save", "work"], "[1]", "JSON");
    refused(&["show", "2035-2012-0102030405060708-1-0"], "", "2035-2012-0102030405060708-1-0");
    let other = ["--data", "other", "enrol", "--server"];
    refused(&[&other[..], &[&server.1, "ABCDE-FGHJK"]].concat(), "", "Mã nhận sổ không đúng");
    refused(&[&other[..], &["ftp://x", "A"]].concat(), "", "ftp://x");
    let asked = GIFT.replace("5.200", "52.000");
    refused(&["save", "contribution"], &asked, "--yes");
    told(dir, &["save", "contribution", "--yes"], &asked);
}
