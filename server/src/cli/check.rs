//! `soban check`: is what is stored what the log says?

use super::{Data, Failure, Output};
use crate::check::check;
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,
    /// Replaces the tables that follow from the log by a rebuild; fails where the log itself is
    /// damaged.
    #[arg(long)]
    rebuild: bool,
    /// As one line of JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let store = Store::open(&args.data.data)?;
    let report = check(&store, args.rebuild)?;
    let damaged = report.beyond_rebuild().next().is_some();
    if args.json {
        output.json(&report)?;
    } else {
        output.line(format!(
            "{} books, {} entries, {} records",
            report.books, report.entries, report.records
        ))?;
        for finding in &report.findings {
            output.line(finding)?;
        }
        output.line(match (report.findings.is_empty(), args.rebuild, damaged) {
            (true, ..) => "Nothing is wrong.",
            (false, false, _) => "See above.",
            (false, true, false) => "The tables follow from the log again.",
            (false, true, true) => "The log itself is damaged: no rebuild mends that.",
        })?;
    }
    let wrong = if args.rebuild { damaged } else { !report.findings.is_empty() };
    if wrong { Err(Failure::said()) } else { Ok(()) }
}
