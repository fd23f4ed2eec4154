//! What a command says, and how it ends.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

/// Why a command did not do what was asked: a sentence that names what is wrong.
#[derive(Debug)]
pub struct Failure {
    text: String,
    code: u8,
}

/// The data, the folder or the disk is in the way.
const IN_THE_WAY: u8 = 1;
/// The command asks for what is never done, as clap says of one that it does not understand.
const NOT_DONE: u8 = 2;

impl<E: Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { text: error.to_string(), code: IN_THE_WAY }
    }
}

/// What a command says.
#[derive(Debug)]
pub struct Output {
    out: io::Stdout,
}

impl Output {
    /// To the terminal, or wherever it is led.
    #[must_use]
    pub fn stdout() -> Self {
        Self { out: io::stdout() }
    }

    /// A line.
    ///
    /// # Errors
    /// [`Failure`] when nobody reads any more.
    pub fn line(&mut self, text: impl Display) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{text}")?)
    }

    /// A value as one line of JSON.
    ///
    /// # Errors
    /// As [`Output::line`].
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value)?;
        self.line(text)
    }

    /// Ends the program: 0, or 1 with what is wrong on the error output.
    #[must_use]
    pub fn finish(mut self, done: Result<(), Failure>) -> ExitCode {
        drop(self.out.flush());
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(Failure { text, code }) => {
                if !text.is_empty() {
                    drop(writeln!(io::stderr(), "soban: {text}"));
                }
                ExitCode::from(code)
            }
        }
    }
}

impl Failure {
    /// Everything has been said already.
    #[must_use]
    pub fn said() -> Self {
        Self { text: String::new(), code: IN_THE_WAY }
    }

    /// The command itself is wrong, whatever the data.
    #[must_use]
    pub fn of_usage(text: impl Display) -> Self {
        Self { text: text.to_string(), code: NOT_DONE }
    }
}
