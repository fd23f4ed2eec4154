//! `soban phone`: a phone in the terminal, for support, scripts and tests.
//!
//! With `--json` everything is JSON on the standard output. What a form holds against a record is
//! exit code 1 and one line of JSON for each field; people at a terminal read it as sentences.

mod edit;
mod enrol;
mod forms;
mod home;
mod input;
mod list;
mod needs;
mod print;
mod refuse;
mod save;
mod search;
mod show;
mod status;
mod sync;
mod void;

use std::path::PathBuf;

use soban_core::form::Language;

use super::{Failure, Output};
use home::Home;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The phone's folder.
    #[arg(long, env = "SOBAN_PHONE", default_value = "soban-phone", global = true)]
    data: PathBuf,
    /// As JSON, for scripts.
    #[arg(long, global = true)]
    json: bool,
    /// The language to speak: vi or en.
    #[arg(long, default_value = "vi", value_parser = language, global = true)]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Enrols this phone with a one-use code of the district.
    Enrol(enrol::Args),
    /// The forms that can be filled in here.
    Forms,
    /// Makes a record from a JSON object on the standard input, and prints its id.
    ///
    /// Keys are the names of fields. A text is read as people write it ("5.200 m²", "1,5 triệu",
    /// "18/4/2012"); a number counts the field's own unit (đồng, m², tenths of labour days). A key
    /// that names a form of rows, such as `agenda_item`, holds an array of objects.
    Save(save::Args),
    /// Changes a record as a JSON object on the standard input says.
    ///
    /// Fields that are not named stay as they are. "state" names the state that the record was
    /// read at, as `show --json` gave it. Rows with an "id" are changed, rows without are added.
    Edit(edit::Args),
    /// Makes a record void, for a reason. Nothing is deleted.
    Void(void::Args),
    /// Records, the newest first.
    List(list::Args),
    /// One record with its rows and what is contested of it.
    Show(show::Args),
    /// Records that hold each of these words, with or without their marks.
    Search(search::Args),
    /// What needs the holder: what is contested, what staff decided, what the district did not take.
    Needs(needs::Args),
    /// Sends what the district lacks, and fetches what this phone lacks.
    Sync,
    /// What this phone says of itself.
    Status,
}

fn language(text: &str) -> Result<Language, String> {
    text.parse().map_err(|()| "must be vi or en".to_owned())
}

/// How to say it.
#[derive(Debug, Clone, Copy)]
struct Voice {
    json: bool,
    language: Language,
}

impl Voice {
    /// The words in the language spoken.
    fn say<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Vi => vi,
            Language::En => en,
        }
    }
}

pub(super) fn run(args: Args, output: &mut Output) -> Result<(), Failure> {
    let voice = Voice { json: args.json, language: args.lang };
    let mut home = Home::open(args.data, voice)?;
    match args.command {
        Command::Enrol(args) => enrol::run(&args, &mut home, output),
        Command::Forms => forms::run(&home, output),
        Command::Save(args) => save::run(args, &mut home, output),
        Command::Edit(args) => edit::run(&args, &mut home, output),
        Command::Void(args) => void::run(&args, &mut home, output),
        Command::List(args) => list::run(&args, &home, output),
        Command::Show(args) => show::run(&args, &mut home, output),
        Command::Search(args) => search::run(&args, &home, output),
        Command::Needs(args) => needs::run(&args, &mut home, output),
        Command::Sync => sync::run(&mut home, output),
        Command::Status => status::run(&home, output),
    }
}
