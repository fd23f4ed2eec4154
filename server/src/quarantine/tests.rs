//! What a release lets in, what it leaves, and that the log remembers it.

use soban_core::base::{EntryRef, RecordKey};
use soban_core::book::{Entry, Write};
use soban_core::record::Value;
use soban_core::sync::{ProblemKind, SentEntry};

use super::*;
use crate::accept::tests::stage::*;
use crate::check::check;

const BY: &str = "Lan Thị Cán Bộ";

/// The places in the log of what is quarantined.
fn quarantined(stage: &Stage) -> Vec<i64> {
    let read = |db: &Db| {
        let rows = apart::list_apart(db, UNIT, (0, 100))?.into_iter();
        Ok(rows.filter(|row| row.state == LogState::Quarantined).map(|row| row.no).collect())
    };
    stage.store.read(read).unwrap()
}

fn plan_of(stage: &Stage, no: i64) -> ReleasePlan {
    stage.store.read(|db| plan_release(db, no)).unwrap().unwrap()
}

fn release(stage: &Stage, plan: &ReleasePlan) -> usize {
    let (plan, now) = (plan.clone(), stage.now);
    let let_in = stage.store.write(move |db| apply_release(db, &plan, BY, now)).unwrap();
    stage.projector.wait_until_idle();
    let_in
}

fn fates(plan: &ReleasePlan) -> Vec<(EntryRef, &Fate)> {
    plan.entries.iter().map(|planned| (planned.entry, &planned.fate)).collect()
}

/// A phone whose first entry arrives under another hash than it has; two stand on it.
fn branch() -> (Stage, Phone) {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    let record = phone.create(book_of(2012), "Pạc Bo");
    phone.set(book_of(2012), record, AREA, Value::Int(5));
    phone.create(book_of(2012), "Na Vai");
    phone.unsent[0].hash = [9; 8];
    stage.round(&mut phone);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 2"), 2);
    (stage, phone)
}

#[test]
fn a_branch_that_is_let_in_enters_whole_and_a_rebuild_agrees() {
    let (mut stage, mut phone) = branch();
    let [no] = quarantined(&stage).try_into().unwrap();
    let plan = plan_of(&stage, no);
    assert_eq!((plan.entries.len(), plan.entering(), plan.obstacle()), (3, 3, None));
    assert_eq!(release(&stage, &plan), 3);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 3);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE let_in_by LIKE 'Lan%'"), 3);
    let tables = stage.tables();
    for rebuild in [false, true, false] {
        assert_eq!(check(&stage.store, rebuild).unwrap().findings, []);
    }
    assert_eq!(stage.tables(), tables);
    // Somebody else has pressed the same button.
    assert_eq!(release(&stage, &plan), 0);
    assert!(stage.store.read(|db| plan_release(db, no)).unwrap().is_none());
    // Its writer and everybody else get it as it is in the book.
    let mut other = stage.phone(2);
    stage.settle(&mut phone);
    stage.settle(&mut other);
    assert_eq!(other.book(book_of(2012)).records().count(), 2);
    // A server that starts anew opens the book under the hashes that it has there.
    assert_eq!(phone.table, other.table);
    let dir = std::mem::replace(&mut stage.dir, tempfile::tempdir().unwrap());
    drop(stage);
    let mut again = Stage::at(dir);
    let record = Entry::from_bytes(&phone.own[0].entry).unwrap().new_record(0);
    phone.set(book_of(2012), record, AREA, Value::Int(6));
    again.settle(&mut phone);
    assert_eq!(again.count("SELECT count(*) FROM log WHERE state = 1"), 4);
}

