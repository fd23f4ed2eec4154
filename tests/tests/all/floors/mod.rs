//! The tower of `ARCHITECTURE.md`, checked on the sources themselves.
//!
//! Floors use only lower floors, a few outside names have one home each, the core has no effects,
//! SQL lives in the stores, every file says what it is and none is long. Test modules are held to
//! the same rules: a test that needs two neighbouring floors belongs in this package, which may
//! use everything.
//!
//! The sources are read as words and signs ([`lexer`]), not as a syntax tree: so what stands
//! inside a macro call is seen too, and comments and strings are not mistaken for code. Not seen:
//! what a macro makes up, and a method reached through a value that a lower floor handed out.

mod examples;
mod lexer;
mod paths;
mod rules;
mod sources;
mod text;

use sources::Source;

/// Applies one rule to every source file of the workspace.
fn complaints(rule: fn(&Source) -> Vec<String>) -> Vec<String> {
    let sources = match sources::read_all() {
        Ok(sources) => sources,
        Err(error) => return vec![format!("the sources could not be read: {error}")],
    };
    // A check that read nothing would find nothing wrong.
    for known in ["core/src/lib.rs", "server/src/main.rs", "bindings/src/lib.rs"] {
        assert!(sources.iter().any(|source| source.path == known), "{known} was not read");
    }
    sources.iter().flat_map(rule).collect()
}

#[track_caller]
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_core_uses_only_lower_floors() {
    assert_none(&complaints(rules::arrows));
}

#[test]
fn outside_names_stay_in_their_homes() {
    assert_none(&complaints(rules::homes));
}

#[test]
fn the_core_reads_no_clock_no_randomness_and_no_network() {
    assert_none(&complaints(rules::effects));
}

#[test]
fn sql_is_written_only_in_the_stores() {
    assert_none(&complaints(text::sql));
}

#[test]
fn a_member_depends_on_nothing_it_may_not_name() {
    assert_none(&complaints(rules::manifests));
}

#[test]
fn every_rust_file_says_what_it_is() {
    assert_none(&complaints(text::module_doc));
}

#[test]
fn no_source_file_is_long() {
    assert_none(&complaints(text::length));
}
