//! ADR 6 on void.

use super::{
    AN, BINH, CHI, COPY, LINK, Name, OFFICE, QUIET, REVIEW, Ruling, Story, VOID, distinct, same,
    split, void,
};

/// One phone made `a` void while another wrote this.
fn against(record: &str, field: u16) -> (Story, [Name; 2]) {
    let mut story = Story::new();
    let made_void = story.write(AN, &[], &[("a", VOID, "nhầm")]);
    let edit = story.write(BINH, &[], &[(record, field, "x")]);
    (story, [made_void, edit])
}

#[test]
fn a_void_disagrees_with_a_concurrent_write_of_any_other_field() {
    for field in [QUIET, REVIEW, LINK] {
        let (story, sides) = against("a", field);
        story.expect([void(&sides)]);
    }
}

#[test]
fn a_void_disagrees_with_a_row_made_or_edited_concurrently() {
    for field in [1, QUIET] {
        let (story, sides) = against("row", field);
        story.expect([void(&sides)]);
    }
}

#[test]
fn a_void_does_not_disagree_with_a_void_of_a_row_nor_with_another_record() {
    for (record, field) in [("row", VOID), ("b", QUIET)] {
        let (story, _) = against(record, field);
        story.expect([]);
    }
}

#[test]
fn a_void_does_not_disagree_with_what_it_saw_nor_with_what_saw_it() {
    let mut story = Story::new();
    let before = story.write(BINH, &[], &[("a", REVIEW, "x")]);
    let made_void = story.write(AN, &[before], &[("a", VOID, "nhầm")]);
    story.write(CHI, &[made_void], &[("a", REVIEW, "y")]);
    story.expect([]);
}

#[test]
fn two_voids_never_disagree() {
    let mut story = Story::new();
    story.write(AN, &[], &[("a", VOID, "nhầm")]);
    story.write(BINH, &[], &[("a", VOID, "trùng")]);
    story.expect([]);
}

#[test]
fn every_entry_of_an_open_pair_is_a_side() {
    let (mut story, [made_void, edit]) = against("a", REVIEW);
    let again = story.write(BINH, &[], &[("a", REVIEW, "y")]);
    let row = story.write(CHI, &[], &[("row", QUIET, "x")]);
    story.expect([void(&[made_void, edit, again, row])]);
}

#[test]
fn an_ordinary_write_that_saw_both_does_not_close() {
    for (field, value) in [(VOID, "nhầm"), (VOID, ""), (REVIEW, "y")] {
        let (mut story, sides) = against("a", REVIEW);
        story.write(CHI, &sides, &[("a", field, value)]);
        story.expect([void(&sides)]);
    }
}

#[test]
fn a_decision_on_the_void_that_saw_both_closes() {
    for (on, ruling) in [("a", Ruling::Void), ("a", Ruling::Keep), ("b", same("a"))] {
        let (mut story, sides) = against("a", REVIEW);
        story.decide(OFFICE, &sides, on, ruling);
        story.expect([]);
    }
}

#[test]
fn a_decision_that_rules_on_something_else_does_not_close() {
    for ruling in [Ruling::Ask, Ruling::Set(REVIEW), same("b"), distinct("b"), split("b")] {
        let (mut story, sides) = against("a", REVIEW);
        story.decide(OFFICE, &sides, "a", ruling);
        story.expect([void(&sides)]);
    }
}

#[test]
fn a_decision_that_saw_only_the_edit_does_not_close() {
    let (mut story, [made_void, edit]) = against("a", REVIEW);
    let kept = story.decide(OFFICE, &[edit], "a", Ruling::Keep);
    story.expect([void(&[made_void, edit, kept])]);
}

#[test]
fn a_late_edit_disagrees_with_a_decision_that_made_void() {
    let (mut story, sides) = against("a", REVIEW);
    let decided = story.decide(OFFICE, &sides, "a", Ruling::Void);
    let late = story.write(BINH, &sides, &[("a", REVIEW, "y")]);
    story.expect([void(&[decided, late])]);
}

#[test]
fn a_keep_disagrees_with_a_void_that_did_not_see_it() {
    let (mut story, sides) = against("a", REVIEW);
    let kept = story.decide(OFFICE, &sides, "a", Ruling::Keep);
    let late = story.write(CHI, &sides, &[("a", VOID, "trùng")]);
    story.expect([void(&[kept, late])]);
}

#[test]
fn concurrent_decisions_void_and_keep_disagree_until_one_saw_both() {
    let (mut story, sides) = against("a", REVIEW);
    let kept = story.decide(OFFICE, &sides, "a", Ruling::Keep);
    let made_void = story.decide(COPY, &sides, "a", Ruling::Void);
    story.expect([void(&[kept, made_void])]);
    story.decide(OFFICE, &[made_void], "a", Ruling::Keep);
    story.expect([]);
}
