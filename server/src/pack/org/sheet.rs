//! A table of a spreadsheet read cell by cell, so that everything wrong in it is said, each with
//! its line.

use std::fmt::Display;
use std::str::FromStr;

use soban_core::base::Date;

use crate::pack::text::{self, Lines};
use crate::pack::{Problems, Source};

/// Reads the rows of a file; what cannot be a row is told and left out. Nothing if the file is no
/// such table.
pub(super) fn read<T>(
    source: &Source,
    file: &str,
    columns: &[&str],
    problems: &Problems,
    mut row: impl FnMut(&Row<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let text = source.text(file, problems)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    match reader.headers() {
        Ok(header) if header.iter().eq(columns.iter().copied()) => {}
        _ => {
            let message = format!("the first line must be {}", columns.join(","));
            problems.add((file, 1), "", message);
            return None;
        }
    }
    let lines = Lines::new(text);
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let place = (file, line_of(&record, text, &lines));
                if record.len() == columns.len() {
                    rows.extend(row(&Row { place, columns, cells: &record, problems }));
                } else {
                    let message = format!("{} cells, not {}", record.len(), columns.len());
                    problems.add(place, "", message);
                }
            }
            Err(error) => problems.add((file, 0), "", error.to_string()),
        }
    }
    Some(rows)
}

/// The line a row begins in. Empty lines before it count as its own for the reader.
fn line_of(record: &csv::StringRecord, text: &str, lines: &Lines) -> usize {
    let read_from = record.position().map_or(0, csv::Position::byte);
    let read_from = usize::try_from(read_from).unwrap_or(usize::MAX);
    let empty = text.bytes().skip(read_from).take_while(|byte| matches!(byte, b'\r' | b'\n'));
    lines.of(read_from.saturating_add(empty.count()))
}

/// One row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) place: (&'a str, usize),
    columns: &'a [&'a str],
    cells: &'a csv::StringRecord,
    problems: &'a Problems,
}

impl<'a> Row<'a> {
    pub(super) fn add(&self, column: &str, message: impl Into<String>) {
        self.problems.add(self.place, column, message);
    }

    /// What stands in a column; empty where nothing does.
    pub(super) fn cell(&self, column: &str) -> &'a str {
        let place = self.columns.iter().position(|known| *known == column);
        place.and_then(|place| self.cells.get(place)).unwrap_or_default()
    }

    /// A text that says something.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        let text = self.cell(column);
        if text.trim().is_empty() {
            self.add(column, "is empty");
            return None;
        }
        Some(text.to_owned())
    }

    /// A number, or true or false.
    pub(super) fn parse<T: FromStr>(&self, column: &str, wanted: impl Display) -> Option<T> {
        let parsed = self.cell(column).parse().ok();
        if parsed.is_none() {
            self.add(column, format!("“{}” is no {wanted}", self.cell(column)));
        }
        parsed
    }

    /// The days between which the row holds.
    pub(super) fn period(&self) -> Option<Period> {
        let day = |column| match self.cell(column) {
            "" => Some(None),
            written => text::day(self.place, column, written, self.problems).map(Some),
        };
        let (from, to) = (day("valid_from"), day("valid_to"));
        let period = Period { from: from?, to: to? };
        if period.from.zip(period.to).is_some_and(|(from, to)| to < from) {
            self.add("valid_to", "comes before valid_from");
        }
        Some(period)
    }
}

/// A span of days; open where there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

impl Period {
    /// Whether no day of this lies outside the other.
    pub(super) fn lies_within(self, outer: Self) -> bool {
        let begins = outer.from.is_none_or(|outer| self.from.is_some_and(|from| outer <= from));
        let ends = outer.to.is_none_or(|outer| self.to.is_some_and(|to| to <= outer));
        begins && ends
    }

    /// Whether both have a day in common.
    pub(super) fn overlaps(self, other: Self) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| a.zip(b).is_some_and(|(a, b)| a < b);
        !before(self.to, other.from) && !before(other.to, self.from)
    }
}
