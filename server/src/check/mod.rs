//! Is what is stored what the log says? Every hash and position is found anew, every table is
//! compared with a rebuild, and every document with the table of writes.
//!
//! What was decided on holding and releasing is replayed, never decided anew.

mod finding;
mod replay;
#[cfg(test)]
mod tests;

pub use finding::{Finding, FindingKind};

use crate::store::Db;
use serde::Serialize;
use sha2::{Digest, Sha256};
use soban_core::book::Entry;
use soban_core::form::Pack;

use crate::store::compare::{Difference, Rebuilt};
use crate::store::{Store, StoreError, audit, meta, org};
use finding::Findings;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CheckReport {
    /// Books looked at.
    pub books: usize,
    /// Entries that have a position.
    pub entries: usize,
    /// Records that those make.
    pub records: usize,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// What is still wrong after a rebuild: the log itself, which nothing here can mend.
    pub fn beyond_rebuild(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.kind.is_of_tables())
    }
}

/// Checks a data folder, as it is at one moment. With `rebuild` the tables that follow from the
/// log are set right in the same transaction; the log itself is never touched, and the tables of a
/// book whose log is damaged stay as they are.
///
/// # Errors
/// [`StoreError`] when the folder fails.
pub fn check(store: &Store, rebuild: bool) -> Result<CheckReport, StoreError> {
    if rebuild { store.write(|db| run(db, true)) } else { store.read(|db| run(db, false)) }
}

/// How this program derives tables from the log; raised with every change of that.
const PROJECTION: u32 = 1;

/// Makes the tables follow the pack, where they were made under another, or by a program that
/// derived them in another way: policies, groups and natural keys decide what is contested.
///
/// # Errors
/// [`StoreError`] when the folder fails.
pub fn follow_pack(store: &Store, pack: &[u8]) -> Result<(), StoreError> {
    let mut hasher = Sha256::new();
    hasher.update(PROJECTION.to_be_bytes());
    hasher.update(pack);
    let made_by: [u8; 32] = hasher.finalize().into();
    if store.read(|db| meta::find(db, "projection"))?.as_deref() == Some(&made_by) {
        return Ok(());
    }
    store.write(move |db| {
        let report = run(db, true)?;
        tracing::info!(books = report.books, records = report.records, "tables made anew");
        meta::put(db, "projection", &made_by)
    })
}

fn run(db: &Db, rebuild: bool) -> Result<CheckReport, StoreError> {
    let pack = org::pack_bytes(db)?;
    let pack = pack.map(|bytes| Pack::from_bytes(&bytes)).transpose();
    let pack = pack.map_err(|error| StoreError::Damaged(error.to_string()))?.unwrap_or_default();
    let mut report = CheckReport::default();
    let mut findings = Findings::default();
    let mut rebuilt = Rebuilt::from_log(db)?;
    check_waiting(db, &mut findings)?;
    for id in audit::list_released_books(db)? {
        let rows = audit::list_released_rows(db, id)?;
        report.books += 1;
        report.entries += rows.len();
        let Some(replayed) = replay::replay(id, &rows, &mut findings) else {
            rebuilt.leave_out(id);
            continue;
        };
        report.records += replayed.book.records().count();
        if let Err((record, field)) = replayed.book.check() {
            findings.add(FindingKind::OtherDocument, id, format!("{record}, field {field}"));
        }
        rebuilt.write(|db| replayed.write(db, &pack))?;
    }
    for Difference { table, extra, lost, changed } in rebuilt.differences(db)? {
        let place = format!("table {table}");
        findings.add_count(FindingKind::ExtraRows, &place, extra);
        findings.add_count(FindingKind::LostRows, &place, lost);
        findings.add_count(FindingKind::ChangedRows, &place, changed);
    }
    report.findings = findings.finish();
    if rebuild {
        rebuilt.replace(db)?;
    }
    Ok(report)
}

/// Entries without a position have no place in a book to be checked against; they read, and are
/// what their rows say.
fn check_waiting(db: &Db, findings: &mut Findings) -> Result<(), StoreError> {
    audit::visit_waiting(db, |row| match Entry::from_bytes(&row.bytes) {
        Err(_) => findings.add(FindingKind::Unreadable, row.book, row.entry.to_string()),
        Ok(entry) if entry.name() != row.entry => {
            findings.add(FindingKind::OtherName, row.book, row.entry.to_string());
        }
        Ok(_) if row.generation != replay::GENERATION => {
            findings.add(FindingKind::OtherGeneration, row.book, row.entry.to_string());
        }
        Ok(_) => {}
    })?;
    let misplaced = audit::count_misplaced(db)?;
    findings.add_count(FindingKind::OtherState, "the log", misplaced);
    Ok(())
}
