//! The organisation tree as tables that a spreadsheet can edit.

use std::collections::BTreeSet;

use serde::Deserialize;
use soban_core::base::{Date, OrgUnitId};

use super::{PackProblems, Problems, Source};
use crate::store::org::{CoverageRow, KindRow, NewUnit};

/// The organisation tree. Units come after those they belong to.
#[derive(Debug, Clone, Default)]
pub struct OrgTree {
    /// Kinds of units.
    pub kinds: Vec<KindRow>,
    /// Units.
    pub units: Vec<NewUnit>,
    /// Which cell looks after which village, and when.
    pub coverage: Vec<CoverageRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    #[serde(rename = "code")]
    _code: u32,
    name: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    is_cell: bool,
    is_place: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnit {
    id: u32,
    kind: String,
    parent: Option<u32>,
    name: String,
    short_name: String,
    aliases: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCoverage {
    cell: u32,
    village: u32,
    valid_from: Option<String>,
    valid_to: Option<String>,
}

/// Reads the organisation tree from a pack's files.
///
/// # Errors
/// [`PackProblems`] with everything that is wrong.
pub fn read_org(source: &Source) -> Result<OrgTree, PackProblems> {
    let mut problems = Problems::default();
    let kinds = rows::<RawKind>(source, "org/kinds.csv", &mut problems);
    let units = rows::<RawUnit>(source, "org/units.csv", &mut problems);
    let coverage = rows::<RawCoverage>(source, "org/coverage.csv", &mut problems);
    let tree = OrgTree {
        kinds: kinds.into_iter().map(|(line, raw)| kind(line, raw, &mut problems)).collect(),
        units: in_order(units, &mut problems),
        coverage: Vec::new(),
    };
    let known: BTreeSet<u32> = tree.units.iter().map(|unit| unit.id.0).collect();
    let kinds: BTreeSet<&str> = tree.kinds.iter().map(|kind| kind.name.as_str()).collect();
    for unit in tree.units.iter().filter(|unit| !kinds.contains(unit.kind.as_str())) {
        let message = format!("unit {} is of the unknown kind “{}”", unit.id, unit.kind);
        problems.add(("org/units.csv", 0), "kind", message);
    }
    let mut covered = Vec::new();
    for (line, raw) in coverage {
        let place = ("org/coverage.csv", line);
        for (column, id) in [("cell", raw.cell), ("village", raw.village)] {
            if !known.contains(&id) {
                problems.add(place, column, format!("there is no unit {id}"));
            }
        }
        let valid_from = day(raw.valid_from.as_deref(), place, "valid_from", &mut problems);
        let valid_to = day(raw.valid_to.as_deref(), place, "valid_to", &mut problems);
        let (cell, village) = (OrgUnitId(raw.cell), OrgUnitId(raw.village));
        covered.push(CoverageRow { cell, village, valid_from, valid_to });
    }
    if problems.0.is_empty() {
        Ok(OrgTree { coverage: covered, ..tree })
    } else {
        Err(PackProblems(problems.0))
    }
}

/// The rows of a table with their lines; no rows if the pack has no such table.
fn rows<T: for<'de> Deserialize<'de>>(
    source: &Source,
    file: &str,
    problems: &mut Problems,
) -> Vec<(usize, T)> {
    let Some(text) = source.read(file) else {
        problems.add((file, 0), "", "the file is missing");
        return Vec::new();
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (line, row) in (2..).zip(reader.deserialize()) {
        match row {
            Ok(row) => rows.push((line, row)),
            Err(error) => problems.add((file, line), "", error.to_string()),
        }
    }
    rows
}

fn day(
    text: Option<&str>,
    place: (&str, usize),
    column: &str,
    problems: &mut Problems,
) -> Option<Date> {
    let parsed = text?.parse();
    if parsed.is_err() {
        problems.add(place, column, "a date is written 2013-05-15");
    }
    parsed.ok()
}

fn kind(line: usize, raw: RawKind, problems: &mut Problems) -> KindRow {
    let place = ("org/kinds.csv", line);
    KindRow {
        valid_from: day(raw.valid_from.as_deref(), place, "valid_from", problems),
        valid_to: day(raw.valid_to.as_deref(), place, "valid_to", problems),
        name: raw.name,
        is_cell: raw.is_cell,
        is_place: raw.is_place,
    }
}

/// Units after those they belong to; one whose parent never comes is in a circle or has none.
fn in_order(raw: Vec<(usize, RawUnit)>, problems: &mut Problems) -> Vec<NewUnit> {
    let file = "org/units.csv";
    let mut known = BTreeSet::new();
    let mut units = Vec::new();
    let mut left = raw;
    loop {
        let before = left.len();
        let mut later = Vec::new();
        for (line, raw) in left {
            if raw.parent.is_some_and(|parent| !known.contains(&parent)) {
                later.push((line, raw));
                continue;
            }
            if !known.insert(raw.id) {
                problems.add((file, line), "id", format!("{} stands twice", raw.id));
            }
            units.push(unit(line, raw, problems));
        }
        left = later;
        if left.is_empty() || left.len() == before {
            break;
        }
    }
    for (line, raw) in left {
        let message = format!("unit {} has no parent that leads to the top", raw.id);
        problems.add((file, line), "parent", message);
    }
    units
}

fn unit(line: usize, raw: RawUnit, problems: &mut Problems) -> NewUnit {
    let place = ("org/units.csv", line);
    let aliases = raw.aliases.split('|').filter(|alias| !alias.is_empty());
    NewUnit {
        id: OrgUnitId(raw.id),
        parent: raw.parent.map(OrgUnitId),
        aliases: aliases.map(str::to_owned).collect(),
        valid_from: day(raw.valid_from.as_deref(), place, "valid_from", problems),
        valid_to: day(raw.valid_to.as_deref(), place, "valid_to", problems),
        kind: raw.kind,
        name: raw.name,
        short_name: raw.short_name,
    }
}
