//! The open conflicts of random histories are those that an oracle finds, no more and no fewer:
//! inside a book, and at the district, where they are kept entry by entry.

mod hands;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use soban_core::base::{BookId, Instant, RecordId, RecordKey};
use soban_core::book::{ContestKind, Entry, contests_of};
use soban_core::record::Value;
use soban_server::check::check;
use soban_server::conflict::{Books, Conflict};
use soban_server::project::Projector;
use soban_server::store::log::{self, Arrived, LogState};
use soban_server::store::read::{self, ContestRow};
use soban_server::store::{Store, twins};
use soban_tests::books::pack;
use soban_tests::oracle::{self, Name, Open, Policy, World, open_conflicts, raw};

use hands::{Hand, UNIT, act, all_of, book_of, name, play};

/// The same in the oracle's words: what was written, and nothing that the program found of it.
fn world_of(all: &Hand) -> World {
    let unit = |fields: &[u16], policy| oracle::Unit { fields: fields.to_vec(), policy };
    let units = vec![
        unit(&[16], Policy::Quiet),
        unit(&[17], Policy::Review),
        unit(&[18, 19], Policy::Critical),
    ];
    let forms = BTreeMap::from([(3, raw::Form { units, key: vec![16] })]);
    let told = |place: usize| all.logs[place].iter().map(move |entry| told(book_of(place), entry));
    let entries: Vec<raw::Raw> = [0, 1].into_iter().flat_map(told).collect();
    raw::world_of(&entries, &forms)
}

fn told(book: BookId, entry: &Entry) -> raw::Raw {
    let text = |key: RecordKey| RecordId { book, key }.to_string();
    let said = |value: &Value| match value {
        Value::Null => raw::Said::Nothing,
        Value::Int(number) => raw::Said::Number(*number),
        Value::Text(text) => raw::Said::Text(text.clone()),
        Value::Record(id) => raw::Said::Record(id.to_string()),
        other => raw::Said::Other(format!("{other:?}")),
    };
    raw::Raw {
        book: book.number(),
        org_unit: UNIT.0,
        name: name(entry.name()),
        deps: entry.deps.iter().copied().map(name).collect(),
        writes: entry.writes.iter().map(|w| (text(w.record), w.field.0, said(&w.value))).collect(),
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

/// Kind, record, field and sides.
type Listed = (u8, String, u16, BTreeSet<Name>);

/// What the district lists, with the sides that its card shows.
fn listed(store: &Store, rows: &[ContestRow]) -> BTreeSet<Listed> {
    let (pack, mut books) = (pack(), Books::default());
    let inside = rows.iter().filter(|row| !matches!(row.kind, 3 | 5));
    let told = inside.map(|row| {
        let conflict = store.read(|db| Conflict::gather(db, &pack, &mut books, row)).unwrap();
        let sides = conflict.unwrap().sides.iter().map(|side| name(side.entry)).collect();
        (row.kind, row.record.to_string(), row.field, sides)
    });
    told.collect()
}

fn expected(open: &BTreeSet<Open>) -> BTreeSet<Listed> {
    let row = |open: &Open| match open {
        Open::Values { record, field, sides } => Some((1, record.clone(), *field, sides.clone())),
        Open::Void { record, sides } => Some((2, record.clone(), 0, sides.clone())),
        Open::Changed { record, field, writes } => {
            Some((4, record.clone(), *field, writes.clone()))
        }
        Open::Twins { .. } => None,
    };
    open.iter().filter_map(row).collect()
}

/// Sets of twins that hang together by pairs that nobody ruled on, and the other open pairs.
type Twins = (BTreeSet<Vec<String>>, BTreeSet<(String, String)>);

fn expected_twins(world: &World, open: &BTreeSet<Open>) -> Twins {
    let ruled = |one: &String, other: &String| {
        world.entries.iter().filter_map(|entry| entry.decision.as_ref()).any(|made| {
            let (oracle::Ruling::Same(named)
            | oracle::Ruling::Distinct(named)
            | oracle::Ruling::Split(named)) = &made.ruling
            else {
                return false;
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
        prop_assert_eq!(listed(&store, &rows), expected(&open));
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
