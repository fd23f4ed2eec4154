//! ADR 6 on what was changed after a decision.

use super::{
    AN, BINH, CHI, COPY, CRITICAL, GROUP, OFFICE, QUIET, REVIEW, Ruling, Story, VOID, changed,
    distinct, same, values,
};

#[test]
fn a_write_that_saw_the_decision_and_differs_is_listed_if_critical() {
    for field in [CRITICAL, GROUP] {
        let mut story = Story::new();
        let decided = story.set(OFFICE, &[], field, "x");
        let later = story.write(AN, &[decided], &[("a", field, "y")]);
        story.expect([changed(field, &[later])]);
    }
    for field in [QUIET, REVIEW] {
        let mut story = Story::new();
        let decided = story.set(OFFICE, &[], field, "x");
        story.write(AN, &[decided], &[("a", field, "y")]);
        story.expect([]);
    }
}

#[test]
fn a_write_equal_to_the_decision_is_not_listed() {
    let mut story = Story::new();
    let decided = story.set(OFFICE, &[], CRITICAL, "x");
    story.write(AN, &[decided], &[("a", CRITICAL, "x")]);
    story.expect([]);
}

#[test]
fn a_write_that_did_not_see_the_decision_reopens_and_is_not_listed() {
    let mut story = Story::new();
    let decided = story.set(OFFICE, &[], CRITICAL, "x");
    let late = story.write(AN, &[], &[("a", CRITICAL, "y")]);
    story.expect([values(CRITICAL, &[decided, late])]);
}

#[test]
fn the_newest_decision_that_it_saw_counts() {
    for (value, is_listed) in [("x", true), ("y", false)] {
        let mut story = Story::new();
        let first = story.set(OFFICE, &[], CRITICAL, "x");
        let second = story.set(OFFICE, &[first], CRITICAL, "y");
        let later = story.write(AN, &[second], &[("a", CRITICAL, value)]);
        let open = is_listed.then(|| changed(CRITICAL, &[later]));
        assert_eq!(story.open(), open.into_iter().collect());
    }
}

#[test]
fn a_decision_that_it_did_not_see_does_not_make_an_older_one_old() {
    let mut story = Story::new();
    let first = story.set(OFFICE, &[], CRITICAL, "x");
    let second = story.set(OFFICE, &[first], CRITICAL, "y");
    let later = story.write(AN, &[first], &[("a", CRITICAL, "z")]);
    story.expect([changed(CRITICAL, &[later]), values(CRITICAL, &[second, later])]);
}

#[test]
fn of_two_concurrent_decisions_it_is_enough_to_differ_from_one() {
    let mut story = Story::new();
    let one = story.set(OFFICE, &[], CRITICAL, "x");
    let two = story.set(COPY, &[], CRITICAL, "y");
    let later = story.write(AN, &[one, two], &[("a", CRITICAL, "x")]);
    story.expect([changed(CRITICAL, &[later]), values(CRITICAL, &[one, two])]);
}

#[test]
fn a_newer_decision_of_another_kind_does_not_make_a_set_old() {
    let mut story = Story::new();
    let set = story.set(OFFICE, &[], CRITICAL, "x");
    let made_void = story.decide(OFFICE, &[set], "a", Ruling::Void);
    let later = story.write(AN, &[made_void], &[("a", CRITICAL, "y")]);
    story.expect([changed(CRITICAL, &[later])]);
}

#[test]
fn only_a_set_on_the_unit_is_changed() {
    for ruling in [Ruling::Set(GROUP), Ruling::Void, Ruling::Ask, distinct("b")] {
        let mut story = Story::new();
        let decided = story.decide(OFFICE, &[], "a", ruling);
        story.write(AN, &[decided], &[("a", CRITICAL, "y")]);
        story.expect([]);
    }
}

#[test]
fn a_decision_on_the_unit_that_saw_it_closes_and_is_not_itself_listed() {
    for on_it in [Ruling::Set(CRITICAL), Ruling::Void] {
        let mut story = Story::new();
        let decided = story.set(OFFICE, &[], CRITICAL, "x");
        let later = story.write(AN, &[decided], &[("a", CRITICAL, "y")]);
        match on_it {
            Ruling::Set(field) => story.set(COPY, &[later], field, "z"),
            other => story.decide(COPY, &[later], "a", other),
        };
        story.expect([]);
    }
}

#[test]
fn a_decision_that_rules_on_something_else_does_not_close() {
    for ruling in [Ruling::Ask, Ruling::Keep, same("b"), distinct("b")] {
        let mut story = Story::new();
        let decided = story.set(OFFICE, &[], CRITICAL, "x");
        let later = story.write(AN, &[decided], &[("a", CRITICAL, "y")]);
        story.decide(COPY, &[later], "a", ruling);
        story.expect([changed(CRITICAL, &[later])]);
    }
}

#[test]
fn a_draft_that_its_author_replaced_is_not_listed() {
    let mut story = Story::new();
    let decided = story.set(OFFICE, &[], CRITICAL, "x");
    story.write(AN, &[decided], &[("a", CRITICAL, "y")]);
    story.write(AN, &[], &[("a", CRITICAL, "x")]);
    story.expect([]);
}

#[test]
fn a_write_that_another_put_right_stays_listed() {
    let mut story = Story::new();
    let decided = story.set(OFFICE, &[], CRITICAL, "x");
    let later = story.write(AN, &[decided], &[("a", CRITICAL, "y")]);
    story.write(BINH, &[later], &[("a", CRITICAL, "x")]);
    story.expect([changed(CRITICAL, &[later])]);
}

#[test]
fn a_void_that_saw_a_keep_is_listed() {
    let mut story = Story::new();
    let kept = story.decide(OFFICE, &[], "a", Ruling::Keep);
    let made_void = story.write(AN, &[kept], &[("a", VOID, "nhầm")]);
    story.expect([changed(VOID, &[made_void])]);
}

#[test]
fn a_void_that_saw_no_keep_and_an_emptying_that_saw_one_are_not_listed() {
    let mut story = Story::new();
    let first = story.write(AN, &[], &[("a", VOID, "nhầm")]);
    let kept = story.decide(OFFICE, &[first], "a", Ruling::Keep);
    story.write(CHI, &[kept], &[("a", VOID, "")]);
    story.expect([]);
}

#[test]
fn a_void_that_is_a_decision_is_not_listed() {
    let mut story = Story::new();
    let kept = story.decide(OFFICE, &[], "a", Ruling::Keep);
    story.decide(COPY, &[kept], "a", Ruling::Void);
    story.expect([]);
}

#[test]
fn a_decision_on_the_void_that_saw_it_closes() {
    for (on, ruling) in [("a", Ruling::Keep), ("a", Ruling::Void), ("b", same("a"))] {
        let mut story = Story::new();
        let kept = story.decide(OFFICE, &[], "a", Ruling::Keep);
        let made_void = story.write(AN, &[kept], &[("a", VOID, "nhầm")]);
        story.decide(COPY, &[made_void], on, ruling);
        story.expect([]);
    }
}

/// An actor counts its entries book by book, so two books hold entries of one name.
#[test]
fn a_void_is_no_decision_because_another_books_entry_of_its_name_is_one() {
    let mut story = Story::new();
    let kept = story.decide(OFFICE, &[], "a", Ruling::Keep);
    let made_void = story.write(COPY, &[kept], &[("a", VOID, "nhầm")]);
    let elsewhere = story.part((2, "two books"), COPY, &[], ("c", same("a")));
    assert_eq!(elsewhere, made_void);
    story.expect([changed(VOID, &[made_void])]);
}
