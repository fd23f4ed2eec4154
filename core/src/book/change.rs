//! The Automerge change of an entry: the same bytes everywhere, built here and nowhere parsed.
//!
//! The one file that uses `automerge::legacy`, which is public but undocumented; the crate is
//! pinned to one version for it.

use std::num::NonZeroU64;

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ActorId as AmActor, Change, ChangeHash, ExpandedChange, ObjType, ScalarValue};
use sha2::{Digest, Sha256};

use super::Entry;
use crate::base::{ActorId, BookId, EntryHash, RecordKey};
use crate::record::{FieldNo, Value};

/// The layout of the document that [`genesis`] lays out; a part of every book's genesis.
const LAYOUT: i64 = 1;
/// The key of the map of records in the document's root.
pub(super) const RECORDS: &str = "records";

/// An operation's id: the counter that Automerge orders by, and the actor that breaks ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OpName {
    pub(super) counter: u64,
    pub(super) actor: ActorId,
}

impl From<OpName> for OpId {
    fn from(name: OpName) -> Self {
        Self(name.counter, am_actor(name.actor))
    }
}

pub(super) fn am_actor(actor: ActorId) -> AmActor {
    AmActor::from(actor.0.as_slice())
}

pub(super) fn hash_of(change: &Change) -> EntryHash {
    EntryHash(change.hash().0)
}

/// The key of a field in a record's map.
pub(super) fn field_key(field: FieldNo) -> String {
    field.0.to_string()
}

/// A value as an Automerge scalar.
pub(super) fn to_scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Null => ScalarValue::Null,
        Value::Text(text) => ScalarValue::Str(text.as_str().into()),
        Value::Int(number) => ScalarValue::Int(*number),
        Value::Bool(truth) => ScalarValue::Boolean(*truth),
        other => ScalarValue::Bytes(other.to_bytes().unwrap_or_default()),
    }
}

/// A scalar as a value; nothing for what no entry can write.
pub(super) fn from_scalar(scalar: &ScalarValue) -> Option<Value> {
    match scalar {
        ScalarValue::Null => Some(Value::Null),
        ScalarValue::Str(text) => Some(Value::Text(text.to_string())),
        ScalarValue::Int(number) => Some(Value::Int(*number)),
        ScalarValue::Boolean(truth) => Some(Value::Bool(*truth)),
        ScalarValue::Bytes(bytes) => Some(Value::from_bytes(bytes)),
        _ => None,
    }
}

/// The first change of a book, which follows from its id, generation and layout alone.
pub(super) fn genesis(book: BookId, generation: u32) -> Change {
    let put = |key: &str, action| Op {
        action,
        obj: ObjectId::Root,
        key: Key::Map(key.into()),
        pred: SortedVec::new(),
        insert: false,
    };
    let operations = vec![
        put("book", OpType::Put(ScalarValue::Str(book.to_string().into()))),
        put("generation", OpType::Put(ScalarValue::Int(generation.into()))),
        put("layout", OpType::Put(ScalarValue::Int(LAYOUT))),
        put(RECORDS, OpType::Make(ObjType::Map)),
    ];
    expanded(genesis_actor(book, generation), 1, 1, 0, Vec::new(), operations)
}

/// The map of records: the genesis's fourth operation.
pub(super) fn records_object(book: BookId, generation: u32) -> OpName {
    OpName { counter: 4, actor: genesis_actor(book, generation) }
}

/// Nobody may write under this name; enrolment never gives it, since it is no device's.
fn genesis_actor(book: BookId, generation: u32) -> ActorId {
    let text = format!("soban {book} generation {generation} layout {LAYOUT}");
    let hash: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    ActorId(EntryHash(hash).short())
}

/// What an entry's change is built on, found by the book.
pub(super) struct Ground<'a> {
    /// The map of records.
    pub(super) records: OpName,
    /// The first operation's counter.
    pub(super) start_op: u64,
    /// The hashes of the entry's deps, or of the genesis if it has none.
    pub(super) deps: Vec<ChangeHash>,
    /// The operation that made a record's map, for records of earlier entries.
    pub(super) object_of: &'a dyn Fn(RecordKey) -> Option<OpName>,
    /// The operations whose values the writer saw in a field.
    pub(super) seen: &'a dyn Fn(RecordKey, FieldNo) -> Vec<OpName>,
}

/// The change of an entry, and per write the counter of its operation. Nothing if it writes to a
/// record that its ground does not have.
pub(super) fn build(entry: &Entry, ground: &Ground<'_>) -> Option<(Change, Vec<u64>)> {
    let mut operations = Vec::with_capacity(entry.writes.len() + 4);
    let mut counters = Vec::with_capacity(entry.writes.len());
    let mut made: Vec<(RecordKey, OpName)> = Vec::new();
    let mut next = ground.start_op;
    for write in &entry.writes {
        if write.field == FieldNo::FORM {
            made.push((write.record, OpName { counter: next, actor: entry.actor }));
            operations.push(Op {
                action: OpType::Make(ObjType::Map),
                obj: ObjectId::Id(ground.records.into()),
                key: Key::Map(write.record.to_string().into()),
                pred: SortedVec::new(),
                insert: false,
            });
            next += 1;
        }
        let here = made.iter().find(|(record, _)| *record == write.record).map(|(_, op)| *op);
        let object = here.or_else(|| (ground.object_of)(write.record))?;
        let pred: Vec<OpId> =
            (ground.seen)(write.record, write.field).into_iter().map(OpId::from).collect();
        operations.push(Op {
            action: OpType::Put(to_scalar(&write.value)),
            obj: ObjectId::Id(object.into()),
            key: Key::Map(field_key(write.field).into()),
            pred: SortedVec::from(pred),
            insert: false,
        });
        counters.push(next);
        next += 1;
    }
    let deps = ground.deps.clone();
    let change = expanded(entry.actor, entry.seq, ground.start_op, entry.time.0, deps, operations);
    Some((change, counters))
}

fn expanded(
    actor: ActorId,
    seq: u32,
    start_op: u64,
    time: i64,
    deps: Vec<ChangeHash>,
    operations: Vec<Op>,
) -> Change {
    Change::from(ExpandedChange {
        operations,
        actor_id: am_actor(actor),
        hash: None,
        seq: u64::from(seq),
        start_op: NonZeroU64::new(start_op).unwrap_or(NonZeroU64::MIN),
        time,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    })
}
