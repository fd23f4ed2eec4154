//! What a book knows of its entries beside the document: their clocks, hashes and operation
//! counters, and per field who wrote what. Everything about causality is answered from here.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use automerge::Change;

use super::change::{self, Ground, OpName};
use super::line::OfEntry;
use super::{Clock, Decision, Entry, Refusal, Write};
use crate::base::{BookId, EntryHash, EntryRef, Instant, RecordId, RecordKey};
use crate::record::{FieldNo, Value};

/// The most records that may lie one within another: whoever shows one goes down through its rows.
const MOST_NESTED: usize = 8;

/// What is kept of an entry.
#[derive(Debug, Clone)]
struct Applied {
    hash: EntryHash,
    max_op: u64,
    clock: Clock,
    time: Instant,
    touched: Vec<RecordKey>,
    counters: Vec<u64>,
}

/// One value written to a field.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) entry: EntryRef,
    pub(super) counter: u64,
    pub(super) value: Value,
}

impl Written {
    pub(super) fn op(&self) -> OpName {
        OpName { counter: self.counter, actor: self.entry.actor }
    }
}

impl OfEntry for Written {
    fn entry(&self) -> EntryRef {
        self.entry
    }
}

#[derive(Debug, Clone)]
struct RecordIndex {
    object: OpName,
    /// Per field all that was written, in ascending order of the entries.
    fields: BTreeMap<FieldNo, Vec<Written>>,
}

#[derive(Debug, Clone)]
pub(super) struct Index {
    genesis: EntryHash,
    genesis_max_op: u64,
    records_object: OpName,
    entries: BTreeMap<EntryRef, Applied>,
    order: Vec<EntryRef>,
    heads: BTreeSet<EntryRef>,
    clock: Clock,
    records: BTreeMap<RecordKey, RecordIndex>,
    rows: BTreeMap<RecordKey, Vec<RecordKey>>,
    decisions: BTreeMap<EntryRef, Vec<Decision>>,
    ruled_on: BTreeMap<RecordKey, Vec<EntryRef>>,
}

impl Index {
    pub(super) fn new(records_object: OpName, genesis: &Change) -> Self {
        Self {
            genesis: change::hash_of(genesis),
            genesis_max_op: genesis.max_op(),
            records_object,
            entries: BTreeMap::new(),
            order: Vec::new(),
            heads: BTreeSet::new(),
            clock: Clock::default(),
            records: BTreeMap::new(),
            rows: BTreeMap::new(),
            decisions: BTreeMap::new(),
            ruled_on: BTreeMap::new(),
        }
    }

    /// Checks an entry, builds its change and takes both in. Nothing if it is here already.
    pub(super) fn add(
        &mut self,
        book: BookId,
        entry: &Entry,
        expected: Option<[u8; 8]>,
    ) -> Result<Option<Change>, Refusal> {
        let past = self.check(book, entry)?;
        let (change, counters) =
            self.build(entry, &past).ok_or(Refusal::UnknownRecord(self.stranger(entry)))?;
        let hash = change::hash_of(&change);
        if let Some(applied) = self.entries.get(&entry.name()) {
            let same = applied.hash == hash;
            return if same { Ok(None) } else { Err(Refusal::SequenceTaken(entry.name())) };
        }
        if expected.is_some_and(|expected| expected != hash.short()) {
            return Err(Refusal::WrongHash);
        }
        self.take(entry, past, &change, &counters);
        self.take_decisions(book, entry);
        Ok(Some(change))
    }

    /// What an entry stands on and is not here: of its deps, and of its writer's own entries the
    /// last before it.
    pub(super) fn missing(&self, entry: &Entry) -> Vec<EntryRef> {
        let mut missing: Vec<EntryRef> =
            entry.deps.iter().copied().filter(|dep| !self.clock.saw(*dep)).collect();
        let previous = previous(entry);
        if !self.clock.saw(previous) && !missing.contains(&previous) {
            missing.push(previous);
        }
        missing
    }

