//! What one save wrote, and its canonical bytes.
//!
//! The bytes are CBOR in one spelling only: an entry that decodes encodes to the same bytes. What
//! the type cannot say (lists, counters, deletions, another's record) cannot be said.
//!
//! ```text
//! entry = [actors, seq, deps, time, groups]
//! actors = [+ 8 bytes]          the writer first, then the others in the order of their first use
//! deps   = [* (actor index, seq)]  flat, ascending by actor bytes
//! time   = milliseconds since 1970, the device's own clock
//! group  = [null / [actor index, seq, index], + (field, value)]   null creates a record
//! value  = null / bool / int / text / bytes
//! ```

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use thiserror::Error;

use crate::base::{ActorId, EntryRef, Instant, RecordId, RecordKey, Seq};
use crate::record::{FieldNo, Value};

/// The most bytes an entry may have.
pub const MAX_ENTRY_BYTES: usize = 64 * 1024;
/// The most characters a text may have, long text included.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// The latest device time an entry can carry, in the year 3084; later clocks are cut down to it.
const MAX_TIME: i64 = 1 << 45;

/// One value written to one field of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Which record; one that this entry creates is named by the entry itself.
    pub record: RecordKey,
    /// Which field.
    pub field: FieldNo,
    /// What it holds from now on.
    pub value: Value,
}

/// What one save wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who wrote it.
    pub actor: ActorId,
    /// Its place among the actor's entries in this book, from 1.
    pub seq: Seq,
    /// The heads it was written on, ascending, one of an actor at the most; none for the first of a
    /// book.
    pub deps: Vec<EntryRef>,
    /// The device's clock, which nothing is ordered by.
    pub time: Instant,
    /// In the order they were written.
    pub writes: Vec<Write>,
}

/// The bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum EntryError {
    #[error("the entry has {0} bytes, more than {MAX_ENTRY_BYTES}")]
    TooLarge(usize),
    #[error("the entry is not well-formed: {0}")]
    Malformed(String),
    #[error("the entry is not in canonical form")]
    NotCanonical,
    #[error("the entry has no writes")]
    Empty,
    #[error("a sequence is 0, or the time out of range")]
    OutOfRange,
    #[error("one field of {0} is written twice")]
    WrittenTwice(RecordKey),
    #[error("{0} is created, made another form or made a row by a write that cannot do so")]
    ForgedRecord(RecordKey),
    #[error("a text of {0} has more than {MAX_TEXT_CHARS} characters")]
    TextTooLong(RecordKey),
}

impl From<minicbor::decode::Error> for EntryError {
    fn from(error: minicbor::decode::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

impl Entry {
    /// Which entry this is.
    #[must_use]
    pub fn name(&self) -> EntryRef {
        EntryRef { actor: self.actor, seq: self.seq }
    }

    /// The key of the record that the write at `index` creates.
    #[must_use]
    pub fn new_record(&self, index: u16) -> RecordKey {
        RecordKey { actor: self.actor, seq: self.seq, index }
    }

    /// Whether the record is created here.
    #[must_use]
    pub fn creates(&self, record: RecordKey) -> bool {
        record.entry() == self.name()
    }

    /// The canonical bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        // Writing into a vector cannot fail.
        drop(self.encode(&mut Encoder::new(&mut bytes)));
        bytes
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// [`EntryError`] for anything but one well-formed entry in its one spelling.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLarge(bytes.len()));
        }
        let entry = decode(&mut Decoder::new(bytes))?;
        entry.validate()?;
        if entry.to_bytes() == bytes { Ok(entry) } else { Err(EntryError::NotCanonical) }
    }

    /// The name at the head of bytes that may be no entry, for a report on them and nothing else.
    #[must_use]
    pub fn claimed_name(bytes: &[u8]) -> Option<EntryRef> {
        let mut d = Decoder::new(bytes);
        length(&mut d).ok()?;
        let others = length(&mut d).ok()?.checked_sub(1)?;
        let actor = ActorId(d.bytes().ok()?.try_into().ok()?);
        for _ in 0..others {
            d.bytes().ok()?;
        }
        Some(EntryRef { actor, seq: d.u32().ok()? })
    }

