//! What a file says about itself, how long it is, and where SQL is written.

use super::lexer::{Kind, tokens};
use super::sources::Source;

/// Lines after which a file is asked what second thing lives in it. Nothing is exempt.
const LONGEST: usize = 400;

/// The only folders with SQL, the tests' package aside.
const STORES: [&str; 2] = ["core/src/store", "server/src/store"];

/// How an SQL statement begins: a keyword, and the words that may follow it (any, if none).
const STATEMENTS: [(&str, &[&str]); 10] = [
    ("SELECT", &[]),
    ("UPDATE", &[]),
    ("PRAGMA", &[]),
    ("INSERT", &["INTO", "OR"]),
    ("REPLACE", &["INTO"]),
    ("DELETE", &["FROM"]),
    ("WITH", &["RECURSIVE"]),
    ("CREATE", &["TABLE", "INDEX", "UNIQUE", "VIEW", "TRIGGER", "VIRTUAL", "TEMP", "TEMPORARY"]),
    ("ALTER", &["TABLE"]),
    ("DROP", &["TABLE", "INDEX", "VIEW", "TRIGGER"]),
];

/// A Rust file opens with a module doc.
pub(super) fn module_doc(source: &Source) -> Vec<String> {
    let first = source
        .text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with("#!["));
    let documented =
        first.and_then(|line| line.strip_prefix("//!")).is_some_and(|doc| !doc.trim().is_empty());
    if !source.is("rs") || documented {
        return Vec::new();
    }
    vec![format!("{}: does not say what it is (//!)", source.path)]
}

/// No file has more than [`LONGEST`] lines; TOML (forms, choices) and a catalogue of words are data,
/// not source.
pub(super) fn length(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if lines <= LONGEST || source.is("toml") || source.path.ends_with("/catalogue.ts") {
        return Vec::new();
    }
    vec![format!("{}: {lines} lines, at most {LONGEST}", source.path)]
}

/// SQL is written in the stores alone, as files or as string literals.
pub(super) fn sql(source: &Source) -> Vec<String> {
    let path = &source.path;
    let below = |folder: &str| path.starts_with(&format!("{folder}/"));
    if below("tests") || source.is_server_test() || STORES.iter().any(|store| below(store)) {
        return Vec::new();
    }
    if source.is("sql") && ["core", "server/src", "bindings"].into_iter().any(below) {
        return vec![format!("{path}: SQL outside a store")];
    }
    if !source.is("rs") {
        return Vec::new();
    }
    tokens(&source.text)
        .iter()
        .filter(|token| token.kind == Kind::Text && is_sql(&token.text))
        .map(|token| format!("{path}:{}: SQL outside a store", token.line))
        .collect()
}

/// Whether a text begins like an SQL statement. Keywords in capitals or in small letters count;
/// "Create table…" on a button does not, nor does a lone word.
fn is_sql(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return false;
    };
    let second = second.to_uppercase();
    STATEMENTS.iter().any(|(keyword, follow)| {
        let shouted = first == *keyword;
        let quiet = first == keyword.to_lowercase();
        let expected = follow.contains(&second.as_str());
        if follow.is_empty() {
            shouted || (quiet && words.clone().any(|word| matches!(word, "from" | "set")))
        } else {
            (shouted || quiet) && expected
        }
    })
}
