//! What staff ruled on a conflict: a record of its own, written by the district's console alone
//! and never changed (design section 5, ADR 6).

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{Book, Entry, Write, Writer};
use crate::base::{EntryHash, EntryRef, RecordId, RecordKey};
use crate::record::{FieldNo, Fields, FormNo, Value};

/// What was ruled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ruling {
    /// The unit that holds this field has the values that the same entry writes.
    Set(FieldNo),
    /// The record is void.
    Void,
    /// The record stands; a void of it is lifted.
    Keep,
    /// The other record is the same as this one, which is kept.
    Same(RecordId),
    /// The other record is another one.
    Distinct(RecordId),
    /// The other record, ruled to be the same before, is another one after all.
    Split(RecordId),
    /// Somebody is asked; the conflict stays open.
    Ask,
}

/// A decision as its entry carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Names the decision: its first part's record, where it has parts in two books.
    pub id: RecordId,
    /// The record that it rules on.
    pub record: RecordId,
    /// What was ruled.
    pub ruling: Ruling,
    /// Why.
    pub reason: Option<String>,
    /// Who ruled.
    pub person: String,
}

const KIND: FieldNo = FieldNo(16);
const RECORD: FieldNo = FieldNo(17);
const FIELD: FieldNo = FieldNo(18);
const OTHER: FieldNo = FieldNo(19);
const REASON: FieldNo = FieldNo(20);
const PERSON: FieldNo = FieldNo(21);
const FIRST_PART: FieldNo = FieldNo(22);

impl Ruling {
    /// Its number in a decision's record and in tables.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Set(_) => 1,
            Self::Void => 2,
            Self::Keep => 3,
            Self::Same(_) => 4,
            Self::Distinct(_) => 5,
            Self::Split(_) => 6,
            Self::Ask => 7,
        }
    }

    /// The other record, of a ruling on two.
    #[must_use]
    pub fn other(self) -> Option<RecordId> {
        match self {
            Self::Same(other) | Self::Distinct(other) | Self::Split(other) => Some(other),
            Self::Set(_) | Self::Void | Self::Keep | Self::Ask => None,
        }
    }
}

impl Decision {
    /// Its record's fields, as a record key's writes.
    fn writes(&self, id: RecordId) -> Vec<Write> {
        let text = |text: &str| Value::Text(text.to_owned());
        let field = match self.ruling {
            Ruling::Set(FieldNo(field)) => Some(Value::Int(i64::from(field))),
            _ => None,
        };
        let first_part = (self.id != id).then_some(Value::Record(self.id));
        let fields = [
            (FieldNo::FORM, Some(Value::Int(i64::from(FormNo::DECISION.0)))),
            (KIND, Some(Value::Int(i64::from(self.ruling.code())))),
            (RECORD, Some(Value::Record(self.record))),
            (FIELD, field),
            (OTHER, self.ruling.other().map(Value::Record)),
            (REASON, self.reason.as_deref().map(text)),
            (PERSON, Some(text(&self.person))),
            (FIRST_PART, first_part),
        ];
        let write = |(field, value): (FieldNo, Option<Value>)| {
            Some(Write { record: id.key, field, value: value? })
        };
        fields.into_iter().filter_map(write).collect()
    }

    /// The decisions that an entry carries; what does not read as one rules on nothing.
    pub(super) fn list_in(book: crate::base::BookId, entry: &Entry) -> Vec<Self> {
        let made = entry.writes.iter().filter(|write| {
            write.field == FieldNo::FORM && write.value == Value::Int(FormNo::DECISION.0.into())
        });
        let fields = |key: RecordKey| {
            let own = entry.writes.iter().filter(move |write| write.record == key);
            own.map(|write| (write.field, write.value.clone())).collect::<Fields>()
        };
        let read =
            |write: &Write| Self::read(RecordId { book, key: write.record }, &fields(write.record));
        made.filter_map(read).collect()
    }

