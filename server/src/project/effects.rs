//! What a batch of entries does to one book and its tables: found first, written afterwards.

use rusqlite::Connection;
use soban_core::base::{BookId, EntryHash, EntryRef, RecordKey};
use soban_core::book::{Book, ContestKind, Entry, RecordRow, contests_of, row_of};
use soban_core::form::{Pack, Policy};
use soban_core::sync::Chain;

use crate::store::StoreError;
use crate::store::log::{self, LogState};
use crate::store::projection::{self, BookHead, NewContest, WriteRow};

/// An entry that does not enter.
#[derive(Debug)]
struct Aside {
    no: i64,
    state: LogState,
    reason: String,
    entry: EntryRef,
}

/// What a batch does to one book.
#[derive(Debug)]
pub struct Effects {
    book: BookId,
    generation: u32,
    /// Place in the log, hash, and the entry, in the order of release.
    released: Vec<(i64, EntryHash, Entry)>,
    aside: Vec<Aside>,
    rows: Vec<RecordRow>,
    writes: Vec<WriteRow>,
    contests: Vec<(RecordKey, Vec<NewContest>)>,
}

impl Effects {
    /// Nothing yet.
    #[must_use]
    pub fn new(book: &Book) -> Self {
        Self {
            book: book.id(),
            generation: book.generation(),
            released: Vec::new(),
            aside: Vec::new(),
            rows: Vec::new(),
            writes: Vec::new(),
            contests: Vec::new(),
        }
    }

    /// An entry has entered the book.
    pub fn release(&mut self, no: i64, hash: EntryHash, entry: Entry) {
        self.aside.retain(|aside| aside.no != no);
        self.released.push((no, hash, entry));
    }

    /// An entry waits.
    pub fn hold(&mut self, no: i64, entry: EntryRef, reason: &str) {
        self.set_aside(no, entry, LogState::Held, reason.to_owned());
    }

    /// An entry is kept apart.
    pub fn quarantine(&mut self, no: i64, entry: EntryRef, reason: String) {
        self.set_aside(no, entry, LogState::Quarantined, reason);
    }

    /// Whether an entry of this batch is kept apart, or stands on one that is.
    #[must_use]
    pub fn keeps_apart(&self, entry: EntryRef) -> bool {
        let apart =
            |aside: &Aside| aside.state == LogState::Quarantined || aside.reason == log::BRANCH;
        self.aside.iter().any(|aside| aside.entry == entry && apart(aside))
    }

    fn set_aside(&mut self, no: i64, entry: EntryRef, state: LogState, reason: String) {
        self.aside.retain(|aside| aside.no != no);
        self.aside.push(Aside { no, state, reason, entry });
    }

    /// How many entries were released, held and kept apart.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let held = self.aside.iter().filter(|aside| aside.state == LogState::Held).count();
        (self.released.len(), held, self.aside.len() - held)
    }

    /// Finds the rows, writes and contests that the released entries change.
    pub fn derive(&mut self, book: &Book, pack: &Pack) {
        let mut touched: Vec<RecordKey> = Vec::new();
        for (_, _, entry) in &self.released {
            // A void meets changes of rows as a conflict of the record they belong to.
            let keys = book.touched_by(entry.name()).into_iter();
            touched.extend(keys.flat_map(|key| [Some(key), book.parent_of(key)]).flatten());
            self.writes.extend(writes_of(book, entry));
        }
        touched.sort_unstable();
        touched.dedup();
        for key in touched {
            self.rows.extend(row_of(book, key, pack));
            self.contests.push((key, new_contests(book, key, pack)));
        }
    }

    /// Writes all of it. `positions` is false where a rebuild keeps those the log already has.
    ///
    /// # Errors
    /// [`StoreError`]; then the caller's transaction must not be kept.
    pub fn write(&self, db: &Connection, positions: bool) -> Result<(), StoreError> {
        if positions {
            self.write_positions(db)?;
        }
        for aside in &self.aside {
            log::set_state(db, aside.no, aside.state, Some(&aside.reason))?;
        }
        for write in &self.writes {
            projection::add_write(db, self.book, write)?;
        }
        for row in &self.rows {
            projection::put_record(db, self.book, row)?;
        }
        for (record, contests) in &self.contests {
            projection::put_contests(db, self.book, *record, contests)?;
        }
        Ok(())
    }

    fn write_positions(&self, db: &Connection) -> Result<(), StoreError> {
        if self.released.is_empty() {
            return Ok(());
        }
        let start = BookHead {
            generation: self.generation,
            position: 0,
            chain: Chain::start(self.book, self.generation),
        };
        let mut head = projection::find_head(db, self.book)?.unwrap_or(start);
        for (no, hash, _) in &self.released {
            head.position += 1;
            head.chain = head.chain.then(*hash);
            log::release(db, *no, head.position, *hash, head.chain)?;
        }
        projection::put_head(db, self.book, head)
    }
}

fn writes_of(book: &Book, entry: &Entry) -> Vec<WriteRow> {
    let counters = book.counters_of(entry.name());
    let writes = entry.writes.iter().zip(counters);
    let row = |(write, counter): (&soban_core::book::Write, u64)| WriteRow {
        record: write.record,
        field: write.field,
        entry: entry.name(),
        counter,
        value: write.value.clone(),
    };
    writes.map(row).collect()
}

fn new_contests(book: &Book, key: RecordKey, pack: &Pack) -> Vec<NewContest> {
    let form = book.form_of(key).and_then(|form| pack.find_form(form));
    let contests = contests_of(book, key, form).into_iter();
    let new = contests.map(|contest| {
        let (kind, field) = match &contest.kind {
            ContestKind::Values(fields) => (1, fields.first().map_or(0, |field| field.0)),
            ContestKind::Void => (2, 0),
        };
        NewContest {
            record: key,
            kind,
            field,
            policy: match contest.policy {
                Policy::Quiet => 0,
                Policy::Review => 1,
                Policy::Critical => 2,
            },
            sides: contest.sides.iter().map(|side| side.entry).collect(),
        }
    });
    new.collect()
}
