//! What cannot enter a book, whoever sends it.

use super::support::*;
use crate::base::{BookId, EntryRef, Period, RecordId};
use crate::book::{Book, Entry, EntryError, Refusal};
use crate::record::{FieldNo, Value};

#[test]
fn rule_4_a_row_lies_only_in_a_record_that_was_there_before_it() {
    let mut book = new_book();
    let parent = |book, key| Value::Record(RecordId { book, key });
    // Two records of one entry, each with this parent.
    let rows_of = |book: &Book, parents: [u16; 2]| {
        let mut entry = next_entry(book, 1, Vec::new());
        for (place, of) in [0, 2].into_iter().zip(parents) {
            let (key, of) = (entry.new_record(place), entry.new_record(of));
            entry.writes.push(write(key, FieldNo::FORM, Value::Int(4)));
            entry.writes.push(write(key, FieldNo::PARENT, parent(book.id(), of)));
        }
        entry
    };
    // Itself, each other, one after it, and records that are never made.
    for parents in [[0, 0], [2, 0], [2, 2], [7, 0], [1, 1]] {
        let entry = rows_of(&book, parents);
        let refused = Entry::from_bytes(&entry.to_bytes());
        assert!(matches!(refused, Err(EntryError::ForgedRecord(_))), "{parents:?}: {refused:?}");
        assert!(matches!(book.apply(&entry, None), Err(Refusal::Invalid(_))));
    }
    // A row of a row that is made before it, under a record of an earlier entry.
    let (_, key) = create(&mut book, 1, "x");
    let mut entry = rows_of(&book, [0, 0]);
    entry.writes[1].value = parent(book.id(), key);
    let rows = [entry.new_record(0), entry.new_record(2)];
    book.apply(&Entry::from_bytes(&entry.to_bytes()).unwrap(), None).unwrap();
    assert_eq!((book.rows_of(key), book.rows_of(rows[0])), (vec![rows[0]], vec![rows[1]]));
    // In another book there is nothing before it either.
    let mut entry = next_entry(&book, 1, Vec::new());
    let row = entry.new_record(0);
    let other = BookId { period: Period::Standing, ..book_id() };
    entry.writes.push(write(row, FieldNo::FORM, Value::Int(4)));
    entry.writes.push(write(row, FieldNo::PARENT, parent(other, key)));
    assert_eq!(book.apply(&entry, None), Err(Refusal::UnknownRecord(row)));
}

#[test]
fn rule_4_records_lie_within_one_another_no_deeper_than_forms_nest() {
    let mut book = new_book();
    let (_, mut above) = create(&mut book, 1, "x");
    let row_of = |book: &Book, above| {
        let mut entry = next_entry(book, 1, Vec::new());
        let row = entry.new_record(0);
        let of = Value::Record(RecordId { book: book.id(), key: above });
        entry.writes.push(write(row, FieldNo::FORM, Value::Int(4)));
        entry.writes.push(write(row, FieldNo::PARENT, of));
        (entry, row)
    };
    for _ in 1..8 {
        let (entry, row) = row_of(&book, above);
        book.apply(&entry, None).unwrap();
        above = row;
    }
    let (entry, row) = row_of(&book, above);
    assert_eq!(book.apply(&entry, None), Err(Refusal::TooDeep(row)));
}

#[test]
fn an_entry_whose_deps_are_not_here_is_named_with_what_it_lacks() {
    let mut a = new_book();
    let (first, key) = create(&mut a, 1, "x");
    let second = set(&mut a, 1, key, AREA, Value::Int(1));
    let mut b = new_book();
    assert_eq!(b.apply(&second, None), Err(Refusal::Missing(names(&[&first]))));
    b.apply(&first, None).unwrap();
    assert!(b.apply(&second, None).is_ok());
}

#[test]
fn deps_are_the_heads_of_one_state_each_named_once() {
    let mut book = new_book();
    let (first, key) = create(&mut book, 1, "x");
    let second = set(&mut book, 2, key, AREA, Value::Int(1));
    let apart = Entry { deps: names(&[&first]), ..next_entry(&book, 3, second.writes.clone()) };
    book.apply(&apart, None).unwrap();
    let on = |deps: Vec<EntryRef>| Entry { deps, ..next_entry(&book, 4, second.writes.clone()) };
    // One of them has seen the other.
    let mut taken = book.clone();
    assert_eq!(taken.apply(&on(names(&[&first, &second])), None), Err(Refusal::NotHeads));
    assert!(taken.apply(&on(names(&[&second, &apart])), None).is_ok());
    // The same ones over and over, in another order, and two of one actor, are no entry at all.
    let many = names(&[&first, &second]).into_iter().cycle().take(20_000).collect();
    let twice = vec![first.name(), EntryRef { seq: 2, ..first.name() }];
    for deps in [many, names(&[&apart, &second]), twice] {
        let entry = on(deps);
        assert_eq!(Entry::from_bytes(&entry.to_bytes()), Err(EntryError::NotCanonical));
        let invalid = Err(Refusal::Invalid(EntryError::NotCanonical));
        assert_eq!(taken.apply(&entry, None), invalid);
    }
}
