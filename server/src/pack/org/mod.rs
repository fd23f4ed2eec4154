//! The organisation tree as tables that a spreadsheet can edit.

mod coverage;
mod kind;
mod sheet;
mod unit;

pub(super) use kind::kind_names;

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

/// Reads the organisation tree from a pack's files.
///
/// # Errors
/// [`PackProblems`] with everything that is wrong.
pub fn read_org(source: &Source) -> Result<OrgTree, PackProblems> {
    let problems = Problems::default();
    let kinds = kind::read_kinds(source, &problems);
    let units = unit::read_units(source, &kinds, &problems);
    let coverage = coverage::read_coverage(source, &kinds, &units, &problems);
    let units = unit::in_order(units);
    problems.end(OrgTree { kinds: kinds.into_rows(), units, coverage })
}
