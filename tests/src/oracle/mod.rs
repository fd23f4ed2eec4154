//! Which conflicts are open, found slowly and plainly from the text of the design's section 5 as
//! ADR 6 reads it. Shares nothing with the program: neither code nor types.

pub mod raw;
mod twins;

use std::collections::{BTreeMap, BTreeSet};

use twins::twins_open;

/// An entry's actor, as a number of its own.
pub type Actor = u64;
/// An entry: its actor and sequence.
pub type Name = (Actor, u32);
/// A book.
pub type Book = i64;
/// A record, by its id's text.
pub type Record = String;
/// A field; 3 is the void.
pub type Field = u16;

const VOID: Field = 3;

/// How a disagreement is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the design's words")]
pub enum Policy {
    Quiet,
    Review,
    Critical,
}

/// What somebody wrote at once.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where.
    pub book: Book,
    /// Which.
    pub name: Name,
    /// Who: a device, or the person of a decision.
    pub author: String,
    /// What its writer had seen of the book, itself included.
    pub seen: BTreeMap<Actor, u32>,
    /// What it wrote; an empty text empties.
    pub writes: Vec<(Record, Field, String)>,
    /// What it decides.
    pub decision: Option<Decision>,
}

/// What was ruled. The record of `Same` is the one that is linked away.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the design's words")]
pub enum Ruling {
    Set(Field),
    Void,
    Keep,
    Same(Record),
    Distinct(Record),
    Split(Record),
    Ask,
}

/// A decision, or its part in one book.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The same in both parts.
    pub id: String,
    /// The record ruled on; of `Same` the one that is kept.
    pub record: Record,
    /// What was ruled.
    pub ruling: Ruling,
}

/// What is shown of a record.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the design's words")]
pub struct RecordState {
    pub book: Book,
    pub org_unit: u32,
    pub form: u16,
    pub parent: Option<Record>,
    pub void: bool,
    pub key: Option<String>,
}

/// Fields that only make sense together, or one.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the design's words")]
pub struct Unit {
    pub fields: Vec<Field>,
    pub policy: Policy,
}

/// Everything that was ever written, and what is shown of it.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// In any order.
    pub entries: Vec<Entry>,
    /// Every record.
    pub records: BTreeMap<Record, RecordState>,
    /// Per form; a field that is not listed stands alone and is quiet.
    pub units: BTreeMap<u16, Vec<Unit>>,
}

/// An open conflict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the design's words")]
pub enum Open {
    Values { record: Record, field: Field, sides: BTreeSet<Name> },
    Void { record: Record, sides: BTreeSet<Name> },
    Changed { record: Record, field: Field, writes: BTreeSet<Name> },
    Twins { pair: (Record, Record) },
}

/// One entry's write to a unit.
#[derive(Debug, Clone)]
struct Write<'a> {
    entry: &'a Entry,
    value: BTreeMap<Field, String>,
}

/// Whether b's writer had a's entry in their past.
fn saw(b: &Entry, a: &Entry) -> bool {
    b.book == a.book
        && b.name != a.name
        && b.seen.get(&a.name.0).is_some_and(|last| *last >= a.name.1)
}

fn concurrent(a: &Entry, b: &Entry) -> bool {
    a.book == b.book && a.name != b.name && !saw(a, b) && !saw(b, a)
}

/// All conflicts that are open.
#[must_use]
pub fn open_conflicts(world: &World) -> BTreeSet<Open> {
    let mut open = BTreeSet::new();
    for (record, state) in &world.records {
        for unit in units_of(world, record, state) {
            open.extend(values(world, record, &unit));
            open.extend(changed(world, record, &unit));
        }
        open.extend(void(world, record));
        open.extend(void_changed(world, record));
    }
    let ids: Vec<&Record> = world.records.keys().collect();
    for (place, one) in ids.iter().enumerate() {
        for other in ids.iter().skip(place + 1) {
            if twins_open(world, one, other) {
                open.insert(Open::Twins { pair: ((*one).clone(), (*other).clone()) });
            }
        }
    }
    open
}

