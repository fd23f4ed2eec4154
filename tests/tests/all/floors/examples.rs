//! Small wrong sources that the rules must refuse, and right ones they must let pass: a rule that
//! finds nothing wrong has to be able to.

use super::rules;
use super::sources::Source;
use super::text;

fn file(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

/// Every one of `texts`, written to `path`, breaks the rule exactly once.
#[track_caller]
fn each_is_refused(rule: fn(&Source) -> Vec<String>, path: &str, texts: &[&str]) {
    for text in texts {
        let complaints = rule(&file(path, text));
        assert_eq!(complaints.len(), 1, "{path}: {text}: {complaints:?}");
    }
}

#[track_caller]
fn each_passes(rule: fn(&Source) -> Vec<String>, path: &str, texts: &[&str]) {
    each_is(rule, path, texts, &[]);
}

#[track_caller]
fn each_is(rule: fn(&Source) -> Vec<String>, path: &str, texts: &[&str], expected: &[&str]) {
    for text in texts {
        assert_eq!(rule(&file(path, text)), expected, "{path}: {text}");
    }
}

#[test]
fn an_arrow_that_points_up_is_refused_however_it_is_written() {
    each_is_refused(
        rules::arrows,
        "core/src/form/rule.rs",
        &[
            "use crate::book::Entry;",
            "use crate::{base::Date, book::{self, Entry as E}};",
            "use {crate::record::Field, crate::store};",
            "pub(crate) use crate::phone as p;",
            "use super::super::book::Entry;",
            "use super::super::{record, phone::Phone};",
            "mod inner { mod tests { use super::super::super::super::sync; } }",
            "fn f() -> Vec<crate::book::Entry> { Vec::new() }",
            "fn f() { let x = <u8 as crate::sync::Wire>::get(); }",
            "fn f() { println!(\"{}\", crate::store::count()); }",
            "macro_rules! m { () => { $crate::phone::open() } }",
            "fn f() { soban_core::book::open() }",
            "use crate::r#book::Entry;",
            "fn f() { crate /* where to */ :: book::open() }",
        ],
    );
}

#[test]
fn a_wrong_arrow_is_reported_with_its_line() {
    each_is(
        rules::arrows,
        "core/src/base/mod.rs",
        &["//! doc\n\nuse crate::{\n    base::Date,\n    record::Field,\n};\n"],
        &["core/src/base/mod.rs:5: base may not use crate::record"],
    );
}

#[test]
fn neighbours_on_one_floor_do_not_know_each_other() {
    each_is_refused(rules::arrows, "core/src/store/mod.rs", &["use crate::sync::Cursor;"]);
    each_is_refused(rules::arrows, "core/src/sync.rs", &["use super::store::Log;"]);
}

#[test]
fn the_crate_root_is_no_way_around_the_floors() {
    each_is_refused(
        rules::arrows,
        "core/src/record/value.rs",
        &[
            "use crate as c;",
            "use crate::*;",
            "use super::super::*;",
            "use crate::Phone;",
            "use crate::helpers::split;",
            "#[path = \"../phone/mod.rs\"] mod phone;",
            "include!(\"../phone/mod.rs\");",
        ],
    );
    each_is_refused(rules::arrows, "core/src/helpers/mod.rs", &["fn f() {}"]);
}

#[test]
fn an_arrow_that_points_down_or_home_passes() {
    each_passes(
        rules::arrows,
        "core/src/form/rule.rs",
        &[
            "use crate::{base::{self, Date}, record::Field};",
            "use super::super::base::Date;",
            "use super::{Form, expr::Expr};",
            "use crate::form::{book, store};",
            "mod tests { use super::*; mod deep { use super::super::Rule; } } use super::Form;",
            "pub(crate) fn f() { book::open(); self::sync::run(); std::sync::Arc::new(1); }",
            "fn f() -> impl Iterator + use<'static> { crate::base::all() }",
        ],
    );
    each_passes(
        rules::arrows,
        "core/src/phone/mod.rs",
        &["use crate::{base, record, form, book, store, sync};"],
    );
    each_passes(rules::arrows, "core/src/lib.rs", &["pub use crate::phone::Phone;"]);
}

#[test]
fn comments_strings_characters_and_lifetimes_are_not_code() {
    each_passes(
        rules::arrows,
        "core/src/base/mod.rs",
        &[
            "// use crate::book;\n/* use /* deep */ crate::book; */\n/// [`crate::phone`]\nfn f() {}",
            "const A: &str = \"use crate::book; \\\" crate::book::x\";",
            "const A: &str = r##\"crate::book::x \"# crate::book::y\"##;",
            "const A: &[u8] = b\"crate::book::x\"; const B: &[u8] = br\"\\\"; ",
        ],
    );
    each_is_refused(
        rules::arrows,
        "core/src/base/mod.rs",
        &[
            "const Q: char = '\"'; use crate::book; const R: char = '\\''; const S: char = '\"';",
            "fn f<'a>(x: &'a str) -> &'a str { crate::book::x(x) }",
            "const A: &str = r\"\\\"; use crate::book; const B: &str = \"\";",
            "const A: &str = \"// \"; use crate::book;",
            "const A: u8 = b'\"'; use crate::book; const B: char = '\\u{22}';",
        ],
    );
}

#[test]
fn an_outside_name_away_from_home_is_refused() {
    let away = [
        ("core/src/store/mod.rs", "use automerge::AutoCommit;"),
        ("core/src/phone/mod.rs", "fn f(c: &rusqlite::Connection) {}"),
        ("server/src/log.rs", "fn f() { ::automerge::AutoCommit::new(); }"),
        ("server/src/pages/mod.rs", "use {std::fmt, rusqlite as db};"),
        ("server/src/storefront.rs", "extern crate rusqlite;"),
        ("server/src/lib.rs", "use soban_bindings::Phone;"),
        ("bindings/src/lib.rs", "use soban_server::serve;"),
        ("bindings/src/lib.rs", "#[tokio::main] async fn main() {}"),
        ("core/src/sync/mod.rs", "use axum::Router;"),
        ("core/src/phone/mod.rs", "#[cfg_attr(x, derive(uniffi::Record))] struct A;"),
    ];
    for (path, text) in away {
        each_is_refused(rules::homes, path, &[text]);
    }
}

#[test]
fn an_outside_name_at_home_passes() {
    let home = [
        ("core/src/book/history.rs", "use automerge::AutoCommit;"),
        ("core/src/store.rs", "use rusqlite::Connection;"),
        ("server/src/store/log.rs", "use rusqlite::Connection;"),
        ("server/src/main.rs", "#[tokio::main] async fn main() { soban_server::run() }"),
        ("bindings/src/lib.rs", "uniffi::setup_scaffolding!();"),
        ("tests/tests/all/merge.rs", "use automerge::AutoCommit;"),
        ("core/src/sync/mod.rs", "//! no axum\nconst WHO: &str = \"tokio\";"),
    ];
    for (path, text) in home {
        each_passes(rules::homes, path, &[text]);
    }
}

#[test]
fn clocks_randomness_and_network_are_refused_in_the_core() {
    each_is_refused(
        rules::effects,
        "core/src/phone/mod.rs",
        &[
            "fn f() { std::time::SystemTime::now(); }",
            "use std::time::{Duration, Instant};",
            "use std::{fmt, time};",
            "fn f() { jiff::Timestamp::now(); }",
            "fn f() { std::time::UNIX_EPOCH.elapsed(); }",
            "fn f() { thread_rng().next_u64(); }",
            "use rand::Rng;",
            "fn f() { getrandom::fill(&mut [0]); }",
            "use std::{fmt, net::TcpStream};",
            "fn f() { ureq::get(address); }",
            "const A: &str = \"INSERT INTO a VALUES (CURRENT_TIMESTAMP)\";",
            "const A: &str = \"SELECT strftime('%s', 'now')\";",
        ],
    );
    each_is_refused(
        rules::effects,
        "core/src/store/migrations/0001.sql",
        &["CREATE TABLE a (made_at DEFAULT current_timestamp);"],
    );
    each_passes(
        rules::effects,
        "core/src/phone/mod.rs",
        &["use std::time::Duration; fn f(clock: &dyn Clock) { let now = clock.now(); }"],
    );
    each_passes(rules::effects, "server/src/main.rs", &["use std::{net, time::SystemTime};"]);
}

#[test]
fn sql_outside_a_store_is_refused() {
    each_is_refused(
        text::sql,
        "server/src/pages/meetings.rs",
        &[
            "const A: &str = \"SELECT 1\";",
            "const A: &str = r#\"\n    select title\n    from meetings\"#;",
            "const A: &str = \"\\\n  INSERT OR IGNORE INTO a VALUES (1)\";",
            "const A: &str = \"update a set b = 1\";",
            "const A: &str = concat!(\"DELETE FROM \", \"a\");",
            "const A: &str = \"create table a (b)\";",
        ],
    );
    each_is_refused(text::sql, "server/src/pages/list.sql", &["-- a list"]);
    each_passes(
        text::sql,
        "server/src/pages/meetings.rs",
        &[
            "// SELECT 1\nfn f() {}",
            "const A: &str = \"Select the book\";",
            "const A: &str = \"DELETE\"; const B: &str = \"DELETE /v1/device\";",
            "const A: &str = \"Create table of contents\"; const B: &str = \"create a backup\";",
        ],
    );
    each_passes(text::sql, "server/src/store/log.rs", &["const A: &str = \"SELECT 1\";"]);
}

#[test]
fn a_manifest_with_a_wrong_or_renamed_dependency_is_refused() {
    let table = "[package]\nname = \"x\"\n\n";
    let wrong = [
        ("core/Cargo.toml", "[dependencies]\ntokio.workspace = true"),
        ("core/Cargo.toml", "[dev-dependencies]\ngetrandom = \"0.3\""),
        ("server/Cargo.toml", "[dependencies]\nautomerge.workspace = true"),
        ("server/Cargo.toml", "[dependencies]\nsoban-bindings.workspace = true"),
        ("core/Cargo.toml", "[dependencies.uniffi]\nversion = \"1\""),
        ("server/Cargo.toml", "[dependencies.db]\npackage = \"rusqlite\""),
        ("bindings/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nsoban-server = \"1\""),
        (
            "Cargo.toml",
            "[workspace.dependencies]\nam = { package = \"automerge\", version = \"1\" }",
        ),
    ];
    for (path, text) in wrong {
        each_is_refused(rules::manifests, path, &[&format!("{table}{text}")]);
    }
    each_passes(
        rules::manifests,
        "core/Cargo.toml",
        &["[features]\ntokio = []\n[dependencies]\nautomerge.workspace = true"],
    );
}

#[test]
fn a_file_without_a_doc_or_with_too_many_lines_is_refused() {
    each_is_refused(
        text::module_doc,
        "core/src/base/mod.rs",
        &["", "use std::fmt;\n//! too late", "/// not of the module\nfn f() {}", "//!\n"],
    );
    each_passes(
        text::module_doc,
        "core/src/base/mod.rs",
        &["//! The base.", "#![warn(missing_docs)]\n\n//! The base."],
    );
    let lines = |count: usize| "//! a\n".repeat(count);
    each_is_refused(text::length, "core/src/base/mod.rs", &[&lines(401)]);
    each_passes(text::length, "core/src/base/mod.rs", &[&lines(400)]);
}
