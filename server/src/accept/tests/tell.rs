//! What a phone is told, and that it is told everything once.

use soban_core::sync::{Item, ProblemKind, ReferenceItem, StandingDigest};

use super::stage::*;
use crate::accept::Reference;

#[test]
fn own_entries_come_back_as_names_and_others_whole() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "mine");
    stage.round(&mut one);
    other.create(book_of(2012), "theirs");
    stage.round(&mut other);
    let response = stage.round(&mut one);
    let [delivery] = response.deliveries.as_slice() else { panic!("{response:?}") };
    assert!(matches!(delivery.items.as_slice(), [Item::Own(_, 1), Item::New(..)]));
    assert_eq!((delivery.after, delivery.cursor.position), (0, 2));
    stage.settle(&mut one);
    stage.settle(&mut other);
    assert_eq!(one.books[&book_of(2012)].clock(), other.books[&book_of(2012)].clock());
}

#[test]
fn a_lost_reply_and_another_are_repeated_without_asking_for_cursors() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "mine");
    stage.settle(&mut one);
    for title in ["a", "b", "c"] {
        other.create(book_of(2012), title);
        stage.round(&mut other);
        // The reply is lost, each time with another table in it.
        let lost = stage.sync(&one.caller, &one.request());
        assert!(!lost.need.is_any());
        assert_eq!(lost.deliveries.len(), 1);
    }
    let response = stage.round(&mut one);
    assert!(!response.need.is_any());
    assert_eq!(response.deliveries[0].items.len(), 3);
    stage.settle(&mut one);
}

#[test]
fn an_unknown_digest_asks_for_the_cursors_and_still_takes_entries() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "mine");
    stage.settle(&mut one);
    other.create(book_of(2013), "theirs");
    stage.settle(&mut other);
    one.create(book_of(2012), "more");
    let mut request = one.request();
    request.digest = StandingDigest([9; 8]);
    let response = stage.sync(&one.caller, &request);
    assert!(response.need.standing);
    assert!(response.deliveries.is_empty());
    assert_eq!(response.stored.len(), 1);
    one.take(&response);
    stage.settle(&mut one);
    assert_eq!(one.books.len(), 2);
}

#[test]
fn a_small_budget_still_makes_progress_and_never_overruns_by_more_than_an_entry() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    let long = "x".repeat(3_000);
    for year in 2010..2014 {
        for n in 0..3 {
            other.create(book_of(year), &format!("{n}{long}"));
        }
    }
    stage.settle(&mut other);
    one.budget = 10;
    let mut rounds = 0;
    loop {
        let response = stage.round(&mut one);
        let items: usize = response.deliveries.iter().map(|d| d.items.len()).sum();
        assert_eq!(items, 1);
        rounds += 1;
        if !response.more {
            break;
        }
    }
    assert_eq!(rounds, 12);
    stage.settle(&mut one);
}

#[test]
fn reference_data_come_one_by_one_when_their_content_changes() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    let item = |name: &str, bytes: &[u8]| ReferenceItem { name: name.into(), bytes: bytes.into() };
    let (pack, people) = (item("pack", &[1, 2, 3]), item("people", &[4]));
    stage.reference = std::sync::Arc::new(Reference::new(vec![pack.clone(), people.clone()]));
    assert_eq!(stage.round(&mut phone).reference, [pack.clone(), people]);
    assert!(stage.round(&mut phone).reference.is_empty());
    let more = item("people", &[4, 5]);
    stage.reference = std::sync::Arc::new(Reference::new(vec![pack, more.clone()]));
    assert_eq!(stage.round(&mut phone).reference, [more]);
}

#[test]
fn a_quarantine_is_told_until_the_phone_shows_that_it_knows() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "mine");
    one.unsent[0].hash = [9; 8];
    stage.round(&mut one);
    let quarantined = |response: &soban_core::sync::SyncResponse| {
        response.problems.iter().filter(|p| p.kind == ProblemKind::Quarantined).count()
    };
    // Nothing else changes, so nothing proves that this reply arrives.
    for _ in 0..3 {
        assert_eq!(quarantined(&stage.round(&mut one)), 1);
    }
    other.create(book_of(2012), "theirs");
    stage.settle(&mut other);
    let lost = stage.sync(&one.caller, &one.request());
    assert_eq!(quarantined(&lost), 1);
    let arrived = stage.sync(&one.caller, &one.request());
    assert_eq!(quarantined(&arrived), 1);
    one.take(&arrived);
    assert_eq!(quarantined(&stage.sync(&one.caller, &one.request())), 0);
    assert_eq!(quarantined(&stage.sync(&one.caller, &one.request())), 0);
}
