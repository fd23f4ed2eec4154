//! ADR 6 on twins, and on decisions in two books.

use super::{
    AN, BINH, COPY, OFFICE, QUIET, REVIEW, RecordState, Ruling, Story, VOID, changed, distinct,
    same, split, twins,
};

/// `a` and `b` as twins.
fn two() -> Story {
    Story::of_twins(&["a", "b"])
}

#[test]
fn records_with_one_natural_key_are_twins_in_whatever_books() {
    two().expect([twins("a", "b")]);
    Story::of_twins(&["a", "c"]).expect([twins("a", "c")]);
    let three = Story::of_twins(&["a", "b", "c"]);
    three.expect([twins("a", "b"), twins("a", "c"), twins("b", "c")]);
}

#[test]
fn records_that_differ_in_what_makes_twins_are_none() {
    let apart: [fn(&mut RecordState); 6] = [
        |record| record.key = Some("bà Pà".to_owned()),
        |record| record.key = None,
        |record| record.org_unit = 18,
        |record| record.form = 2,
        |record| record.void = true,
        |record| record.parent = Some("c".to_owned()),
    ];
    for make in apart {
        let mut story = two();
        make(story.record("b"));
        story.expect([]);
    }
}

#[test]
fn records_without_a_key_are_no_twins() {
    Story::new().expect([]);
}

#[test]
fn distinct_and_split_close_whatever_was_written_since() {
    for ruling in [distinct("b"), split("b")] {
        let mut story = two();
        story.decide(OFFICE, &[], "a", ruling);
        story.write(AN, &[], &[("b", QUIET, "x")]);
        story.expect([]);
    }
}

#[test]
fn rulings_that_do_not_name_both_do_not_close() {
    for ruling in [Ruling::Ask, Ruling::Keep, distinct("c")] {
        let mut story = two();
        story.decide(OFFICE, &[], "a", ruling);
        story.expect([twins("a", "b")]);
    }
}

#[test]
fn same_closes_whichever_is_kept() {
    for (kept, away) in [("a", "b"), ("b", "a")] {
        let mut story = two();
        story.decide(OFFICE, &[], kept, same(away));
        story.expect([]);
    }
}

#[test]
fn a_write_to_the_record_linked_away_that_neither_saw_nor_was_seen_opens() {
    for field in [QUIET, REVIEW, VOID] {
        let mut story = two();
        story.decide(OFFICE, &[], "a", same("b"));
        story.write(AN, &[], &[("b", field, "")]);
        story.expect([twins("a", "b")]);
    }
}

#[test]
fn a_write_that_the_ruling_saw_or_that_saw_the_ruling_does_not_open() {
    let mut story = two();
    let before = story.write(AN, &[], &[("b", QUIET, "x")]);
    let ruled = story.decide(OFFICE, &[before], "a", same("b"));
    story.write(BINH, &[ruled], &[("b", QUIET, "y")]);
    story.expect([]);
}

#[test]
fn a_concurrent_write_to_the_record_that_is_kept_does_not_open() {
    let mut story = two();
    story.decide(OFFICE, &[], "a", same("b"));
    story.write(AN, &[], &[("a", QUIET, "x"), ("row", QUIET, "x")]);
    story.expect([]);
}

#[test]
fn a_ruling_that_saw_the_concurrent_write_closes_again() {
    let mut story = two();
    let first = story.decide(OFFICE, &[], "a", same("b"));
    let late = story.write(AN, &[], &[("b", QUIET, "x")]);
    story.decide(OFFICE, &[first, late], "a", same("b"));
    story.expect([]);
}

#[test]
fn concurrent_rulings_that_disagree_are_open_whatever_the_keys_are_now() {
    let pairs = [
        (("a", same("b")), ("b", same("a"))),
        (("a", same("b")), ("a", distinct("b"))),
        (("a", same("b")), ("b", split("a"))),
    ];
    for ((one, ruling), (other, against)) in pairs {
        for mut story in [two(), Story::new()] {
            story.decide(OFFICE, &[], one, ruling.clone());
            story.decide(COPY, &[], other, against.clone());
            story.expect([twins("a", "b")]);
        }
    }
}

#[test]
fn concurrent_distinct_and_split_agree() {
    let mut story = two();
    story.decide(OFFICE, &[], "a", distinct("b"));
    story.decide(COPY, &[], "b", split("a"));
    story.expect([]);
}

#[test]
fn only_the_newest_rulings_count() {
    let mut story = two();
    let one = story.decide(OFFICE, &[], "a", same("b"));
    let other = story.decide(COPY, &[], "a", distinct("b"));
    story.decide(OFFICE, &[one, other], "b", split("a"));
    story.expect([]);
}