    /// The records that canonical bytes write to, without reading what they write: for whoever
    /// looks through thousands.
    ///
    /// # Errors
    /// [`EntryError`] for what is no such list; what else is wrong goes unseen.
    pub fn records_in(bytes: &[u8]) -> Result<Vec<RecordKey>, EntryError> {
        let d = &mut Decoder::new(bytes);
        expect_length(d, 5)?;
        let actors = decode_actors(d)?;
        let actor = find_actor(&actors, 0)?;
        let seq = d.u32()?;
        // What it stands on, and when.
        d.skip()?;
        d.skip()?;
        let mut records = Vec::new();
        let mut written = 0;
        for _ in 0..length(d)? {
            let parts = length(d)?.saturating_sub(1);
            records.push(decode_target(d, &actors, RecordKey { actor, seq, index: written })?);
            for _ in 0..parts {
                d.skip()?;
            }
            written = written.saturating_add(u16::try_from(parts / 2).unwrap_or(u16::MAX));
        }
        Ok(records)
    }

    /// What holds of every entry, whatever its book.
    ///
    /// # Errors
    /// [`EntryError`] naming the first thing that is wrong.
    pub fn validate(&self) -> Result<(), EntryError> {
        if self.writes.is_empty() {
            return Err(EntryError::Empty);
        }
        let names_nothing = self.deps.iter().any(|dep| dep.seq == 0);
        if self.seq == 0 || names_nothing || !(0..=MAX_TIME).contains(&self.time.0) {
            return Err(EntryError::OutOfRange);
        }
        // Of one actor the later entry has seen the earlier: both are never heads.
        if !self.deps.is_sorted_by(|a, b| a.actor < b.actor) {
            return Err(EntryError::NotCanonical);
        }
        let mut written: Vec<(RecordKey, FieldNo)> =
            self.writes.iter().map(|write| (write.record, write.field)).collect();
        written.sort_unstable();
        if let Some([(record, _), _]) = written.array_windows().find(|[a, b]| a == b) {
            return Err(EntryError::WrittenTwice(*record));
        }
        for (index, write) in self.writes.iter().enumerate() {
            self.validate_write(index, write)?;
        }
        // A record of this entry is only one if the write that its id names created it; and it is a
        // row only of one that was there before it, so that no record lies within itself.
        let made = |key: RecordKey| written.binary_search(&(key, FieldNo::FORM)).is_ok();
        let orphan = self.writes.iter().find(|write| {
            let lacks_parent = match (write.field, &write.value) {
                (FieldNo::PARENT, Value::Record(RecordId { key, .. })) => {
                    self.creates(*key) && !(made(*key) && key.index < write.record.index)
                }
                _ => false,
            };
            lacks_parent || (self.creates(write.record) && !made(write.record))
        });
        orphan.map_or(Ok(()), |write| Err(EntryError::ForgedRecord(write.record)))
    }

    fn validate_write(&self, index: usize, write: &Write) -> Result<(), EntryError> {
        let record = write.record;
        let creates = self.creates(record) && usize::from(record.index) == index;
        let sound = match (write.field, &write.value) {
            (FieldNo::FORM, Value::Int(0)) => creates && self.actor.device().is_office(),
            (FieldNo::FORM, Value::Int(form)) => creates && (1..=0xffff).contains(form),
            (FieldNo::SAME_AS, Value::Record(_) | Value::Null) => self.actor.device().is_office(),
            (FieldNo::SAME_AS, _) => false,
            (FieldNo::FORM, _) => false,
            (FieldNo::PARENT, Value::Record(_)) => self.creates(record),
            (FieldNo::PARENT, _) => false,
            (FieldNo::VOID, Value::Text(reason)) => !reason.is_empty(),
            (FieldNo::VOID, value) => value.is_null(),
            _ => true,
        };
        if !sound {
            return Err(EntryError::ForgedRecord(record));
        }
        match &write.value {
            Value::Text(text) if text.chars().count() > MAX_TEXT_CHARS => {
                Err(EntryError::TextTooLong(record))
            }
            _ => Ok(()),
        }
    }

    /// The time as an entry can carry it, whatever the device's clock says.
    #[must_use]
    pub fn clamp_time(now: Instant) -> Instant {
        Instant(now.0.clamp(0, MAX_TIME))
    }

    fn actors(&self) -> Vec<ActorId> {
        let mut actors = vec![self.actor];
        let deps = self.deps.iter().map(|dep| dep.actor);
        for actor in deps.chain(self.writes.iter().map(|write| write.record.actor)) {
            if !actors.contains(&actor) {
                actors.push(actor);
            }
        }
        actors
    }

