//! The tables follow from the entries, in whatever order those arrive.

use std::sync::Arc;

use soban_core::base::EntryHash;
use soban_core::book::{Book, Entry, Refusal};
use soban_core::record::{FieldNo, Value};
use soban_core::sync::{SentEntry, SyncRequest};

use crate::accept::tests::stage::*;
use crate::check::check;
use crate::project::Projector;

/// Sends entries one by one, each projected before the next comes.
fn send(stage: &mut Stage, phones: &[&Phone], entries: &[SentEntry]) {
    for entry in entries {
        let device = name_of(entry).actor.device();
        let phone = phones.iter().find(|phone| phone.caller.device == device).unwrap();
        let request = SyncRequest { entries: vec![entry.clone()], ..SyncRequest::default() };
        assert_eq!(stage.sync(&phone.caller, &request).stored.len(), 1);
        stage.projector.wait_until_idle();
    }
}

/// Two phones disagree on a value, on a void against a row, and on which record comes first.
fn quarrel() -> (Phone, Phone, Vec<SentEntry>) {
    let stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    let book = book_of(2012);
    let record = one.create(book, "Pạc Bo");
    let created = Entry::from_bytes(&one.own[0].entry).unwrap();
    other.book(book).apply(&created, None).unwrap();
    one.set(book, record, AREA, Value::Int(5));
    other.set(book, record, AREA, Value::Int(6));
    other.set(book, record, FieldNo::VOID, text("nhầm"));
    one.create_row(book, record);
    one.create(book_of(2013), "Pạc Bo");
    let entries = one.own.iter().chain(&other.own).cloned().collect();
    (one, other, entries)
}

fn orders(entries: &[SentEntry]) -> Vec<Vec<SentEntry>> {
    let Some((first, rest)) = entries.split_first() else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for order in orders(rest) {
        for place in 0..=order.len() {
            let mut order = order.clone();
            order.insert(place, first.clone());
            all.push(order);
        }
    }
    all
}

#[test]
fn every_order_of_arrival_makes_the_same_tables() {
    let (one, other, entries) = quarrel();
    assert_eq!(entries.len(), 6);
    let mut seen = None;
    // Every seventh of the 720 orders: each is a database of its own.
    for order in orders(&entries).into_iter().step_by(7) {
        let mut stage = Stage::new();
        stage.phone(1);
        stage.phone(2);
        send(&mut stage, &[&one, &other], &order);
        let tables = stage.tables();
        assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 6);
        assert_eq!(*seen.get_or_insert_with(|| tables.clone()), tables);
        let report = check(&stage.store, false).unwrap();
        assert_eq!(report.findings, []);
    }
}

#[test]
fn what_is_contested_is_in_the_table() {
    let (one, other, entries) = quarrel();
    let mut stage = Stage::new();
    stage.phone(1);
    stage.phone(2);
    send(&mut stage, &[&one, &other], &entries);
    let kinds = stage.rows("SELECT kind, field, policy FROM contest ORDER BY kind");
    // The void record is nobody's twin.
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(kinds[0].starts_with("Integer(1) Integer(17) Integer(2)"), "{kinds:?}");
    assert!(kinds[1].starts_with("Integer(2) Integer(0)"), "{kinds:?}");
}

#[test]
fn twins_are_found_across_books_and_end_with_a_void_or_another_key() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    let first = one.create(book_of(2012), "Pạc Bo");
    stage.settle(&mut one);
    other.create(book_of(2013), "pac bo");
    stage.settle(&mut other);
    let open = "SELECT id, book, since FROM contest WHERE kind = 3";
    let [of_two] = stage.rows(open).try_into().unwrap();
    let third = other.create(book_of(2013), "PẠC BO");
    stage.settle(&mut other);
    assert_eq!(stage.rows(open), [of_two]);
    stage.settle(&mut one);
    one.set(book_of(2012), first, FieldNo::VOID, text("nhầm"));
    stage.settle(&mut one);
    assert_eq!(stage.count("SELECT count(*) FROM contest WHERE kind = 3 AND book = 1116125"), 1);
    stage.settle(&mut other);
    other.set(book_of(2013), third, TITLE, text("Na Vai"));
    stage.settle(&mut other);
    assert_eq!(stage.rows(open), Vec::<String>::new());
    stage.settle(&mut one);
    one.set(book_of(2012), first, FieldNo::VOID, Value::Null);
    stage.settle(&mut one);
    assert_eq!(stage.rows(open).len(), 1);
    assert_eq!(check(&stage.store, false).unwrap().findings, []);
}

