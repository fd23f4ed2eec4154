//! One book's log, entered anew in the order of its positions.

use crate::store::Db;
use soban_core::base::{BookId, EntryHash};
use soban_core::book::{Book, Entry};
use soban_core::form::Pack;
use soban_core::sync::Chain;

use super::FindingKind as Kind;
use super::finding::Findings;
use crate::project::Effects;
use crate::store::StoreError;
use crate::store::audit::LoggedRow;
use crate::store::projection::{self, BookHead};

/// The generation that every book has until lawful erasure makes a new one.
pub(super) const GENERATION: u32 = 1;

/// A book as its log makes it.
pub(super) struct Replayed {
    pub(super) book: Book,
    effects: Effects,
    head: BookHead,
}

impl Replayed {
    /// Writes what follows.
    pub(super) fn write(mut self, db: &Db, pack: &Pack) -> Result<(), StoreError> {
        self.effects.derive(&self.book, pack);
        self.effects.write(db, false)?;
        projection::put_head(db, self.book.id(), self.head)
    }
}

/// The book of these rows; nothing if one of them does not enter, since then nothing sure can be
/// said of what comes after it.
pub(super) fn replay(id: BookId, rows: &[LoggedRow], findings: &mut Findings) -> Option<Replayed> {
    let mut book = Book::new(id, GENERATION);
    let mut effects = Effects::new(id, GENERATION);
    let mut head =
        BookHead { generation: GENERATION, position: 0, chain: Chain::start(id, GENERATION) };
    for row in rows {
        let name = row.entry.to_string();
        let entry = match Entry::from_bytes(&row.bytes) {
            Ok(entry) if entry.name() == row.entry => entry,
            Ok(_) => {
                findings.add(Kind::OtherName, id, name);
                return None;
            }
            Err(_) => {
                findings.add(Kind::Unreadable, id, name);
                return None;
            }
        };
        let hash = match book.apply(&entry, None) {
            Ok(hash) => hash,
            Err(refusal) => {
                findings.add(Kind::DoesNotEnter, id, format!("{name}: {refusal}"));
                return None;
            }
        };
        head.position += 1;
        head.chain = head.chain.then(hash.short());
        compare(row, hash, head, findings);
        effects.release(row.no, hash, entry);
    }
    Some(Replayed { book, effects, head })
}

fn compare(row: &LoggedRow, hash: EntryHash, head: BookHead, findings: &mut Findings) {
    let mut add = |wrong: bool, kind: Kind| {
        if wrong {
            findings.add(kind, row.book, row.entry.to_string());
        }
    };
    add(row.generation != head.generation, Kind::OtherGeneration);
    add(row.position != Some(head.position), Kind::Gap);
    add(row.hash.as_deref() != Some(&hash.0), Kind::OtherHash);
    add(!row.let_in && row.claim != hash.short(), Kind::OtherClaim);
    add(row.chain.as_deref() != Some(&head.chain.0), Kind::OtherChain);
}
