//! From an answer to what it means for this phone: pure, before anything is touched.

use super::PhoneError;
use crate::base::{ActorId, BookId, DeviceId, EntryRef, Seq};
use crate::book::Entry;
use crate::sync::{Cursor, Delivery, Item, Need, ProblemKind, ReferenceItem, Stored, SyncResponse};

/// One thing that an answer does to this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Entries are on the district's disk.
    Confirm(Stored),
    /// The district did not take an entry.
    Refuse(BookId, EntryRef, ProblemKind),
    /// The district has no room for an entry: it stays here, to be sent at a later sync.
    Keep(BookId, EntryRef),
    /// Another entry stands under this name: write it and what follows it anew, under another.
    Reissue(BookId, EntryRef),
    /// The district lost what this actor wrote after a sequence: send it again.
    SendAgain(BookId, ActorId, Seq),
    /// Entries of a book, in order.
    Deliver {
        /// The book.
        book: BookId,
        /// Its entries.
        taken: Vec<Taken>,
        /// The position before the first of them.
        after: u64,
        /// By clocks, the hashes of every position after that.
        order: Option<Vec<[u8; 8]>>,
        /// How far the book has been delivered then.
        cursor: Cursor,
    },
    /// New forms and names.
    Refer(Vec<ReferenceItem>),
    /// What the next request must carry.
    Ask(Need),
    /// The district revoked this phone, or no longer does.
    Revoked(bool),
    /// The district has forgotten this phone, and its staff have not confirmed it yet.
    Pending(bool),
}

/// One delivered entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is here already.
    Here(EntryRef),
    /// It is new, and these are the first bytes of its hash.
    New(Box<Entry>, [u8; 8]),
}

impl Taken {
    pub(super) fn name(&self) -> EntryRef {
        match self {
            Self::Here(entry) => *entry,
            Self::New(entry, _) => entry.name(),
        }
    }
}

/// What an answer means for a device.
///
/// # Errors
/// [`PhoneError::BadAnswer`] if an entry in it does not read; then none of it is taken.
pub(super) fn plan(answer: SyncResponse, device: DeviceId) -> Result<Vec<Action>, PhoneError> {
    let mut actions: Vec<Action> = answer.stored.into_iter().map(Action::Confirm).collect();
    for problem in answer.problems {
        let entry = EntryRef { actor: problem.actor, seq: problem.seq };
        let own = entry.actor.device() == device;
        actions.push(match problem.kind {
            ProblemKind::SequenceTaken if own => Action::Reissue(problem.book, entry),
            ProblemKind::Full => Action::Keep(problem.book, entry),
            kind => Action::Refuse(problem.book, entry, kind),
        });
    }
    for delivery in answer.deliveries {
        let Delivery { book, after, items, order, cursor } = delivery;
        let taken = items.into_iter().map(take).collect::<Result<_, _>>()?;
        actions.push(Action::Deliver { book, taken, after, order, cursor });
    }
    if !answer.reference.is_empty() {
        actions.push(Action::Refer(answer.reference));
    }
    actions.push(Action::Ask(answer.need));
    actions.push(Action::Revoked(answer.revoked));
    actions.push(Action::Pending(answer.pending));
    Ok(actions)
}

fn take(item: Item) -> Result<Taken, PhoneError> {
    match item {
        Item::Own(actor, seq) => Ok(Taken::Here(EntryRef { actor, seq })),
        Item::New(hash, bytes) => {
            let entry = Entry::from_bytes(&bytes);
            let entry = entry.map_err(|error| PhoneError::BadAnswer(error.to_string()))?;
            Ok(Taken::New(Box::new(entry), hash))
        }
    }
}
