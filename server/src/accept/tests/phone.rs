//! A phone that is no more than books and cursors.

use std::collections::BTreeMap;

use soban_core::base::{ActorId, BookId, EntryRef, Instant, RecordId, RecordKey};
use soban_core::book::{Book, Entry, Write};
use soban_core::record::{FieldNo, Value};
use soban_core::sync::{
    BookClock, Chain, CursorTable, Delivery, Given, Item, Mac, Need, ReferenceItem, SentEntry,
    Standing, Stored, SyncRequest, SyncResponse,
};

use super::stage::{FORM, ROW, TITLE, text};
use crate::accept::Caller;

#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) caller: Caller,
    pub(crate) actor: ActorId,
    pub(crate) books: BTreeMap<BookId, Book>,
    pub(crate) own: Vec<SentEntry>,
    pub(crate) unsent: Vec<SentEntry>,
    pub(crate) table: CursorTable,
    pub(crate) reference: Vec<[u8; 8]>,
    pub(crate) mac: Mac,
    pub(crate) need: Need,
    pub(crate) budget: u32,
    /// Per book the hashes of its positions.
    pub(crate) order: BTreeMap<BookId, Vec<[u8; 8]>>,
    /// Every entry by its hash, and its book.
    pub(crate) entries: BTreeMap<[u8; 8], (BookId, Vec<u8>)>,
    /// What the server said that it holds, where it asked.
    pub(crate) held: Option<Vec<BookClock>>,
}

impl Phone {
    pub(super) fn new(actor: ActorId, caller: Caller) -> Self {
        Self {
            caller,
            actor,
            books: BTreeMap::new(),
            own: Vec::new(),
            unsent: Vec::new(),
            table: CursorTable::default(),
            reference: Vec::new(),
            mac: Mac::default(),
            need: Need::default(),
            budget: 64 * 1024,
            order: BTreeMap::new(),
            entries: BTreeMap::new(),
            held: None,
        }
    }

    pub(crate) fn standing(&self) -> Standing {
        Standing { cursors: self.table.clone(), reference: self.reference.clone() }
    }

    pub(crate) fn book(&mut self, id: BookId) -> &mut Book {
        self.books.entry(id).or_insert_with(|| Book::new(id, 1))
    }

    /// Writes an entry, to be sent.
    pub(crate) fn write(&mut self, id: BookId, writes: impl FnOnce(&Entry) -> Vec<Write>) -> Entry {
        let actor = self.actor;
        let book = self.book(id);
        let (seq, deps) = (book.next_seq(actor), book.heads());
        let mut entry = Entry { actor, seq, deps, time: Instant(1_000), writes: Vec::new() };
        entry.writes = writes(&entry);
        let hash = book.apply(&entry, None).unwrap().short();
        let sent = SentEntry { book: id, generation: 1, hash, entry: entry.to_bytes() };
        self.entries.insert(hash, (id, sent.entry.clone()));
        self.own.push(sent.clone());
        self.unsent.push(sent);
        entry
    }

    pub(crate) fn create(&mut self, id: BookId, title: &str) -> RecordKey {
        let made = self.write(id, |entry| {
            let record = entry.new_record(0);
            vec![
                Write { record, field: FieldNo::FORM, value: Value::Int(i64::from(FORM.0)) },
                Write { record, field: TITLE, value: text(title) },
            ]
        });
        made.new_record(0)
    }

    pub(crate) fn create_row(&mut self, id: BookId, parent: RecordKey) -> RecordKey {
        let made = self.write(id, |entry| {
            let record = entry.new_record(0);
            let parent = Value::Record(RecordId { book: id, key: parent });
            vec![
                Write { record, field: FieldNo::FORM, value: Value::Int(i64::from(ROW.0)) },
                Write { record, field: FieldNo::PARENT, value: parent },
            ]
        });
        made.new_record(0)
    }

    pub(crate) fn set(&mut self, id: BookId, record: RecordKey, field: FieldNo, value: Value) {
        self.write(id, |_| vec![Write { record, field, value }]);
    }

