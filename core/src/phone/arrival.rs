//! What is delivered, put into the open books before any of it is on disk.

use super::plan::{Action, Taken};
use super::{Phone, PhoneError, books, enrol};
use crate::base::{BookId, EntryHash, EntryRef};
use crate::book::{Book, Entry, RecordRow};
use crate::form::Pack;
use crate::store::{EntryRow, EntryState, StoreError, Transaction};
use crate::sync::{Chain, Cursor};

/// What an answer comes to, before any of it is on disk.
#[derive(Default)]
pub(super) struct Staged {
    pub(super) arrivals: Vec<Arrival>,
    pub(super) reissues: Vec<(BookId, EntryRef)>,
    pub(super) pack: Option<Pack>,
    pub(super) referred: bool,
    pub(super) clocks_wanted: bool,
    /// Whether the district took this phone to stand elsewhere than it does: the answer is to an
    /// older request.
    pub(super) stale: bool,
}

/// An entry and the first bytes of its hash.
type Hashed = (Entry, [u8; 8]);

/// What one book's delivery comes to.
pub(super) struct Arrival {
    pub(super) book: BookId,
    /// Whether the district takes this phone to hold an own entry that it does not: it was
    /// restored from a copy.
    pub(super) lacks_own: bool,
    /// How far the book has been delivered now, if that can be believed.
    pub(super) cursor: Option<Cursor>,
    pub(super) generation: u32,
    pub(super) order: Vec<EntryRef>,
    pub(super) here: Vec<EntryRef>,
    pub(super) fresh: Vec<(Entry, EntryHash)>,
    pub(super) waiting: Vec<Hashed>,
    /// Those that came earlier, and could not enter the book before these.
    pub(super) let_in: Vec<(Entry, EntryHash)>,
    pub(super) rows: Vec<RecordRow>,
    /// Where in the district's log entries stand.
    pub(super) places: Vec<(EntryRef, u64)>,
    /// Whether those are all that is known of the book's.
    pub(super) anew: bool,
}

impl Phone {
    /// Puts what is delivered into the open books, and finds out what is to be written.
    pub(super) fn stage(&mut self, actions: &[Action]) -> Result<Staged, PhoneError> {
        let table = self.cursor_table()?;
        let mut staged = Staged::default();
        for action in actions {
            match action {
                Action::Reissue(book, entry) => staged.reissues.push((*book, *entry)),
                Action::Refer(items) => {
                    staged.referred = true;
                    if items.iter().any(|item| item.name == "pack") {
                        staged.pack = Some(enrol::read_pack(items)?);
                    }
                }
                _ => {}
            }
        }
        for action in actions {
            let Action::Deliver { book, taken, after, order, cursor } = action else { continue };
            // Where one of our own names means another entry to the district, its positions say
            // nothing of what is here: first the names are put right, then the clocks tell.
            if staged.reissues.iter().any(|(reissued, _)| reissued == book) {
                staged.clocks_wanted = true;
                continue;
            }
            let start = Cursor::start(*book, cursor.generation, cursor.epoch);
            let from = table.0.get(book).copied().unwrap_or(start);
            let mut arrival = self.arrive(*book, taken)?;
            let follows = (*after, cursor.epoch) == (from.position, from.epoch);
            let chain = match order {
                // By clocks, the items are not all that lies between the two positions.
                Some(order) => Some(Chain::of(*book, cursor.generation, order)),
                None => self.chain_over(&arrival, from.chain),
            };
            if order.is_none() && !follows {
                // Its entries are the district's, but not what lies before them.
                staged.stale = true;
            } else if arrival.lacks_own || chain.is_some_and(|chain| chain != cursor.chain) {
                staged.clocks_wanted = true;
            } else {
                arrival.cursor = Some(*cursor);
                arrival.places = self.places(&arrival, *after, order.as_deref())?;
                arrival.anew = order.is_some();
            }
            staged.arrivals.push(arrival);
        }
        Ok(staged)
    }

    /// Where in the district's log the entries of an arrival stand; by clocks, all of the book's.
    fn places(
        &self,
        arrival: &Arrival,
        after: u64,
        order: Option<&[[u8; 8]]>,
    ) -> Result<Vec<(EntryRef, u64)>, PhoneError> {
        let Some(order) = order else {
            return Ok(arrival.order.iter().copied().zip(after + 1..).collect());
        };
        let mut known = self.store.find_hashed(arrival.book)?;
        known.extend(arrival.fresh.iter().map(|(entry, hash)| (hash.short(), entry.name())));
        known.extend(arrival.waiting.iter().map(|(entry, hash)| (*hash, entry.name())));
        let place = |(hash, place): (&[u8; 8], u64)| Some((*known.get(hash)?, place));
        Ok(order.iter().zip(after + 1..).filter_map(place).collect())
    }

