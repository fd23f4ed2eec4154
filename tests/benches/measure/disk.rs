//! What one flush of this disk costs: what every acknowledgement waits for.

use std::io::Write as _;
use std::time::Instant;

use crate::report::{Measured, Report};

const FLUSHES: usize = 200;

pub(crate) fn measure(report: &mut Report) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut file = std::fs::File::create(dir.path().join("flushed")).expect("a file");
    let times = (0..FLUSHES).map(|_| {
        file.write_all(&[7; 4096]).expect("it is written");
        let begun = Instant::now();
        file.sync_data().expect("it is flushed");
        begun.elapsed().as_secs_f64() * 1_000.0
    });
    report.add("flush_ms", Measured::of(times.collect::<Vec<_>>()));
}
