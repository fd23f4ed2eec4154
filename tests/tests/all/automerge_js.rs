//! A book opens in Automerge's own JavaScript library with the same values and heads.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use soban_core::base::hex;
use soban_core::record::{FieldNo, Fields, Value};
use soban_tests::books::Copy;

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        other => format!("bytes {}", hex::encode(&other.to_bytes().unwrap_or_default())),
    }
}

#[test]
fn a_book_opens_in_the_javascript_library_with_the_same_values_and_heads() {
    let (mut one, mut two) = (Copy::new(1), Copy::new(2));
    let (key, created) = one.create("bà Tráng Lền Dín");
    two.take(&created);
    let date = Value::Date("2012-06-09".parse().unwrap());
    one.set(key, Fields::from([(FieldNo(17), Value::Int(400)), (FieldNo(20), date)]));
    two.set(key, Fields::from([(FieldNo(17), Value::Int(437)), (FieldNo(21), Value::Bool(true))]));
    two.set(key, Fields::from([(FieldNo::VOID, Value::Text("ghi hai lần".to_owned()))]));
    one.hear(&two);
    one.set(key, Fields::from([(FieldNo::VOID, Value::Null)]));

    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("book.automerge");
    std::fs::write(&file, one.book.to_automerge()).unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let node = Command::new("node").arg(tests.join("js/open_book.mjs")).arg(&file).output();
    let output = node.expect("node is missing: tests/run installs it");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n`tests/run setup` installs the library");
    let opened: Json = serde_json::from_slice(&output.stdout).unwrap();

    assert_eq!(opened["book"], "17/2012");
    assert_eq!(opened["heads"], Json::from(one.book.automerge_heads()));
    let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for field in one.book.fields_of(key) {
        let alternatives = one.book.alternatives(key, field);
        let mut values: Vec<String> = alternatives.iter().map(|a| plain(&a.value)).collect();
        values.sort();
        expected.insert(field.to_string(), values);
    }
    assert_eq!(expected["17"], ["400", "437"]);
    assert_eq!(opened["records"][key.to_string()], serde_json::to_value(expected).unwrap());
}
