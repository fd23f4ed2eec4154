//! A side that went back in time, and is made whole by the other.

use super::stage::*;
use soban_core::sync::Mac;

/// Two phones that hold what a server forgot when it was put back from a copy, and that server:
/// entries in a known book, the first of another device in it, and a whole book.
pub(super) fn forgotten() -> (Stage, Phone, Phone, Vec<String>) {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "before");
    stage.settle(&mut one);
    stage.settle(&mut other);
    let backup = tempfile::tempdir().unwrap();
    stage.copy_to(backup.path());
    one.create(book_of(2012), "after");
    one.create(book_of(2013), "a new year");
    stage.settle(&mut one);
    other.create(book_of(2012), "theirs");
    stage.settle(&mut other);
    stage.settle(&mut one);
    let before = stage.tables();
    drop(stage);
    let stage = Stage::at(backup);
    assert_eq!(stage.count("SELECT count(*) FROM log"), 1);
    (stage, one, other, before)
}

fn epoch(stage: &Stage) -> u32 {
    stage.store.read(crate::store::meta::epoch).unwrap()
}

#[test]
fn a_restored_server_is_made_whole_by_one_phone_in_two_requests() {
    let (mut stage, mut one, mut other, before) = forgotten();
    assert!(stage.round(&mut one).need.standing);
    let response = stage.round(&mut one);
    assert!(!response.need.is_any(), "{response:?}");
    // The other phone has said nothing yet, and what it wrote is back.
    assert_eq!(stage.tables(), before);
    assert_eq!(epoch(&stage), 2);
    let given = "SELECT count(*) FROM log WHERE given_by = x'0000000001' AND state = 1";
    assert_eq!(stage.count(given), 1);
    assert!(stage.round(&mut other).need.is_any());
    assert!(!stage.round(&mut other).need.is_any());
    stage.settle(&mut one);
    stage.settle(&mut other);
    assert_eq!(stage.count("SELECT count(*) FROM log"), 4);
    assert_eq!(one.books[&book_of(2012)].clock(), other.books[&book_of(2012)].clock());
    assert!(crate::check::check(&stage.store, false).unwrap().findings.is_empty());
}

#[test]
fn it_makes_no_difference_whether_the_operator_has_begun_a_new_epoch() {
    let (mut stage, mut one, _, before) = forgotten();
    stage.run("INSERT OR REPLACE INTO meta VALUES ('epoch', x'00000005')");
    assert!(stage.round(&mut one).need.standing);
    assert!(!stage.round(&mut one).need.is_any());
    assert_eq!(stage.tables(), before);
    assert_eq!(epoch(&stage), 5);
}

#[test]
fn without_the_servers_word_what_others_wrote_waits_for_staff() {
    let (mut stage, mut one, _, before) = forgotten();
    one.mac = Mac([9; 8]);
    stage.round(&mut one);
    stage.round(&mut one);
    // Its own entries are as good as ever; the other's is sealed.
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 3);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 4"), 1);
    assert_eq!(epoch(&stage), 1);
    stage.settle(&mut one);
    let device = one.caller.device;
    let opened = stage.store.write(move |db| crate::store::log::unseal(db, device)).unwrap();
    assert_eq!(opened, 1);
    stage.projector.wait_until_idle();
    assert_eq!(stage.tables(), before);
}

#[test]
fn an_entry_that_is_not_among_those_the_word_covers_waits_and_its_author_counts_for_more() {
    let (mut stage, mut one, mut other, before) = forgotten();
    // Somebody writes in the other's name, and gives it back among true ones.
    let mut forger = one.clone();
    let true_hash = forger.order[&book_of(2012)][2];
    let (_, bytes) = forger.entries[&true_hash].clone();
    let mut forged = soban_core::book::Entry::from_bytes(&bytes).unwrap();
    forged.writes[1].value = text("forged");
    forger.entries.insert(true_hash, (book_of(2012), forged.to_bytes()));
    stage.round(&mut forger);
    stage.round(&mut forger);
    stage.projector.wait_until_idle();
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 3"), 1);
    for _ in 0..2 {
        stage.settle(&mut other);
        stage.settle(&mut one);
    }
    assert_eq!(stage.tables(), before);
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
    stage.settle(&mut one);
    stage.settle(&mut other);
    assert_eq!(one.books[&book_of(2012)].clock(), other.books[&book_of(2012)].clock());
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 3);
    assert_eq!(epoch(&stage), 2);
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
    assert!(stage.round(&mut copy).need.standing);
    stage.settle(&mut copy);
    assert_eq!(copy.books[&book_of(2012)].clock(), phone.books[&book_of(2012)].clock());
    // The old copy of a phone makes nobody forget anything.
    assert_eq!(epoch(&stage), 1);
}

#[test]
fn another_epoch_asks_for_the_clocks_once() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "before");
    stage.settle(&mut phone);
    stage.run("INSERT OR REPLACE INTO meta VALUES ('epoch', x'00000002')");
    assert!(stage.round(&mut phone).need.clocks);
    let response = stage.round(&mut phone);
    assert!(!response.need.is_any());
    assert!(phone.table.0.values().all(|cursor| cursor.epoch == 2));
    stage.settle(&mut phone);
}