#[test]
fn what_waits_for_something_else_stays_and_enters_when_that_comes() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "Pạc Bo");
    let bad = Entry::from_bytes(&one.unsent[0].entry).unwrap();
    one.unsent[0].hash = [9; 8];
    other.create(book_of(2012), "Na Vai");
    let late = other.unsent.remove(0);
    other.book(book_of(2012)).apply(&bad, None).unwrap();
    other.create(book_of(2012), "Cốc Râm");
    let both = name_of(&other.unsent[0]);
    stage.round(&mut one);
    stage.round(&mut other);
    let because = |reason: &str| format!("SELECT count(*) FROM log WHERE reason = '{reason}'");
    assert_eq!(stage.count(&because(log::BRANCH)), 1);
    let [no] = quarantined(&stage).try_into().unwrap();
    let plan = plan_of(&stage, no);
    let waits = Fate::Stays(log::MISSING.to_owned());
    assert_eq!(fates(&plan), [(bad.name(), &Fate::Enters), (both, &waits)]);
    assert_eq!(release(&stage, &plan), 1);
    assert_eq!(stage.count(&because(log::MISSING)), 1);
    other.unsent.push(late);
    stage.round(&mut other);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 3);
    assert_eq!(check(&stage.store, false).unwrap().findings, []);
}

#[test]
fn what_stands_on_two_branches_waits_for_both() {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "Pạc Bo");
    let theirs = Entry::from_bytes(&one.unsent[0].entry).unwrap();
    other.create(book_of(2012), "Na Vai");
    other.book(book_of(2012)).apply(&theirs, None).unwrap();
    other.create(book_of(2012), "Cốc Râm");
    (one.unsent[0].hash, other.unsent[0].hash) = ([9; 8], [9; 8]);
    stage.round(&mut one);
    stage.round(&mut other);
    let [first, second] = quarantined(&stage).try_into().unwrap();
    let plan = plan_of(&stage, first);
    assert_eq!(plan.entries[1].fate, Fate::Stays(log::BRANCH.to_owned()));
    assert_eq!(release(&stage, &plan), 1);
    assert_eq!(release(&stage, &plan_of(&stage, second)), 2);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 3);
}

#[test]
fn what_cannot_enter_says_why_and_stays_with_all_that_is_held_on_it() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    let nobody = EntryRef { actor: phone.actor, seq: 77 };
    let record = RecordKey { actor: nobody.actor, seq: nobody.seq, index: 0 };
    let mut forged =
        Entry { actor: phone.actor, seq: 1, deps: Vec::new(), time: stage.now, writes: Vec::new() };
    forged.writes.push(Write { record, field: AREA, value: Value::Int(5) });
    let book = book_of(2012);
    let sent = |entry: &Entry| {
        let entry = entry.to_bytes();
        SentEntry { book, generation: 1, hash: [9; 8], entry }
    };
    let next = Entry { seq: 2, deps: vec![forged.name()], ..forged.clone() };
    phone.unsent = vec![sent(&forged), sent(&next)];
    stage.round(&mut phone);
    let [no] = quarantined(&stage).try_into().unwrap();
    let plan = plan_of(&stage, no);
    assert_eq!(
        plan.obstacle(),
        stage.store.read(|db| apart::find_apart(db, no)).unwrap().unwrap().reason.as_deref()
    );
    assert_eq!(plan.entries[1].fate, Fate::Stays(log::BRANCH.to_owned()));
    assert_eq!((plan.entering(), release(&stage, &plan)), (0, 0));
    assert_eq!(quarantined(&stage), [no]);
}

#[test]
fn what_this_version_fails_on_stays_for_the_next() {
    let (stage, _) = branch();
    let [no] = quarantined(&stage).try_into().unwrap();
    stage.run("UPDATE log SET reason = 'projection-failed 0.0.9' WHERE state = 3");
    let plan = plan_of(&stage, no);
    assert_eq!(plan.obstacle(), Some("projection-failed 0.0.9"));
    assert_eq!(release(&stage, &plan), 0);
}

#[test]
fn a_phone_that_did_not_know_is_told_of_what_has_been_let_in_under_another_hash() {
    let (mut stage, mut phone) = branch();
    let [no] = quarantined(&stage).try_into().unwrap();
    release(&stage, &plan_of(&stage, no));
    let told = |response: &soban_core::sync::SyncResponse| {
        response.problems.iter().filter(|p| p.kind == ProblemKind::Quarantined).count()
    };
    assert_eq!(told(&stage.round(&mut phone)), 1);
    // The digest that it comes with next says that it has heard.
    assert_eq!(told(&stage.round(&mut phone)), 0);
    assert_eq!(told(&stage.round(&mut phone)), 0);
}
