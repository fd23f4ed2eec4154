//! The open conflicts of random histories are those that an oracle finds, no more and no fewer:
//! inside a book, and at the district, where they are kept entry by entry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use soban_core::base::{
    ActorId, BookId, DeviceId, EntryRef, Instant, OrgUnitId, Period, RecordId, RecordKey,
};
use soban_core::book::{
    Book, ContestKind, Entry, NewDecision, Ruling, Write, Writer, contests_of, plan_decision,
    row_of,
};
use soban_core::record::{FieldNo, Fields, FormNo, Value};
use soban_server::check::check;
use soban_server::project::Projector;
use soban_server::store::log::{self, Arrived, LogState};
use soban_server::store::read::{self, ContestRow};
use soban_server::store::{Store, twins};
use soban_tests::books::pack;
use soban_tests::oracle::{self, Open, Policy, World, open_conflicts};

const PHONES: u8 = 5;
const HANDS: u8 = PHONES + 2;
const UNIT: OrgUnitId = OrgUnitId(17);

/// A phone's or an office's copies of two books.
#[derive(Clone)]
struct Hand {
    actor: ActorId,
    books: [Book; 2],
    logs: [Vec<Entry>; 2],
}

fn book_of(place: usize) -> BookId {
    BookId::new(UNIT, Period::Year(2012 + u16::try_from(place).unwrap()))
}

impl Hand {
    fn new(n: u8) -> Self {
        let phone = DeviceId::of_phone([0, 0, 0, 0, n]);
        let device = if n < PHONES { phone } else { DeviceId::of_office([0, 0, 0, n]) };
        let books = [0, 1].map(|place| Book::new(book_of(place), 1));
        Self { actor: ActorId::new(device, [0, 0, 1]), books, logs: [Vec::new(), Vec::new()] }
    }

    fn take(&mut self, place: usize, entry: &Entry) {
        let known = self.books[place].hash_of(entry.name()).is_some();
        self.books[place].apply(entry, None).unwrap();
        if !known {
            self.logs[place].push(entry.clone());
        }
    }

    fn write(&mut self, place: usize, writes: impl FnOnce(&Entry) -> Vec<Write>) {
        let book = &self.books[place];
        let (actor, deps) = (self.actor, book.heads());
        let (seq, time) = (book.next_seq(actor), Instant(1_000));
        let mut entry = Entry { actor, seq, deps, time, writes: Vec::new() };
        entry.writes = writes(&entry);
        self.take(place, &entry);
    }

    /// Records that are no decisions, in both books.
    fn records(&self) -> Vec<RecordId> {
        let of = |book: &Book| {
            let keys = book.records().filter(|key| book.form_of(*key) != Some(FormNo::DECISION));
            keys.map(|key| RecordId { book: book.id(), key }).collect::<Vec<_>>()
        };
        self.books.iter().flat_map(of).collect()
    }

    fn hear(&mut self, other: &Self, share: usize) {
        for place in [0, 1] {
            let log = &other.logs[place];
            let heard = log.len() * (share + 1) / 256;
            log[..heard].iter().for_each(|entry| self.take(place, entry));
        }
    }
}

fn place_of(id: RecordId) -> usize {
    usize::from(id.book == book_of(1))
}

#[derive(Debug, Clone)]
enum Act {
    Create(u8, bool, u8),
    AddRow(u8, u8),
    Set(u8, u8, u8, i64),
    Void(u8, u8),
    Decide { who: u8, record: u8, other: u8, ruling: u8, value: i64, person: bool },
    Hear(u8, u8, u8),
}

