//! Every order in which entries can arrive, duplicates included, ends in the same book.

use soban_core::book::{Book, Entry, Refusal};
use soban_core::record::{FieldNo, Fields, Value};
use soban_tests::books::{Copy, Picture, book_id};

/// Five entries by three phones: a record, two edits that have not seen each other, a void that has
/// seen one of them, and an edit that has seen everything but the void.
pub(crate) fn five_entries() -> Vec<Entry> {
    let (mut one, mut two, mut three) = (Copy::new(1), Copy::new(2), Copy::new(3));
    let (key, created) = one.create("ông Lục Thượng Cường");
    two.take(&created);
    three.take(&created);
    let area = |number| Fields::from([(FieldNo(17), Value::Int(number))]);
    let ours = one.set(key, area(5200));
    let theirs = two.set(key, area(2500));
    three.take(&ours);
    let void = three.set(key, Fields::from([(FieldNo::VOID, Value::Text("nhầm".to_owned()))]));
    one.take(&theirs);
    let last = one.set(key, area(437));
    vec![created, ours, theirs, void, last]
}

pub(crate) fn permutations(left: Vec<Entry>) -> Vec<Vec<Entry>> {
    if left.len() < 2 {
        return vec![left];
    }
    let mut all = Vec::new();
    for place in 0..left.len() {
        let mut rest = left.clone();
        let first = rest.remove(place);
        all.extend(permutations(rest).into_iter().map(|mut order| {
            order.insert(0, first.clone());
            order
        }));
    }
    all
}

/// A receiver that holds what lacks a dependency, as the district does.
fn receive(batches: &[&[Entry]]) -> Copy {
    let mut copy = Copy { book: Book::new(book_id(), 1), ..Copy::new(9) };
    let mut held: Vec<Entry> = Vec::new();
    for batch in batches {
        held.extend(batch.iter().cloned());
        loop {
            let before = held.len();
            held.retain(|entry| match copy.book.apply(entry, None) {
                Ok(_) => false,
                Err(Refusal::Missing(_)) => true,
                Err(refusal) => panic!("{refusal}"),
            });
            if held.len() == before {
                break;
            }
        }
    }
    assert!(held.is_empty());
    copy
}

fn expected() -> Picture {
    let mut copy = Copy::new(9);
    for entry in five_entries() {
        copy.take(&entry);
    }
    copy.picture()
}

#[test]
fn every_order_of_five_entries_in_every_batching_ends_in_one_book() {
    let expected = expected();
    assert!(!expected.records[0].contests.is_empty(), "something is contested");
    for order in permutations(five_entries()) {
        for cuts in 0..16_u8 {
            assert_eq!(receive(&batches(&order, cuts)).picture(), expected);
        }
    }
}

/// The order cut into batches: bit by bit, whether one ends behind each entry.
fn batches(order: &[Entry], cuts: u8) -> Vec<&[Entry]> {
    let ends = (1..=order.len()).filter(|end| *end == order.len() || cuts & (1 << (end - 1)) != 0);
    let mut start = 0;
    let batch = |end: usize| &order[std::mem::replace(&mut start, end)..end];
    ends.map(batch).collect()
}

#[test]
fn duplicates_change_nothing_wherever_they_come() {
    let expected = expected();
    for order in permutations(five_entries()) {
        for again in 0..order.len() {
            let mut doubled = order.clone();
            doubled.push(order[again].clone());
            doubled.insert(0, order[again].clone());
            assert_eq!(receive(&[&doubled]).picture(), expected);
        }
    }
}
