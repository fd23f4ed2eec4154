//! Search.

use askama::Template;

use super::{Frame, Place, RecordLine};

/// A unit that was found.
#[derive(Debug, Clone)]
pub struct UnitHit {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub path: String,
    /// What is above it.
    pub above: String,
}

/// Search.
#[derive(Debug, Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// Around the page.
    pub f: Frame,
    /// What was searched for.
    pub title: String,
    /// Units.
    pub units: Vec<UnitHit>,
    /// Records.
    pub records: Vec<RecordLine>,
    /// How many of each are shown at most.
    pub most: usize,
}