#[test]
fn of_three_twins_one_linked_away_leaves_one_pair() {
    let ways = [("a", "b", ("a", "c")), ("b", "a", ("b", "c")), ("a", "c", ("a", "b"))];
    for (kept, away, (one, other)) in ways {
        let mut story = Story::of_twins(&["a", "b", "c"]);
        for book in [1, 2] {
            story.part((book, "both"), OFFICE, &[], (kept, same(away)));
        }
        story.expect([twins(one, other)]);
    }
}

#[test]
fn a_record_stays_linked_away_while_its_pair_is_open_again() {
    let mut story = Story::of_twins(&["a", "b", "c"]);
    story.decide(OFFICE, &[], "a", same("b"));
    story.write(AN, &[], &[("b", QUIET, "x")]);
    story.expect([twins("a", "b"), twins("a", "c")]);
}

#[test]
fn a_record_over_which_rulings_disagree_is_not_linked_away() {
    let mut story = Story::of_twins(&["a", "b", "c"]);
    story.decide(OFFICE, &[], "a", same("b"));
    story.decide(COPY, &[], "a", distinct("b"));
    story.expect([twins("a", "b"), twins("a", "c"), twins("b", "c")]);
}

#[test]
fn of_three_twins_two_told_apart_are_still_twins_of_the_third() {
    let mut story = Story::of_twins(&["a", "b", "c"]);
    story.decide(OFFICE, &[], "a", distinct("b"));
    story.expect([twins("a", "c"), twins("b", "c")]);
}

#[test]
fn a_ruling_across_books_saw_what_its_part_in_that_book_saw() {
    for is_seen in [true, false] {
        let mut story = Story::of_twins(&["a", "c"]);
        let write = story.write_in(2, AN, &[], &[("c", QUIET, "x")]);
        let saw = if is_seen { vec![write] } else { Vec::new() };
        story.part((1, "across"), OFFICE, &[], ("a", same("c")));
        story.part((2, "across"), OFFICE, &saw, ("a", same("c")));
        let open = (!is_seen).then(|| twins("a", "c"));
        assert_eq!(story.open(), open.into_iter().collect());
    }
}

#[test]
fn a_ruling_across_books_rules_on_the_record_linked_away_in_its_own_book() {
    for is_seen in [true, false] {
        let mut story = Story::new();
        let x = story.write_in(2, AN, &[], &[("c", REVIEW, "x")]);
        let y = story.write_in(2, BINH, &[], &[("c", REVIEW, "y")]);
        let saw = if is_seen { vec![x, y] } else { Vec::new() };
        // Entries of book 1 by the same names: to have seen those is not to have seen these.
        let one = story.write(AN, &[], &[("b", QUIET, "x")]);
        let two = story.write(BINH, &[one], &[("b", QUIET, "y")]);
        story.part((1, "across"), OFFICE, &[one, two], ("a", same("c")));
        story.part((2, "across"), OFFICE, &saw, ("a", same("c")));
        assert_eq!(story.open().is_empty(), is_seen);
    }
}

#[test]
fn a_ruling_saw_another_if_it_did_so_in_a_book_that_both_are_in() {
    let mut story = Story::of_twins(&["a", "c"]);
    let first = story.part((1, "one"), OFFICE, &[], ("a", same("c")));
    story.part((2, "one"), OFFICE, &[], ("a", same("c")));
    story.part((1, "two"), COPY, &[first], ("a", distinct("c")));
    story.part((2, "two"), COPY, &[], ("a", distinct("c")));
    story.expect([]);
}

#[test]
fn rulings_across_books_that_saw_each_other_in_neither_disagree() {
    let mut story = Story::of_twins(&["a", "c"]);
    story.part((1, "one"), OFFICE, &[], ("a", same("c")));
    story.part((2, "one"), OFFICE, &[], ("a", same("c")));
    story.part((1, "two"), COPY, &[], ("a", distinct("c")));
    story.part((2, "two"), COPY, &[], ("a", distinct("c")));
    story.expect([twins("a", "c")]);
}

#[test]
fn the_void_of_a_record_linked_away_is_ruled_on_with_it() {
    let mut story = Story::new();
    let kept = story.decide(OFFICE, &[], "a", Ruling::Keep);
    let made_void = story.write(AN, &[kept], &[("a", VOID, "nhầm")]);
    story.expect([changed(VOID, &[made_void])]);
    story.decide(OFFICE, &[made_void], "b", same("a"));
    story.expect([]);
}
