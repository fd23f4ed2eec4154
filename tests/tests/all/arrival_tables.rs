//! The same arrival orders at the district: whatever comes first and however it is batched, the
//! tables are the same.
//!
//! Every order is a book of its own in one data folder, so that all of them take their steps
//! together: what is appended in one step is one batch to the projector.

use std::sync::Arc;

use soban_core::base::{BookId, DeviceId, Instant, OrgUnitId, Period};
use soban_core::book::{Book, Entry};
use soban_core::sync::{Effort, Lane, NoPrefixes, SentEntry, SyncRequest, SyncResponse};
use soban_server::accept::{Caller, Desk, Grant, Reference};
use soban_server::check::check;
use soban_server::project::Projector;
use soban_server::store::enrolment::{NewDevice, add_device};
use soban_server::store::log::{self, Arrived, LogState};
use soban_server::store::{Db, Store, org};
use soban_tests::books::pack;

use super::arrival_orders::{permutations, six_entries};

/// One order in one batching: what arrives in each step.
struct Case {
    book: BookId,
    steps: Vec<Vec<SentEntry>>,
}

fn sent(book: BookId, entries: &[Entry]) -> Vec<SentEntry> {
    let mut there = Book::new(book, 1);
    let send = |entry: &Entry| {
        let hash = there.apply(entry, None).unwrap().short();
        SentEntry { book, generation: 1, hash, entry: entry.to_bytes() }
    };
    entries.iter().map(send).collect()
}

/// There are so many ways to cut six entries into batches.
const WAYS: usize = 32;
/// So many of them share a data folder.
const TOGETHER: usize = 2;

/// Every order, each cut into batches in these ways, in which one entry comes again later on: each
/// of them somewhere, in a batch of its own or within another.
fn cases(ways: std::ops::Range<usize>) -> Vec<Case> {
    let orders = permutations((0..6_usize).collect());
    let mut cases = Vec::new();
    for order in orders {
        for cuts in ways.clone() {
            let unit = OrgUnitId(u32::try_from(cases.len()).unwrap() + 1);
            let book = BookId::new(unit, Period::Year(2012));
            let sent = sent(book, &six_entries(book));
            let again = cases.len() % order.len();
            let after = again + 1 + cases.len() / order.len() % (order.len() - again);
            let mut steps = vec![Vec::new()];
            for (place, entry) in order.iter().enumerate() {
                if place > 0 && cuts & (1 << (place - 1)) != 0 {
                    steps.push(Vec::new());
                }
                steps.last_mut().unwrap().push(sent[*entry].clone());
                if place + 1 == after {
                    steps.last_mut().unwrap().push(sent[order[again]].clone());
                }
            }
            cases.push(Case { book, steps });
        }
    }
    cases
}

fn device_of(sent: &SentEntry) -> DeviceId {
    Entry::from_bytes(&sent.entry).unwrap().actor.device()
}

struct Stage {
    store: Store,
    desk: Desk,
    callers: Vec<Caller>,
    runtime: tokio::runtime::Runtime,
}

impl Stage {
    fn new(dir: &std::path::Path, units: u32) -> Self {
        let store = Store::create(dir).unwrap();
        store
            .write(move |db| {
                org::put_pack(db, &pack().to_bytes())?;
                let sql = "INSERT INTO org_unit (id, kind, name, short_name, aliases, fold, sort)
                           VALUES (?1, 'cell', 'bản', 'bản', '', '', x'')";
                for unit in 1..=units {
                    db.execute(sql, [unit])?;
                }
                Ok(())
            })
            .unwrap();
        let grant =
            |unit| Grant { org_unit: OrgUnitId(unit), valid_from: Instant(0), valid_to: None };
        let caller = |n: u8| {
            let device = DeviceId([0, 0, 0, 0, n]);
            let new = NewDevice {
                id: device,
                holder: "bí thư".to_owned(),
                public_key: [n; 32],
                certificate: Vec::new(),
                token_hash: [n; 32],
                org_unit: OrgUnitId(1),
            };
            store.write(move |db| add_device(db, &new, Instant(0))).unwrap();
            let grants = (1..=units).map(grant).collect();
            Caller { device, revoked: false, pending: false, grants, as_of: None }
        };
        let callers = (1..=3).map(caller).collect();
        // It has stopped: entries are appended and wait.
        let idle = Projector::start(store.clone(), Arc::new(pack()));
        idle.stop();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let desk = Desk::new(store.clone(), idle, [7; 32]);
        Self { store, desk, callers, runtime }
    }

    /// Appends entries in this order; each request brings one device's.
    fn append(&self, entries: &[SentEntry]) {
        for run in entries.chunk_by(|a, b| device_of(a) == device_of(b)) {
            let device = device_of(&run[0]);
            if device.is_office() {
                self.append_own(run);
                continue;
            }
            let caller = self.callers.iter().find(|caller| caller.device == device).unwrap();
            let request =
                SyncRequest { entries: run.to_vec(), budget: 0, ..SyncRequest::default() };
            let reference: Arc<Reference> = Arc::default();
            let lane = Lane { device, prefixes: &NoPrefixes, effort: Effort::Time };
            let (body, now) = (request.to_bytes(&lane, |_| 0), Instant(1_000));
            let answer = self.desk.sync(reference, caller.clone(), &body, now);
            let answer = self.runtime.block_on(answer).unwrap();
            let answer = SyncResponse::from_bytes(&answer, &lane).unwrap();
            assert_eq!(answer.problems, []);
        }
    }

