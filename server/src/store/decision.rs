//! What staff ruled, as the projector finds it in entries.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use soban_core::base::{BookId, EntryRef, Instant, RecordId};
use soban_core::book::{Decision, PairRuling, Ruling};

use super::StoreError;

/// Adds a decision as an entry carries it.
///
/// # Errors
/// [`StoreError`], as of everything here.
pub fn add_decision(
    db: &Connection,
    book: BookId,
    (entry, at): (EntryRef, Instant),
    decision: &Decision,
) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO decision VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0)
         ON CONFLICT DO NOTHING",
    )?;
    let field = match decision.ruling {
        Ruling::Set(field) => field.0,
        _ => 0,
    };
    insert.execute(params![
        book.number(),
        entry.actor.0,
        entry.seq,
        decision.id.to_string(),
        decision.record.to_string(),
        other_of(decision.ruling.other()),
        decision.ruling.code(),
        field,
        decision.reason,
        decision.person,
        at.0
    ])?;
    Ok(())
}

fn other_of(other: Option<RecordId>) -> String {
    other.map_or_else(String::new, |id| id.to_string())
}

/// Sets what a book tells of a ruling on two records.
///
/// # Errors
/// [`StoreError`].
pub fn put_pair_ruling(
    db: &Connection,
    book: BookId,
    ruling: &PairRuling,
) -> Result<(), StoreError> {
    let mut update = db.prepare_cached(
        "UPDATE decision SET superseded = ?5, unseen = ?6
         WHERE book = ?1 AND id = ?2 AND record = ?3 AND other = ?4",
    )?;
    let (record, other) = (ruling.record.to_string(), ruling.other.to_string());
    let id = ruling.decision.to_string();
    update.execute(params![book.number(), id, record, other, ruling.superseded, ruling.unseen])?;
    Ok(())
}

/// What the rulings on two records come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They are two.
    Distinct,
    /// They are one, and this is the one that is linked away.
    Same {
        /// The record linked away.
        away: RecordId,
        /// Whether somebody wrote to it who did not know.
        reopened: bool,
    },
    /// The newest rulings disagree.
    Disputed,
}

impl Verdict {
    /// Whether it is open, whatever their natural keys are.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Disputed | Self::Same { reopened: true, .. })
    }
}

/// The records that were ever ruled on together with one, and what that comes to.
pub(super) fn verdicts_on(
    db: &Connection,
    record: RecordId,
) -> Result<BTreeMap<RecordId, Verdict>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT id, record, other, kind, max(superseded), max(unseen) FROM decision
         WHERE other <> '' AND (record = ?1 OR other = ?1) GROUP BY id, record, other",
    )?;
    let rows = list.query_map([record.to_string()], |row| {
        let id = |column: usize| {
            let text: String = row.get(column)?;
            text.parse::<RecordId>().map_err(|_| super::read::damaged(column, "no record id"))
        };
        let same = row.get::<_, u8>(3)? == Ruling::Same(record).code();
        Ok((id(1)?, id(2)?, same, row.get::<_, bool>(4)?, row.get::<_, bool>(5)?))
    })?;
    let mut newest: BTreeMap<RecordId, Vec<(RecordId, bool, bool)>> = BTreeMap::new();
    for row in rows {
        let (kept, other, same, superseded, unseen) = row?;
        let (with, away) = if kept == record { (other, other) } else { (kept, other) };
        if !superseded {
            newest.entry(with).or_default().push((away, same, unseen));
        }
    }
    Ok(newest.into_iter().filter_map(|(with, all)| Some((with, verdict(&all)?))).collect())
}

fn verdict(newest: &[(RecordId, bool, bool)]) -> Option<Verdict> {
    let (away, _, _) = *newest.first()?;
    Some(if newest.iter().all(|(_, same, _)| !same) {
        Verdict::Distinct
    } else if newest.iter().all(|(other, same, _)| *same && *other == away) {
        Verdict::Same { away, reopened: newest.iter().any(|(.., unseen)| *unseen) }
    } else {
        Verdict::Disputed
    })
}

/// Since when a ruling on two records is disputed or reopened: the arrival of the newest of them.
pub(super) fn ruled_since(
    db: &Connection,
    record: RecordId,
    other: RecordId,
) -> Result<i64, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT coalesce(max(l.received_at), 0) FROM decision d
         JOIN log l ON l.book = d.book AND l.actor = d.actor AND l.seq = d.seq
         WHERE (d.record = ?1 AND d.other = ?2) OR (d.record = ?2 AND d.other = ?1)",
    )?;
    Ok(find.query_row([record.to_string(), other.to_string()], |row| row.get(0))?)
}