    pub(crate) fn request(&self) -> SyncRequest {
        let asked = |(book, held): (&BookId, &Book)| BookClock {
            book: *book,
            generation: 1,
            clock: held.clock().clone(),
        };
        let given = self.given();
        let send_clocks = self.need.clocks || !given.is_empty();
        let send_standing = send_clocks || self.need.standing;
        SyncRequest {
            digest: self.standing().digest(),
            standing: send_standing.then(|| (self.standing(), self.mac)),
            clocks: send_clocks.then(|| self.books.iter().map(asked).collect()),
            entries: self.unsent.clone(),
            given,
            plain: true,
            budget: self.budget,
            ..SyncRequest::default()
        }
    }

    /// What the server has forgotten of what others wrote.
    fn given(&self) -> Vec<Given> {
        let Some(held) = &self.held else { return Vec::new() };
        let given = |(book, order): (&BookId, &Vec<[u8; 8]>)| {
            let theirs = held.iter().find(|held| held.book == *book);
            let lost = |hash: &&[u8; 8]| {
                let name = Entry::from_bytes(&self.entries[*hash].1).unwrap().name();
                let saw = theirs.is_some_and(|held| held.clock.saw(name));
                name.actor.device() != self.caller.device && !saw
            };
            let entry = |hash: &[u8; 8]| (*hash, self.entries[hash].1.clone());
            let entries: Vec<_> = order.iter().filter(lost).map(entry).collect();
            (!entries.is_empty()).then(|| Given {
                book: *book,
                generation: 1,
                order: order.clone(),
                entries,
            })
        };
        self.order.iter().filter_map(given).collect()
    }

    pub(crate) fn take(&mut self, response: &SyncResponse) {
        for stored in &response.stored {
            self.unsent.retain(|sent| !covers(stored, sent));
        }
        if let Some(held) = &response.clocks {
            self.send_again(held);
        }
        self.held = response.clocks.clone();
        if !response.reference.is_empty() {
            self.reference = response.reference.iter().map(ReferenceItem::hash).collect();
            self.reference.sort_unstable();
        }
        for delivery in &response.deliveries {
            let chain = self.take_items(delivery);
            assert_eq!(chain, delivery.cursor.chain);
            self.table.0.insert(delivery.book, delivery.cursor);
        }
        if response.mac != Mac::default() {
            self.mac = response.mac;
        }
        self.need = response.need;
    }

    fn send_again(&mut self, held: &[BookClock]) {
        let lost = |sent: &&SentEntry| {
            let name = name_of(sent);
            let theirs = held.iter().find(|held| held.book == sent.book);
            theirs.is_none_or(|held| name.seq > held.clock.last(name.actor))
        };
        let again: Vec<SentEntry> = self.own.iter().filter(lost).cloned().collect();
        self.unsent.retain(|sent| !again.contains(sent));
        self.unsent.extend(again);
    }

    /// The chain over the book as the server tells it.
    fn take_items(&mut self, delivery: &Delivery) -> Chain {
        let mut hashes = Vec::new();
        for item in &delivery.items {
            let book = self.book(delivery.book);
            let hash = match item {
                Item::Own(actor, seq) => {
                    let name = EntryRef { actor: *actor, seq: *seq };
                    book.hash_of(name).expect("an own entry is here").short()
                }
                Item::New(hash, bytes) => {
                    let entry = Entry::from_bytes(bytes).unwrap();
                    book.apply(&entry, Some(*hash)).unwrap();
                    self.entries.insert(*hash, (delivery.book, bytes.clone()));
                    *hash
                }
            };
            hashes.push(hash);
        }
        let order = self.order.entry(delivery.book).or_default();
        match &delivery.order {
            Some(all) => order.clone_from(all),
            None => order.extend(hashes),
        }
        assert_eq!(order.len() as u64, delivery.cursor.position);
        Chain::of(delivery.book, 1, order)
    }
}

pub(crate) fn name_of(sent: &SentEntry) -> EntryRef {
    Entry::from_bytes(&sent.entry).unwrap().name()
}

fn covers(stored: &Stored, sent: &SentEntry) -> bool {
    let name = name_of(sent);
    stored.book == sent.book
        && stored.actor == name.actor
        && (stored.first..=stored.last).contains(&name.seq)
}
