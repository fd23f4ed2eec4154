//! Random histories: five phones and two offices write, decide, and hear from each other.

use proptest::prelude::*;
use soban_core::base::{ActorId, BookId, DeviceId, EntryRef, Instant, OrgUnitId, Period, RecordId};
use soban_core::book::{Book, Entry, NewDecision, Ruling, Write, Writer, plan_decision};
use soban_core::record::{FieldNo, Fields, FormNo, Value};
use soban_tests::oracle;

const PHONES: u8 = 5;
const HANDS: u8 = PHONES + 2;
pub(super) const UNIT: OrgUnitId = OrgUnitId(17);

/// A phone's or an office's copies of two books.
#[derive(Clone)]
pub(super) struct Hand {
    pub(super) actor: ActorId,
    pub(super) books: [Book; 2],
    pub(super) logs: [Vec<Entry>; 2],
}

pub(super) fn book_of(place: usize) -> BookId {
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
pub(super) enum Act {
    Create(u8, bool, u8),
    AddRow(u8, u8),
    Set(u8, u8, u8, i64),
    /// Units of two records at once.
    SetTwo(u8, [u8; 2], [u8; 2], i64),
    Void(u8, u8),
    Decide {
        who: u8,
        record: u8,
        other: u8,
        ruling: u8,
        value: i64,
        person: bool,
    },
    Hear(u8, u8, u8),
}

pub(super) fn act() -> impl Strategy<Value = Act> {
    let decide = (0..2_u8, any::<u8>(), any::<u8>(), 0..9_u8, 0..VALUES, any::<bool>());
    prop_oneof![
        1 => (0..PHONES, any::<bool>(), 0..2_u8).prop_map(|(who, b, key)| Act::Create(who, b, key)),
        1 => (0..PHONES, any::<u8>()).prop_map(|(who, record)| Act::AddRow(who, record)),
        6 => (0..PHONES, any::<u8>(), 0..UNITS, 0..VALUES)
            .prop_map(|(who, record, unit, value)| Act::Set(who, record, unit, value)),
        2 => (0..PHONES, any::<[u8; 2]>(), [0..UNITS, 0..UNITS], 0..VALUES)
            .prop_map(|(who, records, units, value)| Act::SetTwo(who, records, units, value)),
        1 => (0..PHONES, any::<u8>()).prop_map(|(who, record)| Act::Void(who, record)),
        5 => decide.prop_map(|(who, record, other, ruling, value, person)| {
            Act::Decide { who: PHONES + who, record, other, ruling, value, person }
        }),
        8 => (0..HANDS, 0..HANDS, prop_oneof![Just(255_u8), any::<u8>()])
            .prop_map(|(who, whom, share)| Act::Hear(who, whom, share)),
    ]
}

/// The units of the test's form, and two that an older phone writes, which knows one field each of
/// the group.
const UNITS: u8 = 5;
const VALUES: i64 = 5;

/// Beside other donors two spellings of one.
fn donor(key: i64) -> Value {
    Value::Text(match key {
        4 => "BÀ DÍN 0".to_owned(),
        key => format!("bà Dín {key}"),
    })
}

/// The fields of a unit of the test's form, and what they hold.
fn unit_values(unit: u8, value: i64) -> Fields {
    match unit {
        0 => Fields::from([(FieldNo(16), donor(value))]),
        1 => Fields::from([(FieldNo(17), Value::Int(value))]),
        2 => Fields::from([(FieldNo(18), kind(value)), (FieldNo(19), quantity(value))]),
        3 => Fields::from([(FieldNo(18), kind(value))]),
        _ => Fields::from([(FieldNo(19), quantity(value))]),
    }
}

fn kind(value: i64) -> Value {
    if value == 3 { Value::Null } else { Value::Text(format!("loại {value}")) }
}

fn quantity(value: i64) -> Value {
    if value == 0 { Value::Null } else { Value::Int(value) }
}

pub(super) fn play(acts: &[Act]) -> Vec<Hand> {
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
    | Act::SetTwo(who, ..)
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
        Act::SetTwo(_, at, units, value) => {
            let (Some(one), Some(other)) = (pick(at[0]), pick(at[1])) else { return };
            if one == other || one.book != other.book {
                return;
            }
            let writes = [(one, units[0]), (other, units[1])].into_iter().flat_map(|(id, unit)| {
                let write = move |(field, value)| Write { record: id.key, field, value };
                unit_values(unit, *value).into_iter().map(write)
            });
            let writes = writes.collect();
            hand.write(place_of(one), |_| writes);
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
pub(super) fn all_of(hands: &[Hand]) -> Hand {
    let mut all = Hand::new(99);
    hands.iter().for_each(|hand| all.hear(hand, 255));
    all
}

fn number(actor: ActorId) -> u64 {
    u64::from_be_bytes(actor.0)
}

pub(super) fn name(entry: EntryRef) -> oracle::Name {
    (number(entry.actor), entry.seq)
}
