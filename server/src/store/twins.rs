//! Twins: records of one org unit and form with one natural key, in whatever books, that nobody has
//! ruled on yet; and pairs of records on which rulings disagree.
//!
//! A set of twins is one disagreement, kept on the first of them by id, and open since the second
//! of them arrived: both follow from the set alone, in whatever order it came about.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use soban_core::base::{BookId, RecordId, RecordKey};
use soban_core::book::RecordRow;

use super::StoreError;
use super::decision::{Verdict, ruled_since, verdicts_on};
use super::projection::remove_contest;

const TWINS: u8 = 3;
const DISPUTED: u8 = 5;

/// What twins have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TwinKey {
    unit: u32,
    form: u16,
    natural_key: String,
}

impl TwinKey {
    /// Nothing for a void record, and for the row of another: rows are told apart by what they
    /// are rows of.
    fn of(book: BookId, row: &RecordRow) -> Option<Self> {
        let whole = row.void.is_none() && row.parent.is_none();
        let natural_key = row.natural_key.clone().filter(|_| whole)?;
        Some(Self { unit: book.org_unit.0, form: row.form.0, natural_key })
    }
}

/// What may be a twin of something else after a batch: found while it is written, settled once at
/// its end, so that a thousand records with one key are compared once.
#[derive(Debug, Default)]
pub struct Moved {
    keys: BTreeSet<TwinKey>,
    pairs: BTreeSet<(RecordId, RecordId)>,
}

impl Moved {
    /// A record's row is about to be written: its key was that, and will be this.
    pub(super) fn row(
        &mut self,
        db: &Connection,
        book: BookId,
        row: &RecordRow,
    ) -> Result<(), StoreError> {
        let before = find_key(db, book, row.key)?;
        let now = TwinKey::of(book, row);
        if before != now {
            if before.is_some() {
                remove_contest(db, book, row.key, TWINS, 0)?;
            }
            self.keys.extend(before.into_iter().chain(now));
        }
        Ok(())
    }

    /// Something that books tell of a ruling on two records may have changed.
    pub fn ruled(&mut self, one: RecordId, other: RecordId) {
        self.pairs.insert(if one < other { (one, other) } else { (other, one) });
    }

    /// Opens and closes what follows.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn settle(mut self, db: &Connection) -> Result<(), StoreError> {
        for (one, other) in &self.pairs {
            settle_pair(db, *one, *other)?;
            for id in [one, other] {
                self.keys.extend(find_key(db, id.book, id.key)?);
            }
        }
        self.keys.iter().try_for_each(|key| settle_key(db, key))
    }
}

/// The key of a record as it is stored.
fn find_key(db: &Connection, book: BookId, key: RecordKey) -> Result<Option<TwinKey>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT form, natural_key FROM record
         WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND idx = ?4
             AND natural_key IS NOT NULL AND void IS NULL AND parent_actor IS NULL",
    )?;
    let values = params![book.number(), key.actor.0, key.seq, key.index];
    let unit = book.org_unit.0;
    let found = find
        .query_row(values, |row| Ok(TwinKey { unit, form: row.get(0)?, natural_key: row.get(1)? }));
    Ok(found.optional()?)
}

struct Twin {
    id: RecordId,
    arrived: (i64, i64),
    contest: Option<i64>,
}

fn settle_key(db: &Connection, key: &TwinKey) -> Result<(), StoreError> {
    let twins = list_twins(db, key)?;
    let sets = open_sets(db, &twins)?;
    let mut put = db.prepare_cached(
        "INSERT INTO contest (id, book, actor, seq, idx, org_unit, kind, field, policy, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 3, 0, 1, ?7)
         ON CONFLICT (id) DO UPDATE SET book = excluded.book, actor = excluded.actor,
             seq = excluded.seq, idx = excluded.idx, since = excluded.since",
    )?;
    let mut remove = db.prepare_cached("DELETE FROM contest WHERE id = ?1")?;
    // A set's number stays while one of it had one.
    let mut kept = BTreeSet::new();
    let mut numbered = Vec::new();
    for set in &sets {
        let number = set.iter().find_map(|twin| twin.contest);
        kept.extend(number);
        numbered.push(number);
    }
    for other in twins.iter().filter_map(|twin| twin.contest).filter(|no| !kept.contains(no)) {
        remove.execute([other])?;
    }
    for (set, number) in sets.iter().zip(numbered) {
        let mut arrivals: Vec<(i64, i64)> = set.iter().map(|twin| twin.arrived).collect();
        arrivals.sort_unstable();
        let (Some(first), Some((_, since))) = (set.first(), arrivals.get(1)) else { continue };
        let RecordKey { actor, seq, index } = first.id.key;
        let book = first.id.book.number();
        put.execute(params![number, book, actor.0, seq, index, key.unit, since])?;
    }
    Ok(())
}

