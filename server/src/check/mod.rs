//! Is what is stored what the log says? Every hash and position is found anew, every table is
//! compared with a rebuild, and every document with the table of writes.

use serde::Serialize;
use soban_core::base::BookId;
use soban_core::book::{Book, Entry};
use soban_core::form::Pack;
use soban_core::sync::Chain;

use crate::project::Effects;
use crate::store::compare::{Rebuilt, differences};
use crate::store::log::{self, LogEntry};
use crate::store::{Store, StoreError, delivery, org, projection, read};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CheckReport {
    /// Books looked at.
    pub books: usize,
    /// Entries that have a position.
    pub entries: usize,
    /// Records that those make.
    pub records: usize,
    /// What is wrong, a sentence each.
    pub findings: Vec<String>,
}

/// Checks a data folder. With `rebuild` the tables that follow from the log are replaced; the log
/// itself, and what was decided on holding and releasing, is never touched.
///
/// # Errors
/// [`StoreError`] when the folder fails.
pub fn check(store: &Store, rebuild: bool) -> Result<CheckReport, StoreError> {
    let mut report = CheckReport::default();
    let pack = store.read(org::pack_bytes)?.unwrap_or_default();
    let pack = Pack::from_bytes(&pack).map_err(|e| StoreError::Damaged(e.to_string()))?;
    let mut rebuilt = store.read(Rebuilt::from_log)?;
    let books = store.read(read::list_all_books)?;
    for id in books {
        let released = store.read(|db| log::list_released(db, id))?;
        report.books += 1;
        report.entries += released.len();
        match replay(id, &released, &mut report) {
            Some((book, effects)) => {
                store.read(|db| check_chain(db, &book, &released, &mut report))?;
                if let Err((record, field)) = book.check() {
                    let found = format!(
                        "{id}: the document and the writes of {record} differ in field {field}"
                    );
                    report.findings.push(found);
                }
                report.records += book.records().count();
                let mut effects = effects;
                effects.derive(&book, &pack);
                rebuilt.write(|db| effects.write(db, false))?;
            }
            None => continue,
        }
    }
    report.findings.extend(store.read(|db| differences(db, &rebuilt))?);
    if rebuild {
        store.write(move |db| rebuilt.replace(db))?;
    }
    Ok(report)
}

/// The book of these entries, and what they do; nothing if one of them does not enter.
fn replay(id: BookId, released: &[LogEntry], report: &mut CheckReport) -> Option<(Book, Effects)> {
    let mut book = Book::new(id, 1);
    let mut effects = Effects::new(&book);
    for logged in released {
        let applied =
            Entry::from_bytes(&logged.bytes).map_err(|error| error.to_string()).and_then(|entry| {
                let applied = book.apply(&entry, Some(logged.claim));
                applied.map(|hash| (hash, entry)).map_err(|refusal| refusal.to_string())
            });
        match applied {
            Ok((hash, entry)) => effects.release(logged.no, hash, entry),
            Err(error) => {
                report.findings.push(format!("{id}: {}: {error}", logged.entry));
                return None;
            }
        }
    }
    Some((book, effects))
}

fn check_chain(
    db: &rusqlite::Connection,
    book: &Book,
    released: &[LogEntry],
    report: &mut CheckReport,
) -> Result<(), StoreError> {
    let id = book.id();
    let stored = delivery::list_after(db, id, 0, u32::MAX)?;
    let mut chain = Chain::start(id, book.generation());
    for ((position, entry), logged) in (1_u64..).zip(&stored).zip(released) {
        if let Some(hash) = book.hash_of(logged.entry) {
            chain = chain.then(hash);
        }
        if entry.position != position {
            report.findings.push(format!("{id}: position {position} is missing"));
            break;
        }
        if entry.chain != chain {
            report.findings.push(format!("{id}: the chain breaks at position {position}"));
            break;
        }
    }
    let head = projection::find_head(db, id)?;
    let last = u64::try_from(released.len()).unwrap_or(u64::MAX);
    if head.is_none_or(|head| head.position != last || head.chain != chain) {
        report.findings.push(format!("{id}: the book's head is not the log's"));
    }
    Ok(())
}
