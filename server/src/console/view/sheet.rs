//! Enrolment sheets and the pages that make them.

use askama::Template;

use super::{Crumb, Frame, Place};
use crate::console::words::Words;
use crate::enrol::sheet::Sheet;

/// For whom sheets are to be made.
#[derive(Debug, Template)]
#[template(path = "invite.html")]
pub struct InvitePage {
    /// Around the page.
    pub f: Frame,
    /// The way to the unit, itself last.
    pub crumbs: Vec<Crumb>,
    /// The unit's number.
    pub unit: u32,
    /// What it is called.
    pub name: String,
    /// Whether it is a cell.
    pub is_cell: bool,
    /// How many cells it is or holds.
    pub cells: u32,
    /// How many of them have no phone.
    pub unserved: usize,
    /// The address that will be printed.
    pub address: String,
}

/// Asks once more before a lost device is replaced.
#[derive(Debug, Template)]
#[template(path = "replace.html")]
pub struct ReplacePage {
    /// Around the page.
    pub f: Frame,
    /// The question.
    pub title: String,
    /// The device.
    pub id: String,
    /// Whose books it writes.
    pub unit: String,
    /// Who holds it.
    pub holder: String,
}

/// Sheets to be printed. They are in Vietnamese, whatever staff read.
#[derive(Debug, Template)]
#[template(path = "sheets.html")]
pub struct SheetsPage {
    /// Around the page.
    pub f: Frame,
    /// The words of the sheets.
    pub words: &'static Words,
    /// One for each phone.
    pub sheets: Vec<Sheet>,
}

/// Sheets as a file of its own, for who made them in the terminal.
#[derive(Debug, Template)]
#[template(path = "sheets_file.html")]
pub struct SheetsFile {
    /// The words of the sheets.
    pub words: &'static Words,
    /// The console's style sheet, with its fonts inside.
    pub style: String,
    /// One for each phone.
    pub sheets: Vec<Sheet>,
}
