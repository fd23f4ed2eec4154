//! Letting in what is kept apart: what a release would do, and doing it.
//!
//! A quarantined entry and what is held on it are one branch. A release lets in of it what can
//! enter its book, under the hash that follows from it there; the rest stays, and says why. It is a
//! decision of the log: a rebuild replays it. What the phone has reissued meanwhile shows as twins.

use std::collections::BTreeSet;

use soban_core::base::{EntryRef, Instant};
use soban_core::book::{Book, Entry, Refusal};

use crate::project::load_book;
use crate::store::apart::{self, ApartRow};
use crate::store::log::{self, LogEntry, LogState};
use crate::store::{Db, StoreError};

/// What becomes of one entry of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It enters its book.
    Enters,
    /// It stays where it is, for this reason, in the log's words.
    Stays(String),
}

/// One entry of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its place in the log.
    pub no: i64,
    /// Which entry.
    pub entry: EntryRef,
    /// What becomes of it.
    pub fate: Fate,
}

/// What releasing a branch would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasePlan {
    /// The quarantined entry.
    pub root: ApartRow,
    /// That entry, and what is held on it in the order of the log.
    pub entries: Vec<Planned>,
}

impl ReleasePlan {
    /// How many entries enter.
    #[must_use]
    pub fn entering(&self) -> usize {
        self.entries.iter().filter(|planned| planned.fate == Fate::Enters).count()
    }

    /// Why the quarantined entry itself cannot enter, and so nothing of its branch.
    #[must_use]
    pub fn obstacle(&self) -> Option<&str> {
        match self.entries.first().map(|planned| &planned.fate) {
            Some(Fate::Stays(reason)) => Some(reason),
            _ => None,
        }
    }
}

/// What releasing the quarantined entry at a place of the log would do; nothing if there is none.
///
/// # Errors
/// [`StoreError`].
pub fn plan_release(db: &Db, no: i64) -> Result<Option<ReleasePlan>, StoreError> {
    let root = apart::find_apart(db, no)?.filter(|row| row.state == LogState::Quarantined);
    let (Some(root), Some(logged)) = (root, log::find_entry(db, no)?) else { return Ok(None) };
    let book = load_book(db, root.book)?;
    let held = log::list_held(db, root.book)?;
    let apart = log::list_quarantined(db, root.book)?;
    let others = apart.into_iter().filter(|name| *name != root.entry).collect();
    // What the program fails on, it fails on again.
    let failed = root.reason.as_ref().filter(|reason| reason.starts_with(log::FAILED));
    let entries = match failed {
        Some(reason) => {
            let fate = Fate::Stays(reason.clone());
            vec![Planned { no, entry: root.entry, fate }]
        }
        None => plan(book, logged, held, others),
    };
    Ok(Some(ReleasePlan { root, entries }))
}

/// Lets in what enters by a plan; how many entries. None of them where what the plan is about has
/// changed: then somebody else has let it in.
///
/// # Errors
/// [`StoreError`].
pub fn apply_release(
    db: &Db,
    plan: &ReleasePlan,
    by: &str,
    now: Instant,
) -> Result<usize, StoreError> {
    let root = apart::find_apart(db, plan.root.no)?;
    if plan.obstacle().is_some() || root.as_ref() != Some(&plan.root) {
        return Ok(0);
    }
    let mut let_in = 0;
    for entering in plan.entries.iter().filter(|planned| planned.fate == Fate::Enters) {
        let_in += usize::from(apart::let_in(db, entering.no, by, now)?);
    }
    Ok(let_in)
}

/// What becomes of a quarantined entry and of what is held on it, where `apart` are the book's
/// other quarantined entries.
fn plan(
    mut book: Book,
    root: LogEntry,
    held: Vec<LogEntry>,
    mut apart: BTreeSet<EntryRef>,
) -> Vec<Planned> {
    let mut left = branch_of(&book, root, held);
    let order: Vec<i64> = left.iter().map(|logged| logged.no).collect();
    let mut planned = Vec::new();
    loop {
        let before = left.len();
        left.retain(|logged| {
            let Some(fate) = try_to_enter(&mut book, logged) else { return true };
            if fate != Fate::Enters {
                apart.insert(logged.entry);
            }
            planned.push(Planned { no: logged.no, entry: logged.entry, fate });
            false
        });
        if left.len() == before {
            break;
        }
    }
    add_standing_on(&mut apart, &book, &left);
    for logged in &left {
        let branch = apart.contains(&logged.entry);
        let reason = if branch { log::BRANCH } else { log::MISSING };
        let fate = Fate::Stays(reason.to_owned());
        planned.push(Planned { no: logged.no, entry: logged.entry, fate });
    }
    planned.sort_by_key(|planned| order.iter().position(|no| *no == planned.no));
    planned
}

/// A quarantined entry, and what is held on it, directly or not, in the order of the log.
fn branch_of(book: &Book, root: LogEntry, held: Vec<LogEntry>) -> Vec<LogEntry> {
    let mut names = BTreeSet::from([root.entry]);
    add_standing_on(&mut names, book, &held);
    let branch = held.into_iter().filter(|logged| names.contains(&logged.entry));
    std::iter::once(root).chain(branch).collect()
}

/// Adds the names of those that stand on some of these, directly or not.
fn add_standing_on(names: &mut BTreeSet<EntryRef>, book: &Book, waiting: &[LogEntry]) {
    loop {
        let before = names.len();
        for logged in waiting {
            if missing(book, logged).iter().any(|dep| names.contains(dep)) {
                names.insert(logged.entry);
            }
        }
        if names.len() == before {
            return;
        }
    }
}

fn missing(book: &Book, logged: &LogEntry) -> Vec<EntryRef> {
    Entry::from_bytes(&logged.bytes).map(|entry| book.missing(&entry)).unwrap_or_default()
}

/// Nothing if it waits for others.
fn try_to_enter(book: &mut Book, logged: &LogEntry) -> Option<Fate> {
    let entry = match Entry::from_bytes(&logged.bytes) {
        Ok(entry) => entry,
        Err(error) => return Some(Fate::Stays(error.to_string())),
    };
    match book.enter(&entry, None) {
        Ok(_) => Some(Fate::Enters),
        Err(Refusal::Missing(_)) => None,
        Err(refusal) => Some(Fate::Stays(refusal.to_string())),
    }
}

#[cfg(test)]
mod tests;
