//! A record: fields by section, rows, history.

use askama::Template;

use super::{Crumb, Frame, Place};

/// A field that holds something.
#[derive(Debug, Clone)]
pub struct FieldLine {
    /// What it is called.
    pub label: String,
    /// What it holds.
    pub text: String,
    /// A quantity in words.
    pub spoken: Option<String>,
    /// Whether it is contested.
    pub open: bool,
    /// What else it holds then.
    pub others: Vec<String>,
}

/// Fields of one step of the form.
#[derive(Debug, Clone)]
pub struct FieldSection {
    /// What the step is called.
    pub name: Option<String>,
    /// Its fields.
    pub fields: Vec<FieldLine>,
}

/// A value in a row.
#[derive(Debug, Clone)]
pub struct RowCell {
    /// What its column is called.
    pub label: String,
    /// What it holds.
    pub text: String,
    /// Whether it is a figure, which is read from the right.
    pub number: bool,
}

/// A row of a record.
#[derive(Debug, Clone)]
pub struct RowLine {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its values, in the order of the columns.
    pub cells: Vec<RowCell>,
}

/// The rows of one form.
#[derive(Debug, Clone)]
pub struct RowTable {
    /// What they are called.
    pub name: String,
    /// What the columns beside the title are called, and whether they hold figures.
    pub columns: Vec<(String, bool)>,
    /// The rows.
    pub rows: Vec<RowLine>,
}

/// One field's change.
#[derive(Debug, Clone)]
pub struct ChangeLine {
    /// What the field is called.
    pub label: String,
    /// What the writer had seen in it.
    pub before: String,
    /// What they wrote.
    pub after: String,
}

/// One step of the history.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// What was done.
    pub what: String,
    /// Who.
    pub holder: String,
    /// With which device.
    pub device: String,
    /// When, by that device's clock.
    pub written: String,
    /// When it arrived.
    pub received: Option<String>,
    /// How much the writer had not seen.
    pub unseen: Option<String>,
    /// Whether it is one side of a disagreement.
    pub apart: bool,
    /// Why staff decided so.
    pub reason: Option<String>,
    /// What it changed.
    pub changes: Vec<ChangeLine>,
}

/// A disagreement that is open on the record.
#[derive(Debug, Clone)]
pub struct ContestLink {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub path: String,
}

/// A record: fields by section, rows, history.
#[derive(Debug, Template)]
#[template(path = "record.html")]
pub struct RecordPage {
    /// Around the page.
    pub f: Frame,
    /// The way to it.
    pub crumbs: Vec<Crumb>,
    /// What it is called.
    pub title: String,
    /// Whose book it lives in.
    pub home: String,
    /// Under which version of its form it was filled.
    pub version: String,
    /// Why it is void.
    pub void: Option<String>,
    /// What is contested of it.
    pub contests: Vec<ContestLink>,
    /// What its form holds against it.
    pub violations: Vec<String>,
    /// Its fields.
    pub sections: Vec<FieldSection>,
    /// Its rows.
    pub rows: Vec<RowTable>,
    /// Its history, the newest first.
    pub history: Vec<HistoryLine>,
}
