//! The laws of merging, on random edits by up to five phones that hear from each other at random.

use proptest::prelude::*;
use soban_core::base::RecordKey;
use soban_core::book::{Book, history_of};
use soban_core::form::Policy;
use soban_core::record::{FieldNo, Fields, FormNo, Value};
use soban_tests::books::{Copy, RecordPicture, book_id, pack};

#[derive(Debug, Clone)]
enum Act {
    Create(u8),
    AddRow(u8, u8),
    Set(u8, u8, u16, i64),
    SetGroup(u8, u8, i64),
    Void(u8, u8, bool),
    /// Who hears from whom, and how much of what is new to them.
    Hear(u8, u8, u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (0..5_u8).prop_map(Act::Create),
        1 => (0..5_u8, any::<u8>()).prop_map(|(who, record)| Act::AddRow(who, record)),
        5 => (0..5_u8, any::<u8>(), 16..18_u16, 0..3_i64)
            .prop_map(|(who, record, field, value)| Act::Set(who, record, field, value)),
        2 => (0..5_u8, any::<u8>(), 0..3_i64)
            .prop_map(|(who, record, value)| Act::SetGroup(who, record, value)),
        1 => (0..5_u8, any::<u8>(), any::<bool>())
            .prop_map(|(who, record, lift)| Act::Void(who, record, lift)),
        4 => (0..5_u8, 0..5_u8, any::<u8>())
            .prop_map(|(who, whom, share)| Act::Hear(who, whom, share)),
    ]
}

fn value(field: FieldNo, value: i64) -> Value {
    if field == FieldNo(17) {
        Value::Int(value)
    } else {
        Value::Text(format!("ông Cường {value}"))
    }
}

fn play(acts: &[Act]) -> Vec<Copy> {
    let mut phones: Vec<Copy> = (0..5).map(Copy::new).collect();
    for act in acts {
        let (who, whom) = match act {
            Act::Create(who)
            | Act::AddRow(who, _)
            | Act::Set(who, ..)
            | Act::SetGroup(who, ..)
            | Act::Void(who, ..) => (usize::from(*who), None),
            Act::Hear(who, whom, share) => (usize::from(*who), Some((usize::from(*whom), share))),
        };
        if let Some((whom, share)) = whom {
            // A prefix of what the other knows: it holds all that its entries stand on.
            let log = phones[whom].log.clone();
            let heard = log.len() * (usize::from(*share) + 1) / 256;
            log[..heard].iter().for_each(|entry| phones[who].take(entry));
            continue;
        }
        let phone = &mut phones[who];
        let keys: Vec<RecordKey> = phone.book.records().collect();
        let pick = |place: u8| keys.get(usize::from(place) % keys.len().max(1)).copied();
        match act {
            Act::Create(_) => drop(phone.create("bà Dín")),
            Act::AddRow(_, record) => {
                if let Some(key) = pick(*record) {
                    phone.add_row(key);
                }
            }
            Act::Set(_, record, field, number) => {
                let field = FieldNo(*field);
                if let Some(key) = pick(*record) {
                    phone.set(key, Fields::from([(field, value(field, *number))]));
                }
            }
            Act::SetGroup(_, record, number) => {
                if let Some(key) = pick(*record) {
                    let kind = Value::Text(format!("loại {number}"));
                    let group = [(FieldNo(18), kind), (FieldNo(19), Value::Int(*number))];
                    phone.set(key, Fields::from(group));
                }
            }
            Act::Void(_, record, lift) => {
                let reason = if *lift { Value::Null } else { Value::Text("nhầm".to_owned()) };
                if let Some(key) = pick(*record) {
                    phone.set(key, Fields::from([(FieldNo::VOID, reason)]));
                }
            }
            Act::Hear(..) => {}
        }
    }
    phones
}

fn heard_all(phones: &[Copy], order: &[usize]) -> Copy {
    let mut last = phones[order[0]].clone();
    for place in &order[1..] {
        last.hear(&phones[*place]);
    }
    last
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        acts in prop::collection::vec(act(), 1..40),
        order in Just(vec![0_usize, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let phones = play(&acts);
        let one = heard_all(&phones, &[0, 1, 2, 3, 4]);
        let other = heard_all(&phones, &order);
        prop_assert_eq!(one.picture(), other.picture());
        // Grouped otherwise: two halves that then hear from each other.
        let mut half = heard_all(&phones, &order[..2]);
        half.hear(&heard_all(&phones, &order[2..]));
        prop_assert_eq!(one.picture(), half.picture());
        let mut again = one.clone();
        again.hear(&other);
        again.hear(&one);
        prop_assert_eq!(one.picture(), again.picture());
        // Incremental and all at once are the same: values, rows, contests.
        let hash = |entry: &soban_core::book::Entry| other.book.hash_of(entry.name()).unwrap().short();
        let entries = other.log.iter().map(|entry| (entry, hash(entry)));
        let book = Book::replay(book_id(), 1, entries).unwrap();
        let replayed = Copy { book, ..one.clone() };
        prop_assert_eq!(replayed.picture(), one.picture());
    }

    #[test]
    fn no_confirmed_value_is_unreachable_and_writes_agree_with_automerge(
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let phones = play(&acts);
        let all = heard_all(&phones, &[0, 1, 2, 3, 4]);
        prop_assert_eq!(all.book.check(), Ok(()));
        for entry in &all.log {
            for write in &entry.writes {
                let told = history_of(&all.book, write.record).into_iter().any(|step| {
                    let wrote = |change: &soban_core::book::StepChange| {
                        change.field == write.field && change.value == write.value
                    };
                    step.entry == entry.name() && step.changes.iter().any(wrote)
                });
                prop_assert!(told, "{} of {} is lost", write.field, entry.name());
            }
        }
    }

    #[test]
    fn a_group_shows_one_writers_set_and_differences_are_open(
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let phones = play(&acts);
        let all = heard_all(&phones, &[0, 1, 2, 3, 4]);
        let pack = pack();
        let form = pack.find_form(FormNo(3));
        for RecordPicture { key, values, shown, contests, .. } in all.picture().records {
            let kind = shown.get(&FieldNo(18)).map(|kind| format!("{kind:?}"));
            if let (Some(kind), Some(Value::Int(quantity))) = (kind, shown.get(&FieldNo(19))) {
                prop_assert!(kind.contains(&quantity.to_string()), "{key}: {kind} {quantity}");
            }
            // Whatever Automerge holds at once and differs is open, whichever policy it has.
            for (field, alternatives) in values {
                let mut distinct: Vec<_> = alternatives.iter().map(|(_, value)| value).collect();
                distinct.dedup();
                let quiet_same = distinct.windows(2).all(|pair| pair[0] == pair[1]);
                if quiet_same || !field.belongs_to_form() {
                    continue;
                }
                let policy = form.map(|form| form.policy_of(field)).unwrap_or(Policy::Quiet);
                let open = contests.iter().any(|contest| {
                    contest.sides.iter().any(|side| side.values.contains_key(&field))
                });
                prop_assert!(open, "{key} {field} {policy:?} {alternatives:?}");
            }
        }
    }
}
