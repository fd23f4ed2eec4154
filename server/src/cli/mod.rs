//! The command line. One file per command; what it prints goes through [`Output`].

mod check;
mod conflicts;
mod demo;
mod device;
mod init;
mod invite;
mod output;
mod pack;
mod phone;
mod quarantine;
mod serve;
mod staff;

pub use conflicts::list_conflicts;
pub use init::initialise;
pub use output::{Failure, Output};

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Sổ Bản: the village register that works without a signal.
#[derive(Debug, Parser)]
#[command(name = "soban", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a data folder: keys, forms, organisation tree, first administrator.
    Init(init::Args),
    /// Runs the district server.
    Serve(serve::Args),
    /// Fills a district on this machine with simulated phones, and shows it.
    Demo(demo::Args),
    /// Packs of forms.
    #[command(subcommand)]
    Pack(pack::Command),
    /// Accounts of staff.
    #[command(subcommand)]
    Staff(staff::Command),
    /// Gives out a one-use enrolment code.
    Invite(invite::Args),
    /// Enrolled devices.
    #[command(subcommand)]
    Device(device::Command),
    /// Tells what is open: who wrote what, and what each of them had seen.
    Conflicts(conflicts::Args),
    /// Entries that are kept apart or wait.
    #[command(subcommand)]
    Quarantine(quarantine::Command),
    /// A phone in the terminal, for support, scripts and tests.
    Phone(phone::Args),
    /// Verifies every hash, and every table against a rebuild from the log.
    Check(check::Args),
}

/// Where the data lies.
#[derive(Debug, clap::Args)]
struct Data {
    /// The data folder.
    #[arg(long, env = "SOBAN_DATA", default_value = "soban-data")]
    data: PathBuf,
}

/// Runs the command line; its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let mut output = Output::stdout();
    let done = match cli.command {
        Command::Init(args) => init::run(&args, &mut output),
        Command::Serve(args) => serve::run(&args, &mut output),
        Command::Demo(args) => demo::run(&args, &mut output),
        Command::Pack(command) => pack::run(&command, &mut output),
        Command::Staff(command) => staff::run(command, &mut output),
        Command::Invite(args) => invite::run(&args, &mut output),
        Command::Device(command) => device::run(command, &mut output),
        Command::Conflicts(args) => conflicts::run(&args, &mut output),
        Command::Quarantine(command) => quarantine::run(command, &mut output),
        Command::Phone(args) => phone::run(args, &mut output),
        Command::Check(args) => check::run(&args, &mut output),
    };
    output.finish(done)
}
