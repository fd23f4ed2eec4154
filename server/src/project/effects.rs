//! What a batch of entries does to one book and its tables: found first, written afterwards.

use std::collections::BTreeMap;

use crate::store::Db;
use soban_core::base::{BookId, EntryHash, EntryRef, Instant, RecordKey};
use soban_core::book::{
    Book, ContestKind, Decision, Entry, PairRuling, RecordRow, contests_of, row_of,
};
use soban_core::form::{Pack, Policy};
use soban_core::sync::Chain;

use crate::store::StoreError;
use crate::store::decision;
use crate::store::log::{self, LogState};
use crate::store::projection::{self, BookHead, NewContest, WriteRow};
use crate::store::twins::Moved;

/// What a batch does to one book.
#[derive(Debug)]
pub struct Effects {
    book: BookId,
    generation: u32,
    /// Place in the log, hash, and the entry, in the order of release.
    released: Vec<(i64, EntryHash, Entry)>,
    /// By place in the log: what does not enter, and why.
    aside: BTreeMap<i64, (LogState, String)>,
    rows: Vec<RecordRow>,
    writes: Vec<WriteRow>,
    contests: Vec<(RecordKey, Vec<NewContest>)>,
    decisions: Vec<(EntryRef, Instant, Decision)>,
    pairs: Vec<PairRuling>,
}

impl Effects {
    /// Nothing yet.
    #[must_use]
    pub fn new(book: BookId, generation: u32) -> Self {
        Self {
            book,
            generation,
            released: Vec::new(),
            aside: BTreeMap::new(),
            rows: Vec::new(),
            writes: Vec::new(),
            contests: Vec::new(),
            decisions: Vec::new(),
            pairs: Vec::new(),
        }
    }

    /// Which book.
    #[must_use]
    pub fn book(&self) -> BookId {
        self.book
    }

    /// An entry has entered the book.
    pub fn release(&mut self, no: i64, hash: EntryHash, entry: Entry) {
        self.aside.remove(&no);
        self.released.push((no, hash, entry));
    }

    /// An entry waits.
    pub fn hold(&mut self, no: i64, reason: &str) {
        self.aside.insert(no, (LogState::Held, reason.to_owned()));
    }

    /// An entry is kept apart.
    pub fn quarantine(&mut self, no: i64, reason: String) {
        self.aside.insert(no, (LogState::Quarantined, reason));
    }

    /// How many entries were released, held and kept apart.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let held = self.aside.values().filter(|(state, _)| *state == LogState::Held).count();
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
            for decision in book.decisions_in(entry.name()) {
                let named = [Some(decision.record), decision.ruling.other()].into_iter().flatten();
                touched.extend(named.filter(|id| id.book == self.book).map(|id| id.key));
                self.decisions.push((entry.name(), entry.time, decision.clone()));
            }
        }
        touched.sort_unstable();
        touched.dedup();
        for key in touched {
            self.rows.extend(row_of(book, key, pack));
            self.contests.push((key, new_contests(book, key, pack)));
            self.pairs.extend(book.pair_rulings_on(key));
        }
    }

    /// Writes all of it. `positions` is false where a rebuild keeps those the log already has.
    ///
    /// # Errors
    /// [`StoreError`]; then the caller's transaction must not be kept.
    pub fn write(&self, db: &Db, positions: bool) -> Result<(), StoreError> {
        let mut moved = Moved::default();
        if positions {
            self.write_positions(db)?;
        }
        for (no, (state, reason)) in &self.aside {
            log::set_state(db, *no, *state, Some(reason))?;
        }
        for write in &self.writes {
            projection::add_write(db, self.book, write)?;
        }
        for row in &self.rows {
            projection::put_record(db, self.book, row, &mut moved)?;
        }
        for (entry, at, made) in &self.decisions {
            decision::add_decision(db, self.book, (*entry, *at), made)?;
        }
        for ruling in &self.pairs {
            decision::put_pair_ruling(db, self.book, ruling)?;
            moved.ruled(ruling.record, ruling.other);
        }
        for (record, contests) in &self.contests {
            projection::put_contests(db, self.book, *record, contests)?;
        }
        moved.settle(db)
    }

    fn write_positions(&self, db: &Db) -> Result<(), StoreError> {
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
            head.chain = head.chain.then(hash.short());
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
        let kind = match contest.kind {
            ContestKind::Values(_) => 1,
            ContestKind::Void => 2,
            ContestKind::Changed(_) => 4,
        };
        let field = contest.kind.fields().first().filter(|_| kind != 2).map_or(0, |field| field.0);
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
