//! Twins, and the rulings on two records.

use super::{Entry, Record, RecordState, Ruling, World, concurrent, saw};

/// A ruling on two records: its parts, and which of the two it links away.
struct PairRuling<'a> {
    id: &'a str,
    parts: Vec<&'a Entry>,
    away: Option<Record>,
}

fn pair_rulings<'a>(world: &'a World, one: &Record, other: &Record) -> Vec<PairRuling<'a>> {
    let mut rulings: Vec<PairRuling<'_>> = Vec::new();
    for entry in &world.entries {
        let Some(decision) = &entry.decision else { continue };
        let (named, same) = match &decision.ruling {
            Ruling::Same(named) => (named, true),
            Ruling::Distinct(named) | Ruling::Split(named) => (named, false),
            _ => continue,
        };
        let pair = [&decision.record, named];
        if !pair.contains(&one) || !pair.contains(&other) {
            continue;
        }
        match rulings.iter_mut().find(|known| known.id == decision.id) {
            Some(known) => known.parts.push(entry),
            None => rulings.push(PairRuling {
                id: &decision.id,
                parts: vec![entry],
                away: same.then(|| named.clone()),
            }),
        }
    }
    rulings
}

fn ruling_saw(later: &PairRuling<'_>, earlier: &PairRuling<'_>) -> bool {
    later.parts.iter().any(|b| earlier.parts.iter().any(|a| saw(b, a)))
}

fn newest<'a, 'b>(rulings: &'b [PairRuling<'a>]) -> Vec<&'b PairRuling<'a>> {
    let is_newest = |ruling: &&PairRuling<'a>| {
        !rulings.iter().any(|other| other.id != ruling.id && ruling_saw(other, ruling))
    };
    rulings.iter().filter(is_newest).collect()
}

/// The record of a pair that all newest rulings link away, if they agree on it.
fn linked_away(world: &World, one: &Record, other: &Record) -> Option<Record> {
    let rulings = pair_rulings(world, one, other);
    let newest = newest(&rulings);
    let away = newest.first()?.away.clone()?;
    newest.iter().all(|ruling| ruling.away.as_ref() == Some(&away)).then_some(away)
}

/// Whether two records are to be ruled on.
pub(super) fn twins_open(world: &World, one: &Record, other: &Record) -> bool {
    let rulings = pair_rulings(world, one, other);
    if rulings.is_empty() {
        let away = |record: &Record| {
            world.records.keys().any(|with| {
                with != record && linked_away(world, record, with).as_ref() == Some(record)
            })
        };
        return are_twins(world, one, other) && !away(one) && !away(other);
    }
    let newest = newest(&rulings);
    if newest.iter().all(|ruling| ruling.away.is_none()) {
        return false;
    }
    let Some(away) = linked_away(world, one, other) else { return true };
    // Somebody wrote to it who did not know.
    let rules = |entry: &Entry| {
        let mut parts = rulings.iter().flat_map(|ruling| &ruling.parts);
        parts.any(|part| part.name == entry.name && part.book == entry.book)
    };
    world.entries.iter().any(|entry| {
        entry.writes.iter().any(|(to, ..)| *to == away)
            && !rules(entry)
            && newest.iter().flat_map(|ruling| &ruling.parts).any(|part| concurrent(entry, part))
    })
}

fn are_twins(world: &World, one: &Record, other: &Record) -> bool {
    let (Some(one), Some(other)) = (world.records.get(one), world.records.get(other)) else {
        return false;
    };
    let candidate = |state: &RecordState| !state.void && state.parent.is_none();
    candidate(one)
        && candidate(other)
        && one.key.is_some()
        && one.key == other.key
        && (one.org_unit, one.form) == (other.org_unit, other.form)
}
