//! Which cell looks after which village, and when.

use std::collections::BTreeMap;

use soban_core::base::OrgUnitId;

use super::kind::Kinds;
use super::sheet::{self, Period, Row};
use super::unit::{Units, period_of};
use crate::pack::{Problems, Source};
use crate::store::org::{CoverageRow, KindRow};

const FILE: &str = "org/coverage.csv";
const COLUMNS: [&str; 4] = ["cell", "village", "valid_from", "valid_to"];

pub(super) fn read_coverage(
    source: &Source,
    kinds: &Kinds,
    units: &Units,
    problems: &Problems,
) -> Vec<CoverageRow> {
    let mut known: BTreeMap<(OrgUnitId, OrgUnitId), Vec<Period>> = BTreeMap::new();
    sheet::read(source, FILE, &COLUMNS, problems, |row| {
        let cell = row.parse("cell", "number").map(OrgUnitId);
        let village = row.parse("village", "number").map(OrgUnitId);
        let period = row.period();
        let side = Side { row, kinds, units, period };
        cell.into_iter().for_each(|id| side.check("cell", id, "cell", |kind| kind.is_cell));
        village.into_iter().for_each(|id| side.check("village", id, "place", |kind| kind.is_place));
        let (cell, village, period) = (cell?, village?, period?);
        let before = known.entry((cell, village)).or_default();
        if before.iter().any(|other| other.overlaps(period)) {
            row.add("village", "another row says the same of some of these days");
        }
        before.push(period);
        Some(CoverageRow { cell, village, valid_from: period.from, valid_to: period.to })
    })
    .unwrap_or_default()
}

/// What is the same for both sides of a row.
struct Side<'a> {
    row: &'a Row<'a>,
    kinds: &'a Kinds,
    units: &'a Units,
    period: Option<Period>,
}

impl Side<'_> {
    fn check(&self, column: &str, id: OrgUnitId, what: &str, fits: impl Fn(&KindRow) -> bool) {
        if self.units.lacks(id) {
            self.row.add(column, format!("there is no unit {id}"));
        }
        let Some(unit) = self.units.find(id) else { return };
        if self.kinds.find(&unit.kind).is_some_and(|kind| !fits(kind)) {
            self.row.add(column, format!("unit {id} is no {what}, but “{}”", unit.kind));
        }
        if self.period.is_some_and(|period| !period.lies_within(period_of(unit))) {
            self.row.add("valid_from", format!("unit {id} is not there on all of these days"));
        }
    }
}