/// The units of a record that were ever written; none of the system's.
fn units_of(world: &World, record: &Record, state: &RecordState) -> Vec<Unit> {
    let mut written: BTreeSet<Field> = BTreeSet::new();
    for entry in &world.entries {
        let own = entry.writes.iter().filter(|(to, field, _)| to == record && *field >= 16);
        written.extend(own.map(|(_, field, _)| *field));
    }
    let known = world.units.get(&state.form).cloned().unwrap_or_default();
    let mut units: Vec<Unit> =
        known.into_iter().filter(|unit| unit.fields.iter().any(|f| written.contains(f))).collect();
    for field in written {
        if !units.iter().any(|unit| unit.fields.contains(&field)) {
            units.push(Unit { fields: vec![field], policy: Policy::Quiet });
        }
    }
    units
}

fn lowest(unit: &Unit) -> Field {
    unit.fields.iter().copied().min().unwrap_or_default()
}

fn writes_to<'a>(world: &'a World, record: &Record, unit: &Unit) -> Vec<Write<'a>> {
    let mut writes = Vec::new();
    for entry in &world.entries {
        let mut value = BTreeMap::new();
        let mut wrote = false;
        for (to, field, said) in &entry.writes {
            if to == record && unit.fields.contains(field) {
                wrote = true;
                // Empty and absent are equal.
                if !said.is_empty() {
                    value.insert(*field, said.clone());
                }
            }
        }
        if wrote {
            writes.push(Write { entry, value });
        }
    }
    writes
}

/// Writes that are not their author's own drafts.
fn sides<'a>(writes: &[Write<'a>]) -> Vec<Write<'a>> {
    let mut sides = Vec::new();
    for write in writes {
        let mut replaced = false;
        for later in writes {
            if later.entry.author != write.entry.author || !saw(later.entry, write.entry) {
                continue;
            }
            let saw_another = writes.iter().any(|other| {
                other.entry.author != write.entry.author
                    && concurrent(other.entry, write.entry)
                    && saw(later.entry, other.entry)
            });
            replaced |= !saw_another;
        }
        if !replaced {
            sides.push(write.clone());
        }
    }
    sides
}

/// Decisions that rule on a unit of a record.
fn rule_on_unit<'a>(world: &'a World, record: &Record, unit: &Unit) -> Vec<&'a Entry> {
    let rules = |entry: &&Entry| {
        entry.decision.as_ref().is_some_and(|decision| match &decision.ruling {
            Ruling::Set(field) => decision.record == *record && unit.fields.contains(field),
            Ruling::Void => decision.record == *record,
            Ruling::Same(other) => other == record,
            _ => false,
        })
    };
    world.entries.iter().filter(rules).collect()
}

fn rule_on_void<'a>(world: &'a World, record: &Record) -> Vec<&'a Entry> {
    let rules = |entry: &&Entry| {
        entry.decision.as_ref().is_some_and(|decision| match &decision.ruling {
            Ruling::Void | Ruling::Keep => decision.record == *record,
            Ruling::Same(other) => other == record,
            _ => false,
        })
    };
    world.entries.iter().filter(rules).collect()
}

fn values(world: &World, record: &Record, unit: &Unit) -> Option<Open> {
    let writes = writes_to(world, record, unit);
    let mut found: BTreeSet<Name> = BTreeSet::new();
    if unit.policy == Policy::Quiet {
        let newest: Vec<&Write<'_>> = writes
            .iter()
            .filter(|write| !writes.iter().any(|other| saw(other.entry, write.entry)))
            .collect();
        for one in &newest {
            for other in &newest {
                if one.value != other.value {
                    found.insert(one.entry.name);
                }
            }
        }
    } else {
        let rulings = rule_on_unit(world, record, unit);
        let sides = sides(&writes);
        for one in &sides {
            for other in &sides {
                let ruled =
                    rulings.iter().any(|ruling| saw(ruling, one.entry) && saw(ruling, other.entry));
                if concurrent(one.entry, other.entry) && one.value != other.value && !ruled {
                    found.insert(one.entry.name);
                }
            }
        }
    }
    let field = lowest(unit);
    (!found.is_empty()).then(|| Open::Values { record: record.clone(), field, sides: found })
}

