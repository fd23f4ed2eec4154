//! ADR 6 on words, decisions, sides and values.

use super::{
    AN, BINH, CHI, COPY, CRITICAL, Field, GROUP, GROUP_TOO, LINK, Name, OFFICE, Open, QUIET,
    REVIEW, Ruling, Story, UNLISTED, distinct, same, split, values,
};

/// Two phones that did not see each other wrote "x" and "y".
fn dispute(field: Field) -> (Story, [Name; 2]) {
    let mut story = Story::new();
    let x = story.write(AN, &[], &[("a", field, "x")]);
    let y = story.write(BINH, &[], &[("a", field, "y")]);
    (story, [x, y])
}

#[test]
fn concurrent_writes_that_differ_are_open_under_every_policy() {
    for field in [QUIET, REVIEW, CRITICAL, GROUP, UNLISTED] {
        let (story, sides) = dispute(field);
        story.expect([values(field, &sides)]);
    }
}

#[test]
fn equal_values_are_no_conflict() {
    for field in [QUIET, REVIEW, CRITICAL, UNLISTED] {
        let mut story = Story::new();
        story.write(AN, &[], &[("a", field, "x")]);
        story.write(BINH, &[], &[("a", field, "x")]);
        story.expect([]);
    }
}

#[test]
fn a_write_that_saw_the_other_does_not_disagree_with_it() {
    for field in [QUIET, REVIEW, CRITICAL] {
        let mut story = Story::new();
        let x = story.write(AN, &[], &[("a", field, "x")]);
        story.write(BINH, &[x], &[("a", field, "y")]);
        story.expect([]);
    }
}

#[test]
fn fields_of_one_group_are_one_unit_and_other_fields_are_not() {
    let mut story = Story::new();
    let one = story.write(AN, &[], &[("a", GROUP, "x"), ("a", REVIEW, "x")]);
    let two = story.write(BINH, &[], &[("a", GROUP_TOO, "x"), ("a", CRITICAL, "x")]);
    story.expect([values(GROUP, &[one, two])]);
}

#[test]
fn units_of_two_records_are_two() {
    let mut story = Story::new();
    story.write(AN, &[], &[("a", REVIEW, "x")]);
    story.write(BINH, &[], &[("b", REVIEW, "y")]);
    story.expect([]);
}

#[test]
fn an_empty_field_and_an_absent_one_are_equal() {
    let mut story = Story::new();
    story.write(AN, &[], &[("a", GROUP, "x"), ("a", GROUP_TOO, "")]);
    story.write(BINH, &[], &[("a", GROUP, "x")]);
    story.expect([]);
}

#[test]
fn an_emptied_unit_differs_from_a_filled_one() {
    let mut story = Story::new();
    let emptied = story.write(AN, &[], &[("a", REVIEW, "")]);
    let filled = story.write(BINH, &[], &[("a", REVIEW, "x")]);
    story.expect([values(REVIEW, &[emptied, filled])]);
}

#[test]
fn fields_of_the_system_are_never_in_a_values_conflict() {
    let (story, _) = dispute(LINK);
    story.expect([]);
}

#[test]
fn a_write_that_its_author_replaced_before_seeing_anothers_is_no_side() {
    let mut story = Story::new();
    story.write(AN, &[], &[("a", REVIEW, "draft")]);
    let x = story.write(AN, &[], &[("a", REVIEW, "x")]);
    let y = story.write(BINH, &[], &[("a", REVIEW, "y")]);
    story.expect([values(REVIEW, &[x, y])]);
}

#[test]
fn a_write_that_its_author_replaced_after_seeing_anothers_stays_a_side() {
    let (mut story, sides) = dispute(REVIEW);
    story.write(AN, &sides, &[("a", REVIEW, "z")]);
    story.expect([values(REVIEW, &sides)]);
}

