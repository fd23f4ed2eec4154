//! How fast the worker takes in what is in the log.

use std::sync::Arc;
use std::time::Instant;

use soban_server::project::Projector;
use soban_server::store::Store;

use crate::lean::{make_folder, put_backlog, write_gifts};
use crate::report::{Measured, Report};
use crate::words::Words;

const PHONES: usize = 1_000;
const ENTRIES: usize = 10_000;
const RUNS: usize = 5;

/// Ten thousand entries of a thousand phones, in every cell's book.
pub(crate) fn measure(report: &mut Report, words: &Words) {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut phones, pack) = make_folder(&dir.path().join("enrolled"), PHONES);
    let entries = write_gifts(&mut phones, &pack, words, ENTRIES / PHONES);
    let pack = Arc::new(pack);
    let run = |run: usize| {
        let store = Store::create(&dir.path().join(run.to_string())).expect("a folder");
        put_backlog(&store, &phones, &entries);
        let begun = Instant::now();
        let projector = Projector::start(store, Arc::clone(&pack));
        projector.wait_until_idle();
        let took = begun.elapsed().as_secs_f64();
        assert_eq!(projector.counters().released, ENTRIES as u64);
        projector.stop();
        ENTRIES as f64 / took
    };
    report.add("projected_per_s", Measured::of((0..RUNS).map(run)));
}
