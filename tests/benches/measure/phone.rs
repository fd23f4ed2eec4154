//! How long a phone makes people wait, on a file that holds a cell's year.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use soban_core::base::{BookId, EntryRef, Period, RecordKey};
use soban_core::book::{Book, Entry, contests_of};
use soban_core::form::Pack;
use soban_core::phone::RecordPatch;
use soban_core::record::{FieldNo, Fields, FormNo, Value};
use soban_core::store::ListQuery;
use soban_server::clock;
use soban_server::decide::{Order, Verdict, state_of};
use soban_server::project::{Effects, Projector};
use soban_server::store::Store;
use soban_server::store::log::{self, Arrived, LogEntry, LogState};
use soban_tests::books::{self, Copy, book_id};
use soban_tests::district::{CELL, open_phone};

use crate::report::{Measured, Report};
use crate::typed::Source;
use crate::words::Words;
use crate::year::CellYear;

const WARM_UP: usize = 3;
const OPENINGS: usize = 21;
const SAVES: usize = 21;
/// The last entries of the year are taken in one by one.
const CHECKED: usize = 40;
const CHECK_ROUNDS: usize = 5;
/// Pairs of gifts that are one, among those last entries.
const TWINS: usize = 5;
/// So often two phones write one field, now and then hearing from each other.
const LONG_FIELD: i64 = 3_000;
const HEARD_AFTER: i64 = 100;

pub(crate) fn measure(report: &mut Report, words: &Words) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut year = CellYear::write(dir.path(), words, 1);
    twins(&mut year);
    conflict_check(report, &year);
    long_field(report);
    let records: Vec<_> =
        (0..SAVES + WARM_UP).map(|_| year.typist.gift(Source::Other, 12)).collect();
    let phone = year.close();
    open_to_list(report, &phone);
    let mut phone = open_phone(&phone);
    let mut times = records.iter().map(|record| {
        let begun = Instant::now();
        phone.save(record, clock::now()).expect("the record is taken");
        ms_since(begun)
    });
    // The first one opens the book.
    report.add("first_save_ms", Measured::of(times.next()));
    report.add("save_ms", Measured::of(times.skip(WARM_UP - 1)));
}

fn ms_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

fn open_to_list(report: &mut Report, dir: &Path) {
    let times = (0..OPENINGS + WARM_UP).map(|_| {
        let begun = Instant::now();
        let phone = open_phone(dir);
        let list = phone.list(&ListQuery::default()).expect("it lists");
        let took = ms_since(begun);
        assert_eq!(list.len(), 50, "a page of the year");
        took
    });
    report.add("open_to_list_ms", Measured::of(times.skip(WARM_UP).collect::<Vec<_>>()));
}

/// Gifts that two phones wrote down both, ruled to be one, and written to once more: they are among
/// the last of the year.
fn twins(year: &mut CellYear<'_>) {
    for _ in 0..TWINS {
        let gift = year.typist.gift(Source::History, 12);
        let pair = [0, 1].map(|phone| year.save_on(phone, &gift));
        year.sync_all();
        let app = year.district.app();
        let state = app.store.read(|db| state_of(db, &pair)).expect("they are there");
        let order = Order {
            records: pair.to_vec(),
            state,
            verdict: Verdict::Same(pair[0]),
            reason: "một mảnh đất".to_owned(),
            needs_reason: false,
            person: "Nguyễn Thị Hoa".to_owned(),
        };
        year.district.block_on(app.decide(order)).expect("it answers").expect("it decides");
        year.district.settle();
        year.sync_all();
        let mut patch = RecordPatch::new(pair[0]);
        patch.fields = year.typist.change(12);
        patch.confirmed = true;
        year.phones[0].edit(&patch, clock::now()).expect("the change is taken");
    }
    year.sync_all();
}