#[test]
fn a_draft_replaced_at_first_unseeing_stays_no_side_when_replaced_again() {
    let mut story = Story::new();
    story.write(AN, &[], &[("a", REVIEW, "draft")]);
    let x = story.write(AN, &[], &[("a", REVIEW, "x")]);
    let y = story.write(BINH, &[], &[("a", REVIEW, "y")]);
    story.write(AN, &[y], &[("a", REVIEW, "z")]);
    story.expect([values(REVIEW, &[x, y])]);
}

#[test]
fn anothers_write_that_the_draft_had_seen_does_not_make_it_a_side() {
    let mut story = Story::new();
    let old = story.write(BINH, &[], &[("a", REVIEW, "old")]);
    story.write(AN, &[old], &[("a", REVIEW, "draft")]);
    let x = story.write(AN, &[], &[("a", REVIEW, "x")]);
    let y = story.write(CHI, &[], &[("a", REVIEW, "y")]);
    story.expect([values(REVIEW, &[old, x, y])]);
}

#[test]
fn anothers_write_to_another_unit_does_not_make_a_draft_a_side() {
    let mut story = Story::new();
    story.write(AN, &[], &[("a", REVIEW, "draft")]);
    let elsewhere = story.write(BINH, &[], &[("a", CRITICAL, "y")]);
    let x = story.write(AN, &[elsewhere], &[("a", REVIEW, "x")]);
    let y = story.write(CHI, &[], &[("a", REVIEW, "y")]);
    story.expect([values(REVIEW, &[x, y])]);
}

#[test]
fn two_devices_are_two_authors() {
    let mut story = Story::new();
    let first = story.write(AN, &[], &[("a", REVIEW, "x")]);
    let second = story.write(BINH, &[first], &[("a", REVIEW, "y")]);
    let third = story.write(CHI, &[], &[("a", REVIEW, "z")]);
    story.expect([values(REVIEW, &[first, second, third])]);
}

#[test]
fn the_author_of_a_decision_is_its_person_at_whatever_office() {
    for (person, is_side) in [("Hoa", false), ("Minh", true)] {
        let mut story = Story::new();
        let first = story.set_by("Hoa", OFFICE, &[], (REVIEW, "x"));
        let second = story.set_by(person, COPY, &[first], (REVIEW, "y"));
        let third = story.write(AN, &[], &[("a", REVIEW, "z")]);
        let mut sides = vec![second, third];
        sides.extend(is_side.then_some(first));
        story.expect([values(REVIEW, &sides)]);
    }
}

#[test]
fn quiet_is_settled_by_any_write_that_saw_all() {
    for field in [QUIET, UNLISTED] {
        let (mut story, sides) = dispute(field);
        story.write(CHI, &sides, &[("a", field, "z")]);
        story.expect([]);
    }
}

#[test]
fn quiet_stays_open_between_the_newest_when_a_write_saw_some() {
    let (mut story, sides) = dispute(QUIET);
    let third = story.write(CHI, &[], &[("a", QUIET, "z")]);
    let later = story.write(AN, &sides, &[("a", QUIET, "w")]);
    story.expect([values(QUIET, &[later, third])]);
}

#[test]
fn of_quiet_every_newest_write_that_differs_from_another_is_a_side() {
    let (mut story, [x, y]) = dispute(QUIET);
    let again = story.write(CHI, &[], &[("a", QUIET, "x")]);
    story.expect([values(QUIET, &[x, y, again])]);
}

#[test]
fn review_and_critical_are_not_closed_by_an_ordinary_write_that_saw_both() {
    for field in [REVIEW, CRITICAL] {
        let (mut story, sides) = dispute(field);
        story.write(CHI, &sides, &[("a", field, "x")]);
        story.expect([values(field, &sides)]);
    }
}

#[test]
fn a_decision_that_saw_both_closes() {
    for field in [QUIET, REVIEW, CRITICAL, GROUP] {
        let (mut story, sides) = dispute(field);
        story.set(OFFICE, &sides, field, "z");
        story.expect([]);
    }
}

#[test]
fn a_set_of_any_field_of_a_group_rules_on_the_group() {
    let (mut story, sides) = dispute(GROUP);
    story.set(OFFICE, &sides, GROUP_TOO, "z");
    story.expect([]);
}

