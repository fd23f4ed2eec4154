//! Phones without a file, for the load on a server: each writes gifts into its own copy of a book
//! and remembers what it was told. The one place here that speaks the wire.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use soban_core::base::{ActorId, BookId, Instant, OrgUnitId, Period};
use soban_core::book::{Book, Writer, plan_create};
use soban_core::form::{Node, Pack, read_input};
use soban_core::phone::NewRecord;
use soban_core::record::Fields;
use soban_core::sync::{
    CursorTable, DeviceStatus, Effort, EnrolRequest, EnrolResponse, Item, Lane, Mac, Prefix,
    Prefixes, SentEntry, Standing, SyncRequest, SyncResponse, prefix_position,
};
use soban_server::accept::{Caller, Verdict, judge};
use soban_server::cli::initialise;
use soban_server::clock;
use soban_server::enrol::{enrol, invite, reference_for};
use soban_server::keys::Keys;
use soban_server::link::APP_VERSION;
use soban_server::pack::{embedded, read_org, read_pack};
use soban_server::store::log::{self, LogState};
use soban_server::store::{Store, org};

use crate::typed::{Source, Typist};
use crate::words::{Chance, Words};
use crate::year::FREE_BYTES;

const GENERATION: u32 = 1;

/// A phone without a file.
#[derive(Debug)]
pub(crate) struct Lean {
    /// The value of its `Authorization` header.
    pub(crate) authorization: String,
    actor: ActorId,
    book: Book,
    reference: Vec<[u8; 8]>,
    table: CursorTable,
    mac: Mac,
    send_standing: bool,
    /// Its own entries by sequence, and the book's in the order of their positions.
    own: BTreeMap<u32, Vec<u8>>,
    log: Vec<Vec<u8>>,
}

/// An entry, and the request that brings it as far as it can be made before it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    sent: SentEntry,
    bytes: Vec<u8>,
}

/// Where the eight bytes of the digest begin in a request.
const DIGEST: usize = 3;

impl Prefixes for Lean {
    fn find(&self, book: BookId, position: u64) -> Option<Arc<Prefix>> {
        let here = book == self.book.id();
        let log = self.log.get(..usize::try_from(position).ok()?).filter(|_| here)?;
        Some(Arc::new(Prefix::of(log.iter().rev().map(Vec::as_slice))))
    }
}

/// Makes a data folder with so many enrolled phones, some in every cell.
pub(crate) fn make_folder(dir: &Path, phones: usize) -> (Vec<Lean>, Pack) {
    let source = embedded();
    let pack = read_pack(&source).expect("the pack reads");
    let tree = read_org(&source).expect("the tree reads");
    initialise(dir, pack.clone(), tree).expect("the folder is made");
    let keys = Keys::open(dir).expect("the folder has keys");
    let store = Store::open(dir).expect("the folder opens");
    let cells = store.read(org::list_all_cells).expect("the tree has cells");
    let phones = store.write(move |db| {
        let phones = (0..phones).zip(cells.iter().cycle()).map(|(n, (cell, _))| {
            let (code, _) = invite(db, *cell, "bí thư", clock::now()).expect("a code");
            let code: String = code.printed().replace('-', "");
            let mut secret = [3; 32];
            secret[..8].copy_from_slice(&n.to_be_bytes());
            let request = EnrolRequest::new(&code, &secret, APP_VERSION);
            let answer = enrol(db, &keys, &request, clock::now()).expect("it enrols");
            Lean::new(&answer, *cell)
        });
        let mut phones: Vec<Lean> = phones.collect();
        // Those who came later are in what the others are to know.
        for phone in &mut phones {
            phone.reference =
                reference_for(db, &[phone.book.id().org_unit].into())?.hashes().to_vec();
        }
        Ok(phones)
    });
    (phones.expect("they enrol"), pack)
}

/// Puts entries into the log as if they had been accepted, with nobody to look at them yet.
pub(crate) fn put_backlog(store: &Store, phones: &[Lean], entries: &[Vec<SentEntry>]) {
    let mut arrived = Vec::new();
    let most = entries.iter().map(Vec::len).max().unwrap_or(0);
    // As phones take turns: the first entry of each, then the second.
    for turn in 0..most {
        for (phone, entries) in phones.iter().zip(entries) {
            let Some(sent) = entries.get(turn) else { continue };
            match judge(sent, &phone.caller(), clock::now()) {
                Verdict::Enter(entry) => arrived.push(entry),
                Verdict::Refuse(..) => unreachable!("an honest entry is refused"),
            }
        }
    }
    let written = store.write(move |db| {
        arrived.iter().try_for_each(|entry| log::append(db, entry, LogState::Accepted))
    });
    written.expect("the log takes them");
}

/// Has every phone write so many gifts, on both cores.
pub(crate) fn write_gifts(
    phones: &mut [Lean],
    pack: &Pack,
    words: &Words,
    each: usize,
) -> Vec<Vec<SentEntry>> {
    let half = phones.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        let write = |(part, phones): (usize, &'_ mut [Lean])| {
            let start = part * half;
            let phones = phones.iter_mut().enumerate();
            let gifts = phones.map(|(n, phone)| phone.write_gifts(pack, words, start + n, each));
            gifts.collect::<Vec<_>>()
        };
        let parts: Vec<_> = phones.chunks_mut(half).enumerate().collect();
        let threads: Vec<_> =
            parts.into_iter().map(|part| scope.spawn(move || write(part))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("it writes")).collect()
    })
}

