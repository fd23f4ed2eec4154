//! What users of other systems reported of updates that came late, doubled and out of order, each
//! as a test by name. The numbers are those of the reports.

use soban_core::base::{EntryRef, RecordKey};
use soban_core::book::{Book, Contest, ContestKind, Entry, Refusal, contests_of, history_of};
use soban_core::record::{FieldNo, Fields, FormNo, Value};
use soban_tests::books::{Copy, book_id, pack};

const AREA: FieldNo = FieldNo(17);

fn area(square_metres: i64) -> Fields {
    Fields::from([(AREA, Value::Int(square_metres))])
}

fn contests(book: &Book, key: RecordKey) -> Vec<Contest> {
    let pack = pack();
    contests_of(book, key, pack.find_form(FormNo(3)))
}

/// A gift that two phones hold.
fn gift() -> (Copy, Copy, RecordKey, Entry) {
    let (mut one, mut two) = (Copy::new(1), Copy::new(2));
    let (key, created) = one.create("ông Lục Thượng Cường");
    two.take(&created);
    (one, two, key, created)
}

/// The district, which holds what cannot enter yet.
#[derive(Default)]
struct Desk {
    held: Vec<Entry>,
    released: Vec<EntryRef>,
}

impl Desk {
    fn receive(&mut self, book: &mut Book, entry: &Entry) {
        self.held.push(entry.clone());
        loop {
            let before = self.held.len();
            let held = std::mem::take(&mut self.held);
            for entry in held {
                match book.apply(&entry, None) {
                    Ok(_) if self.released.contains(&entry.name()) => {}
                    Ok(_) => self.released.push(entry.name()),
                    Err(Refusal::Missing(_)) => self.held.push(entry),
                    Err(refusal) => panic!("{refusal}"),
                }
            }
            if self.held.len() == before {
                return;
            }
        }
    }
}

fn arrive(entries: &[&Entry]) -> (Book, Desk) {
    let (mut book, mut desk) = (Book::new(book_id(), 1), Desk::default());
    entries.iter().for_each(|entry| desk.receive(&mut book, entry));
    (book, desk)
}

#[test]
fn central_805_an_update_that_interleaves_with_anothers_offline_chain_is_not_hidden() {
    let (mut one, mut two, key, created) = gift();
    let first = one.set(key, area(10));
    let between = two.set(key, area(20));
    one.take(&between);
    let second = one.set(key, area(30));
    let (book, _) = arrive(&[&created, &first, &between, &second]);
    let [contest] = &contests(&book, key)[..] else { panic!("one conflict") };
    let sides: Vec<EntryRef> = contest.sides.iter().map(|side| side.entry).collect();
    assert!([&first, &between].iter().all(|entry| sides.contains(&entry.name())));
    assert_eq!(history_of(&book, key).len(), 4, "every step is in the history");
}

#[test]
fn central_815_a_conflict_has_something_to_show() {
    let (mut one, mut two, key, created) = gift();
    let entries = [one.set(key, area(10)), two.set(key, area(20))];
    let (book, _) = arrive(&[&created, &entries[0], &entries[1]]);
    for contest in contests(&book, key) {
        assert!(contest.sides.len() > 1);
        assert_ne!(contest.sides[0].values, contest.sides[1].values);
    }
    assert_eq!(contests(&book, key)[0].kind, ContestKind::Values(vec![AREA]));
}

#[test]
fn central_808_a_second_update_that_arrives_first_waits_for_the_first() {
    let (mut one, _, key, created) = gift();
    let (first, second) = (one.set(key, area(10)), one.set(key, area(11)));
    let (mut book, mut desk) = arrive(&[&created, &second]);
    assert_eq!((desk.held.len(), desk.released.len()), (1, 1));
    desk.receive(&mut book, &first);
    assert_eq!((desk.held.len(), book.value(key, AREA)), (0, Value::Int(11)));
    assert!(contests(&book, key).is_empty());
}

#[test]
fn central_702_an_update_before_its_create_ends_as_if_it_had_come_after() {
    let (mut one, _, key, created) = gift();
    let update = one.set(key, area(10));
    let (late, _) = arrive(&[&update, &created]);
    let (early, _) = arrive(&[&created, &update]);
    assert_eq!(late.automerge_heads(), early.automerge_heads());
    assert_eq!(late.value(key, AREA), Value::Int(10));
}

#[test]
fn an_update_whose_predecessor_never_comes_keeps_nothing_else_out() {
    let (mut one, mut two, key, created) = gift();
    let (_lost, stranded) = (one.set(key, area(10)), one.set(key, area(11)));
    let other = two.set(key, area(20));
    let (book, desk) = arrive(&[&created, &stranded, &other]);
    assert_eq!(desk.held, [stranded]);
    assert_eq!(book.value(key, AREA), Value::Int(20));
}

#[test]
fn an_update_sent_twice_counts_once_wherever_the_second_comes() {
    let (mut one, mut two, key, created) = gift();
    let (ours, theirs) = (one.set(key, area(10)), two.set(key, area(20)));
    let (once, _) = arrive(&[&created, &ours, &theirs]);
    let (twice, desk) = arrive(&[&ours, &created, &ours, &theirs, &created, &ours]);
    assert_eq!(once.automerge_heads(), twice.automerge_heads());
    assert_eq!(desk.released.len(), 3);
    assert_eq!(contests(&once, key), contests(&twice, key));
}

#[test]
fn tangerine_2484_who_syncs_first_changes_nothing() {
    let (mut one, mut two, key, created) = gift();
    let (ours, theirs) = (one.set(key, area(10)), two.set(key, area(20)));
    let (book, _) = arrive(&[&created, &ours, &theirs]);
    let (other, _) = arrive(&[&created, &theirs, &ours]);
    assert_eq!(book.value(key, AREA), other.value(key, AREA));
    assert_eq!(contests(&book, key), contests(&other, key));
}

#[test]
fn tangerine_2722_no_record_is_lost_without_a_conflict_listed() {
    let (mut one, mut two, key, created) = gift();
    let void = one.set(key, Fields::from([(FieldNo::VOID, Value::Text("nhầm".to_owned()))]));
    let edit = two.set(key, area(20));
    let (book, _) = arrive(&[&created, &edit, &void]);
    assert_eq!(contests(&book, key)[0].kind, ContestKind::Void);
    assert_eq!(book.value(key, AREA), Value::Int(20));
}

#[test]
fn central_669_the_history_shows_what_the_writer_saw_and_not_what_the_district_had() {
    let (mut one, mut two, key, created) = gift();
    let ten = one.set(key, area(10));
    two.take(&ten);
    let eleven = one.set(key, area(11));
    let twelve = two.set(key, area(12));
    let (book, _) = arrive(&[&created, &ten, &twelve, &eleven]);
    let history = history_of(&book, key);
    let step = history.iter().find(|step| step.entry == eleven.name()).unwrap();
    assert_eq!(step.changes[0].saw, [Value::Int(10)]);
}

#[test]
fn equal_values_and_different_fields_are_no_conflict() {
    let (mut one, mut two, key, created) = gift();
    let same = [one.set(key, area(10)), two.set(key, area(10))];
    let donor = Fields::from([(FieldNo(16), Value::Text("ông Cường".to_owned()))]);
    let apart = [one.set(key, donor), two.set(key, area(12))];
    let (book, _) = arrive(&[&created, &same[0], &same[1], &apart[0], &apart[1]]);
    assert!(contests(&book, key).iter().all(|contest| contest.sides.len() > 1));
    let (book, _) = arrive(&[&created, &same[0], &same[1], &apart[0]]);
    assert!(contests(&book, key).is_empty());
}