fn act() -> impl Strategy<Value = Act> {
    let decide = (0..2_u8, any::<u8>(), any::<u8>(), 0..9_u8, 0..3_i64, any::<bool>());
    prop_oneof![
        1 => (0..PHONES, any::<bool>(), 0..2_u8).prop_map(|(who, b, key)| Act::Create(who, b, key)),
        1 => (0..PHONES, any::<u8>()).prop_map(|(who, record)| Act::AddRow(who, record)),
        6 => (0..PHONES, any::<u8>(), 0..3_u8, 0..3_i64)
            .prop_map(|(who, record, unit, value)| Act::Set(who, record, unit, value)),
        1 => (0..PHONES, any::<u8>()).prop_map(|(who, record)| Act::Void(who, record)),
        5 => decide.prop_map(|(who, record, other, ruling, value, person)| {
            Act::Decide { who: PHONES + who, record, other, ruling, value, person }
        }),
        8 => (0..HANDS, 0..HANDS, prop_oneof![Just(255_u8), any::<u8>()])
            .prop_map(|(who, whom, share)| Act::Hear(who, whom, share)),
    ]
}

fn donor(key: i64) -> Value {
    Value::Text(format!("bà Dín {key}"))
}

/// The fields of a unit of the test's form, and what they hold.
fn unit_values(unit: u8, value: i64) -> Fields {
    match unit {
        0 => Fields::from([(FieldNo(16), donor(value))]),
        1 => Fields::from([(FieldNo(17), Value::Int(value))]),
        _ => Fields::from([
            (FieldNo(18), Value::Text(format!("loại {value}"))),
            (FieldNo(19), if value == 0 { Value::Null } else { Value::Int(value) }),
        ]),
    }
}

fn play(acts: &[Act]) -> Vec<Hand> {
    let mut hands: Vec<Hand> = (0..HANDS).map(Hand::new).collect();
    for act in acts {
        if let Act::Hear(who, whom, share) = act {
            let other = hands[usize::from(*whom)].clone();
            hands[usize::from(*who)].hear(&other, usize::from(*share));
            continue;
        }
        do_one(&mut hands, act);
    }
    hands
}

fn do_one(hands: &mut [Hand], act: &Act) {
    let (Act::Create(who, ..)
    | Act::AddRow(who, _)
    | Act::Set(who, ..)
    | Act::Void(who, _)
    | Act::Decide { who, .. }
    | Act::Hear(who, ..)) = act;
    let hand = &mut hands[usize::from(*who)];
    let records = hand.records();
    // Of the first few, so that they meet.
    let few = records.len().clamp(1, 4);
    let pick = |at: u8| records.get(usize::from(at) % few).copied();
    let form = |record, no: i64| Write { record, field: FieldNo::FORM, value: Value::Int(no) };
    match act {
        Act::Create(_, second, key) => hand.write(usize::from(*second), |entry| {
            let record = entry.new_record(0);
            let field = FieldNo(16);
            vec![form(record, 3), Write { record, field, value: donor(i64::from(*key)) }]
        }),
        Act::AddRow(_, at) => {
            let Some(parent) = pick(*at) else { return };
            hand.write(place_of(parent), |entry| {
                let record = entry.new_record(0);
                let value = Value::Record(parent);
                vec![form(record, 4), Write { record, field: FieldNo::PARENT, value }]
            });
        }
        Act::Set(_, at, unit, value) => {
            let Some(id) = pick(*at) else { return };
            let write = |(field, value)| Write { record: id.key, field, value };
            let writes = unit_values(*unit, *value).into_iter().map(write).collect();
            hand.write(place_of(id), |_| writes);
        }
        Act::Void(_, at) => {
            let Some(id) = pick(*at) else { return };
            let value = Value::Text("nhầm".to_owned());
            let void = Write { record: id.key, field: FieldNo::VOID, value };
            hand.write(place_of(id), |_| vec![void]);
        }
        Act::Decide { record, other, ruling, value, person, .. } => {
            let (Some(id), Some(other)) = (pick(*record), pick(*other)) else { return };
            decide(hand, (id, other), *ruling, *value, *person);
        }
        Act::Hear(..) => {}
    }
}

