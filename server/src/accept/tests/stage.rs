//! A server in a temporary folder, and phones that are no more than books and cursors.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use soban_core::base::{
    ActorId, BookId, DeviceId, EntryRef, Instant, OrgUnitId, Period, RecordId, RecordKey,
};
use soban_core::book::{Book, Entry, Write};
use soban_core::form::{Field, FieldKind, Form, Home, Pack, Policy};
use soban_core::record::{FieldNo, FormNo, Value};
use soban_core::sync::{
    BookClock, Chain, CursorTable, Delivery, Effort, Given, Item, Lane, Mac, Need, NoPrefixes,
    ReferenceItem, SentEntry, Standing, Stored, SyncRequest, SyncResponse,
};
use tempfile::TempDir;

use crate::accept::{Caller, Desk, Grant, Reference, SyncError, sync};
use crate::project::Projector;
use crate::store::enrolment::{NewDevice, add_device};
use crate::store::{Store, org};

pub(crate) const UNIT: OrgUnitId = OrgUnitId(17);
pub(crate) const FORM: FormNo = FormNo(3);
pub(crate) const ROW: FormNo = FormNo(4);
pub(crate) const TITLE: FieldNo = FieldNo(16);
pub(crate) const AREA: FieldNo = FieldNo(17);

pub(crate) fn book_of(year: u16) -> BookId {
    BookId::new(UNIT, Period::Year(year))
}

pub(crate) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// A gift, whose title makes it the same as another and whose area is critical; and its rows.
pub(crate) fn pack() -> Pack {
    let area = Field { policy: Policy::Critical, ..Field::new(AREA, "area", FieldKind::Integer) };
    let form = Form {
        no: FORM,
        name: "gift".to_owned(),
        version: 2,
        parent: None,
        home: Home::Standing,
        title: vec![TITLE],
        summary: Vec::new(),
        natural_key: vec![TITLE],
        fields: vec![Field::new(TITLE, "title", FieldKind::Text), area],
        groups: Vec::new(),
        rules: Vec::new(),
    };
    let row = Form {
        no: ROW,
        name: "row".to_owned(),
        parent: Some(FORM),
        home: Home::Parent,
        natural_key: Vec::new(),
        ..form.clone()
    };
    Pack { forms: [(form.no, form), (row.no, row)].into(), ..Pack::default() }
}

pub(crate) fn lane(device: DeviceId) -> Lane<'static> {
    Lane { device, prefixes: &NoPrefixes, effort: Effort::Time }
}

pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) desk: Desk,
    pub(crate) projector: Projector,
    pub(crate) reference: Arc<Reference>,
    pub(crate) now: Instant,
    pub(crate) dir: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::at(tempfile::tempdir().unwrap())
    }

    pub(crate) fn at(dir: TempDir) -> Self {
        let store = Store::create(dir.path()).unwrap();
        let bytes = pack().to_bytes();
        store
            .write(move |db| {
                db.execute("INSERT OR IGNORE INTO reference VALUES ('pack', ?1)", [bytes])?;
                db.execute(
                    "INSERT OR IGNORE INTO org_unit (id, kind, name, short_name, aliases, fold, sort)
                     VALUES (17, 'cell', 'Pạc Bo', 'Pạc Bo', '', '', x'')",
                    [],
                )?;
                Ok(())
            })
            .unwrap();
        assert!(store.read(org::pack_bytes).unwrap().is_some());
        let projector = Projector::start(store.clone(), Arc::new(pack()));
        let (reference, now) = (Arc::default(), Instant(1_000));
        Self { store, desk: Desk::new([7; 32]), projector, reference, now, dir }
    }

    pub(crate) fn phone(&self, n: u8) -> Phone {
        let device = DeviceId([0, 0, 0, 0, n]);
        let new = NewDevice {
            id: device,
            holder: "Bí thư".to_owned(),
            public_key: [n; 32],
            certificate: Vec::new(),
            token_hash: [n; 32],
            org_unit: UNIT,
        };
        self.store.write(move |db| add_device(db, &new, Instant(0))).unwrap();
        let grant = Grant { org_unit: UNIT, valid_from: Instant(0), valid_to: None };
        let caller =
            Caller { device, revoked: false, grants: vec![grant], as_of: None, pending: false };
        Phone::new(ActorId::new(device, [0, 0, 1]), caller)
    }

    pub(crate) fn try_sync(
        &mut self,
        caller: &Caller,
        request: &SyncRequest,
    ) -> Result<SyncResponse, SyncError> {
        self.now.0 += 1_000;
        let lane = lane(caller.device);
        let body = request.to_bytes(&lane, |_| 0);
        let answer = self.answer(caller, &body)?;
        Ok(SyncResponse::from_bytes(&answer, &lane).unwrap())
    }

    pub(crate) fn answer(&self, caller: &Caller, body: &[u8]) -> Result<Vec<u8>, SyncError> {
        let (reference, desk) = (Arc::clone(&self.reference), &self.desk);
        let (store, projector) = (&self.store, &self.projector);
        let answer = sync(store, projector, desk, reference, caller.clone(), body, self.now);
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer)
    }

    pub(crate) fn sync(&mut self, caller: &Caller, request: &SyncRequest) -> SyncResponse {
        self.try_sync(caller, request).unwrap()
    }

    /// A phone's request, answered and taken in, and everything projected.
    pub(crate) fn round(&mut self, phone: &mut Phone) -> SyncResponse {
        let response = self.sync(&phone.caller, &phone.request());
        phone.take(&response);
        self.projector.wait_until_idle();
        response
    }

    /// Rounds until nothing is left to say.
    pub(crate) fn settle(&mut self, phone: &mut Phone) {
        for _ in 0..20 {
            let brought = !phone.unsent.is_empty();
            let response = self.round(phone);
            let quiet = !brought
                && !response.need.is_any()
                && !response.more
                && response.deliveries.is_empty()
                && phone.unsent.is_empty();
            if quiet {
                return;
            }
        }
        panic!("the phone and the server do not come to rest");
    }

    /// Rows of a query, printed.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        self.store
            .read(|db| {
                let mut select = db.prepare(sql)?;
                let columns = select.column_count();
                let mut rows = select.query([])?;
                let mut printed = Vec::new();
                while let Some(row) = rows.next()? {
                    let values: Vec<String> =
                        (0..columns).map(|c| format!("{:?}", row.get_ref(c).unwrap())).collect();
                    printed.push(values.join(" "));
                }
                Ok(printed)
            })
            .unwrap()
    }

    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.store.read(|db| Ok(db.query_row(sql, [], |row| row.get(0))?)).unwrap()
    }

    pub(crate) fn run(&self, sql: &str) {
        let sql = sql.to_owned();
        self.store.write(move |db| Ok(db.execute_batch(&sql)?)).unwrap();
    }

    /// Everything that follows from the log and not from the order of arrival.
    pub(crate) fn tables(&self) -> Vec<String> {
        let mut rows = self.rows("SELECT * FROM writes ORDER BY 1, 2, 3, 4, 5, 6, 7");
        rows.extend(self.rows("SELECT * FROM record ORDER BY 1, 2, 3, 4"));
        rows.extend(self.rows(
            "SELECT book, actor, seq, idx, org_unit, kind, field, policy FROM contest
             ORDER BY 1, 2, 3, 4, 6, 7",
        ));
        rows.extend(
            self.rows("SELECT book, actor, seq, hash FROM log WHERE state = 1 ORDER BY 1, 2, 3"),
        );
        rows
    }

    /// The database's files, as a backup has them.
    pub(crate) fn copy_to(&self, dir: &Path) {
        self.projector.wait_until_idle();
        for file in ["soban.db", "soban.db-wal"] {
            std::fs::copy(self.dir.path().join(file), dir.join(file)).unwrap();
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.projector.stop();
    }
}

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
    fn new(actor: ActorId, caller: Caller) -> Self {
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
