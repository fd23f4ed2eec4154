//! Void here, changed there; and voids after a decision that the record stands.

use std::collections::BTreeSet;

use super::{Contest, ContestKind, Page, Side, ruled_by_who_saw};
use crate::base::EntryRef;
use crate::book::Ruling;
use crate::book::line::lines;
use crate::form::Policy;
use crate::record::{FieldNo, Fields};

/// Voids against what was changed by somebody who had not seen them.
pub(super) fn contest(page: &Page<'_>) -> Option<Contest> {
    let (voids, lifts) = voids_of(page);
    if voids.is_empty() {
        return None;
    }
    let rows = page.book.rows_of(page.record);
    let mut against: BTreeSet<EntryRef> = std::iter::once(page.record)
        .chain(rows)
        .flat_map(|key| page.book.fields_of(key).map(move |field| (key, field)))
        .filter(|(_, field)| *field != FieldNo::VOID)
        .flat_map(|(key, field)| page.written(key, field).map(|written| written.entry))
        .collect();
    against.extend(lifts);
    let against: Vec<EntryRef> = against.into_iter().collect();
    let rulings = rulings(page);
    let disputed = |entry: &EntryRef, by: &[EntryRef]| {
        let settled = page.settled_with(*entry, &rulings);
        lines(by).any(|line| !page.book.index.apart_in(line, *entry, &settled).is_empty())
    };
    let made = voids.iter().filter(|void| disputed(void, &against));
    let changed = against.iter().filter(|other| disputed(other, &voids));
    with_sides(page, made.chain(changed).copied().collect(), ContestKind::Void)
}

/// Voids by somebody who had seen a decision that the record stands.
pub(super) fn changed(page: &Page<'_>) -> Option<Contest> {
    let rulings = rulings(page);
    let keeps = rulings.iter().filter(|(_, ruling)| *ruling == Ruling::Keep);
    let keeps: Vec<EntryRef> = keeps.map(|(entry, _)| *entry).collect();
    if keeps.is_empty() {
        return None;
    }
    let (voids, _) = voids_of(page);
    let decided = |entry: &EntryRef| rulings.iter().any(|(ruling, _)| ruling == entry);
    let changed = voids.into_iter().filter(|void| {
        !decided(void)
            && keeps.iter().any(|keep| page.book.index.saw(*void, *keep))
            && !ruled_by_who_saw(page.book, &rulings, *void)
    });
    with_sides(page, changed.collect(), ContestKind::Changed(vec![FieldNo::VOID]))
}

/// The decisions that rule on the record's void.
fn rulings(page: &Page<'_>) -> Vec<(EntryRef, Ruling)> {
    page.rulings(|ruling, whole| whole || ruling == Ruling::Keep)
}

/// The record's voids, and where a void was lifted, both in ascending order.
fn voids_of(page: &Page<'_>) -> (Vec<EntryRef>, Vec<EntryRef>) {
    let of = |lifted: bool| {
        let written = page.written(page.record, FieldNo::VOID);
        written.filter(move |w| w.value.is_null() == lifted).map(|w| w.entry).collect()
    };
    (of(false), of(true))
}

fn with_sides(page: &Page<'_>, entries: BTreeSet<EntryRef>, kind: ContestKind) -> Option<Contest> {
    if entries.is_empty() {
        return None;
    }
    let side = |entry: EntryRef| Side { entry, values: written_by(page, entry) };
    let sides: Vec<Side> = entries.into_iter().map(side).collect();
    let fields: BTreeSet<FieldNo> =
        sides.iter().flat_map(|side| side.values.keys().copied()).collect();
    let before = page.seen_by_all(&fields.into_iter().collect::<Vec<_>>(), &sides);
    Some(Contest { record: page.record, kind, policy: Policy::Critical, sides, before })
}

fn written_by(page: &Page<'_>, entry: EntryRef) -> Fields {
    let value = |field: FieldNo| Some((field, page.book.written_in(entry, page.record, field)?));
    page.book.fields_of(page.record).filter_map(value).collect()
}
