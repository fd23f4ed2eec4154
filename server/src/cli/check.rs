//! `soban check`: is what is stored what the log says?

use super::{Data, Failure, Output};
use crate::check::check;
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,
    /// Replaces the tables that follow from the log by a rebuild.
    #[arg(long)]
    rebuild: bool,
    /// As one line of JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let store = Store::open(&args.data.data)?;
    let report = check(&store, args.rebuild)?;
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
        let verdict = if report.findings.is_empty() { "Nothing is wrong." } else { "See above." };
        output.line(verdict)?;
    }
    if report.findings.is_empty() || args.rebuild { Ok(()) } else { Err(Failure::said()) }
}
