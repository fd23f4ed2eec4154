//! The program `soban`: the district server, its tools, and a phone in the terminal.

use std::process::ExitCode;

fn main() -> ExitCode {
    soban_server::cli::run()
}
