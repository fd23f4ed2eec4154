//! What cannot enter a book, whoever sends it.

use super::support::*;
use crate::base::EntryRef;
use crate::book::{Entry, EntryError, Refusal};
use crate::record::Value;

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