impl Lean {
    fn new(answer: &EnrolResponse, cell: OrgUnitId) -> Self {
        let certificate = answer.certificate.open(&answer.server_key).expect("it is signed");
        Self {
            authorization: format!("Bearer {}", answer.token),
            actor: ActorId::new(certificate.device, [1, 2, 3]),
            book: Book::new(BookId::new(cell, Period::Year(2012)), GENERATION),
            reference: Vec::new(),
            table: CursorTable::default(),
            mac: Mac::default(),
            // What it knows of the others is newer than what its enrolment said.
            send_standing: true,
            own: BTreeMap::new(),
            log: Vec::new(),
        }
    }

    /// As the server knows it.
    fn caller(&self) -> Caller {
        use soban_server::accept::Grant;
        let org_unit = self.book.id().org_unit;
        let grant = Grant { org_unit, valid_from: Instant(0), valid_to: None };
        let (device, grants) = (self.actor.device(), vec![grant]);
        Caller { device, revoked: false, pending: false, grants, as_of: None }
    }

    fn write_gifts(
        &mut self,
        pack: &Pack,
        words: &Words,
        seed: usize,
        each: usize,
    ) -> Vec<SentEntry> {
        let chance = Chance::new(1_000 + seed as u64);
        let mut typist = Typist { words, chance, village: i64::from(self.book.id().org_unit.0) };
        let gifts = (0..each).map(|_| {
            let month = typist.chance.between(1, 12);
            typist.gift(Source::History, month)
        });
        gifts.map(|gift| self.write(pack, &gift)).collect()
    }

    fn write(&mut self, pack: &Pack, new: &NewRecord) -> SentEntry {
        let form = pack.find_form_named(&new.form).expect("the pack has the form");
        let mut fields = Fields::new();
        for (name, input) in &new.fields {
            let field = form.find_field_named(name).expect("the form has the field");
            fields.insert(field.no, read_input(pack, field, input).expect("it reads"));
        }
        let writer = Writer { actor: self.actor, now: clock::now() };
        let node = Node::new(form.no, fields);
        let (entries, _) = plan_create(&self.book, writer, pack, &node).expect("it fits");
        let [entry] = entries.as_slice() else { unreachable!("a gift is one entry") };
        let hash = self.book.apply(entry, None).expect("it enters").short();
        let (book, generation) = (self.book.id(), GENERATION);
        self.own.insert(entry.seq, entry.to_bytes());
        SentEntry { book, generation, hash, entry: entry.to_bytes() }
    }

    /// An entry compressed over what the phone holds now; a phone has all the time for it.
    pub(crate) fn make_ready(&self, sent: SentEntry) -> Ready {
        let bytes = self.spell(&sent, false);
        Ready { sent, bytes }
    }

    fn spell(&self, sent: &SentEntry, with_standing: bool) -> Vec<u8> {
        let free = FREE_BYTES.and_then(|bytes| u8::try_from((bytes >> 20).ilog2()).ok());
        let status = DeviceStatus { clock: clock::now(), free, ..DeviceStatus::default() };
        let standing = self.standing();
        let request = SyncRequest {
            digest: standing.digest(),
            status,
            entries: vec![sent.clone()],
            standing: with_standing.then_some((standing, self.mac)),
            ..SyncRequest::default()
        };
        let lane = Lane { device: self.actor.device(), prefixes: self, effort: Effort::Time };
        request.to_bytes(&lane, |_| prefix_position(self.log.len() as u64))
    }

    /// The request that brings one entry now.
    pub(crate) fn request(&self, ready: Ready) -> Vec<u8> {
        if self.send_standing {
            return self.spell(&ready.sent, true);
        }
        let mut bytes = ready.bytes;
        bytes[DIGEST..DIGEST + 8].copy_from_slice(&self.standing().digest().0);
        bytes
    }

    fn standing(&self) -> Standing {
        Standing { cursors: self.table.clone(), reference: self.reference.clone() }
    }

    /// Takes the answer in.
    pub(crate) fn take(&mut self, answer: &[u8]) {
        let lane = Lane { device: self.actor.device(), prefixes: self, effort: Effort::Time };
        let answer = SyncResponse::from_bytes(answer, &lane).expect("the answer reads");
        let stored: u32 = answer.stored.iter().map(|stored| stored.last + 1 - stored.first).sum();
        assert_eq!(stored, 1, "{:?}", answer.problems);
        assert!(answer.reference.is_empty() && !answer.need.is_any() && !answer.spoilt);
        for delivery in answer.deliveries {
            assert_eq!(delivery.after, self.log.len() as u64);
            for item in delivery.items {
                self.log.push(match item {
                    Item::Own(_, seq) => self.own[&seq].clone(),
                    Item::New(_, bytes) => bytes,
                });
            }
            self.table.0.insert(delivery.book, delivery.cursor);
        }
        self.mac = answer.mac;
        self.send_standing = false;
    }
}