fn decide(hand: &mut Hand, (id, other): (RecordId, RecordId), code: u8, value: i64, person: bool) {
    let unit = |n: u8| unit_values(n, value);
    let (ruling, values) = match code {
        0..=2 => (Ruling::Set(FieldNo(16 + u16::from(code))), unit(code)),
        3 => (Ruling::Void, Fields::new()),
        4 => (Ruling::Keep, Fields::new()),
        5 => (Ruling::Same(other), Fields::new()),
        6 => (Ruling::Distinct(other), Fields::new()),
        7 => (Ruling::Split(other), Fields::new()),
        _ => (Ruling::Ask, Fields::new()),
    };
    if ruling.other() == Some(id) {
        return;
    }
    let person = if person { "Nguyễn Thị Hoa" } else { "Lù Văn Minh" };
    let mut new = NewDecision {
        record: id,
        ruling,
        values,
        reason: Some("đã đối chiếu".to_owned()),
        person: person.to_owned(),
        first_part: None,
    };
    let second = ruling.other().map(|other| other.book).filter(|book| *book != id.book);
    for book in [Some(id.book), second].into_iter().flatten() {
        let place = usize::from(book == book_of(1));
        let writer = Writer { actor: hand.actor, now: Instant(1_000) };
        let (entry, part) = plan_decision(&hand.books[place], writer, &new).unwrap();
        new.first_part = new.first_part.or(Some(part));
        hand.take(place, &entry);
    }
}

/// Everybody's entries, and the books that they make.
fn all_of(hands: &[Hand]) -> Hand {
    let mut all = Hand::new(99);
    hands.iter().for_each(|hand| all.hear(hand, 255));
    all
}

fn number(actor: ActorId) -> u64 {
    u64::from_be_bytes(actor.0)
}

fn name(entry: EntryRef) -> oracle::Name {
    (number(entry.actor), entry.seq)
}

/// The same in the oracle's words.
fn world_of(all: &Hand) -> World {
    let mut world = World::default();
    let unit = |fields: &[u16], policy| oracle::Unit { fields: fields.to_vec(), policy };
    let units = vec![
        unit(&[16], Policy::Quiet),
        unit(&[17], Policy::Review),
        unit(&[18, 19], Policy::Critical),
    ];
    world.units.insert(3, units);
    let pack = pack();
    for place in [0, 1] {
        let book = &all.books[place];
        let text = |key: RecordKey| RecordId { book: book.id(), key }.to_string();
        for key in book.records() {
            let Some(row) = row_of(book, key, &pack) else { continue };
            let state = oracle::RecordState {
                book: book.id().number(),
                org_unit: UNIT.0,
                form: row.form.0,
                parent: row.parent.map(text),
                void: row.void.is_some(),
                key: row.natural_key,
            };
            world.records.insert(text(key), state);
        }
        for entry in &all.logs[place] {
            world.entries.push(told(book, entry));
        }
    }
    world
}

fn told(book: &Book, entry: &Entry) -> oracle::Entry {
    let text = |key: RecordKey| RecordId { book: book.id(), key }.to_string();
    let made = book.decisions_in(entry.name()).first();
    let said = |value: &Value| if value.is_null() { String::new() } else { format!("{value:?}") };
    let bookkeeping = |write: &&Write| book.form_of(write.record) == Some(FormNo::DECISION);
    let writes = entry.writes.iter().filter(|write| !bookkeeping(write));
    let ruling = |ruling: Ruling| match ruling {
        Ruling::Set(field) => oracle::Ruling::Set(field.0),
        Ruling::Void => oracle::Ruling::Void,
        Ruling::Keep => oracle::Ruling::Keep,
        Ruling::Same(other) => oracle::Ruling::Same(other.to_string()),
        Ruling::Distinct(other) => oracle::Ruling::Distinct(other.to_string()),
        Ruling::Split(other) => oracle::Ruling::Split(other.to_string()),
        Ruling::Ask => oracle::Ruling::Ask,
    };
    let clock = &book.clock_of(entry.name()).unwrap().0;
    oracle::Entry {
        book: book.id().number(),
        name: name(entry.name()),
        author: made.map_or(entry.actor.device().to_string(), |made| made.person.clone()),
        seen: clock.iter().map(|(actor, seq)| (number(*actor), *seq)).collect(),
        writes: writes.map(|w| (text(w.record), w.field.0, said(&w.value))).collect(),
        decision: made.map(|made| oracle::Decision {
            id: made.id.to_string(),
            record: made.record.to_string(),
            ruling: ruling(made.ruling),
        }),
    }
}

