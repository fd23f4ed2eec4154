//! `soban phone search WORDS…`: with or without their marks.

use super::{Failure, Home, Output, list, refuse};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to look for: records that hold each of these words.
    #[arg(required = true)]
    words: Vec<String>,
}

pub(super) fn run(args: &Args, home: &Home, output: &mut Output) -> Result<(), Failure> {
    let found = home.phone.search(&args.words.join(" "));
    let found = found.map_err(|error| refuse::phone(&home.phone, error, home.voice, output))?;
    list::tell(&found, home.voice, output)
}
