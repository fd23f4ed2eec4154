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
    BookClock, Chain, Cursor, CursorTable, Delivery, Item, Need, SentEntry, Stored, SyncRequest,
    SyncResponse,
};
use tempfile::TempDir;

use crate::accept::{Caller, Grant, Reference, SyncError, sync};
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

pub(crate) struct Stage {
    pub(crate) store: Store,
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
        Self { store, projector, reference, now, dir }
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
        let caller = Caller { device, revoked: false, grants: vec![grant], as_of: None };
        Phone::new(ActorId::new(device, [0, 0, 1]), caller)
    }

    pub(crate) fn try_sync(
        &mut self,
        caller: &Caller,
        request: &SyncRequest,
    ) -> Result<SyncResponse, SyncError> {
        self.now.0 += 1;
        let (reference, body) = (Arc::clone(&self.reference), request.to_bytes());
        let answer = sync(&self.store, &self.projector, reference, caller.clone(), &body, self.now);
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
                && response.need.is_none()
                && !response.more
                && response.deliveries.is_empty()
                && phone.unsent.is_empty();
            if quiet {
                assert_eq!(response.digest, phone.table.digest());
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
    pub(crate) need: Option<Need>,
    pub(crate) budget: u32,
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
            need: None,
            budget: 64 * 1024,
        }
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
        let by_clocks = self.need == Some(Need::Clocks);
        SyncRequest {
            digest: self.table.digest(),
            cursors: self.need.is_some().then(|| self.table.clone()),
            clocks: by_clocks.then(|| self.books.iter().map(asked).collect()),
            entries: self.unsent.clone(),
            budget: self.budget,
            ..SyncRequest::default()
        }
    }

    pub(crate) fn take(&mut self, response: &SyncResponse) {
        for stored in &response.stored {
            self.unsent.retain(|sent| !covers(stored, sent));
        }
        for held in response.clocks.iter().flatten() {
            self.send_again(held);
        }
        let by_clocks = self.need == Some(Need::Clocks);
        for delivery in &response.deliveries {
            let known = self.table.0.get(&delivery.book).copied();
            let start = Cursor::start(delivery.book, 1, response.epoch);
            let chain = self.take_items(delivery, known.unwrap_or(start).chain);
            if !by_clocks {
                assert_eq!(chain, delivery.cursor.chain);
            }
            self.table.0.insert(delivery.book, delivery.cursor);
        }
        self.need = response.need;
    }
}

impl Phone {
    fn send_again(&mut self, held: &BookClock) {
        let lost = |sent: &&SentEntry| {
            let name = name_of(sent);
            let last = held.clock.0.get(&name.actor);
            sent.book == held.book && last.is_some_and(|last| name.seq > *last)
        };
        let again: Vec<SentEntry> = self.own.iter().filter(lost).cloned().collect();
        self.unsent.retain(|sent| !again.contains(sent));
        self.unsent.extend(again);
    }

    /// The chain over what came.
    fn take_items(&mut self, delivery: &Delivery, mut chain: Chain) -> Chain {
        let book = self.book(delivery.book);
        for item in &delivery.items {
            let name = match item {
                Item::Own(actor, seq) => EntryRef { actor: *actor, seq: *seq },
                Item::New(hash, bytes) => {
                    let entry = Entry::from_bytes(bytes).unwrap();
                    book.apply(&entry, Some(*hash)).unwrap();
                    entry.name()
                }
            };
            chain = chain.then(book.hash_of(name).expect("an own entry is here"));
        }
        chain
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
