//! `soban pack`: checks a pack before it is installed.

use std::path::PathBuf;

use super::{Failure, Output};
use crate::pack::{PackProblems, Source, read_org, read_pack};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Says everything that is wrong with a pack, with file, line and field.
    Check {
        /// The pack's folder.
        dir: PathBuf,
    },
}

pub(super) fn run(command: &Command, output: &mut Output) -> Result<(), Failure> {
    let Command::Check { dir } = command;
    let source = Source::from_dir(dir)
        .map_err(|error| format!("the pack {} cannot be read: {error}", dir.display()))?;
    let pack = read_pack(&source);
    let org = if source.list("org", "csv").is_empty() { None } else { Some(read_org(&source)) };
    let problems = |problems: &PackProblems| problems.0.clone();
    let mut found = pack.as_ref().err().map(problems).unwrap_or_default();
    found.extend(org.as_ref().and_then(|org| org.as_ref().err()).map(problems).unwrap_or_default());
    for problem in &found {
        output.line(problem)?;
    }
    match pack {
        Ok(pack) if found.is_empty() => output.line(format!(
            "{}: version {}, {} forms, {} lists of choices; nothing is wrong",
            pack.id,
            pack.version,
            pack.forms.len(),
            pack.choices.len()
        )),
        _ => Err(Failure::from(format!("{} problems", found.len()))),
    }
}
