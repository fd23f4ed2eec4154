//! What the demo's phones write, all of it known before the first of them is switched on: a pure
//! function of the organisation tree, the words and the size.

mod agenda;
mod cell;
mod content;
mod gift;
mod meeting;
mod names;
mod quarrel;
mod report;
mod rng;
mod roster;
mod step;
#[cfg(test)]
mod tests;

pub use rng::Rng;
pub use step::{Act, Given, GivenFields, PhonePlan, Round, Step};

use std::collections::BTreeSet;

use soban_core::base::OrgUnitId;
use thiserror::Error;

use crate::pack::OrgTree;
use cell::{Cell, CellFacts, Grade, Village};
use content::Content;

/// The demo is the same on every machine.
const SEED: u64 = 0x1303_2013_0515;

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// How many cells; more than there are means all.
    pub cells: usize,
    /// In how many of them the deputy has a phone too.
    pub pairs: usize,
    /// How many of them do not keep their meetings regularly and with quality.
    pub weak: usize,
}

/// The plan cannot be made: a fault of the program's own files.
#[derive(Debug, Error)]
pub enum PlanError {
    /// A file does not read.
    #[error("the demo's words do not read: {0}")]
    Words(#[from] toml::de::Error),
    /// What the report names does not fit.
    #[error("the demo's report.toml does not fit: {0}")]
    Report(String),
}

/// What each phone is to do.
///
/// # Errors
/// [`PlanError`].
pub fn plan(tree: &OrgTree, scale: Scale) -> Result<Vec<PhonePlan>, PlanError> {
    let content = Content::read()?;
    let named = cell::report_cells(&content);
    let cells = choose(facts(tree), &named, scale.cells);
    let roles = Roles::new(&cells, &named, scale);
    let mut phones = Vec::new();
    for facts in &cells {
        let pair = roles.pairs.iter().position(|unit| *unit == facts.unit);
        let grade = roles.grade(facts.unit);
        let mut cell = Cell::new(&content, facts, SEED, grade, pair.is_some());
        roster::write(&mut cell);
        let meetings = meeting::write(&mut cell);
        report::write(&mut cell)?;
        if !named.contains(&facts.unit.0) {
            gift::write(&mut cell);
        }
        if let Some(pair) = pair {
            quarrel::write(&mut cell, pair, &meetings);
        }
        phones.extend(cell.phones());
    }
    Ok(phones)
}

/// The cells of the tree.
fn facts(tree: &OrgTree) -> Vec<CellFacts> {
    let is_cell = |kind: &str| tree.kinds.iter().any(|known| known.name == kind && known.is_cell);
    let cells = tree.units.iter().filter(|unit| is_cell(&unit.kind));
    let facts = cells.map(|unit| CellFacts {
        unit: unit.id,
        noi: match unit.short_name.strip_prefix("Thôn ") {
            Some(names) if names.contains(',') => format!("các thôn {names}"),
            Some(name) => format!("thôn {name}"),
            None => unit.short_name.clone(),
        },
        villages: villages(tree, unit.id),
    });
    facts.collect()
}

/// Those it looks after to this day; those it once did only if there are no others.
fn villages(tree: &OrgTree, cell: OrgUnitId) -> Vec<Village> {
    let of_cell = tree.coverage.iter().filter(|row| row.cell == cell);
    let open: Vec<_> = of_cell.clone().filter(|row| row.valid_to.is_none()).collect();
    let rows = if open.is_empty() { of_cell.collect() } else { open };
    let village = |unit: OrgUnitId| {
        let known = tree.units.iter().find(|known| known.id == unit)?;
        Some(Village { unit, name: known.short_name.clone() })
    };
    rows.into_iter().filter_map(|row| village(row.village)).collect()
}

/// Those that the report names, and of the others as many as are wanted, villages and offices.
fn choose(cells: Vec<CellFacts>, named: &BTreeSet<u32>, count: usize) -> Vec<CellFacts> {
    if count >= cells.len() {
        return cells;
    }
    let (mut chosen, mut rest): (Vec<_>, Vec<_>) =
        cells.into_iter().partition(|cell| named.contains(&cell.unit.0));
    Rng::new(SEED, 1).shuffle(&mut rest);
    let (villages, offices): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|cell| !cell.villages.is_empty());
    let missing = count.saturating_sub(chosen.len());
    let from_offices = missing / 4;
    chosen.extend(villages.into_iter().take(missing - from_offices));
    chosen.extend(offices.into_iter().take(from_offices));
    chosen.sort_by_key(|cell| cell.unit);
    chosen
}

/// Which cells have two phones, and which keep their meetings badly.
struct Roles {
    pairs: Vec<OrgUnitId>,
    weak: Vec<OrgUnitId>,
}

impl Roles {
    fn new(cells: &[CellFacts], named: &BTreeSet<u32>, scale: Scale) -> Self {
        let mut others: Vec<&CellFacts> =
            cells.iter().filter(|cell| !named.contains(&cell.unit.0)).collect();
        Rng::new(SEED, 2).shuffle(&mut others);
        let villages = others.iter().filter(|cell| !cell.villages.is_empty());
        let pairs: Vec<OrgUnitId> = villages.map(|cell| cell.unit).take(scale.pairs).collect();
        let weak = others.iter().map(|cell| cell.unit).filter(|unit| !pairs.contains(unit));
        let weak = weak.take(scale.weak).collect();
        Self { pairs, weak }
    }

    fn grade(&self, unit: OrgUnitId) -> Grade {
        let ways = [Grade::MissesMonths, Grade::LacksStudy, Grade::Short];
        let mut weak = self.weak.iter().zip(ways.iter().cycle());
        weak.find(|(weak, _)| **weak == unit).map_or(Grade::Good, |(_, grade)| *grade)
    }
}
