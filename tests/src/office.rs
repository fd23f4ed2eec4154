//! An office that enrols phones and answers them from memory, where the server is not the subject.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use soban_core::base::{BookId, DeviceId, EntryHash, EntryRef};
use soban_core::book::{Book, Clock, Entry, Refusal};
use soban_core::form::Pack;
use soban_core::phone::Phone;
use soban_core::sync::{
    BookClock, Certificate, Chain, Cursor, CursorTable, Delivery, Effort, EnrolRequest,
    EnrolResponse, Item, Lane, MAX_PREFIX_BYTES, NoPrefixes, Prefix, Prefixes, Problem,
    ProblemKind, ReferenceItem, SentEntry, SignedCertificate, Standing, Stored, SyncRequest,
    SyncResponse, WIRE_VERSION,
};

use crate::phones::{CELL, NOW, open_phone};

/// What the office holds of one book.
#[derive(Debug)]
struct Shelf {
    book: Book,
    log: Vec<(EntryRef, EntryHash, Vec<u8>)>,
    held: Vec<SentEntry>,
}

/// An office that enrols phones and answers them from memory.
#[derive(Debug)]
pub struct Office {
    secret: [u8; 32],
    epoch: u32,
    devices: u8,
    reference: Vec<ReferenceItem>,
    shelves: BTreeMap<BookId, Shelf>,
    told: BTreeMap<DeviceId, Standing>,
}

impl Office {
    /// An office with this pack and no books.
    #[must_use]
    pub fn new(pack: &Pack) -> Self {
        let reference = vec![ReferenceItem { name: "pack".to_owned(), bytes: pack.to_bytes() }];
        let (shelves, told) = (BTreeMap::new(), BTreeMap::new());
        Self { secret: [5; 32], epoch: 1, devices: 0, reference, shelves, told }
    }

    /// A new phone of the cell, enrolled with the office's pack.
    #[must_use]
    pub fn phone(&mut self, dir: &Path) -> Phone {
        let pack = self.reference.clone();
        self.phone_with(dir, &pack)
    }

    /// A new phone of the cell that is given another pack.
    #[must_use]
    pub fn phone_with_pack(&mut self, dir: &Path, pack: &Pack) -> Phone {
        let item = ReferenceItem { name: "pack".to_owned(), bytes: pack.to_bytes() };
        self.phone_with(dir, &[item])
    }

    fn phone_with(&mut self, dir: &Path, reference: &[ReferenceItem]) -> Phone {
        let mut phone = open_phone(dir);
        let request = phone.enrol_request("AAAAA-AAAAA", "test").expect("it asks");
        let request = EnrolRequest::from_bytes(&request).expect("it reads");
        self.devices += 1;
        let certificate = Certificate {
            device: DeviceId([0, 0, 0, 0, self.devices]),
            holder: "bí thư".to_owned(),
            org_units: vec![CELL],
            public_key: request.public_key,
            issued_at: NOW,
        };
        let answer = EnrolResponse {
            version: WIRE_VERSION,
            certificate: SignedCertificate::sign(&certificate, &self.secret),
            server_key: EnrolRequest::new("", &self.secret, "").public_key,
            token: "token".to_owned(),
            epoch: self.epoch,
            now: NOW,
            reference: reference.to_vec(),
        };
        phone.finish_enrolment(&answer.to_bytes(), NOW).expect("it enrols");
        phone
    }

    /// Syncs until neither side has anything to say.
    pub fn sync(&mut self, phone: &mut Phone) {
        for _ in 0..20 {
            let answer = bytes_of(&self.answer(phone), phone);
            let outcome = phone.incoming(&answer, NOW).expect("it takes the answer");
            if !outcome.again {
                return;
            }
        }
        unreachable!("phone and office never come to an end");
    }

    /// What the phone sends now.
    pub fn request(&self, phone: &mut Phone) -> SyncRequest {
        let device = phone.identity().expect("it is enrolled").device();
        let request = phone.outgoing("test", None, NOW).expect("it asks");
        let lane = Lane { device, prefixes: self, effort: Effort::Time };
        SyncRequest::from_bytes(&request, &lane).expect("it reads")
    }

    /// What the office answers to what the phone sends now; the phone has not heard it yet.
    pub fn answer(&mut self, phone: &mut Phone) -> SyncResponse {
        let device = phone.identity().expect("it is enrolled").device();
        let request = self.request(phone);
        let mut answer = SyncResponse::new(NOW);
        for sent in &request.entries {
            self.take(sent, &mut answer);
        }
        let told = self.told.entry(device).or_default();
        if let Some((standing, _)) = request.standing {
            *told = standing;
        } else if told.cursors != CursorTable::default() && told.digest() != request.digest {
            (answer.need.standing, answer.need.clocks) = (true, true);
            return answer;
        }
        let clocks: Option<BTreeMap<BookId, Clock>> =
            request.clocks.map(|clocks| clocks.into_iter().map(|c| (c.book, c.clock)).collect());
        for (book, shelf) in &self.shelves {
            let clock = clocks.as_ref().map(|clocks| clocks.get(book).cloned().unwrap_or_default());
            let table = &mut told.cursors;
            answer.deliveries.extend(shelf.deliver(device, table, clock.as_ref(), self.epoch));
        }
        told.reference = reference_of(phone);
        let held = |(book, shelf): (&BookId, &Shelf)| BookClock {
            book: *book,
            generation: 1,
            clock: shelf.book.clock().clone(),
        };
        answer.clocks = clocks.map(|_| self.shelves.iter().map(held).collect());
        answer
    }