fn changed(world: &World, record: &Record, unit: &Unit) -> Option<Open> {
    if unit.policy != Policy::Critical {
        return None;
    }
    let writes = writes_to(world, record, unit);
    let rulings = rule_on_unit(world, record, unit);
    let is_set =
        |entry: &Entry| entry.decision.as_ref().is_some_and(|d| matches!(d.ruling, Ruling::Set(_)));
    let mut found = BTreeSet::new();
    for side in sides(&writes) {
        if rulings
            .iter()
            .any(|ruling| ruling.name == side.entry.name && ruling.book == side.entry.book)
            || rulings.iter().any(|ruling| saw(ruling, side.entry))
        {
            continue;
        }
        let seen: Vec<&&Entry> =
            rulings.iter().filter(|d| is_set(d) && saw(side.entry, d)).collect();
        for decision in &seen {
            let is_newest = !seen.iter().any(|later| saw(later, decision));
            let decided = writes.iter().find(|write| write.entry.name == decision.name);
            if is_newest && decided.is_some_and(|decided| decided.value != side.value) {
                found.insert(side.entry.name);
            }
        }
    }
    let field = lowest(unit);
    (!found.is_empty()).then(|| Open::Changed { record: record.clone(), field, writes: found })
}

/// The entries that make a record void, and those that empty its void.
fn voids<'a>(world: &'a World, record: &Record) -> (Vec<&'a Entry>, Vec<&'a Entry>) {
    let (mut made, mut lifted) = (Vec::new(), Vec::new());
    for entry in &world.entries {
        for (to, field, value) in &entry.writes {
            if to == record && *field == VOID {
                if value.is_empty() { lifted.push(entry) } else { made.push(entry) }
            }
        }
    }
    (made, lifted)
}

fn void(world: &World, record: &Record) -> Option<Open> {
    let (made, lifted) = voids(world, record);
    let is_row =
        |of: &Record| world.records.get(of).is_some_and(|row| row.parent.as_ref() == Some(record));
    let edits = world.entries.iter().filter(|entry| {
        entry.writes.iter().any(|(to, field, _)| *field != VOID && (to == record || is_row(to)))
    });
    let against: Vec<&Entry> = edits.chain(lifted).collect();
    let rulings = rule_on_void(world, record);
    let mut sides = BTreeSet::new();
    for void in made {
        for other in &against {
            let ruled = rulings.iter().any(|ruling| saw(ruling, void) && saw(ruling, other));
            if concurrent(void, other) && !ruled {
                sides.extend([void.name, other.name]);
            }
        }
    }
    (!sides.is_empty()).then(|| Open::Void { record: record.clone(), sides })
}

fn void_changed(world: &World, record: &Record) -> Option<Open> {
    let rulings = rule_on_void(world, record);
    let keeps: Vec<&&Entry> = rulings
        .iter()
        .filter(|entry| entry.decision.as_ref().is_some_and(|d| d.ruling == Ruling::Keep))
        .collect();
    let mut writes = BTreeSet::new();
    for void in voids(world, record).0 {
        // A name is one book's: another book's part may have the same.
        let decided =
            rulings.iter().any(|ruling| ruling.name == void.name && ruling.book == void.book);
        let ruled = rulings.iter().any(|ruling| saw(ruling, void));
        if !decided && !ruled && keeps.iter().any(|keep| saw(void, keep)) {
            writes.insert(void.name);
        }
    }
    let field = VOID;
    (!writes.is_empty()).then(|| Open::Changed { record: record.clone(), field, writes })
}
