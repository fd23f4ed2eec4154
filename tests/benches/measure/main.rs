//! `cargo bench -p soban-tests`: what the whole costs, against what it may cost.
//!
//! Prints one table: name, value, unit, limit, whether it is kept, and how far the runs were
//! apart. An argument measures only what has it in its name; `SOBAN_BENCH_JSON` names a file that
//! the values are written to as well. The mobile library is built for it, which takes minutes; the
//! app only when `bridge` or `SOBAN_BENCH_BRIDGE` asks for it. A value that is over its limit fails
//! nothing: machines differ, and whoever runs this reads the table.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a bench may stop, and says what it found"
)]

mod bridge;
mod bytes;
mod disk;
mod lean;
mod library;
mod load;
mod parts;
mod phone;
mod project;
mod report;
mod serve;
mod typed;
mod words;
mod year;

use std::path::Path;
use std::process::ExitCode;

use report::{Group, Report};
use words::Words;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == serve::ROLE) {
        return soban_server::cli::run();
    }
    if let [role, dir] = arguments.as_slice()
        && role == bridge::ROLE
    {
        bridge::hold(Path::new(dir));
        return ExitCode::SUCCESS;
    }
    // cargo adds options of its own.
    let mut report = Report::new(arguments.into_iter().find(|given| !given.starts_with("--")));
    let words = Words::read();
    for group in report.groups() {
        eprintln!("measuring: {group:?}");
        match group {
            Group::Bytes => bytes::measure(&mut report, &words),
            Group::Phone => phone::measure(&mut report, &words),
            Group::Disk => disk::measure(&mut report),
            Group::Serve => serve::measure(&mut report, &words),
            Group::Project => project::measure(&mut report, &words),
            Group::Drain => serve::drain(&mut report, &words),
            Group::Bridge => bridge::measure(&mut report),
            Group::Library => library::measure(&mut report),
        }
    }
    print!("{}", report.table());
    if let Some(file) = std::env::var_os("SOBAN_BENCH_JSON") {
        report.write_json(Path::new(&file));
    }
    ExitCode::SUCCESS
}
