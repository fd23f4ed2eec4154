//! Floor 3: the book. Entries are the only way to write; Automerge merges them; history and what
//! is contested are read from the entries themselves.
//!
//! The one place that names `automerge`. It knows neither where entries are kept nor how they
//! travel.
//!
//! ```
//! use soban_core::base::{ActorId, BookId, Instant, OrgUnitId, Period};
//! use soban_core::book::{Book, Entry, Write};
//! use soban_core::record::{FieldNo, Value};
//!
//! let mut book = Book::new(BookId::new(OrgUnitId(17), Period::Year(2012)), 1);
//! let actor = ActorId([7; 8]);
//! let (seq, deps, time) = (1, book.heads(), Instant(0));
//! let mut entry = Entry { actor, seq, deps, time, writes: Vec::new() };
//! let record = entry.new_record(0);
//! let value = Value::Int(1);
//! entry.writes.push(Write { record, field: FieldNo::FORM, value });
//! book.apply(&entry, None).unwrap();
//! assert_eq!(book.records().count(), 1);
//! ```

mod change;
mod clock;
mod contest;
mod decision;
mod entry;
mod history;
mod index;
mod line;
mod links;
mod read;
mod reissue;
mod row;
mod save;
#[cfg(test)]
mod tests;
mod void;

pub use clock::{Clock, ClockError};
pub use contest::{Contest, ContestKind, Side, contests_at, contests_of};
pub use decision::{Decision, DecisionError, NewDecision, PairRuling, Ruling, plan_decision};
pub use entry::{Entry, EntryError, MAX_ENTRY_BYTES, MAX_TEXT_CHARS, Write};
pub use history::{Step, StepChange, history_of};
pub use links::kept_row;
pub use read::Alternative;
pub use reissue::{Reissued, reissue};
pub use row::{RecordRow, natural_key, row_of};
pub use save::{Edit, SaveError, Writer, plan_create, plan_edit};
pub use void::plan_void;

use automerge::{Automerge, Change, ObjId, ReadDoc};
use thiserror::Error;

use crate::base::{BookId, EntryHash, EntryRef, RecordKey, Seq};
use index::Index;

/// So many entries of a book that is opened go into the document together. More would be no quicker;
/// all of a year's at once take three times the memory of the book that they make.
const MERGED_AT_ONCE: usize = 64;

/// Everything one org unit wrote in one period.
#[derive(Debug, Clone)]
pub struct Book {
    id: BookId,
    generation: u32,
    doc: Automerge,
    records: ObjId,
    index: Index,
    /// Changes of entries that have entered and are not in the document yet.
    unmerged: Vec<Change>,
}

/// Why an entry did not enter the book.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It stands on entries that are not here; it may come again once they are.
    #[error("it depends on entries that are not here")]
    Missing(Vec<EntryRef>),
    /// The actor has written another entry under this sequence.
    #[error("{0} is another entry already")]
    SequenceTaken(EntryRef),
    /// What it names its heads cannot be heads, or leave out the writer's own last entry.
    #[error("its dependencies are not the heads of one state")]
    NotHeads,
    /// It writes to a record that its writer cannot have seen.
    #[error("it writes to {0}, which its writer cannot have seen")]
    UnknownRecord(RecordKey),
    /// It makes a row that lies in more records than a form can nest.
    #[error("{0} is a row of too many records one within another")]
    TooDeep(RecordKey),
    /// Built here it has another hash than its writer says.
    #[error("built here it has another hash than its writer says")]
    WrongHash,
    /// The entry contradicts itself.
    #[error(transparent)]
    Invalid(#[from] EntryError),
    /// Automerge does not take it. The book must be dropped and opened anew.
    #[error("automerge does not take it: {0}")]
    Automerge(String),
}

impl Book {
    /// An empty book.
    #[must_use]
    pub fn new(id: BookId, generation: u32) -> Self {
        let genesis = change::genesis(id, generation);
        let index = Index::new(change::records_object(id, generation), &genesis);
        let mut doc = Automerge::new();
        // Genesis is ours and well-formed: `the_genesis_is_fixed` pins its bytes.
        drop(doc.apply_changes([genesis]));
        let records = match doc.get(automerge::ROOT, change::RECORDS) {
            Ok(Some((_, object))) => object,
            _ => automerge::ROOT,
        };
        Self { id, generation, doc, records, index, unmerged: Vec::new() }
    }

    /// A book from its entries and the first bytes of their hashes, in any order in which each
    /// comes after those it depends on.
    ///
    /// # Errors
    /// The first entry that does not enter, and why.
    pub fn replay<'a>(
        id: BookId,
        generation: u32,
        entries: impl IntoIterator<Item = (&'a Entry, [u8; 8])>,
    ) -> Result<Self, (EntryRef, Refusal)> {
        let mut book = Self::new(id, generation);
        for (entry, hash) in entries {
            let built = book.index.add(book.id, entry, Some(hash));
            book.unmerged.extend(built.map_err(|refusal| (entry.name(), refusal))?);
            if book.unmerged.len() == MERGED_AT_ONCE {
                book.merge().map_err(|refusal| (entry.name(), refusal))?;
            }
        }
        let last = book.index.order().last().copied();
        match (book.merge(), last) {
            (Err(refusal), Some(last)) => Err((last, refusal)),
            _ => Ok(book),
        }
    }