    /// Puts delivered entries into the open book.
    fn arrive(&mut self, id: BookId, taken: &[Taken]) -> Result<Arrival, PhoneError> {
        self.open_book(id)?;
        let Some(book) = self.books.get_mut(&id) else {
            return Err(PhoneError::File("a book is missing".to_owned()));
        };
        let generation = book.generation();
        let (mut here, mut fresh, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        let (mut order, mut changed) = (Vec::with_capacity(taken.len()), Vec::new());
        for taken in taken {
            order.push(taken.name());
            match taken {
                Taken::Here(entry) => {
                    here.push(*entry);
                    // One that was kept apart, and that staff have let in after all.
                    let row = self.store.find_entry(id, *entry)?;
                    let row = row.filter(|_| book.hash_of(*entry).is_none());
                    if let Some(EntryRow { entry, hash, .. }) = row
                        && book.apply(&entry, Some(hash)).is_ok()
                    {
                        changed.push(entry);
                    }
                }
                // The same answer may come twice.
                Taken::New(entry, hash)
                    if book.hash_of(entry.name()).is_some_and(|known| known.short() == *hash) =>
                {
                    here.push(entry.name());
                }
                Taken::New(entry, hash) => match book.apply(entry, Some(*hash)) {
                    Ok(full) => fresh.push((entry.as_ref().clone(), full)),
                    // An entry that cannot enter must not keep the others out.
                    Err(_) => waiting.push((entry.as_ref().clone(), *hash)),
                },
            }
        }
        let mut let_in = Vec::new();
        if !fresh.is_empty() || !changed.is_empty() {
            let earlier = self.store.waiting_of(id)?;
            waiting.extend(earlier.into_iter().map(|row| (row.entry, row.hash)));
            (let_in, waiting) = enter_all(book, waiting);
        }
        let entered = fresh.iter().chain(&let_in);
        changed.extend(entered.map(|(entry, _)| entry.clone()));
        let rows = self.rows_after(id, &changed);
        let lacks =
            |entry: &EntryRef| Ok::<_, PhoneError>(self.store.find_entry(id, *entry)?.is_none());
        let lacks_own = here.iter().map(lacks).collect::<Result<Vec<_>, _>>()?.contains(&true);
        Ok(Arrival {
            book: id,
            lacks_own,
            cursor: None,
            generation,
            order,
            here,
            fresh,
            waiting,
            let_in,
            rows,
            places: Vec::new(),
            anew: false,
        })
    }

    /// The chain after an arrival; nothing if one of its entries has no hash here.
    fn chain_over(&self, arrival: &Arrival, start: Chain) -> Option<Chain> {
        let book = self.books.get(&arrival.book)?;
        let mut chain = start;
        for entry in &arrival.order {
            chain = chain.then(book.hash_of(*entry)?.short());
        }
        Some(chain)
    }
}

/// Puts into the book what can enter it now; and what is left.
fn enter_all(book: &mut Book, mut waiting: Vec<Hashed>) -> (Vec<(Entry, EntryHash)>, Vec<Hashed>) {
    let mut entered = Vec::new();
    loop {
        let before = entered.len();
        waiting.retain(|(entry, hash)| match book.apply(entry, Some(*hash)) {
            Ok(full) => {
                entered.push((entry.clone(), full));
                false
            }
            Err(_) => true,
        });
        if entered.len() == before {
            return (entered, waiting);
        }
    }
}

impl Arrival {
    /// The entries that are new to the book, whenever they came.
    pub(super) fn entered(&self) -> impl Iterator<Item = EntryRef> {
        self.order.iter().copied().chain(self.let_in.iter().map(|(entry, _)| entry.name()))
    }

    /// Writes it inside a transaction.
    pub(super) fn write(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let Arrival { book, generation, .. } = *self;
        for entry in &self.here {
            tx.mark_delivered(book, *entry)?;
        }
        for (entry, hash) in &self.fresh {
            // One that was here, and stood on something that was not, moves behind that.
            tx.forget_entry(book, entry.name())?;
            tx.add_entry(book, generation, entry, *hash, EntryState::Delivered)?;
            tx.mark_delivered(book, entry.name())?;
        }
        for (entry, hash) in &self.let_in {
            tx.let_in(book, generation, entry, *hash)?;
        }
        for (entry, hash) in &self.waiting {
            tx.add_waiting(book, generation, entry, *hash)?;
        }
        if self.anew {
            tx.clear_positions(book)?;
        }
        for (entry, place) in &self.places {
            tx.set_position(book, *entry, *place)?;
        }
        if let Some(Cursor { generation, epoch, position, chain }) = self.cursor {
            tx.set_cursor(book, (generation, epoch, position, chain.0))?;
        }
        books::put_rows(tx, book, &self.rows)
    }
}
