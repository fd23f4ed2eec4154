//! Kinds of units.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{self, Row};
use crate::pack::{Problems, Source, text};
use crate::store::org::KindRow;

const FILE: &str = "org/kinds.csv";
const COLUMNS: [&str; 6] = ["code", "name", "valid_from", "valid_to", "is_cell", "is_place"];

/// The kinds of a file.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    by_name: BTreeMap<String, KindRow>,
    /// Kinds that are there, but could not be read; nothing if that is the whole file.
    unread: Option<BTreeSet<String>>,
}

impl Kinds {
    pub(super) fn find(&self, name: &str) -> Option<&KindRow> {
        self.by_name.get(name)
    }

    /// Whether there is no such kind, not even one that could not be read.
    pub(super) fn lacks(&self, name: &str) -> bool {
        let unread = |unread: &BTreeSet<String>| !unread.contains(name);
        !self.by_name.contains_key(name) && self.unread.as_ref().is_some_and(unread)
    }

    pub(super) fn into_rows(self) -> Vec<KindRow> {
        self.by_name.into_values().collect()
    }
}

pub(super) fn read_kinds(source: &Source, problems: &Problems) -> Kinds {
    let (mut codes, mut unread) = (BTreeSet::new(), BTreeSet::new());
    let mut by_name = BTreeMap::new();
    let rows = sheet::read(source, FILE, &COLUMNS, problems, |row| {
        if row.parse::<u32>("code", "number").is_some_and(|code| !codes.insert(code)) {
            row.add("code", "stands twice");
        }
        let kind = read_kind(row);
        let name = row.text("name")?;
        text::check_name(row.place, &name, problems);
        if by_name.contains_key(&name) || unread.contains(&name) {
            row.add("name", "stands twice");
            return None;
        }
        match kind {
            Some(kind) => drop(by_name.insert(name, kind)),
            None => drop(unread.insert(name)),
        }
        Some(())
    });
    Kinds { by_name, unread: rows.map(|_| unread) }
}

fn read_kind(row: &Row<'_>) -> Option<KindRow> {
    let period = row.period();
    let is_cell = row.parse("is_cell", "“true” or “false”");
    let is_place = row.parse("is_place", "“true” or “false”");
    if is_cell == Some(true) && is_place == Some(true) {
        row.add("is_place", "no cell is a place");
    }
    let (valid_from, valid_to) = period.map(|period| (period.from, period.to))?;
    let name = row.cell("name").to_owned();
    Some(KindRow { name, is_cell: is_cell?, is_place: is_place?, valid_from, valid_to })
}

/// The names of the kinds, for what forms and labels say of them; nothing if they cannot be known.
pub(in crate::pack) fn kind_names(source: &Source) -> Option<BTreeSet<String>> {
    let problems = Problems::default();
    let kinds = read_kinds(source, &problems);
    problems.end(kinds).ok().map(|kinds| kinds.by_name.into_keys().collect())
}