    fn encode(&self, e: &mut Encoder<&mut Vec<u8>>) -> Encoded {
        let actors = self.actors();
        let index_of = |actor: ActorId| actors.iter().position(|a| *a == actor).unwrap_or(0) as u64;
        e.array(5)?.array(actors.len() as u64)?;
        for actor in &actors {
            e.bytes(&actor.0)?;
        }
        e.u32(self.seq)?.array(2 * self.deps.len() as u64)?;
        for dep in &self.deps {
            e.u64(index_of(dep.actor))?.u32(dep.seq)?;
        }
        let groups: Vec<&[Write]> = self.writes.chunk_by(|a, b| a.record == b.record).collect();
        e.i64(self.time.0)?.array(groups.len() as u64)?;
        let mut written = 0;
        for group in groups {
            e.array(1 + 2 * group.len() as u64)?;
            self.encode_target(e, group, written, &index_of)?;
            for write in group {
                e.u16(write.field.0)?.encode(&write.value)?;
            }
            written += group.len();
        }
        Ok(())
    }

    /// Which record a group of writes is about; null for the one that its first write creates.
    fn encode_target(
        &self,
        e: &mut Encoder<&mut Vec<u8>>,
        group: &[Write],
        written: usize,
        index_of: &dyn Fn(ActorId) -> u64,
    ) -> Encoded {
        let Some(Write { record, field, .. }) = group.first() else { return Ok(()) };
        let created_here = self.creates(*record) && usize::from(record.index) == written;
        if *field == FieldNo::FORM && created_here {
            return e.null()?.ok();
        }
        e.array(3)?.u64(index_of(record.actor))?.u32(record.seq)?.u16(record.index)?.ok()
    }
}

type Encoded = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

/// A definite array's length, no longer than the bytes that are left could hold.
fn length(d: &mut Decoder<'_>) -> Result<usize, EntryError> {
    let malformed = |what: &str| EntryError::Malformed(what.to_owned());
    let length = d.array()?.ok_or_else(|| malformed("an array of no stated length"))?;
    let left = d.input().len().saturating_sub(d.position());
    match usize::try_from(length) {
        Ok(length) if length <= left => Ok(length),
        _ => Err(malformed("an array longer than the bytes")),
    }
}

fn expect_length(d: &mut Decoder<'_>, expected: usize) -> Result<(), EntryError> {
    match length(d)? {
        found if found == expected => Ok(()),
        found => Err(EntryError::Malformed(format!("{found} parts, not {expected}"))),
    }
}

fn decode(d: &mut Decoder<'_>) -> Result<Entry, EntryError> {
    expect_length(d, 5)?;
    let actors = decode_actors(d)?;
    let actor = find_actor(&actors, 0)?;
    let seq = d.u32()?;
    let pairs = length(d)?;
    let mut deps = Vec::with_capacity(pairs / 2);
    for _ in 0..pairs / 2 {
        deps.push(EntryRef { actor: decode_actor(d, &actors)?, seq: d.u32()? });
    }
    let time = Instant(d.i64()?);
    let mut writes = Vec::new();
    for _ in 0..length(d)? {
        let parts = length(d)?;
        let index = u16::try_from(writes.len())
            .map_err(|_| EntryError::Malformed("too many writes".to_owned()))?;
        let record = decode_target(d, &actors, RecordKey { actor, seq, index })?;
        for _ in 0..parts.saturating_sub(1) / 2 {
            let field = FieldNo(d.u16()?);
            writes.push(Write { record, field, value: d.decode()? });
        }
    }
    Ok(Entry { actor, seq, deps, time, writes })
}

fn decode_actors(d: &mut Decoder<'_>) -> Result<Vec<ActorId>, EntryError> {
    let mut actors = Vec::new();
    for _ in 0..length(d)? {
        let bytes = d.bytes()?;
        let actor = bytes
            .try_into()
            .map_err(|_| EntryError::Malformed(format!("an actor of {} bytes", bytes.len())))?;
        actors.push(ActorId(actor));
    }
    Ok(actors)
}

/// Which record a group of writes is about; `new` if it is the one that the group creates.
fn decode_target(
    d: &mut Decoder<'_>,
    actors: &[ActorId],
    new: RecordKey,
) -> Result<RecordKey, EntryError> {
    if d.datatype()? == Type::Null {
        d.null()?;
        return Ok(new);
    }
    expect_length(d, 3)?;
    Ok(RecordKey { actor: decode_actor(d, actors)?, seq: d.u32()?, index: d.u16()? })
}

fn decode_actor(d: &mut Decoder<'_>, actors: &[ActorId]) -> Result<ActorId, EntryError> {
    find_actor(actors, usize::from(d.u16()?))
}

fn find_actor(actors: &[ActorId], index: usize) -> Result<ActorId, EntryError> {
    let actor = actors.get(index).copied();
    actor.ok_or_else(|| EntryError::Malformed(format!("no actor {index}")))
}