    /// What the writer of an entry that may stand where it says had seen before it.
    fn check(&self, book: BookId, entry: &Entry) -> Result<Clock, Refusal> {
        let missing = self.missing(entry);
        let previous = previous(entry);
        if !missing.is_empty() {
            return Err(Refusal::Missing(missing));
        }
        // Heads are strictly ascending, none of them in another's past, and the writer's own
        // last entry is in the past of one of them. One step per dep: an entry may name thousands.
        let mut clock = Clock::default();
        for dep in &entry.deps {
            let mut before = self.clock_of(*dep).cloned().unwrap_or_default();
            before.0.insert(dep.actor, dep.seq.saturating_sub(1));
            clock.see_all(&before);
        }
        let antichain = entry.deps.iter().all(|dep| !clock.saw(*dep));
        entry.deps.iter().for_each(|dep| clock.see(*dep));
        let ascending = entry.deps.is_sorted_by(|a, b| a < b);
        if !antichain || !ascending || clock.last(entry.actor) != previous.seq {
            return Err(Refusal::NotHeads);
        }
        let stranger = entry.writes.iter().find(|write| {
            let known = |key: RecordKey| {
                entry.creates(key) || (clock.saw(key.entry()) && self.records.contains_key(&key))
            };
            !known(write.record)
                || parent(write).is_some_and(|parent| parent.book != book || !known(parent.key))
        });
        if let Some(write) = stranger {
            return Err(Refusal::UnknownRecord(write.record));
        }
        self.too_deep(entry).map_or(Ok(clock), |row| Err(Refusal::TooDeep(row)))
    }

    /// A row of this entry that lies in more records than a form can nest.
    fn too_deep(&self, entry: &Entry) -> Option<RecordKey> {
        let parents: BTreeMap<RecordKey, RecordKey> = entry
            .writes
            .iter()
            .filter_map(|write| Some((write.record, parent(write)?.key)))
            .collect();
        let above = |key: &RecordKey| parents.get(key).copied().or_else(|| self.parent_of(*key));
        let deep = |row: &&RecordKey| successors(Some(**row), above).nth(MOST_NESTED).is_some();
        parents.keys().find(deep).copied()
    }

    fn stranger(&self, entry: &Entry) -> RecordKey {
        let key = entry.writes.first().map(|write| write.record);
        key.unwrap_or_else(|| entry.new_record(0))
    }

    fn build(&self, entry: &Entry, past: &Clock) -> Option<(Change, Vec<u64>)> {
        let deps = entry.deps.iter().filter_map(|dep| self.entries.get(dep));
        let max_op = deps.clone().map(|dep| dep.max_op).max().unwrap_or(self.genesis_max_op);
        let mut hashes: Vec<EntryHash> = deps.map(|dep| dep.hash).collect();
        if hashes.is_empty() {
            hashes.push(self.genesis);
        }
        let object_of = |key: RecordKey| self.records.get(&key).map(|record| record.object);
        let seen = |key: RecordKey, field: FieldNo| {
            self.visible(key, field, past).into_iter().map(Written::op).collect()
        };
        let ground = Ground {
            records: self.records_object,
            start_op: max_op + 1,
            deps: hashes.into_iter().map(|hash| automerge::ChangeHash(hash.0)).collect(),
            object_of: &object_of,
            seen: &seen,
        };
        change::build(entry, &ground)
    }

    fn take(&mut self, entry: &Entry, past: Clock, change: &Change, counters: &[u64]) {
        let name = entry.name();
        for (write, counter) in entry.writes.iter().zip(counters) {
            let made = OpName { counter: counter - 1, actor: entry.actor };
            let record = self
                .records
                .entry(write.record)
                .or_insert_with(|| RecordIndex { object: made, fields: BTreeMap::new() });
            let value = write.value.clone();
            let written = record.fields.entry(write.field).or_default();
            let place = written.partition_point(|other| other.entry < name);
            written.insert(place, Written { entry: name, counter: *counter, value });
            if let Some(parent) = parent(write) {
                self.rows.entry(parent.key).or_default().push(write.record);
            }
        }
        let mut touched: Vec<RecordKey> = entry.writes.iter().map(|write| write.record).collect();
        touched.sort_unstable();
        touched.dedup();
        self.heads.retain(|head| !past.saw(*head));
        let mut clock = past;
        clock.see(name);
        self.heads.insert(name);
        self.clock.see(name);
        self.order.push(name);
        let hash = change::hash_of(change);
        let applied = Applied {
            hash,
            max_op: change.max_op(),
            clock,
            time: entry.time,
            touched,
            counters: counters.to_vec(),
        };
        self.entries.insert(name, applied);
    }

    fn take_decisions(&mut self, book: BookId, entry: &Entry) {
        if !entry.actor.device().is_office() {
            return;
        }
        let decisions = Decision::list_in(book, entry);
        for decision in &decisions {
            let named = [Some(decision.record), decision.ruling.other()].into_iter().flatten();
            for id in named.filter(|id| id.book == book) {
                let entries = self.ruled_on.entry(id.key).or_default();
                if entries.last() != Some(&entry.name()) {
                    entries.push(entry.name());
                }
            }
        }
        if !decisions.is_empty() {
            self.decisions.insert(entry.name(), decisions);
        }
    }

