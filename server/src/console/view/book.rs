//! A book: its records by form, and what has not entered it.

use askama::Template;

use super::{Crumb, Frame, Pager, Place};

/// A record in a list.
#[derive(Debug, Clone)]
pub struct RecordLine {
    /// Its id.
    pub id: String,
    /// When it happened.
    pub when: String,
    /// What it is called.
    pub title: String,
    /// A few of its values.
    pub summary: String,
    /// What is contested of it.
    pub contests: u32,
    /// Whether it is void.
    pub voided: bool,
}

/// The records of one form.
#[derive(Debug, Clone)]
pub struct FormTable {
    /// What the form is called.
    pub name: String,
    /// Its records on this page.
    pub records: Vec<RecordLine>,
}

/// An entry that is not in the book.
#[derive(Debug, Clone)]
pub struct WaitingLine {
    /// Which.
    pub name: String,
    /// Where it is looked at, if it is kept apart.
    pub path: Option<String>,
    /// What became of it.
    pub state: String,
    /// Why.
    pub reason: String,
    /// When it arrived.
    pub received: String,
}

/// A book: its records by form, and what has not entered it.
#[derive(Debug, Template)]
#[template(path = "book.html")]
pub struct BookPage {
    /// Around the page.
    pub f: Frame,
    /// The way to it.
    pub crumbs: Vec<Crumb>,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub unit: String,
    /// Its records.
    pub forms: Vec<FormTable>,
    /// Entries that are not in it.
    pub waiting: Vec<WaitingLine>,
    /// The pages beside this one.
    pub pager: Pager,
}
