//! Decisions of staff: planned on the book as it is, refused where the page has moved on, and
//! appended to the log like any other entry.

use std::collections::BTreeMap;

use soban_core::base::{ActorId, BookId, DeviceId, Instant, RecordId, hex};
use soban_core::book::{Book, DecisionError, NewDecision, Ruling, Writer, plan_decision};
use soban_core::record::Fields;
use thiserror::Error;

use crate::project::load_book;
use crate::random;
use crate::store::log::{self, Arrived, LogState};
use crate::store::{Db, StoreError, meta};

/// The most records that one order rules on: each pair of them is a decision.
const MOST_RECORDS: usize = 12;

/// What somebody signed in has decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The records that the page showed.
    pub records: Vec<RecordId>,
    /// What they were then: [`state_of`].
    pub state: String,
    /// What is ruled.
    pub verdict: Verdict,
    /// Why; empty for no reason.
    pub reason: String,
    /// Whether there must be one.
    pub needs_reason: bool,
    /// Who rules.
    pub person: String,
}

/// What is ruled on the records of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One ruling on the first of them; of a `set` with what the unit holds from now on.
    One(Ruling, Fields),
    /// All of them are one record, and this is the one that is kept.
    Same(RecordId),
    /// Each of them is another record.
    Distinct,
    /// Ruled to be the same before, they are two after all.
    Split,
}

/// Why nothing was decided.
#[derive(Debug, Error)]
pub enum DecideError {
    /// Somebody has written since the page was made.
    #[error("the page has moved on")]
    Moved,
    /// A reason is needed.
    #[error("a reason is needed")]
    ReasonNeeded,
    /// The order rules on too many records, or on one that it does not name.
    #[error("the order does not name what it rules on")]
    BadOrder,
    /// An earlier decision is not in the book yet: to be tried again in a moment.
    #[error("an earlier decision is under way")]
    Busy,
    /// It cannot be made.
    #[error(transparent)]
    Decision(#[from] DecisionError),
}

/// The name under which a program writes from its start to its end.
///
/// # Errors
/// [`StoreError`].
pub fn office(db: &Db) -> Result<ActorId, StoreError> {
    let kept = meta::find(db, "office")?.and_then(|bytes| bytes.try_into().ok());
    let device = kept.map_or_else(|| DeviceId::of_office(random::bytes()), DeviceId);
    meta::put(db, "office", &device.0)?;
    Ok(ActorId::new(device, random::bytes()))
}

/// Names what these records are now; a page that shows them gives it back with an order.
///
/// # Errors
/// [`StoreError`].
pub fn state_of(db: &Db, records: &[RecordId]) -> Result<String, StoreError> {
    let mut books = Books::default();
    let mut state = String::new();
    for record in records {
        state.push_str(&hex::encode(&books.open(db, record.book)?.state_of(record.key)));
    }
    Ok(state)
}

/// Makes the decisions of an order, all or none.
///
/// # Errors
/// [`StoreError`]; a refusal is an answer.
pub fn decide(
    db: &Db,
    office: ActorId,
    order: &Order,
    now: Instant,
) -> Result<Result<(), DecideError>, StoreError> {
    if order.needs_reason && order.reason.is_empty() {
        return Ok(Err(DecideError::ReasonNeeded));
    }
    let Some(rulings) = rulings_of(order) else { return Ok(Err(DecideError::BadOrder)) };
    let mut books = Books::default();
    for record in &order.records {
        let book = books.open(db, record.book)?;
        let last = log::last_of(db, record.book, office)?;
        if book.clock().last(office) != last {
            return Ok(Err(DecideError::Busy));
        }
    }
    if state_of(db, &order.records)? != order.state {
        return Ok(Err(DecideError::Moved));
    }
    let mut arrivals = Vec::new();
    for (record, ruling, values) in rulings {
        let mut new = NewDecision {
            record,
            ruling,
            values,
            reason: Some(order.reason.clone()).filter(|reason| !reason.is_empty()),
            person: order.person.clone(),
            first_part: None,
        };
        let other = ruling.other().map(|other| other.book).filter(|other| *other != record.book);
        for id in [Some(record.book), other].into_iter().flatten() {
            let book = books.open(db, id)?;
            let (entry, part) = match plan_decision(book, Writer { actor: office, now }, &new) {
                Ok(planned) => planned,
                Err(error) => return Ok(Err(error.into())),
            };
            let hash = book.apply(&entry, None);
            let hash = hash.map_err(|refusal| StoreError::Damaged(refusal.to_string()))?;
            new.first_part = new.first_part.or(Some(part));
            arrivals.push(Arrived {
                book: id,
                generation: book.generation(),
                entry: entry.name(),
                claim: hash.short(),
                bytes: entry.to_bytes(),
                device: office.device(),
                received_at: now,
            });
        }
    }
    arrivals.iter().try_for_each(|arrived| log::append(db, arrived, LogState::Accepted))?;
    Ok(Ok(()))
}

/// The decisions that an order comes to; nothing if it names too few or too many records.
fn rulings_of(order: &Order) -> Option<Vec<(RecordId, Ruling, Fields)>> {
    let records = &order.records;
    let first = *records.first().filter(|_| records.len() <= MOST_RECORDS)?;
    let pairs = || {
        let pair = |(place, one): (usize, &RecordId)| {
            let one = *one;
            records.iter().skip(place + 1).map(move |other| (one, *other)).collect::<Vec<_>>()
        };
        records.iter().enumerate().flat_map(pair)
    };
    let plain = Fields::new;
    let rulings: Vec<_> = match &order.verdict {
        Verdict::One(ruling, values) => vec![(first, *ruling, values.clone())],
        Verdict::Same(kept) => {
            let others = records.iter().filter(|other| *other != kept);
            let same = others.map(|other| (*kept, Ruling::Same(*other), plain()));
            records.contains(kept).then(|| same.collect())?
        }
        Verdict::Distinct => {
            pairs().map(|(one, other)| (one, Ruling::Distinct(other), plain())).collect()
        }
        Verdict::Split => {
            pairs().map(|(one, other)| (one, Ruling::Split(other), plain())).collect()
        }
    };
    Some(rulings).filter(|rulings| !rulings.is_empty())
}

/// Books opened for one order.
#[derive(Default)]
struct Books(BTreeMap<BookId, Book>);

impl Books {
    fn open(&mut self, db: &Db, id: BookId) -> Result<&mut Book, StoreError> {
        use std::collections::btree_map::Entry;
        Ok(match self.0.entry(id) {
            Entry::Occupied(opened) => opened.into_mut(),
            Entry::Vacant(place) => place.insert(load_book(db, id)?),
        })
    }
}