    pub(super) fn decisions_in(&self, entry: EntryRef) -> &[Decision] {
        self.decisions.get(&entry).map_or(&[], Vec::as_slice)
    }

    pub(super) fn decisions_on(
        &self,
        id: RecordId,
    ) -> impl Iterator<Item = (EntryRef, &Decision)> + Clone {
        let entries = self.ruled_on.get(&id.key).map_or(&[][..], Vec::as_slice);
        let on = move |decision: &&Decision| {
            decision.record == id || decision.ruling.other() == Some(id)
        };
        entries.iter().flat_map(move |entry| {
            self.decisions_in(*entry).iter().filter(on).map(|decision| (*entry, decision))
        })
    }

    /// Whether neither of two entries was written by somebody who had seen the other.
    pub(super) fn apart(&self, a: EntryRef, b: EntryRef) -> bool {
        a != b && !self.saw(a, b) && !self.saw(b, a)
    }

    /// The writes of a field that somebody with this clock sees: those in its past that no other
    /// write there replaced.
    pub(super) fn visible(&self, key: RecordKey, field: FieldNo, clock: &Clock) -> Vec<&Written> {
        self.newest(self.written(key, field), clock)
    }

    /// Whether `b` was written by somebody who had seen `a`.
    pub(super) fn saw(&self, b: EntryRef, a: EntryRef) -> bool {
        b != a && self.clock_of(b).is_some_and(|clock| clock.saw(a))
    }

    /// All that was written to a field, in ascending order of the entries.
    pub(super) fn written(&self, key: RecordKey, field: FieldNo) -> &[Written] {
        let fields = self.records.get(&key).map(|record| &record.fields);
        fields.and_then(|fields| fields.get(&field)).map_or(&[], Vec::as_slice)
    }

    /// What an entry wrote to a field.
    pub(super) fn written_in(
        &self,
        entry: EntryRef,
        key: RecordKey,
        field: FieldNo,
    ) -> Option<&Written> {
        let written = self.written(key, field);
        let place = written.binary_search_by_key(&entry, |written| written.entry);
        written.get(place.ok()?)
    }

    pub(super) fn fields(&self, key: RecordKey) -> impl Iterator<Item = FieldNo> {
        self.records.get(&key).into_iter().flat_map(|record| record.fields.keys().copied())
    }

    /// The record that a record is a row of.
    pub(super) fn parent_of(&self, key: RecordKey) -> Option<RecordKey> {
        match self.written(key, FieldNo::PARENT).first()?.value {
            Value::Record(parent) => Some(parent.key),
            _ => None,
        }
    }

    /// The rows of a record, in the order of their keys.
    pub(super) fn rows_of(&self, key: RecordKey) -> Vec<RecordKey> {
        let mut rows = self.rows.get(&key).cloned().unwrap_or_default();
        rows.sort_unstable();
        rows
    }

    pub(super) fn object(&self, key: RecordKey) -> Option<OpName> {
        self.records.get(&key).map(|record| record.object)
    }

    pub(super) fn order(&self) -> &[EntryRef] {
        &self.order
    }

    pub(super) fn heads(&self) -> Vec<EntryRef> {
        self.heads.iter().copied().collect()
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(super) fn clock_of(&self, entry: EntryRef) -> Option<&Clock> {
        self.entries.get(&entry).map(|applied| &applied.clock)
    }

    pub(super) fn hash_of(&self, entry: EntryRef) -> Option<EntryHash> {
        self.entries.get(&entry).map(|applied| applied.hash)
    }

    pub(super) fn time_of(&self, entry: EntryRef) -> Option<Instant> {
        self.entries.get(&entry).map(|applied| applied.time)
    }

    pub(super) fn counters_of(&self, entry: EntryRef) -> Vec<u64> {
        self.entries.get(&entry).map(|applied| applied.counters.clone()).unwrap_or_default()
    }

    pub(super) fn touched_by(&self, entry: EntryRef) -> Vec<RecordKey> {
        self.entries.get(&entry).map(|applied| applied.touched.clone()).unwrap_or_default()
    }

    pub(super) fn records(&self) -> impl Iterator<Item = RecordKey> {
        self.records.keys().copied()
    }
}

/// The record that a write makes its record a row of.
fn parent(write: &Write) -> Option<RecordId> {
    match (write.field, &write.value) {
        (FieldNo::PARENT, Value::Record(parent)) => Some(*parent),
        _ => None,
    }
}

fn previous(entry: &Entry) -> EntryRef {
    EntryRef { actor: entry.actor, seq: entry.seq.saturating_sub(1) }
}
