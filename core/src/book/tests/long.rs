//! One field that was written thousands of times: what is asked about it is asked line by line, or
//! these tests do not come to an end.

use super::rules::pack;
use super::support::*;
use crate::base::RecordKey;
use crate::book::{Book, ContestKind, Entry, contests_at, contests_of};
use crate::form::Policy;
use crate::record::{FieldNo, FormNo, Value};

const KIND: FieldNo = FieldNo(18);
const EDITS: usize = 1_000;

/// Enters a field's next value without bringing it into the document.
fn enter(book: &mut Book, n: u8, key: RecordKey, (field, value): (FieldNo, Value)) -> Entry {
    let entry = next_entry(book, n, vec![write(key, field, value)]);
    book.enter(&entry, None).unwrap();
    entry
}

fn edit(book: &mut Book, n: u8, key: RecordKey, at: usize) -> Entry {
    enter(book, n, key, (KIND, text(&format!("loại {n} {at}"))))
}

/// The record; what two phones wrote of one critical field that had not heard from each other,
/// every second entry of the second phone a void; and what a third wrote that had heard both.
fn log() -> (RecordKey, Vec<Entry>) {
    let mut one = new_book();
    let (first, key) = create(&mut one, 1, "Pạc Bo");
    let mut two = one.clone();
    let mut log = vec![first];
    log.extend((0..EDITS).map(|at| edit(&mut one, 1, key, at)));
    let apart = (0..EDITS).map(|at| match at % 2 {
        0 => edit(&mut two, 2, key, at),
        _ => enter(&mut two, 2, key, (FieldNo::VOID, text("nhầm"))),
    });
    let apart: Vec<Entry> = apart.collect();
    for entry in &apart {
        one.enter(entry, None).unwrap();
    }
    log.extend(apart);
    log.extend((0..EDITS).map(|at| edit(&mut one, 3, key, at)));
    (key, log)
}

#[test]
fn a_book_with_three_thousand_writes_of_one_record_opens_and_says_what_is_contested() {
    let (key, log) = log();
    let hashes: Vec<[u8; 8]> = {
        let mut book = new_book();
        log.iter().map(|entry| book.enter(entry, None).unwrap().short()).collect()
    };
    let book = Book::replay(book_id(), 1, log.iter().zip(hashes)).unwrap();
    assert_eq!(book.check(), Ok(()));
    assert_eq!(values(&book, key, KIND), [text(&format!("loại 3 {}", EDITS - 1))]);
    let pack = pack();
    let contests = contests_of(&book, key, pack.find_form(FormNo(3)));
    let [of_values, void] = contests.as_slice() else { panic!("{contests:?}") };
    assert_eq!(of_values.kind, ContestKind::Values(vec![KIND, FieldNo(19)]));
    // Everybody's own last: the third phone saw both, which settles nothing that is critical.
    let sides: Vec<_> = of_values.sides.iter().map(|side| side.entry).collect();
    assert_eq!(sides, names(&[&log[EDITS], &log[2 * EDITS - 1]]));
    assert_eq!((&void.kind, void.policy), (&ContestKind::Void, Policy::Critical));
    assert_eq!(void.sides.len(), EDITS + EDITS / 2);
    // And for somebody who had seen half of it.
    let half = book.clock_of(log[EDITS / 2].name()).unwrap();
    assert_eq!(contests_at(&book, key, pack.find_form(FormNo(3)), half), []);
    let seen = book.values_at(key, KIND, half);
    assert_eq!(seen.iter().map(|seen| seen.entry).collect::<Vec<_>>(), names(&[&log[EDITS / 2]]));
}
