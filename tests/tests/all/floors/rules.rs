//! Who may name whom.

use super::lexer::{Kind, tokens};
use super::paths::{NamedPath, named_paths};
use super::sources::Source;

/// The floors of the core and their heights. Neighbours of one height do not know each other.
const FLOORS: [(&str, u8); 7] =
    [("base", 0), ("record", 1), ("form", 2), ("book", 3), ("store", 4), ("sync", 4), ("phone", 5)];

/// Outside names and the only folders that may use them, the tests' package aside.
const HOMES: [(&str, &[&str]); 7] = [
    ("automerge", &["core/src/book"]),
    ("rusqlite", &["core/src/store", "server/src/store"]),
    ("axum", &["server"]),
    ("tokio", &["server"]),
    ("uniffi", &["bindings"]),
    ("soban_server", &["server"]),
    ("soban_bindings", &["bindings"]),
];

/// Words that bring a network or randomness into the core.
const EFFECTS: [&str; 8] =
    ["rand", "getrandom", "thread_rng", "OsRng", "RandomState", "reqwest", "ureq", "hyper"];

/// What SQLite would read from the machine by itself.
const SQL_EFFECTS: [&str; 7] = [
    "current_timestamp",
    "current_date",
    "current_time",
    "'now'",
    "unixepoch()",
    "random()",
    "randomblob(",
];

/// The core's floors use only lower ones.
pub(super) fn arrows(source: &Source) -> Vec<String> {
    if source.package() != "core" || !source.is("rs") || source.path == "core/src/lib.rs" {
        return Vec::new();
    }
    let path = &source.path;
    let module = source.module();
    let own = module.first().map_or("", String::as_str);
    let Some(height) = height(own) else {
        return vec![format!("{path}: lies on no floor")];
    };
    let mut wrong: Vec<String> = named_paths(&source.text, &module)
        .iter()
        .filter_map(|named| Some((named.line, target(named)?)))
        .filter(|(_, target)| {
            *target != own && self::height(target).is_none_or(|other| other >= height)
        })
        .map(|(line, target)| format!("{path}:{line}: {own} may not use crate::{target}"))
        .collect();
    // Either would bring in a file whose own path says nothing about where it belongs.
    let tokens = tokens(&source.text);
    wrong.extend(tokens.windows(2).filter_map(|pair| match pair {
        [bracket, path_word] if bracket.is_sign("[") && path_word.is_word("path") => {
            Some(format!("{path}:{}: #[path] hides a floor", path_word.line))
        }
        [include, bang] if include.is_word("include") && bang.is_sign("!") => {
            Some(format!("{path}:{}: include! hides a floor", include.line))
        }
        _ => None,
    }));
    wrong.dedup();
    wrong
}

fn height(floor: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == floor).map(|(_, height)| *height)
}

/// The name behind `crate::`; empty for the crate's root itself.
fn target(named: &NamedPath) -> Option<&str> {
    let mut segments = named.segments.iter().map(String::as_str);
    matches!(segments.next()?, "crate" | "soban_core").then(|| segments.next().unwrap_or_default())
}

/// The names of [`HOMES`] stay at home.
pub(super) fn homes(source: &Source) -> Vec<String> {
    if !source.is("rs") || source.package() == "tests" {
        return Vec::new();
    }
    let path = &source.path;
    // A server's test may tamper with its own database to see that the program notices.
    let spared = |name: &str| name == "rusqlite" && source.is_server_test();
    tokens(&source.text)
        .iter()
        .filter(|token| token.kind == Kind::Word && !spared(&token.text))
        .filter_map(|token| Some((token, home_of(&token.text)?)))
        .filter(|(_, homes)| !homes.iter().any(|home| lies_in(path, home)))
        .map(|(token, homes)| {
            let (line, name) = (token.line, &token.text);
            format!("{path}:{line}: {name} may be named only in {}", homes.join(", "))
        })
        .collect()
}

fn home_of(name: &str) -> Option<&'static [&'static str]> {
    HOMES.iter().find(|(known, _)| *known == name).map(|(_, homes)| *homes)
}

/// Whether a file is `folder.rs` or lies below `folder`.
fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

/// The core takes its clock and its randomness as arguments and opens no connection.
pub(super) fn effects(source: &Source) -> Vec<String> {
    if source.package() != "core" {
        return Vec::new();
    }
    if source.is("sql") {
        return sql_effect(&source.text)
            .map(|effect| format!("{}: {effect} in SQL", source.path))
            .into_iter()
            .collect();
    }
    if !source.is("rs") {
        return Vec::new();
    }
    let named = named_paths(&source.text, &source.module());
    let by_path = named
        .iter()
        .filter(|named| is_effect(&named.segments))
        .map(|named| (named.line, named.segments.join("::")));
    let tokens = tokens(&source.text);
    let by_word = tokens.iter().filter_map(|token| {
        let effect = match token.kind {
            Kind::Word => EFFECTS.into_iter().find(|word| *word == token.text)?,
            Kind::Text => sql_effect(&token.text)?,
            Kind::Sign => return None,
        };
        Some((token.line, effect.to_owned()))
    });
    by_path
        .chain(by_word)
        .map(|(line, effect)| format!("{}:{line}: the core may not use {effect}", source.path))
        .collect()
}

/// `…::now`, the network, and of `std::time` anything but a `Duration`.
fn is_effect(segments: &[String]) -> bool {
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["std" | "core", "net", ..] => true,
        ["std", "time", what, ..] => *what != "Duration",
        ["std", "time"] => true,
        [_, .., last] => *last == "now",
        _ => false,
    }
}

fn sql_effect(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    SQL_EFFECTS.into_iter().find(|effect| text.contains(effect))
}

/// A member's manifest asks for nothing that it may not name, and nobody renames a dependency.
pub(super) fn manifests(source: &Source) -> Vec<String> {
    if !source.path.ends_with("Cargo.toml") || source.package() == "tests" {
        return Vec::new();
    }
    let path = &source.path;
    let mut in_table = false;
    let mut wrong = Vec::new();
    for line in source.text.lines().map(|line| line.replace(' ', "")) {
        let mut name = line.split(['.', '=']).next().unwrap_or_default();
        if let Some(header) = line.strip_prefix('[') {
            in_table = header.contains("dependencies");
            // [dependencies.name]
            let after = header.split_once("dependencies.").map(|(_, name)| name);
            name = after.unwrap_or_default().trim_end_matches(']');
        }
        if in_table && line.contains("package=") {
            wrong.push(format!("{path}: a dependency is renamed: {line}"));
        }
        if in_table && path.contains('/') && !may_depend(source.package(), name) {
            wrong.push(format!("{path}: may not depend on {name}"));
        }
    }
    wrong
}

fn may_depend(package: &str, name: &str) -> bool {
    let name = &name.replace('-', "_");
    let at_home = home_of(name)
        .is_none_or(|homes| homes.iter().any(|home| home.split('/').next() == Some(package)));
    at_home && !(package == "core" && EFFECTS.contains(&name.as_str()))
}