/// The sets of twins that hang together by pairs that nobody has ruled on, each in the order of
/// its ids.
fn open_sets<'a>(db: &Connection, twins: &'a [Twin]) -> Result<Vec<Vec<&'a Twin>>, StoreError> {
    let mut ruled: BTreeMap<RecordId, BTreeMap<RecordId, Verdict>> = BTreeMap::new();
    if twins.len() > 1 {
        for twin in twins {
            ruled.insert(twin.id, verdicts_on(db, twin.id)?);
        }
    }
    let is_away = |id: RecordId| {
        let mut on = ruled.get(&id).into_iter().flat_map(BTreeMap::values);
        on.any(|verdict| matches!(verdict, Verdict::Same { away, .. } if *away == id))
    };
    let mut left: Vec<&Twin> = twins.iter().filter(|twin| !is_away(twin.id)).collect();
    let mut sets = Vec::new();
    while let Some(first) = left.pop() {
        let (mut set, mut reached) = (Vec::new(), vec![first]);
        while let Some(twin) = reached.pop() {
            let closed = |other: &Twin| {
                ruled.get(&twin.id).is_some_and(|verdicts| verdicts.contains_key(&other.id))
            };
            let (apart, open): (Vec<_>, Vec<_>) = left.drain(..).partition(|other| closed(other));
            left = apart;
            reached.extend(open);
            set.push(twin);
        }
        if set.len() > 1 {
            set.sort_by_key(|twin| twin.id);
            sets.push(set);
        }
    }
    Ok(sets)
}

fn list_twins(db: &Connection, key: &TwinKey) -> Result<Vec<Twin>, StoreError> {
    let mut list = db.prepare_cached(
        "SELECT r.book, r.actor, r.seq, r.idx, l.no, l.received_at, x.id
         FROM record r
         JOIN log l ON l.book = r.book AND l.actor = r.actor AND l.seq = r.seq
         LEFT JOIN contest x ON x.book = r.book AND x.actor = r.actor AND x.seq = r.seq
             AND x.idx = r.idx AND x.kind = 3 AND x.field = 0
         WHERE r.org_unit = ?1 AND r.form = ?2 AND r.natural_key = ?3
             AND r.void IS NULL AND r.parent_actor IS NULL
         ORDER BY r.book, r.actor, r.seq, r.idx",
    )?;
    let rows = list.query_map(params![key.unit, key.form, key.natural_key], |row| {
        Ok(Twin {
            id: super::read::record_id(row, 0)?,
            arrived: (row.get(4)?, row.get(5)?),
            contest: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The open set of twins that a record is one of, in the order of their ids.
///
/// # Errors
/// [`StoreError`].
pub fn set_of(db: &Connection, record: RecordId) -> Result<Vec<RecordId>, StoreError> {
    let Some(key) = find_key(db, record.book, record.key)? else { return Ok(Vec::new()) };
    let twins = list_twins(db, &key)?;
    let ids = |set: Vec<&Twin>| set.into_iter().map(|twin| twin.id).collect::<Vec<_>>();
    let sets = open_sets(db, &twins)?.into_iter().map(ids);
    Ok(sets.into_iter().find(|set| set.contains(&record)).unwrap_or_default())
}

/// Opens or closes the disagreement on two records that were ruled on.
fn settle_pair(db: &Connection, one: RecordId, other: RecordId) -> Result<(), StoreError> {
    let open = verdicts_on(db, one)?.get(&other).is_some_and(|verdict| verdict.is_open());
    let RecordKey { actor, seq, index } = one.key;
    let named = params![one.book.number(), actor.0, seq, index, DISPUTED, other.to_string()];
    if !open {
        let mut remove = db.prepare_cached(
            "DELETE FROM contest WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND idx = ?4
                 AND kind = ?5 AND other = ?6",
        )?;
        remove.execute(named)?;
        return Ok(());
    }
    let mut put = db.prepare_cached(
        "INSERT INTO contest (book, actor, seq, idx, org_unit, kind, field, other, policy, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, 1, ?8)
         ON CONFLICT (book, actor, seq, idx, kind, field, other)
             DO UPDATE SET since = excluded.since",
    )?;
    put.execute(params![
        one.book.number(),
        actor.0,
        seq,
        index,
        one.book.org_unit.0,
        DISPUTED,
        other.to_string(),
        ruled_since(db, one, other)?
    ])?;
    Ok(())
}
