//! Units: each stands in the tree, and within the time and the tree of the one above it.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::base::OrgUnitId;

use super::kind::Kinds;
use super::sheet::{self, Period, Row};
use crate::pack::{Problems, Source};
use crate::store::org::NewUnit;

const FILE: &str = "org/units.csv";
const COLUMNS: [&str; 8] =
    ["id", "kind", "parent", "name", "short_name", "aliases", "valid_from", "valid_to"];

/// The units of a file, with the lines they stand in.
#[derive(Debug, Default)]
pub(super) struct Units {
    by_id: BTreeMap<OrgUnitId, (usize, NewUnit)>,
    /// Units that are there, but could not be read; nothing if that is the whole file.
    unread: Option<BTreeSet<OrgUnitId>>,
}

impl Units {
    pub(super) fn find(&self, id: OrgUnitId) -> Option<&NewUnit> {
        self.by_id.get(&id).map(|(_, unit)| unit)
    }

    /// Whether there is no such unit, not even one that could not be read.
    pub(super) fn lacks(&self, id: OrgUnitId) -> bool {
        let unread = |unread: &BTreeSet<OrgUnitId>| !unread.contains(&id);
        !self.by_id.contains_key(&id) && self.unread.as_ref().is_some_and(unread)
    }
}

/// When a unit is there.
pub(super) fn period_of(unit: &NewUnit) -> Period {
    Period { from: unit.valid_from, to: unit.valid_to }
}

pub(super) fn read_units(source: &Source, kinds: &Kinds, problems: &Problems) -> Units {
    let (mut by_id, mut unread) = (BTreeMap::new(), BTreeSet::new());
    let rows = sheet::read(source, FILE, &COLUMNS, problems, |row| {
        let id = OrgUnitId(row.parse("id", "number")?);
        if by_id.contains_key(&id) || unread.contains(&id) {
            row.add("id", format!("unit {id} stands twice"));
            return None;
        }
        match read_unit(row, id, kinds) {
            Some(unit) => drop(by_id.insert(id, (row.place.1, unit))),
            None => drop(unread.insert(id)),
        }
        Some(())
    });
    let units = Units { by_id, unread: rows.map(|_| unread) };
    for (line, unit) in units.by_id.values() {
        check_parent(&units, unit, kinds, |field, message| {
            problems.add((FILE, *line), field, message);
        });
    }
    check_circles(&units, problems);
    units
}

fn read_unit(row: &Row<'_>, id: OrgUnitId, kinds: &Kinds) -> Option<NewUnit> {
    let kind = row.text("kind");
    if let Some(kind) = kind.as_ref().filter(|kind| kinds.lacks(kind)) {
        row.add("kind", format!("there is no kind “{kind}”"));
    }
    let parent = match row.cell("parent") {
        "" => Some(None),
        _ => row.parse("parent", "number").map(|id| Some(OrgUnitId(id))),
    };
    let (name, short_name, period) = (row.text("name"), row.text("short_name"), row.period());
    let aliases = row.cell("aliases").split('|').filter(|alias| !alias.is_empty());
    let Period { from, to } = period?;
    Some(NewUnit {
        id,
        kind: kind?,
        parent: parent?,
        name: name?,
        short_name: short_name?,
        aliases: aliases.map(str::to_owned).collect(),
        valid_from: from,
        valid_to: to,
    })
}

fn check_parent(units: &Units, unit: &NewUnit, kinds: &Kinds, add: impl Fn(&str, String)) {
    let Some(id) = unit.parent else { return };
    let Some(parent) = units.find(id) else {
        if units.lacks(id) {
            add("parent", format!("there is no unit {id}"));
        }
        return;
    };
    if !period_of(unit).lies_within(period_of(parent)) {
        add("valid_from", format!("the unit is there when unit {id} above it is not"));
    }
    if let (Some(kind), Some(above)) = (kinds.find(&unit.kind), kinds.find(&parent.kind))
        && kind.is_place != above.is_place
    {
        add("parent", format!("places stand below places, and unit {id} is “{}”", above.name));
    }
}

/// A unit whose way up comes back to it.
fn check_circles(units: &Units, problems: &Problems) {
    let mut sound = BTreeSet::new();
    for id in units.by_id.keys() {
        let mut way = BTreeSet::new();
        let mut next = Some(*id);
        while let Some(id) = next.filter(|id| !sound.contains(id) && way.insert(*id)) {
            next = units.find(id).and_then(|unit| unit.parent);
        }
        if let Some((line, unit)) =
            next.filter(|id| way.contains(id)).and_then(|id| units.by_id.get(&id))
        {
            let message = format!("unit {} is above itself", unit.id);
            problems.add((FILE, *line), "parent", message);
        }
        sound.extend(way);
    }
}

/// Units after those they belong to.
pub(super) fn in_order(units: Units) -> Vec<NewUnit> {
    let mut below: BTreeMap<Option<OrgUnitId>, Vec<NewUnit>> = BTreeMap::new();
    for (_, unit) in units.by_id.into_values() {
        below.entry(unit.parent).or_default().push(unit);
    }
    let mut ordered = below.remove(&None).unwrap_or_default();
    let mut next = 0;
    while let Some(unit) = ordered.get(next) {
        let rows = below.remove(&Some(unit.id)).unwrap_or_default();
        ordered.extend(rows);
        next += 1;
    }
    ordered
}