#[test]
fn what_comes_too_early_is_held_and_released_with_what_it_waits_for() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    for title in ["a", "b", "c", "d"] {
        phone.create(book_of(2012), title);
    }
    let mut backwards = phone.own.clone();
    backwards.reverse();
    send(&mut stage, &[&phone], &backwards[..3]);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 2"), 3);
    assert_eq!(stage.count("SELECT count(*) FROM record"), 0);
    // Not even when the program starts anew in between.
    let mut stage = Stage::at(restarted(stage));
    send(&mut stage, &[&phone], &backwards[3..]);
    assert_eq!(stage.count("SELECT max(position) FROM log WHERE state = 1"), 4);
    assert_eq!(stage.count("SELECT count(*) FROM record"), 4);
    assert_eq!(check(&stage.store, false).unwrap().findings, []);
}

fn restarted(stage: Stage) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    stage.copy_to(copy.path());
    copy
}

#[test]
fn a_branch_on_a_quarantined_entry_is_held_and_says_so_whatever_came_first() {
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1]] {
        let mut stage = Stage::new();
        let mut phone = stage.phone(1);
        for title in ["a", "b", "c", "d"] {
            phone.create(book_of(2012), title);
        }
        phone.own[1].hash = [9; 8];
        let entries: Vec<SentEntry> = order.iter().map(|at| phone.own[*at].clone()).collect();
        send(&mut stage, &[&phone], &entries);
        let states = stage.rows("SELECT state, reason FROM log ORDER BY seq");
        assert!(states[0].starts_with("Integer(1)"), "{states:?}");
        assert!(states[1].starts_with("Integer(3)"), "{states:?}");
        assert!(states[2].starts_with("Integer(2)"), "{states:?}");
        assert_eq!(states[2], states[3]);
        let apart = "SELECT count(*) FROM log WHERE reason LIKE '%kept apart%'";
        assert_eq!(stage.count(apart), 2);
        // Others go on.
        let mut other = stage.phone(2);
        other.create(book_of(2012), "e");
        stage.settle(&mut other);
        assert_eq!(stage.count("SELECT max(position) FROM log"), 2);
        assert_eq!(check(&stage.store, false).unwrap().findings, []);
    }
}

fn fails_on_b(
    book: &mut Book,
    entry: &Entry,
    claim: Option<[u8; 8]>,
) -> Result<EntryHash, Refusal> {
    match entry.writes.last().map(|write| &write.value) {
        Some(Value::Text(title)) if title == "b" => panic!("b"),
        Some(Value::Text(title)) if title == "c" => Err(Refusal::Automerge("c".to_owned())),
        _ => book.apply(entry, claim),
    }
}

#[test]
fn an_entry_that_the_program_fails_on_is_kept_apart_until_another_version() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    stage.projector.stop();
    stage.projector = Projector::start_with(stage.store.clone(), Arc::new(pack()), fails_on_b);
    one.create(book_of(2012), "a");
    one.create(book_of(2012), "b");
    other.create(book_of(2012), "c");
    stage.round(&mut one);
    stage.round(&mut other);
    let mut third = stage.phone(3);
    third.create(book_of(2012), "d");
    stage.round(&mut third);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 2);
    let failed = "SELECT count(*) FROM log WHERE state = 3 AND reason LIKE 'projection-failed %'";
    assert_eq!(stage.count(failed), 2);
    assert_eq!(check(&stage.store, false).unwrap().findings, []);

    // The same version does not try again, another does.
    stage.projector.stop();
    stage.projector = Projector::start(stage.store.clone(), Arc::new(pack()));
    stage.projector.wait_until_idle();
    assert_eq!(stage.count(failed), 2);
    stage.projector.stop();
    stage.run("UPDATE log SET reason = 'projection-failed 0.0.1' WHERE state = 3");
    stage.projector = Projector::start(stage.store.clone(), Arc::new(pack()));
    stage.projector.wait_until_idle();
    assert_eq!(stage.count("SELECT max(position) FROM log WHERE state = 1"), 4);
    assert_eq!(check(&stage.store, false).unwrap().findings, []);
}

#[test]
fn no_query_of_the_data_path_reads_the_whole_log() {
    let stage = Stage::new();
    for (sql, index) in [
        ("SELECT * FROM log WHERE state = 0 ORDER BY no LIMIT 9", "log_accepted"),
        ("SELECT * FROM log WHERE book = 1 AND state > 1 AND state = 2 ORDER BY no", "log_waiting"),
        ("SELECT * FROM log WHERE device = x'00' AND state = 3", "log_quarantined"),
        ("SELECT * FROM log WHERE book = 1 AND position > 1 ORDER BY position", "log_position"),
    ] {
        let plan = stage.rows(&format!("EXPLAIN QUERY PLAN {sql}"));
        let used = format!("INDEX {index}");
        let bytes = format!("{:?}", used.as_bytes());
        let bytes = bytes.trim_matches(['[', ']']);
        assert!(plan[0].contains(bytes) && plan.len() == 1, "{sql}: {plan:?}");
    }
}
