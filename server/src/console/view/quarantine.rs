//! What is kept apart or waits, and letting a branch of it in.

use askama::Template;

use super::{Crumb, Frame, Pager, Place};

/// An entry in the list.
#[derive(Debug, Clone)]
pub struct ApartItem {
    /// Where it is looked at, if it is kept apart.
    pub path: Option<String>,
    /// What it is about.
    pub title: String,
    /// Whose book it is of, and which.
    pub unit: String,
    /// Who wrote it.
    pub who: String,
    /// With which device.
    pub device: String,
    /// When, by that device's clock.
    pub written: String,
    /// When it arrived.
    pub received: String,
    /// Whether it is kept apart or waits.
    pub state: String,
    /// The colour of that.
    pub state_class: &'static str,
    /// Why.
    pub reason: String,
}

/// What is kept apart or waits.
#[derive(Debug, Template)]
#[template(path = "quarantine.html")]
pub struct QuarantinePage {
    /// Around the page.
    pub f: Frame,
    /// What whoever comes back is told.
    pub told: Option<String>,
    /// By book, in the order of arrival.
    pub items: Vec<ApartItem>,
    /// The pages beside this one.
    pub pager: Pager,
}

/// What an entry says of one record.
#[derive(Debug, Clone)]
pub struct SaidRecord {
    /// What the record is called.
    pub title: String,
    /// Its fields.
    pub fields: Vec<SaidField>,
}

/// What an entry says of one field.
#[derive(Debug, Clone)]
pub struct SaidField {
    /// What it is called.
    pub label: String,
    /// Its value.
    pub text: String,
}

/// What would become of one entry of a branch.
#[derive(Debug, Clone)]
pub struct FateLine {
    /// What it is about.
    pub title: String,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub written: String,
    /// Whether it would enter.
    pub enters: bool,
    /// What would become of it, and why.
    pub fate: String,
}

/// One entry that is kept apart, and what is held on it.
#[derive(Debug, Template)]
#[template(path = "apart.html")]
pub struct ApartPage {
    /// Around the page.
    pub f: Frame,
    /// The way to its book's unit.
    pub crumbs: Vec<Crumb>,
    /// Its place in the log.
    pub no: i64,
    /// What it is about.
    pub title: String,
    /// Which book it is of.
    pub book: String,
    /// Who wrote it.
    pub who: String,
    /// With which device.
    pub device: String,
    /// When, by that device's clock.
    pub written: String,
    /// When it arrived.
    pub received: String,
    /// Why it is kept apart.
    pub reason: String,
    /// The same in the program's words, for whoever mends it.
    pub detail: String,
    /// What it says.
    pub records: Vec<SaidRecord>,
    /// What would become of it and of what is held on it.
    pub branch: Vec<FateLine>,
    /// How many of those are not shown.
    pub more: usize,
    /// Why it cannot be let in, if so.
    pub obstacle: Option<String>,
    /// How many entries would enter.
    pub entering: usize,
    /// Whether whoever looks may let it in.
    pub permitted: bool,
}