/// What the books themselves say is open.
fn in_books(all: &Hand) -> BTreeSet<Open> {
    let pack = pack();
    let mut open = BTreeSet::new();
    for book in &all.books {
        for key in book.records() {
            let form = book.form_of(key).and_then(|form| pack.find_form(form));
            let record = RecordId { book: book.id(), key }.to_string();
            for contest in contests_of(book, key, form) {
                let sides = contest.sides.iter().map(|side| name(side.entry)).collect();
                let (record, first) = (record.clone(), contest.kind.fields()[0].0);
                open.insert(match contest.kind {
                    ContestKind::Values(_) => Open::Values { record, field: first, sides },
                    ContestKind::Void => Open::Void { record, sides },
                    ContestKind::Changed(_) => {
                        Open::Changed { record, field: first, writes: sides }
                    }
                });
            }
        }
    }
    open
}

/// Kind, record and field, as the district lists them.
fn listed(rows: &[ContestRow]) -> BTreeSet<(u8, String, u16)> {
    let inside = rows.iter().filter(|row| !matches!(row.kind, 3 | 5));
    inside.map(|row| (row.kind, row.record.to_string(), row.field)).collect()
}

fn expected(open: &BTreeSet<Open>) -> BTreeSet<(u8, String, u16)> {
    let row = |open: &Open| match open {
        Open::Values { record, field, .. } => Some((1, record.clone(), *field)),
        Open::Void { record, .. } => Some((2, record.clone(), 0)),
        Open::Changed { record, field, .. } => Some((4, record.clone(), *field)),
        Open::Twins { .. } => None,
    };
    open.iter().filter_map(row).collect()
}

/// Sets of twins that hang together by pairs that nobody ruled on, and the other open pairs.
type Twins = (BTreeSet<Vec<String>>, BTreeSet<(String, String)>);

fn expected_twins(world: &World, open: &BTreeSet<Open>) -> Twins {
    let ruled = |one: &String, other: &String| {
        world.entries.iter().filter_map(|entry| entry.decision.as_ref()).any(|made| {
            let named = match &made.ruling {
                oracle::Ruling::Same(named)
                | oracle::Ruling::Distinct(named)
                | oracle::Ruling::Split(named) => named,
                _ => return false,
            };
            [&made.record, named].contains(&one) && [&made.record, named].contains(&other)
        })
    };
    let (mut sets, mut pairs): (Vec<BTreeSet<String>>, _) = (Vec::new(), BTreeSet::new());
    for conflict in open {
        let Open::Twins { pair: (one, other) } = conflict else { continue };
        if ruled(one, other) {
            pairs.insert((one.clone(), other.clone()));
            continue;
        }
        let mut set = BTreeSet::from([one.clone(), other.clone()]);
        sets.retain(|known| {
            let apart = known.is_disjoint(&set);
            if !apart {
                set.extend(known.iter().cloned());
            }
            apart
        });
        sets.push(set);
    }
    (sets.into_iter().map(|set| set.into_iter().collect()).collect(), pairs)
}

