//! How long a phone makes people wait, on a file that holds a cell's year.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use soban_core::base::{BookId, Period, RecordKey};
use soban_core::book::{Book, Entry, contests_of};
use soban_core::store::ListQuery;
use soban_server::clock;
use soban_server::store::log;
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

pub(crate) fn measure(report: &mut Report, words: &Words) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut year = CellYear::write(dir.path(), words);
    conflict_check(report, &year);
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

/// What is contested of the records that an entry touches, after the book has taken it in.
fn conflict_check(report: &mut Report, year: &CellYear<'_>) {
    let id = BookId::new(CELL, Period::Year(2012));
    let logged = year.district.app().store.read(|db| log::list_released(db, id)).expect("a log");
    let read = |logged: &log::LogEntry| {
        (Entry::from_bytes(&logged.bytes).expect("an entry"), logged.claim)
    };
    let entries: Vec<(Entry, [u8; 8])> = logged.iter().map(read).collect();
    let (year_before, last) = entries.split_at(entries.len() - CHECKED);
    let pack = &year.district.app().pack;
    let mut times = Vec::new();
    for _ in 0..CHECK_ROUNDS {
        let mut book =
            Book::replay(id, 1, year_before.iter().map(|(entry, claim)| (entry, *claim)))
                .expect("they stand on each other");
        for (entry, claim) in last {
            book.apply(entry, Some(*claim)).expect("it enters");
            let begun = Instant::now();
            let touched = book.touched_by(entry.name());
            let mut keys: Vec<RecordKey> = touched
                .into_iter()
                .flat_map(|key| [Some(key), book.parent_of(key)])
                .flatten()
                .collect();
            keys.dedup();
            for key in keys {
                let form = book.form_of(key).and_then(|form| pack.find_form(form));
                black_box(contests_of(&book, key, form));
            }
            times.push(ms_since(begun));
        }
    }
    report.add("conflict_check_ms", Measured::of(times));
}
