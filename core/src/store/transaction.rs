//! Everything that changes the file, inside one transaction.

use rusqlite::{Connection, OptionalExtension, params};

use super::{EntryState, StoreError};
use crate::base::{ActorId, BookId, EntryHash, EntryRef, Instant, RecordId, RecordKey, Seq};
use crate::book::{Decision, Entry, RecordRow};

/// The reason, as `ProblemKind` numbers it, of an entry that the district has and keeps sealed.
const SEALED: u8 = 7;

/// An open transaction; what it does is kept only if all of it succeeds.
#[derive(Debug)]
pub struct Transaction<'a> {
    db: &'a Connection,
}

type Done = Result<(), StoreError>;

impl<'a> Transaction<'a> {
    pub(super) fn new(db: &'a Connection) -> Self {
        Self { db }
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        Ok(self.db.prepare_cached(sql)?.execute(values)?)
    }

    /// Sets a named value.
    ///
    /// # Errors
    /// [`StoreError`], as of everything here.
    pub fn set_meta(&self, key: &str, value: &[u8]) -> Done {
        self.run("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", params![key, value]).map(drop)
    }

    /// Adds an entry; one that is there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_entry(
        &self,
        book: BookId,
        generation: u32,
        entry: &Entry,
        hash: EntryHash,
        state: EntryState,
    ) -> Done {
        self.run(
            "INSERT INTO entry (book, generation, actor, seq, hash, entry, time, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            params![
                book.number(),
                generation,
                entry.actor.0,
                entry.seq,
                hash.0,
                entry.to_bytes(),
                entry.time.0,
                state.number()
            ],
        )
        .map(drop)
    }

    /// Keeps a received entry that cannot enter its book yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_waiting(&self, book: BookId, generation: u32, entry: &Entry, hash: [u8; 8]) -> Done {
        self.run(
            "INSERT INTO entry (book, generation, actor, seq, hash, entry, time, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            params![
                book.number(),
                generation,
                entry.actor.0,
                entry.seq,
                hash,
                entry.to_bytes(),
                entry.time.0,
                EntryState::Waiting.number()
            ],
        )
        .map(drop)
    }

    /// Writes an entry that waited, or has just come, behind all that it stands on; a place that it
    /// has in the district's log it keeps.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn let_in(&self, book: BookId, generation: u32, entry: &Entry, hash: EntryHash) -> Done {
        self.add_entry(book, generation, entry, hash, EntryState::Delivered)?;
        self.run(
            "UPDATE entry SET no = (SELECT max(no) + 1 FROM entry), hash = ?4, state = 2,
                 problem = NULL
             WHERE book = ?1 AND actor = ?2 AND seq = ?3",
            params![book.number(), entry.actor.0, entry.seq, hash.0],
        )
        .map(drop)
    }

    /// Marks unsent entries of an actor, from a sequence to a sequence, as on the district's disk.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn mark_stored(&self, book: BookId, actor: ActorId, first: Seq, last: Seq) -> Done {
        self.run(
            "UPDATE entry SET state = 1, problem = NULL
             WHERE book = ?1 AND actor = ?2 AND seq BETWEEN ?3 AND ?4 AND state IN (0, 3)",
            params![book.number(), actor.0, first, last],
        )
        .map(drop)
    }

    /// Marks an entry as in the district's book.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn mark_delivered(&self, book: BookId, entry: EntryRef) -> Done {
        self.run(
            "UPDATE entry SET state = 2, problem = NULL
             WHERE book = ?1 AND actor = ?2 AND seq = ?3",
            params![book.number(), entry.actor.0, entry.seq],
        )
        .map(drop)
    }

    /// Marks an entry as refused, and why.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn mark_refused(&self, book: BookId, entry: EntryRef, problem: u8) -> Done {
        self.run(
            "UPDATE entry SET state = 3, problem = ?4
             WHERE book = ?1 AND actor = ?2 AND seq = ?3",
            params![book.number(), entry.actor.0, entry.seq, problem],
        )
        .map(drop)
    }

    /// Notes why the district did not take an entry that stays unsent.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn mark_kept(&self, book: BookId, entry: EntryRef, problem: u8) -> Done {
        self.run(
            "UPDATE entry SET problem = ?4
             WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND state = 0",
            params![book.number(), entry.actor.0, entry.seq, problem],
        )
        .map(drop)
    }

    /// Marks the entries of an actor above a sequence as unsent again: the district lost them, also
    /// those that it kept sealed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn mark_lost(&self, book: BookId, actor: ActorId, above: Seq) -> Done {
        self.run(
            "UPDATE entry SET state = 0, problem = NULL
             WHERE book = ?1 AND actor = ?2 AND seq > ?3
                 AND (state IN (1, 2) OR state = 3 AND problem = ?4)",
            params![book.number(), actor.0, above, SEALED],
        )
        .map(drop)
    }

    /// Sets an entry aside that is reissued under another name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn abandon(&self, book: BookId, entry: EntryRef, now: Instant) -> Done {
        let which = params![book.number(), entry.actor.0, entry.seq, now.0];
        self.run(
            "INSERT INTO abandoned (book, actor, seq, entry, abandoned_at)
             SELECT book, actor, seq, entry, ?4 FROM entry
             WHERE book = ?1 AND actor = ?2 AND seq = ?3",
            which,
        )?;
        self.forget_entry(book, entry)
    }

    /// Forgets an entry that the district has, to be fetched from there again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_entry(&self, book: BookId, entry: EntryRef) -> Done {
        self.run(
            "DELETE FROM entry WHERE book = ?1 AND actor = ?2 AND seq = ?3",
            params![book.number(), entry.actor.0, entry.seq],
        )
        .map(drop)
    }

    /// Writes a record's row anew.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn put_record(&self, book: BookId, row: &RecordRow) -> Done {
        let parent = row.parent;
        self.run(
            "INSERT OR REPLACE INTO record VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                book.number(),
                row.key.actor.0,
                row.key.seq,
                row.key.index,
                book.org_unit.0,
                row.form.0,
                row.form_version,
                parent.map(|parent| parent.actor.0),
                parent.map(|parent| parent.seq),
                parent.map(|parent| parent.index),
                row.void,
                row.occurred_on.map(crate::base::Date::days),
                row.same_as.map(|id| id.to_string()),
                row.natural_key,
                row.contests,
                row.fold,
                minicbor::to_vec(&row.fields).unwrap_or_default()
            ],
        )
        .map(drop)
    }

    /// Notes that all rows of the record table follow from the entries under the pack that is held.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn mark_rows_current(&self) -> Done {
        self.run(
            "INSERT OR REPLACE INTO meta VALUES
             ('rows_under', coalesce((SELECT hash FROM reference WHERE name = 'pack'), x''))",
            [],
        )
        .map(drop)
    }

    /// Forgets the rows of a book, to be written anew from its entries.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn clear_records(&self, book: BookId) -> Done {
        self.run("DELETE FROM record WHERE book = ?1", [book.number()]).map(drop)
    }

    /// Forgets one record's row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn remove_record(&self, book: BookId, key: RecordKey) -> Done {
        self.run(
            "DELETE FROM record WHERE book = ?1 AND actor = ?2 AND seq = ?3 AND idx = ?4",
            params![book.number(), key.actor.0, key.seq, key.index],
        )
        .map(drop)
    }

    /// Adds what staff decided; one that is there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_decision(&self, book: BookId, entry: EntryRef, made: &Decision) -> Done {
        self.run(
            "INSERT INTO decision (book, actor, seq, id, record) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
            params![
                book.number(),
                entry.actor.0,
                entry.seq,
                made.id.to_string(),
                made.record.to_string()
            ],
        )
        .map(drop)
    }

    /// Notes that the holder has read a decision.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn mark_decision_read(&self, id: RecordId) -> Done {
        self.run("UPDATE decision SET seen = 1 WHERE id = ?1", [id.to_string()]).map(drop)
    }

    /// Keeps a half-filled form; its id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_draft(&self, form: &str, body: &[u8], now: Instant) -> Result<i64, StoreError> {
        self.run(
            "INSERT INTO draft (form, saved_at, body) VALUES (?1, ?2, ?3)",
            params![form, now.0, body],
        )?;
        Ok(self.db.last_insert_rowid())
    }

    /// Keeps what has been filled in since. A draft that is gone stays so: what a screen had still
    /// to say when it was submitted or discarded must not bring it back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn update_draft(&self, id: i64, form: &str, body: &[u8], now: Instant) -> Done {
        self.run(
            "UPDATE draft SET form = ?2, saved_at = ?3, body = ?4 WHERE id = ?1",
            params![id, form, now.0, body],
        )
        .map(drop)
    }

    /// Forgets a half-filled form.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn remove_draft(&self, id: i64) -> Done {
        self.run("DELETE FROM draft WHERE id = ?1", [id]).map(drop)
    }

    /// Sets a piece of reference data: its name, its hash, its content.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_reference(&self, name: &str, hash: [u8; 8], bytes: &[u8]) -> Done {
        self.run("INSERT OR REPLACE INTO reference VALUES (?1, ?2, ?3)", params![name, hash, bytes])
            .map(drop)
    }

    /// Notes where in the district's log an entry stands: it is in the district's book.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_position(&self, book: BookId, entry: EntryRef, position: u64) -> Done {
        self.run(
            "UPDATE entry SET position = ?4, state = 2, problem = NULL
             WHERE book = ?1 AND actor = ?2 AND seq = ?3",
            params![book.number(), entry.actor.0, entry.seq, position],
        )
        .map(drop)
    }

    /// Whether an entry that the district has confirmed still stands at no place of its log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn is_unplaced(&self, no: i64) -> Result<bool, StoreError> {
        let mut find = self.db.prepare_cached(
            "SELECT position IS NULL AND state IN (1, 2) FROM entry WHERE no = ?1",
        )?;
        Ok(find.query_row([no], |row| row.get(0)).optional()?.unwrap_or(false))
    }

    /// Has this phone's own entries in a range sent again that the district has confirmed, and that
    /// stand at no place of its log; how many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn send_unplaced_again(&self, after: i64, newest: i64) -> Result<usize, StoreError> {
        self.run(
            "UPDATE entry SET state = 0
             WHERE state = 1 AND position IS NULL AND no > ?1 AND no <= ?2",
            [after, newest],
        )
    }

    /// Forgets where in the district's log a book's entries stand: it was restored.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn clear_positions(&self, book: BookId) -> Done {
        self.run("UPDATE entry SET position = NULL WHERE book = ?1", [book.number()]).map(drop)
    }

    /// Sets how far a book has been delivered: generation, epoch, position, chain.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_cursor(
        &self,
        book: BookId,
        (generation, epoch, position, chain): (u32, u32, u64, [u8; 8]),
    ) -> Done {
        self.run(
            "INSERT OR REPLACE INTO cursor VALUES (?1, ?2, ?3, ?4, ?5)",
            params![book.number(), generation, epoch, position, chain],
        )
        .map(drop)
    }
}