#[test]
fn a_decision_that_saw_one_is_one_more_side() {
    let (mut story, [x, y]) = dispute(REVIEW);
    let decided = story.set(OFFICE, &[x], REVIEW, "x");
    story.expect([values(REVIEW, &[x, y, decided])]);
}

#[test]
fn two_decisions_of_which_each_saw_one_do_not_close() {
    let (mut story, [x, y]) = dispute(REVIEW);
    let one = story.set(OFFICE, &[x], REVIEW, "x");
    let other = story.set(COPY, &[y], REVIEW, "y");
    story.expect([values(REVIEW, &[x, y, one, other])]);
}

#[test]
fn void_rules_on_all_units_of_the_record() {
    let (mut story, sides) = dispute(REVIEW);
    story.decide(OFFICE, &sides, "a", Ruling::Void);
    story.expect([]);
}

#[test]
fn quiet_asks_for_a_write_and_no_other_decision_settles_it() {
    let (mut story, sides) = dispute(QUIET);
    story.decide(OFFICE, &sides, "a", Ruling::Void);
    story.expect([values(QUIET, &sides)]);
}

#[test]
fn same_rules_on_the_units_of_the_record_linked_away_only() {
    let (mut story, sides) = dispute(REVIEW);
    story.decide(OFFICE, &sides, "a", same("b"));
    story.expect([values(REVIEW, &sides)]);

    let (mut story, sides) = dispute(REVIEW);
    story.decide(OFFICE, &sides, "b", same("a"));
    story.expect([]);
}

#[test]
fn decisions_that_rule_on_something_else_do_not_close() {
    let others = [Ruling::Keep, Ruling::Ask, distinct("b"), split("b"), Ruling::Set(CRITICAL)];
    for ruling in others {
        let (mut story, sides) = dispute(REVIEW);
        story.decide(OFFICE, &sides, "a", ruling);
        story.expect([values(REVIEW, &sides)]);
    }
    let (mut story, sides) = dispute(REVIEW);
    story.decide(OFFICE, &sides, "b", Ruling::Void);
    story.expect([values(REVIEW, &sides)]);
}

#[test]
fn a_late_write_that_did_not_see_the_decision_reopens() {
    let (mut story, sides) = dispute(REVIEW);
    let decided = story.set(OFFICE, &sides, REVIEW, "x");
    let late = story.write(CHI, &sides, &[("a", REVIEW, "z")]);
    story.expect([values(REVIEW, &[decided, late])]);
}

#[test]
fn a_late_write_equal_to_the_decision_does_not_reopen() {
    let (mut story, sides) = dispute(REVIEW);
    story.set(OFFICE, &sides, REVIEW, "x");
    story.write(CHI, &sides, &[("a", REVIEW, "x")]);
    story.expect([]);
}

#[test]
fn a_late_write_that_saw_nothing_disagrees_with_the_sides_that_differ_from_it() {
    let (mut story, [_, y]) = dispute(REVIEW);
    story.set(OFFICE, &[(AN, 1), y], REVIEW, "x");
    let late = story.write(CHI, &[], &[("a", REVIEW, "x")]);
    story.expect([values(REVIEW, &[y, late])]);
}

#[test]
fn a_decision_that_saw_the_late_write_closes_again() {
    let (mut story, sides) = dispute(REVIEW);
    let decided = story.set(OFFICE, &sides, REVIEW, "x");
    let late = story.write(CHI, &sides, &[("a", REVIEW, "z")]);
    story.set(COPY, &[decided, late], REVIEW, "z");
    story.expect([]);
}

#[test]
fn concurrent_decisions_disagree_if_they_differ() {
    for (other, is_open) in [("y", true), ("x", false)] {
        let (mut story, sides) = dispute(REVIEW);
        let one = story.set(OFFICE, &sides, REVIEW, "x");
        let two = story.set(COPY, &sides, REVIEW, other);
        let open: Vec<Open> = is_open.then(|| values(REVIEW, &[one, two])).into_iter().collect();
        assert_eq!(story.open(), open.into_iter().collect());
    }
}
