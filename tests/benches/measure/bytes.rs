//! What syncs of a cell's year cost: bytes of messages both ways, without HTTP's own.

use soban_server::link::TrafficCounts;

use crate::report::{Measured, Report};
use crate::words::Words;
use crate::year::CellYear;

const NEW_PHONES: [&str; 3] = ["đảng viên", "trưởng thôn", "phó trưởng thôn"];
const SYNCS: usize = 5;
const RECORDS: usize = 20;
const APART_RUNS: u64 = 5;

pub(crate) fn measure(report: &mut Report, words: &Words) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut year = CellYear::write(dir.path(), words, 1);
    nothing_new(report, &mut year);
    first_sync(report, &mut year);
    gift(report, &mut year);
    year.close();
    let syncs: Vec<TrafficCounts> = (1..=APART_RUNS).map(|seed| apart(words, seed)).collect();
    report.add("apart_20_20_bytes", Measured::of(syncs.iter().map(bytes)));
    report.add("apart_20_20_requests", Measured::of(syncs.iter().map(requests)));
}

#[expect(clippy::cast_precision_loss, reason = "counts of bytes are small")]
fn bytes(counts: &TrafficCounts) -> f64 {
    (counts.bytes_up + counts.bytes_down) as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of requests are small")]
fn requests(counts: &TrafficCounts) -> f64 {
    counts.requests as f64
}

fn nothing_new(report: &mut Report, year: &mut CellYear<'_>) {
    let syncs: Vec<TrafficCounts> = (0..SYNCS).map(|_| year.sync_one(0)).collect();
    report.add("nothing_new_bytes", Measured::of(syncs.iter().map(bytes)));
}

fn first_sync(report: &mut Report, year: &mut CellYear<'_>) {
    let sync = |holder: &str| {
        let phone = year.enrol(holder);
        year.sync_one(phone)
    };
    let syncs: Vec<TrafficCounts> = NEW_PHONES.into_iter().map(sync).collect();
    report.add("first_sync_bytes", Measured::of(syncs.iter().map(bytes)));
    report.add("first_sync_requests", Measured::of(syncs.iter().map(requests)));
}

/// Each gift has words of its own that the history does not hold, nor the gifts before it.
fn gift(report: &mut Report, year: &mut CellYear<'_>) {
    // The others hear of the new phones first.
    year.sync_all();
    let lines = year.typist.words.list("gift").to_vec();
    let sync = |line: &str| {
        let gift = year.typist.land(line);
        year.save_on(0, &gift);
        let counts = year.sync_one(0);
        year.district.settle();
        year.sync_all();
        counts
    };
    let syncs: Vec<TrafficCounts> = lines.into_iter().map(sync).collect();
    report.add("gift_bytes", Measured::of(syncs.iter().map(bytes)));
    report.add("gift_requests", Measured::of(syncs.iter().map(requests)));
}

/// Two phones that each wrote twenty records: one has synced, then the other does. A year of its
/// own each time, so that no run finds the words of another in the book.
fn apart(words: &Words, seed: u64) -> TrafficCounts {
    let dir = tempfile::tempdir().expect("a folder");
    let mut year = CellYear::write(dir.path(), words, seed);
    let records = year.typist.different_gifts(2 * RECORDS, 12);
    for (place, record) in records.iter().enumerate() {
        year.save_on(usize::from(place < RECORDS), record);
    }
    year.sync_one(1);
    year.district.settle();
    let counts = year.sync_one(0);
    year.close();
    counts
}
