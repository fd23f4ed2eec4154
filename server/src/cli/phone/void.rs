//! `soban phone void ID`: a record that does not count any more; nothing is deleted.

use soban_core::base::RecordId;

use super::{Failure, Home, Output, refuse, save};
use crate::clock;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record's id.
    #[arg(value_parser = str::parse::<RecordId>)]
    id: RecordId,
    /// Why.
    #[arg(long)]
    reason: String,
    /// The state that the record was shown at, as `show` gives it; the present one if absent.
    #[arg(long)]
    state: Option<String>,
}

pub(super) fn run(args: &Args, home: &mut Home, output: &mut Output) -> Result<(), Failure> {
    let state = args.state.as_deref();
    let done = home.phone.void(args.id, state, &args.reason, clock::now());
    let done = done.map_err(|error| refuse::phone(&home.phone, error, home.voice, output))?;
    save::tell(&home.phone, &done, home.voice, output)
}