    fn read(id: RecordId, fields: &Fields) -> Option<Self> {
        let record = |no: FieldNo| match fields.get(&no) {
            Some(Value::Record(id)) => Some(*id),
            _ => None,
        };
        let text = |no: FieldNo| match fields.get(&no) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let number = |no: FieldNo| match fields.get(&no) {
            Some(Value::Int(number)) => u16::try_from(*number).ok(),
            _ => None,
        };
        let ruling = match number(KIND)? {
            1 => Ruling::Set(FieldNo(number(FIELD)?)),
            2 => Ruling::Void,
            3 => Ruling::Keep,
            4 => Ruling::Same(record(OTHER)?),
            5 => Ruling::Distinct(record(OTHER)?),
            6 => Ruling::Split(record(OTHER)?),
            7 => Ruling::Ask,
            _ => return None,
        };
        let (person, reason) = (text(PERSON)?, text(REASON));
        let id = record(FIRST_PART).unwrap_or(id);
        Some(Self { id, record: record(RECORD)?, ruling, reason, person })
    }
}

/// A decision to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// The record that it rules on.
    pub record: RecordId,
    /// What is ruled.
    pub ruling: Ruling,
    /// Of a `set`, what the unit holds from now on.
    pub values: Fields,
    /// Why.
    pub reason: Option<String>,
    /// Who rules.
    pub person: String,
    /// Of the part in a second book: the first part.
    pub first_part: Option<RecordId>,
}

/// Why a decision cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecisionError {
    /// It rules on a record that is not in this book.
    #[error("{0} is not in this book")]
    UnknownRecord(RecordId),
    /// A void needs a reason.
    #[error("a reason is needed")]
    ReasonNeeded,
    /// A `set` without values, or another ruling with some.
    #[error("the values do not go with the ruling")]
    OtherValues,
    /// What it says does not fit in an entry.
    #[error("it does not fit in an entry: {0}")]
    Invalid(#[from] super::EntryError),
}

/// The entry of a decision on the book's heads, and the decision's own record. Of a ruling on
/// records of two books each book has a part, and its record is the one of the two that it holds.
///
/// # Errors
/// [`DecisionError`].
pub fn plan_decision(
    book: &Book,
    writer: Writer,
    new: &NewDecision,
) -> Result<(Entry, RecordId), DecisionError> {
    let named = [Some(new.record), new.ruling.other()];
    let here: Vec<RecordId> =
        named.into_iter().flatten().filter(|id| id.book == book.id()).collect();
    let missing = here.iter().find(|id| book.form_of(id.key).is_none());
    if let Some(missing) = missing.or(here.is_empty().then_some(&new.record)) {
        return Err(DecisionError::UnknownRecord(*missing));
    }
    if matches!(new.ruling, Ruling::Set(_)) == new.values.is_empty() {
        return Err(DecisionError::OtherValues);
    }
    let mut entry = Entry {
        actor: writer.actor,
        seq: book.next_seq(writer.actor),
        deps: book.heads(),
        time: Entry::clamp_time(writer.now),
        writes: Vec::new(),
    };
    let id = RecordId { book: book.id(), key: entry.new_record(0) };
    let decision = Decision {
        id: new.first_part.unwrap_or(id),
        record: new.record,
        ruling: new.ruling,
        reason: new.reason.clone(),
        person: new.person.clone(),
    };
    entry.writes = decision.writes(id);
    entry.writes.extend(consequences(book, new)?);
    entry.validate()?;
    Ok((entry, id))
}

/// What a decision writes into the records that it rules on.
fn consequences(book: &Book, new: &NewDecision) -> Result<Vec<Write>, DecisionError> {
    let write = |id: RecordId, field, value| Write { record: id.key, field, value };
    let linked = |id: RecordId| !book.value(id.key, FieldNo::SAME_AS).is_null();
    Ok(match new.ruling {
        Ruling::Set(_) => {
            let values = new.values.iter();
            values.map(|(field, value)| write(new.record, *field, value.clone())).collect()
        }
        Ruling::Void => {
            let reason = new.reason.clone().filter(|reason| !reason.is_empty());
            let reason = reason.ok_or(DecisionError::ReasonNeeded)?;
            vec![write(new.record, FieldNo::VOID, Value::Text(reason))]
        }
        Ruling::Keep => vec![write(new.record, FieldNo::VOID, Value::Null)],
        Ruling::Same(other) if other.book == book.id() => {
            vec![write(other, FieldNo::SAME_AS, Value::Record(new.record))]
        }
        Ruling::Distinct(other) | Ruling::Split(other) => {
            let pair = [new.record, other].into_iter();
            let here = pair.filter(|id| id.book == book.id() && linked(*id));
            here.map(|id| write(id, FieldNo::SAME_AS, Value::Null)).collect()
        }
        Ruling::Same(_) | Ruling::Ask => Vec::new(),
    })
}