/// What is contested of the records that an entry touches, after the book has taken it in, with the
/// rulings on pairs that they are of; and at the district what is written of it, twins included.
fn conflict_check(report: &mut Report, year: &CellYear<'_>) {
    let id = BookId::new(CELL, Period::Year(2012));
    let app = year.district.app();
    let logged = app.store.read(|db| log::list_released(db, id)).expect("a log");
    let (year_before, last) = logged.split_at(logged.len() - CHECKED);
    let (mut checks, mut writes) = (Vec::new(), Vec::new());
    for _ in 0..CHECK_ROUNDS {
        let dir = tempfile::tempdir().expect("a folder");
        let store = project(dir.path(), &app.pack, year_before);
        let before: Vec<_> = year_before.iter().map(read).collect();
        let mut book = Book::replay(id, 1, before.iter().map(|(entry, claim)| (entry, *claim)))
            .expect("they stand on each other");
        for logged in last {
            let (entry, claim) = read(logged);
            let hash = book.apply(&entry, Some(claim)).expect("it enters");
            checks.push(check_ms(&book, &app.pack, entry.name()));
            let begun = Instant::now();
            let mut effects = Effects::new(id, 1);
            let no = i64::try_from(book.entries().count()).expect("a few hundred");
            effects.release(no, hash, entry);
            effects.derive(&book, &app.pack);
            let derived = ms_since(begun);
            let arrived = arrived(id, logged);
            let written = store.write(move |db| {
                log::append(db, &arrived, LogState::Accepted)?;
                let begun = Instant::now();
                effects.write(db, true)?;
                Ok(ms_since(begun))
            });
            writes.push(derived + written.expect("it is written"));
        }
        let ruled = last.iter().filter(|logged| !book.decisions_in(logged.entry).is_empty());
        assert_eq!(ruled.count(), TWINS, "what staff ruled is among the last");
    }
    report.add("conflict_check_ms", Measured::of(checks));
    report.add("conflict_write_ms", Measured::of(writes));
}

fn read(logged: &LogEntry) -> (Entry, [u8; 8]) {
    (Entry::from_bytes(&logged.bytes).expect("an entry"), logged.claim)
}

fn check_ms(book: &Book, pack: &Pack, entry: EntryRef) -> f64 {
    let begun = Instant::now();
    let touched = book.touched_by(entry).into_iter();
    let mut keys: Vec<RecordKey> =
        touched.flat_map(|key| [Some(key), book.parent_of(key)]).flatten().collect();
    keys.dedup();
    for key in keys {
        let form = book.form_of(key).and_then(|form| pack.find_form(form));
        black_box(contests_of(book, key, form));
        black_box(book.pair_rulings_on(key));
    }
    ms_since(begun)
}

fn arrived(book: BookId, logged: &LogEntry) -> Arrived {
    Arrived {
        book,
        generation: 1,
        entry: logged.entry,
        claim: logged.claim,
        bytes: logged.bytes.clone(),
        device: logged.entry.actor.device(),
        received_at: clock::now(),
    }
}

/// A folder with entries and all that follows from them.
fn project(dir: &Path, pack: &Arc<Pack>, entries: &[LogEntry]) -> Store {
    let store = Store::create(dir).expect("a folder");
    let all: Vec<Arrived> = entries.iter().map(|logged| arrived(logged.book, logged)).collect();
    let written = store
        .write(move |db| all.iter().try_for_each(|one| log::append(db, one, LogState::Accepted)));
    written.expect("the log takes them");
    let projector = Projector::start(store.clone(), Arc::clone(pack));
    projector.wait_until_idle();
    assert_eq!(projector.counters().released, entries.len() as u64);
    projector.stop();
    store
}

/// A book is opened in which one field was written very often, and judged.
fn long_field(report: &mut Report) {
    let (mut one, mut two) = (Copy::new(1), Copy::new(2));
    let (key, _) = one.create("ông Lục Thượng Cường");
    two.hear(&one);
    for at in 0..LONG_FIELD {
        let writer = if at % 2 == 0 { &mut one } else { &mut two };
        writer.set(key, Fields::from([(FieldNo(17), Value::Int(at))]));
        if at % HEARD_AFTER == 0 {
            one.hear(&two);
            two.hear(&one);
        }
    }
    one.hear(&two);
    let hash = |entry: &Entry| one.book.hash_of(entry.name()).expect("it is here").short();
    let entries: Vec<_> = one.log.iter().map(|entry| (entry, hash(entry))).collect();
    let pack = books::pack();
    let times = (0..CHECK_ROUNDS).map(|_| {
        let begun = Instant::now();
        let book = Book::replay(book_id(), 1, entries.iter().copied()).expect("it opens");
        black_box(contests_of(&book, key, pack.find_form(FormNo(3))));
        ms_since(begun)
    });
    report.add("long_field_open_ms", Measured::of(times));
}
