//! A unit: its place in the tree, its figures, its cells or its books.

use askama::Template;

use super::{Crumb, Frame, Pager, Place};

/// A unit in the tree.
#[derive(Debug, Clone, Default)]
pub struct Branch {
    /// Its number.
    pub id: u32,
    /// What it is called among its siblings.
    pub name: String,
    /// How many cells it holds; nothing for a cell itself.
    pub cells: Option<u32>,
    /// Whether it is the one shown.
    pub here: bool,
    /// What is below it, where that is open.
    pub inner: Vec<Branch>,
}

/// A cell in the table.
#[derive(Debug, Clone)]
pub struct CellLine {
    /// Its number.
    pub id: u32,
    /// What it is called.
    pub name: String,
    /// When one of its devices was last heard of.
    pub synced: String,
    /// Whether none ever was.
    pub never: bool,
    /// Whether that is too long ago.
    pub silent: bool,
    /// What its devices had not sent.
    pub unsent: String,
    /// Its last meeting.
    pub last_meeting: String,
    /// Months of the year shown that have a meeting.
    pub meetings: u32,
    /// What is missing and what is contested in its books, if anything.
    pub chip: String,
    /// How that is coloured.
    pub chip_class: &'static str,
}

/// A book in the table.
#[derive(Debug, Clone)]
pub struct BookLine {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub path: String,
    /// Its records.
    pub records: u32,
    /// Entries that are not in it.
    pub waiting: u32,
    /// What is contested in it.
    pub contests: u32,
}

/// A unit: its place in the tree, its figures, its cells or its books.
#[derive(Debug, Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    /// Around the page.
    pub f: Frame,
    /// The unit's number.
    pub id: u32,
    /// Whether whoever looks may enrol phones here.
    pub may_invite: bool,
    /// The tree, open down to this unit.
    pub tree: Vec<Branch>,
    /// How many units other than cells it has below it.
    pub below: usize,
    /// The units above it.
    pub crumbs: Vec<Crumb>,
    /// What it is called.
    pub name: String,
    /// Whether it keeps books itself.
    pub is_cell: bool,
    /// The month whose meetings are counted.
    pub month: String,
    /// How many of its cells met in it.
    pub cells_met: u32,
    /// How many cells it is or holds.
    pub cell_count: u32,
    /// Records in its books.
    pub records: String,
    /// What is contested in them.
    pub contests: u32,
    /// Years that have records.
    pub years: Vec<u16>,
    /// The year shown.
    pub year: u16,
    /// Its books, if it keeps any.
    pub books: Vec<BookLine>,
    /// Its cells.
    pub cells: Vec<CellLine>,
    /// The pages beside this one.
    pub pager: Pager,
}