/// The district that the entries arrived at, in this order.
fn district(all: &Hand, order: &[(usize, usize)], batch: usize) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(dir.path()).unwrap();
    let bytes = pack().to_bytes();
    let with_unit = move |db: &soban_server::store::Db| {
        soban_server::store::org::put_pack(db, &bytes)?;
        Ok(db.execute_batch(
            "INSERT INTO org_unit (id, kind, name, short_name, aliases, fold, sort)
             VALUES (17, 'cell', 'Pạc Bo', 'Pạc Bo', '', '', x'')",
        )?)
    };
    store.write(with_unit).unwrap();
    let projector = Projector::start(store.clone(), Arc::new(pack()));
    for part in order.chunks(batch.max(1)) {
        let arrived: Vec<Arrived> = part
            .iter()
            .map(|(place, at)| {
                let entry = &all.logs[*place][*at];
                Arrived {
                    book: book_of(*place),
                    generation: 1,
                    entry: entry.name(),
                    claim: all.books[*place].hash_of(entry.name()).unwrap().short(),
                    bytes: entry.to_bytes(),
                    device: entry.actor.device(),
                    received_at: Instant(1_000),
                }
            })
            .collect();
        store
            .write(move |db| {
                arrived.iter().try_for_each(|entry| log::append(db, entry, LogState::Accepted))
            })
            .unwrap();
        projector.wait_until_idle();
    }
    projector.stop();
    (dir, store)
}

fn twins_at(store: &Store, rows: &[ContestRow]) -> Twins {
    let sets = rows.iter().filter(|row| row.kind == 3).map(|row| {
        let set = store.read(|db| twins::set_of(db, row.record)).unwrap();
        let mut set: Vec<String> = set.iter().map(ToString::to_string).collect();
        set.sort();
        set
    });
    let pairs = rows.iter().filter(|row| row.kind == 5).map(|row| {
        let (one, other) = (row.record.to_string(), row.other.unwrap().to_string());
        if one < other { (one, other) } else { (other, one) }
    });
    (sets.collect(), pairs.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_book_says_is_open_is_what_the_oracle_says(
        acts in prop::collection::vec(act(), 1..120),
    ) {
        let all = all_of(&play(&acts));
        let mut open = open_conflicts(&world_of(&all));
        open.retain(|conflict| !matches!(conflict, Open::Twins { .. }));
        prop_assert_eq!(in_books(&all), open);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_district_lists_is_what_the_oracle_says_in_whatever_order_it_arrived(
        acts in prop::collection::vec(act(), 1..120),
        seed in any::<u64>(),
        batch in 1..12_usize,
    ) {
        let all = all_of(&play(&acts));
        let world = world_of(&all);
        let open = open_conflicts(&world);
        let mut order: Vec<(usize, usize)> = (0..2)
            .flat_map(|place| (0..all.logs[place].len()).map(move |at| (place, at)))
            .collect();
        let mut key = BTreeMap::new();
        order.iter().for_each(|at| {
            let mixed = (at.0 as u64 * 7_919 + at.1 as u64 + 1).wrapping_mul(seed | 1);
            key.insert(*at, mixed.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        });
        order.sort_by_key(|at| key[at]);
        let (_dir, store) = district(&all, &order, batch);
        let rows = store.read(|db| read::list_contests(db, UNIT, (0, 10_000))).unwrap();
        prop_assert_eq!(listed(&rows), expected(&open));
        prop_assert_eq!(twins_at(&store, &rows), expected_twins(&world, &open));
        prop_assert_eq!(check(&store, false).unwrap().findings, []);
    }
}

#[test]
fn the_random_histories_hold_conflicts_of_every_kind() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..60 {
        let acts = prop::collection::vec(act(), 80..120).new_tree(&mut runner).unwrap().current();
        let all = all_of(&play(&acts));
        let world = world_of(&all);
        let open = open_conflicts(&world);
        let (sets, pairs) = expected_twins(&world, &open);
        for conflict in &open {
            let kind = match conflict {
                Open::Values { field: 16, .. } => "quiet",
                Open::Values { field: 17, .. } => "review",
                Open::Values { .. } => "group",
                Open::Void { .. } => "void",
                Open::Changed { field: 3, .. } => "void changed",
                Open::Changed { .. } => "changed",
                Open::Twins { .. } => continue,
            };
            *found.entry(kind).or_default() += 1;
        }
        *found.entry("twins").or_default() += sets.len();
        *found.entry("disputed").or_default() += pairs.len();
    }
    assert_eq!(found.len(), 8, "{found:?}");
    assert!(found.values().all(|count| *count > 0), "{found:?}");
}