    /// Takes an entry in. One that is here already changes nothing. `expected` are the first
    /// bytes of the hash that its writer found.
    ///
    /// # Errors
    /// [`Refusal`]; the book is as it was, except after [`Refusal::Automerge`].
    pub fn apply(
        &mut self,
        entry: &Entry,
        expected: Option<[u8; 8]>,
    ) -> Result<EntryHash, Refusal> {
        let hash = self.enter(entry, expected)?;
        self.merge()?;
        Ok(hash)
    }

    /// As [`Book::apply`] for one of several entries: the document follows with [`Book::merge`],
    /// which must come before anything is read from the book.
    ///
    /// # Errors
    /// [`Refusal`]; the book is as it was.
    pub fn enter(
        &mut self,
        entry: &Entry,
        expected: Option<[u8; 8]>,
    ) -> Result<EntryHash, Refusal> {
        entry.validate()?;
        self.unmerged.extend(self.index.add(self.id, entry, expected)?);
        self.index.hash_of(entry.name()).ok_or(Refusal::SequenceTaken(entry.name()))
    }

    /// Brings what has entered into the document, all at once: a third of the work of one entry
    /// after the other.
    ///
    /// # Errors
    /// [`Refusal::Automerge`]: the book must be dropped and opened anew.
    pub fn merge(&mut self) -> Result<(), Refusal> {
        let merged = self.doc.apply_changes(std::mem::take(&mut self.unmerged));
        merged.map_err(|error| Refusal::Automerge(error.to_string()))
    }

    /// The document, with everything that has entered.
    fn doc(&self) -> &Automerge {
        debug_assert!(self.unmerged.is_empty(), "read before it was merged");
        &self.doc
    }

    /// What an entry stands on and is not here; none once it may enter or be refused for good.
    #[must_use]
    pub fn missing(&self, entry: &Entry) -> Vec<EntryRef> {
        self.index.missing(entry)
    }

    /// Which book it is.
    #[must_use]
    pub fn id(&self) -> BookId {
        self.id
    }

    /// Which generation of it.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The tips of its history, ascending.
    #[must_use]
    pub fn heads(&self) -> Vec<EntryRef> {
        self.index.heads()
    }

    /// Everything it holds.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.index.clock()
    }

    /// What an entry's writer had seen, the entry itself included.
    #[must_use]
    pub fn clock_of(&self, entry: EntryRef) -> Option<&Clock> {
        self.index.clock_of(entry)
    }

    /// The hash of an entry.
    #[must_use]
    pub fn hash_of(&self, entry: EntryRef) -> Option<EntryHash> {
        self.index.hash_of(entry)
    }

    /// The device time of an entry.
    #[must_use]
    pub fn time_of(&self, entry: EntryRef) -> Option<crate::base::Instant> {
        self.index.time_of(entry)
    }

    /// The sequence that the actor's next entry has.
    #[must_use]
    pub fn next_seq(&self, actor: crate::base::ActorId) -> Seq {
        self.index.clock().last(actor) + 1
    }

    /// Its entries, in the order in which they came.
    pub fn entries(&self) -> impl Iterator<Item = EntryRef> {
        self.index.order().iter().copied()
    }

    /// Its records, in the order of their keys.
    pub fn records(&self) -> impl Iterator<Item = RecordKey> {
        self.index.records()
    }

    /// Per write of an entry, the counter of Automerge's operation.
    #[must_use]
    pub fn counters_of(&self, entry: EntryRef) -> Vec<u64> {
        self.index.counters_of(entry)
    }

    /// What an entry wrote to a field.
    #[must_use]
    pub fn written_in(
        &self,
        entry: EntryRef,
        record: RecordKey,
        field: crate::record::FieldNo,
    ) -> Option<crate::record::Value> {
        self.index.written_in(entry, record, field).map(|written| written.value.clone())
    }

    /// The records that an entry wrote to.
    #[must_use]
    pub fn touched_by(&self, entry: EntryRef) -> Vec<RecordKey> {
        self.index.touched_by(entry)
    }

    /// The book as an Automerge file, which any Automerge library opens.
    #[must_use]
    pub fn to_automerge(&self) -> Vec<u8> {
        self.doc().save()
    }

    /// The heads of the Automerge document, as its own libraries print them, ascending.
    #[must_use]
    pub fn automerge_heads(&self) -> Vec<String> {
        let mut heads: Vec<String> =
            self.doc().get_heads().iter().map(ToString::to_string).collect();
        heads.sort();
        heads
    }
}