    /// What the console writes is there already when it comes again.
    fn append_own(&self, entries: &[SentEntry]) {
        for sent in entries {
            let entry = Entry::from_bytes(&sent.entry).unwrap().name();
            let arrived = Arrived {
                book: sent.book,
                generation: 1,
                entry,
                claim: sent.hash,
                bytes: sent.entry.clone(),
                device: entry.actor.device(),
                received_at: Instant(1_000),
            };
            let append = move |db: &Db| match log::find_stored(db, arrived.book, entry)? {
                None => log::append(db, &arrived, LogState::Accepted),
                Some(_) => Ok(()),
            };
            self.store.write(append).unwrap();
        }
    }

    fn project(&self) {
        let projector = Projector::start(self.store.clone(), Arc::new(pack()));
        projector.wait_until_idle();
        projector.stop();
    }

    /// What follows from a book's entries, without the names of the book and of moments.
    fn tables(&self, book: BookId) -> Vec<String> {
        let queries = [
            "SELECT json_array('writes', hex(record_actor), record_seq, record_index, field,
                 hex(actor), seq, counter,
                 CASE WHEN record_actor >= x'FF' AND field = 17 THEN 'the record' ELSE hex(value) END)
                 FROM writes WHERE book = ?1 ORDER BY 1",
            "SELECT json_array('record', hex(actor), seq, idx, form, form_version,
                 hex(parent_actor), parent_seq, parent_idx, void, occurred_on, natural_key,
                 contests, fold, hex(fields)) FROM record WHERE book = ?1 ORDER BY 1",
            "SELECT json_array('contest', hex(actor), seq, idx, kind, field, policy)
                 FROM contest WHERE book = ?1 ORDER BY 1",
            "SELECT json_array('decision', hex(actor), seq, kind, field, reason, person)
                 FROM decision WHERE book = ?1 ORDER BY 1",
            "SELECT json_array('log', hex(actor), seq, state, hex(hash))
                 FROM log WHERE book = ?1 ORDER BY 1",
        ];
        let mut tables = Vec::new();
        for query in queries {
            let rows = self.store.read(|db| {
                let mut select = db.prepare_cached(query)?;
                let rows = select.query_map([book.number()], |row| row.get::<_, String>(0))?;
                Ok(rows.collect::<Result<Vec<_>, _>>()?)
            });
            tables.extend(rows.unwrap());
        }
        tables
    }
}

/// A log row without its hash, which the book's name is part of.
fn without_hash(tables: Vec<String>) -> Vec<String> {
    let cut = |row: String| match row.strip_prefix("[\"log\"") {
        Some(_) => row.rsplit_once(',').map(|(row, _)| row.to_owned()).unwrap_or_default(),
        None => row,
    };
    tables.into_iter().map(cut).collect()
}

#[test]
fn every_order_of_arrival_at_the_district_in_every_batching_makes_the_same_tables() {
    let ways = (0..WAYS).step_by(TOGETHER).map(|first| first..first + TOGETHER);
    let tables: Vec<Vec<String>> = ways.map(tables_of).collect();
    for other in &tables {
        assert_eq!(other, &tables[0]);
    }
}

/// What every order comes to, cut in these ways.
fn tables_of(ways: std::ops::Range<usize>) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let cases = cases(ways);
    let stage = Stage::new(dir.path(), u32::try_from(cases.len()).unwrap());
    let steps = cases.iter().map(|case| case.steps.len()).max().unwrap();
    for step in 0..steps {
        let here: Vec<&Vec<SentEntry>> =
            cases.iter().filter_map(|case| case.steps.get(step)).collect();
        // The first of every batch, then the second: the books do not know each other.
        for place in 0..here.iter().map(|batch| batch.len()).max().unwrap_or(0) {
            let mut row: Vec<SentEntry> =
                here.iter().filter_map(|batch| batch.get(place)).cloned().collect();
            row.sort_by_key(device_of);
            stage.append(&row);
        }
        stage.project();
    }
    let expected = without_hash(stage.tables(cases[0].book));
    let rows = |table: &str| expected.iter().filter(|row| row.contains(table)).count();
    assert_eq!(rows("\"writes\""), 13, "{expected:?}");
    assert_eq!((rows("\"record\""), rows("\"log\"")), (1, 6));
    assert!(rows("\"contest\"") > 0);
    for case in &cases {
        assert_eq!(without_hash(stage.tables(case.book)), expected, "{}", case.book);
    }
    let report = check(&stage.store, false).unwrap();
    assert_eq!((report.findings.as_slice(), report.entries), ([].as_slice(), cases.len() * 6));
    expected
}
