//! Every order in which entries can arrive, duplicates included, ends in the same book.

use soban_core::base::{ActorId, BookId, DeviceId, Instant, RecordId};
use soban_core::book::{Book, Entry, NewDecision, Refusal, Ruling, Writer, plan_decision};
use soban_core::record::{FieldNo, Fields, Value};
use soban_tests::books::{Copy, Picture, book_id};

/// Six entries of a book, by three phones and the office: a record, two edits that have not seen
/// each other, a void that has seen one of them, a decision on the edits, and an edit that has seen
/// neither that nor the void.
pub(crate) fn six_entries(book: BookId) -> Vec<Entry> {
    let copy = |n: u8| Copy { book: Book::new(book, 1), ..Copy::new(n) };
    let (mut one, mut two, mut three) = (copy(1), copy(2), copy(3));
    let (key, created) = one.create("ông Lục Thượng Cường");
    two.take(&created);
    three.take(&created);
    let area = |number| Fields::from([(FieldNo(17), Value::Int(number))]);
    let ours = one.set(key, area(5200));
    let theirs = two.set(key, area(2500));
    three.take(&ours);
    let void = three.set(key, Fields::from([(FieldNo::VOID, Value::Text("nhầm".to_owned()))]));
    one.take(&theirs);
    let new = NewDecision {
        record: RecordId { book, key },
        ruling: Ruling::Set(FieldNo(17)),
        values: area(5200),
        reason: Some("theo biên bản".to_owned()),
        person: "Nguyễn Thị Hoa".to_owned(),
        first_part: None,
    };
    let office = ActorId::new(DeviceId::of_office([0, 0, 0, 1]), [0, 0, 1]);
    let writer = Writer { actor: office, now: Instant(1_000) };
    let (decision, _) = plan_decision(&one.book, writer, &new).unwrap();
    let last = one.set(key, area(437));
    vec![created, ours, theirs, void, decision, last]
}

pub(crate) fn permutations<T: Clone>(left: Vec<T>) -> Vec<Vec<T>> {
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
    for entry in six_entries(book_id()) {
        copy.take(&entry);
    }
    copy.picture()
}

#[test]
fn every_order_of_six_entries_in_every_batching_ends_in_one_book() {
    let expected = expected();
    assert!(!expected.records[0].contests.is_empty(), "something is contested");
    for order in permutations(six_entries(book_id())) {
        for cuts in 0..32_u8 {
            // One document has one set of heads; what is read from it is compared once an order.
            let received = receive(&batches(&order, cuts));
            assert_eq!(received.book.automerge_heads(), expected.heads);
            if cuts == 0 {
                assert_eq!(received.picture(), expected);
            }
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
fn duplicates_change_nothing_wherever_they_come_in_whatever_batches() {
    let expected = expected();
    for (count, order) in permutations(six_entries(book_id())).into_iter().enumerate() {
        for again in 0..order.len() {
            // Over all orders every place behind the first time meets every batching.
            let places = order.len() - again;
            let mut doubled = order.clone();
            doubled.insert(again + 1 + count % places, order[again].clone());
            let cuts = u8::try_from(count / places % 64).unwrap();
            let received = receive(&batches(&doubled, cuts));
            assert_eq!(received.book.automerge_heads(), expected.heads);
            if again == 0 {
                assert_eq!(received.picture(), expected);
            }
        }
    }
}