    /// Gives every phone another pack from now on, with its next answer.
    pub fn answer_with_pack(&mut self, phone: &mut Phone, pack: &Pack) -> SyncResponse {
        let item = ReferenceItem { name: "pack".to_owned(), bytes: pack.to_bytes() };
        SyncResponse { reference: vec![item], ..self.answer(phone) }
    }

    fn take(&mut self, sent: &SentEntry, answer: &mut SyncResponse) {
        let entry = Entry::from_bytes(&sent.entry).expect("a phone sends entries");
        let shelf = self.shelves.entry(sent.book).or_insert_with(|| Shelf {
            book: Book::new(sent.book, 1),
            log: Vec::new(),
            held: Vec::new(),
        });
        let EntryRef { actor, seq } = entry.name();
        let taken = shelf.book.hash_of(entry.name()).is_some_and(|hash| hash.short() != sent.hash);
        if taken {
            let kind = ProblemKind::SequenceTaken;
            answer.problems.push(Problem { book: sent.book, actor, seq, kind });
            return;
        }
        shelf.held.push(sent.clone());
        while shelf.release() {}
        answer.stored.push(Stored { book: sent.book, actor, first: seq, last: seq });
    }

    /// The entries of a book in the order in which they came, as they came.
    #[must_use]
    pub fn entries(&self, book: BookId) -> Vec<Vec<u8>> {
        let log = self.shelves.get(&book).map(|shelf| &shelf.log);
        log.into_iter().flatten().map(|(_, _, bytes)| bytes.clone()).collect()
    }

    /// Puts an entry on the shelf as if a phone had sent it.
    pub fn put(&mut self, book: BookId, entry: &Entry, hash: [u8; 8]) {
        let sent = SentEntry { book, generation: 1, hash, entry: entry.to_bytes() };
        self.take(&sent, &mut SyncResponse::new(NOW));
    }
}

impl Prefixes for Office {
    fn find(&self, book: BookId, position: u64) -> Option<Arc<Prefix>> {
        let log = &self.shelves.get(&book)?.log;
        let before = log.get(..usize::try_from(position).ok()?)?;
        let parts = before.iter().rev().map(|(_, _, bytes)| bytes.as_slice());
        let prefix = Prefix::of(parts);
        assert!(prefix.bytes().len() <= MAX_PREFIX_BYTES);
        Some(Arc::new(prefix))
    }
}

/// An answer as it travels to a phone.
#[must_use]
pub fn bytes_of(answer: &SyncResponse, phone: &Phone) -> Vec<u8> {
    let device = phone.identity().expect("it is enrolled").device();
    answer.to_bytes(&Lane { device, prefixes: &NoPrefixes, effort: Effort::Time }, true)
}

/// The hashes of what a phone holds besides its books.
fn reference_of(phone: &Phone) -> Vec<[u8; 8]> {
    phone.reference_hashes().expect("its file reads")
}

impl Shelf {
    /// Takes one held entry that may be judged now; whether there was one.
    fn release(&mut self) -> bool {
        for (place, sent) in self.held.iter().enumerate() {
            let entry = Entry::from_bytes(&sent.entry).expect("it was read before");
            let known = self.book.hash_of(entry.name()).is_some();
            match self.book.apply(&entry, Some(sent.hash)) {
                Err(Refusal::Missing(_)) => continue,
                Ok(hash) if !known => self.log.push((entry.name(), hash, sent.entry.clone())),
                // The same again; or it stands on an entry whose name is taken: kept apart.
                Ok(_) | Err(Refusal::WrongHash) => {}
                Err(refusal) => unreachable!("an honest phone's entry is refused: {refusal}"),
            }
            self.held.remove(place);
            return true;
        }
        false
    }

    fn deliver(
        &self,
        device: DeviceId,
        told: &mut CursorTable,
        clock: Option<&Clock>,
        epoch: u32,
    ) -> Option<Delivery> {
        let book = self.book.id();
        let known = told.0.get(&book).copied();
        let from = known.unwrap_or_else(|| Cursor::start(book, 1, epoch));
        let after = usize::try_from(from.position).unwrap_or(usize::MAX);
        let order: Vec<[u8; 8]> = self.log.iter().map(|(_, hash, _)| hash.short()).collect();
        let chain = Chain::of(book, 1, &order);
        let position = self.log.len() as u64;
        let cursor = Cursor { generation: 1, epoch, position, chain };
        told.0.insert(book, cursor);
        let fresh: Vec<_> = match clock {
            None => self.log.iter().skip(after).collect(),
            Some(clock) => self.log.iter().filter(|(name, ..)| !clock.saw(*name)).collect(),
        };
        let own = |name: EntryRef| clock.is_none() && name.actor.device() == device;
        let item = |(name, hash, bytes): &(EntryRef, EntryHash, Vec<u8>)| {
            if own(*name) {
                Item::Own(name.actor, name.seq)
            } else {
                Item::New(hash.short(), bytes.clone())
            }
        };
        if fresh.is_empty() && known == Some(cursor) {
            return None;
        }
        let items = fresh.into_iter().map(item).collect();
        let after = if clock.is_some() { 0 } else { from.position };
        Some(Delivery { book, after, items, order: clock.map(|_| order), cursor })
    }
}
