//! The demo, as a newcomer starts it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn demo(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soban"));
    command.args(["demo", "--data", "filled", "--once"]).args(args).current_dir(dir);
    command.output().unwrap()
}

fn summary(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    serde_json::from_str(text.lines().last().unwrap()).unwrap()
}

fn is_sound(dir: &Path) {
    let mut check = Command::new(env!("CARGO_BIN_EXE_soban"));
    let checked = check.args(["check", "--data", "filled"]).current_dir(dir).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

/// The command that tells what is open, for programs and for people.
fn tells_what_is_open(dir: &Path) {
    let conflicts = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_soban"));
        let command = command.args(["conflicts", "--data", "filled"]).args(args);
        let output = command.current_dir(dir).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let lines = conflicts(&["--json"]);
    let open: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(open.len(), 4);
    let told = conflicts(&[]);
    for conflict in &open {
        let sides = conflict["sides"].as_array().unwrap();
        assert!(sides.len() > 1 && !conflict["fields"].as_array().unwrap().is_empty());
        for side in sides {
            let who = side["who"].as_str().unwrap();
            assert!(told.contains(who), "{who}: {told}");
            assert!(side["written_at"].is_i64() && side["received_at"].is_i64());
            assert!(side["values"].is_object() && side["saw"].is_array());
            assert!(side["saw_values"].is_object());
        }
        assert!(told.contains(conflict["record"].as_str().unwrap()));
        assert!(told.contains(conflict["unit"].as_str().unwrap()));
    }
    // Whoever changes what is there had seen it.
    let inside = open.iter().filter(|told| told["kind"] == "values" || told["kind"] == "void");
    let mut sides = inside.flat_map(|conflict| conflict["sides"].as_array().unwrap());
    assert!(sides.any(|side| !side["saw_values"].as_object().unwrap().is_empty()));
    let unit = open.first().unwrap()["org_unit"].to_string();
    let of_unit = conflicts(&["--json", "--unit", &unit]);
    assert!(!of_unit.is_empty() && of_unit.lines().count() < 4);
}

/// What a start that goes on says to whoever wants to look at it and to try two phones.
fn shows_a_login_and_two_codes(dir: &Path) {
    let mut running = Command::new(env!("CARGO_BIN_EXE_soban"))
        .args(["demo", "--data", "filled", "--listen", "127.0.0.1:0"])
        .current_dir(dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(running.stdout.take().unwrap());
    let until_told = said.lines().map(Result::unwrap).take_while(|line| !line.contains("Ctrl-C"));
    let lines: Vec<String> = until_told.collect();
    running.kill().unwrap();
    running.wait().unwrap();
    let code = |line: &String| Some(line.split_once("/enrol#")?.1.get(..11)?.to_owned());
    let codes: Vec<String> = lines.iter().filter_map(code).collect();
    let [one, other] = codes.as_slice() else { panic!("{lines:?}") };
    assert!(one != other && one.contains('-'), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("http://127.0.0.1:")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("Mật khẩu")), "{lines:?}");
}

#[test]
fn a_small_demo_is_filled_once_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let filled = summary(&demo(dir.path(), &["--size", "small"]));
    assert_eq!(filled["phones"], 24);
    assert_eq!((&filled["conflicts_open"], &filled["conflicts_settled"]), (&4.into(), &4.into()));
    for count in ["records", "entries", "bytes_up", "bytes_down", "requests"] {
        assert!(filled[count].as_u64().unwrap() > 0, "{count}");
    }
    assert_eq!(summary(&demo(dir.path(), &[])), filled);
    is_sound(dir.path());
    tells_what_is_open(dir.path());

    shows_a_login_and_two_codes(dir.path());

    let other = demo(dir.path(), &["--size", "full"]);
    assert_eq!(other.status.code(), Some(1));
    let reached = demo(dir.path(), &["--listen", "0.0.0.0:0"]);
    assert!(String::from_utf8_lossy(&reached.stderr).contains("0.0.0.0:0"));
    assert_ne!(reached.status.code(), Some(0));
}

/// Killed early, in the middle and late; the end is always the same.
#[test]
fn a_demo_that_was_killed_ends_as_one_that_was_not() {
    let whole = tempfile::tempdir().unwrap();
    let whole = summary(&demo(whole.path(), &["--size", "small"]));
    for phones in [2, 12, 24] {
        let dir = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_soban"));
        command.args(["demo", "--data", "filled", "--once", "--size", "small"]);
        let mut running = command.current_dir(dir.path()).spawn().unwrap();
        let enough = || {
            let folder = std::fs::read_dir(dir.path().join("filled/phones"));
            folder.is_ok_and(|folder| folder.count() >= phones)
        };
        while !enough() && running.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        running.kill().unwrap();
        running.wait().unwrap();
        let ended = summary(&demo(dir.path(), &[]));
        for count in ["phones", "records", "entries", "conflicts_open", "conflicts_settled"] {
            assert_eq!(ended[count], whole[count], "{count} after {phones} phones");
        }
        is_sound(dir.path());
    }
}
