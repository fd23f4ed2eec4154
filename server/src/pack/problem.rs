//! What is wrong with a pack, gathered so that all of it is said at once.

use std::cell::RefCell;
use std::fmt;

use thiserror::Error;

/// Something that is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackProblem {
    /// The file, within the pack's folder.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// The field, group, rule, option, column or word; empty where the file itself is meant.
    pub field: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for PackProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, field, message } = self;
        write!(f, "{file}:")?;
        if *line > 0 {
            write!(f, "{line}:")?;
        }
        if !field.is_empty() {
            write!(f, " {field}:")?;
        }
        write!(f, " {message}")
    }
}

/// Everything that is wrong with a pack, by file and line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct PackProblems(pub Vec<PackProblem>);

impl fmt::Display for PackProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

/// Problems gathered so far.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<PackProblem>>);

impl Problems {
    pub(super) fn add(&self, place: (&str, usize), field: &str, message: impl Into<String>) {
        let (file, line) = place;
        let (file, field) = (file.to_owned(), field.to_owned());
        self.0.borrow_mut().push(PackProblem { file, line, field, message: message.into() });
    }

    /// What was made, unless something is wrong.
    pub(super) fn end<T>(self, made: T) -> Result<T, PackProblems> {
        let mut problems = self.0.into_inner();
        problems.sort();
        problems.dedup();
        if problems.is_empty() { Ok(made) } else { Err(PackProblems(problems)) }
    }
}
