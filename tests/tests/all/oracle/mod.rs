//! The oracle held to ADR 6, about a sentence at a time, by histories small enough to check by eye.
//! That the program agrees with the oracle is `conflict_oracle`'s question, not this one's.

mod changed;
mod twins;
mod values;
mod void;

use std::collections::{BTreeMap, BTreeSet};

use soban_tests::oracle::{
    Actor, Book, Decision, Entry, Field, Name, Open, Policy, Record, RecordState, Ruling, Unit,
    World, open_conflicts,
};

const AN: Actor = 1;
const BINH: Actor = 2;
const CHI: Actor = 3;
/// Two copies of an office, as a restored one leaves: else no two decisions are concurrent.
const OFFICE: Actor = 8;
const COPY: Actor = 9;

const VOID: Field = 3;
/// A link to the record that this one is the same as.
const LINK: Field = 5;
const QUIET: Field = 20;
const REVIEW: Field = 21;
const CRITICAL: Field = 22;
/// A critical group of two.
const GROUP: Field = 23;
const GROUP_TOO: Field = 24;
/// In no list.
const UNLISTED: Field = 30;

/// Records `a` and `b` of book 1, `c` of book 2, and `row`, a row of `a`. No two are twins yet.
struct Story(World);

impl Story {
    fn new() -> Self {
        let record = |book, form, parent: Option<&str>| RecordState {
            book,
            org_unit: 17,
            form,
            parent: parent.map(str::to_owned),
            void: false,
            key: None,
        };
        let unit = |fields: &[Field], policy| Unit { fields: fields.to_vec(), policy };
        let records = [
            ("a", record(1, 1, None)),
            ("b", record(1, 1, None)),
            ("c", record(2, 1, None)),
            ("row", record(1, 2, Some("a"))),
        ];
        let units = vec![
            unit(&[QUIET], Policy::Quiet),
            unit(&[REVIEW], Policy::Review),
            unit(&[CRITICAL], Policy::Critical),
            unit(&[GROUP_TOO, GROUP], Policy::Critical),
        ];
        Self(World {
            entries: Vec::new(),
            records: records.map(|(name, state)| (name.to_owned(), state)).into(),
            units: BTreeMap::from([(1, units)]),
        })
    }

    /// The named records are shown with one natural key.
    fn of_twins(records: &[&str]) -> Self {
        let mut story = Self::new();
        records.iter().for_each(|name| story.record(name).key = Some("bà Dín".to_owned()));
        story
    }

    fn record(&mut self, name: &str) -> &mut RecordState {
        self.0.records.get_mut(name).unwrap()
    }

    /// One entry: its writer had seen these, what their writers had seen, and all of its own.
    fn add(&mut self, (book, who): (Book, Actor), saw: &[Name], said: Said<'_>) -> Name {
        let mut seen = BTreeMap::from([(who, 0)]);
        for entry in self.0.entries.iter().filter(|entry| entry.book == book) {
            if entry.name.0 == who || saw.contains(&entry.name) {
                for (actor, seq) in &entry.seen {
                    let last = seen.entry(*actor).or_insert(0);
                    *last = (*last).max(*seq);
                }
            }
        }
        seen.entry(who).and_modify(|seq| *seq += 1);
        let name = (who, seen[&who]);
        let own = |(record, field, value): &(&str, Field, &str)| {
            ((*record).to_owned(), *field, (*value).to_owned())
        };
        let writes = said.writes.iter().map(own).collect();
        let author = said.author.to_owned();
        self.0.entries.push(Entry { book, name, author, seen, writes, decision: said.decision });
        name
    }

    /// A phone writes in book 1.
    fn write(&mut self, who: Actor, saw: &[Name], writes: &[(&str, Field, &str)]) -> Name {
        self.write_in(1, who, saw, writes)
    }

    fn write_in(&mut self, book: Book, who: Actor, saw: &[Name], writes: Writes<'_>) -> Name {
        let author = format!("device {who}");
        self.add((book, who), saw, Said { author: &author, writes, decision: None })
    }

    /// A person at an office decides in book 1: Hoa at the one, Minh at its copy.
    fn decide(&mut self, who: Actor, saw: &[Name], on: &str, ruling: Ruling) -> Name {
        let id = format!("{who} {}", self.0.entries.len());
        self.part((1, &id), who, saw, (on, ruling))
    }

    /// A decision's part in one book, with what it writes there of `void`, `keep` and `same`.
    fn part(
        &mut self,
        (book, id): (Book, &str),
        who: Actor,
        saw: &[Name],
        (on, ruling): (&str, Ruling),
    ) -> Name {
        let away = if let Ruling::Same(away) = &ruling { away.clone() } else { String::new() };
        let writes = match &ruling {
            Ruling::Void => vec![(on, VOID, "nhầm")],
            Ruling::Keep => vec![(on, VOID, "")],
            Ruling::Same(_) if self.record(&away).book == book => vec![(&*away, LINK, on)],
            _ => Vec::new(),
        };
        let author = if who == OFFICE { "Hoa" } else { "Minh" };
        let decision = Some(Decision { id: id.to_owned(), record: on.to_owned(), ruling });
        self.add((book, who), saw, Said { author, writes: &writes, decision })
    }

    /// A decision that sets a unit of `a`.
    fn set(&mut self, who: Actor, saw: &[Name], field: Field, value: &str) -> Name {
        self.set_by(if who == OFFICE { "Hoa" } else { "Minh" }, who, saw, (field, value))
    }

    fn set_by(&mut self, author: &str, who: Actor, saw: &[Name], what: (Field, &str)) -> Name {
        let id = format!("{who} {}", self.0.entries.len());
        let (field, value) = what;
        let decision = Some(Decision { id, record: "a".to_owned(), ruling: Ruling::Set(field) });
        self.add((1, who), saw, Said { author, writes: &[("a", field, value)], decision })
    }

    fn open(&self) -> BTreeSet<Open> {
        open_conflicts(&self.0)
    }

    /// Exactly these are open.
    fn expect<const N: usize>(&self, open: [Open; N]) {
        assert_eq!(self.open(), BTreeSet::from(open));
    }
}

type Writes<'a> = &'a [(&'a str, Field, &'a str)];

struct Said<'a> {
    author: &'a str,
    writes: Writes<'a>,
    decision: Option<Decision>,
}

fn values(field: Field, sides: &[Name]) -> Open {
    Open::Values { record: "a".to_owned(), field, sides: sides.iter().copied().collect() }
}

fn void(sides: &[Name]) -> Open {
    Open::Void { record: "a".to_owned(), sides: sides.iter().copied().collect() }
}

fn changed(field: Field, writes: &[Name]) -> Open {
    Open::Changed { record: "a".to_owned(), field, writes: writes.iter().copied().collect() }
}

fn twins(one: &str, other: &str) -> Open {
    Open::Twins { pair: (one.to_owned(), other.to_owned()) }
}

fn same(away: &str) -> Ruling {
    Ruling::Same(Record::from(away))
}

fn distinct(other: &str) -> Ruling {
    Ruling::Distinct(Record::from(other))
}

fn split(other: &str) -> Ruling {
    Ruling::Split(Record::from(other))
}
