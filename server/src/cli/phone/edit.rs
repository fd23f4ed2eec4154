//! `soban phone edit ID`: changes from the standard input.

use soban_core::base::RecordId;
use soban_core::phone::RecordPatch;

use super::{Failure, Home, Output, input, refuse, save};
use crate::clock;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record's id.
    #[arg(value_parser = str::parse::<RecordId>)]
    id: RecordId,
    /// Confirms what the form asks about.
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(args: &Args, home: &mut Home, output: &mut Output) -> Result<(), Failure> {
    let shown = home.phone.show(args.id);
    let shown = shown.map_err(|error| refuse::phone(&home.phone, error, home.voice, output))?;
    let filled = input::read(home.phone.pack(), &shown.form, home.voice)?;
    let mut patch = RecordPatch::new(args.id);
    patch.confirmed = args.yes;
    patch.opened_at = filled.state;
    patch.fields = filled.fields;
    for (id, form, fields) in filled.rows {
        match id {
            Some(id) => patch.rows.push((id, fields)),
            None => patch.new_rows.push((form, fields)),
        }
    }
    let saved = home.phone.edit(&patch, clock::now());
    let saved = saved.map_err(|error| refuse::phone(&home.phone, error, home.voice, output))?;
    save::tell(&home.phone, &saved, home.voice, output)
}