/// A ruling on a pair of records, as one book tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRuling {
    /// Names the decision.
    pub decision: RecordId,
    /// The record it is on, of a `same` the one that is kept.
    pub record: RecordId,
    /// The other record.
    pub other: RecordId,
    /// Whether they are ruled to be the same.
    pub same: bool,
    /// Whether a later ruling on the pair saw it.
    pub superseded: bool,
    /// Of a `same`, whether somebody wrote to the other record without seeing it and unseen by it.
    pub unseen: bool,
}

impl Book {
    /// The decisions that an entry carries.
    #[must_use]
    pub fn decisions_in(&self, entry: EntryRef) -> &[Decision] {
        self.index.decisions_in(entry)
    }

    /// The decisions that name a record of this book, and their entries, in the order of arrival.
    pub fn decisions_on(
        &self,
        record: RecordKey,
    ) -> impl Iterator<Item = (EntryRef, &Decision)> + Clone {
        self.index.decisions_on(RecordId { book: self.id(), key: record })
    }

    /// The rulings on pairs that a record of this book is one of.
    #[must_use]
    pub fn pair_rulings_on(&self, record: RecordKey) -> Vec<PairRuling> {
        let rulings: Vec<_> = self
            .decisions_on(record)
            .filter_map(|(entry, decision)| Some((entry, decision, decision.ruling.other()?)))
            .collect();
        let pair = |decision: &Decision, other: RecordId| {
            if decision.record < other {
                (decision.record, other)
            } else {
                (other, decision.record)
            }
        };
        let ruling = |(entry, decision, other): &(EntryRef, &Decision, RecordId)| PairRuling {
            decision: decision.id,
            record: decision.record,
            other: *other,
            same: matches!(decision.ruling, Ruling::Same(_)),
            superseded: rulings.iter().any(|(later, of, with)| {
                pair(of, *with) == pair(decision, *other) && self.index.saw(*later, *entry)
            }),
            unseen: matches!(decision.ruling, Ruling::Same(_))
                && other.book == self.id()
                && self.written_unseen_by(other.key, *entry, |by| {
                    let of_pair =
                        |d: &Decision, with: RecordId| pair(d, with) == pair(decision, *other);
                    !rulings.iter().any(|(e, of, with)| *e == by && of_pair(of, *with))
                }),
        };
        rulings.iter().map(ruling).collect()
    }

    /// Names what a record and its rows are now: every entry that wrote to them or ruled on them.
    /// A page that shows it says so when it is acted upon.
    #[must_use]
    pub fn state_of(&self, record: RecordKey) -> [u8; 8] {
        let records = std::iter::once(record).chain(self.rows_of(record));
        let written = records.flat_map(|key| {
            let writes = self.fields_of(key).flat_map(move |f| self.index.written(key, f));
            writes.map(|w| w.entry)
        });
        let ruled = self.decisions_on(record).map(|(entry, _)| entry);
        let entries: BTreeSet<EntryRef> = written.chain(ruled).collect();
        let mut hasher = Sha256::new();
        for EntryRef { actor, seq } in entries {
            hasher.update(actor.0);
            hasher.update(seq.to_be_bytes());
        }
        EntryHash(hasher.finalize().into()).short()
    }

    /// Whether one of these entries wrote to a record without either seeing the other.
    fn written_unseen_by(
        &self,
        record: RecordKey,
        entry: EntryRef,
        counts: impl Fn(EntryRef) -> bool,
    ) -> bool {
        let fields = self.fields_of(record);
        let mut writes = fields.flat_map(|field| self.index.written(record, field));
        writes.any(|w| self.index.apart(w.entry, entry) && counts(w.entry))
    }
}
