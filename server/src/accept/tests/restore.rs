//! A side that went back in time, and is made whole by the other.

use soban_core::sync::Need;

use super::stage::*;

#[test]
fn what_a_restored_server_forgot_the_phones_give_back() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "before");
    stage.settle(&mut one);
    stage.settle(&mut other);
    let backup = tempfile::tempdir().unwrap();
    stage.copy_to(backup.path());
    // Forgotten: entries in a known book, the first of another device in it, and a whole book.
    one.create(book_of(2012), "after");
    one.create(book_of(2013), "a new year");
    stage.settle(&mut one);
    other.create(book_of(2012), "theirs");
    stage.settle(&mut other);
    stage.settle(&mut one);
    let before = stage.tables();
    drop(stage);

    let mut stage = Stage::at(backup);
    assert_eq!(stage.count("SELECT count(*) FROM log"), 1);
    // The digests are of the future, then the cursors are.
    assert_eq!(stage.round(&mut one).need, Some(Need::Cursors));
    assert_eq!(stage.round(&mut one).need, Some(Need::Clocks));
    stage.settle(&mut one);
    stage.settle(&mut other);
    stage.settle(&mut one);
    assert_eq!(stage.tables(), before);
    assert_eq!(stage.count("SELECT count(*) FROM log"), 4);
    assert_eq!(one.books[&book_of(2012)].clock(), other.books[&book_of(2012)].clock());
    assert!(crate::check::check(&stage.store, false).unwrap().findings.is_empty());
}

#[test]
fn a_server_restored_and_gone_on_differently_is_found_out_by_the_chain() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "before");
    stage.settle(&mut one);
    stage.settle(&mut other);
    let backup = tempfile::tempdir().unwrap();
    stage.copy_to(backup.path());
    one.create(book_of(2012), "after");
    stage.settle(&mut one);
    drop(stage);

    let mut stage = Stage::at(backup);
    other.create(book_of(2012), "meanwhile");
    stage.settle(&mut other);
    one.need = Some(Need::Cursors);
    let response = stage.round(&mut one);
    assert_eq!((response.need, response.deliveries.len()), (Some(Need::Clocks), 0));
    stage.settle(&mut one);
    stage.settle(&mut other);
    assert_eq!(one.books[&book_of(2012)].clock(), other.books[&book_of(2012)].clock());
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 3);
}

#[test]
fn a_restored_server_is_made_whole_even_with_little_room_in_every_reply() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    let backup = tempfile::tempdir().unwrap();
    stage.copy_to(backup.path());
    for year in 2010..2013 {
        one.create(book_of(year), "mine");
        other.create(book_of(year), "theirs");
    }
    stage.settle(&mut one);
    stage.settle(&mut other);
    stage.settle(&mut one);
    drop(stage);
    let mut stage = Stage::at(backup);
    (one.budget, other.budget) = (1, 1);
    for _ in 0..2 {
        stage.settle(&mut one);
        stage.settle(&mut other);
    }
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 6);
}

#[test]
fn a_restored_phone_gets_its_own_entries_back_whole() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "before");
    stage.settle(&mut phone);
    let mut copy = phone.clone();
    phone.create(book_of(2012), "after");
    stage.settle(&mut phone);
    phone.create(book_of(2012), "and again");
    stage.settle(&mut phone);
    assert_eq!(stage.round(&mut copy).need, Some(Need::Cursors));
    stage.settle(&mut copy);
    assert_eq!(copy.books[&book_of(2012)].clock(), phone.books[&book_of(2012)].clock());
}

#[test]
fn another_epoch_asks_for_the_clocks_once() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "before");
    stage.settle(&mut phone);
    stage.run("INSERT OR REPLACE INTO meta VALUES ('epoch', x'00000002')");
    assert_eq!(stage.round(&mut phone).need, Some(Need::Clocks));
    let response = stage.round(&mut phone);
    assert_eq!(response.need, None);
    assert!(phone.table.0.values().all(|cursor| cursor.epoch == 2));
    stage.settle(&mut phone);
}
