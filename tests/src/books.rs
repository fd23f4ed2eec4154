//! One book in the hands of several phones that hear from each other now and then.

use soban_core::base::{
    ActorId, BookId, DeviceId, Instant, OrgUnitId, Period, RecordId, RecordKey,
};
use soban_core::book::{Book, Contest, Entry, Write, contests_of};
use soban_core::form::{Field, FieldKind, Form, Group, Home, Pack, Policy};
use soban_core::record::{FieldNo, Fields, FormNo, Value};

/// The form of the test book's records: a quiet field, a field under review, a critical group.
#[must_use]
pub fn pack() -> Pack {
    let text = |no: u16, name: &str| Field::new(FieldNo(no), name, FieldKind::Text);
    let number = |no: u16, name: &str| Field::new(FieldNo(no), name, FieldKind::Integer);
    let mut reviewed = number(17, "area");
    reviewed.policy = Policy::Review;
    let form = Form {
        no: FormNo(3),
        name: "gift".to_owned(),
        version: 1,
        parent: None,
        home: Home::Standing,
        title: vec![FieldNo(16)],
        summary: Vec::new(),
        natural_key: vec![FieldNo(16)],
        fields: vec![text(16, "donor"), reviewed, text(18, "kind"), number(19, "quantity")],
        groups: vec![Group {
            name: "what".to_owned(),
            fields: vec![FieldNo(18), FieldNo(19)],
            policy: Policy::Critical,
        }],
        rules: Vec::new(),
        totals: Vec::new(),
    };
    Pack { forms: [(form.no, form)].into(), ..Pack::default() }
}

/// The test book.
#[must_use]
pub fn book_id() -> BookId {
    BookId::new(OrgUnitId(17), Period::Year(2012))
}

/// The name that the n-th phone writes under.
#[must_use]
pub fn actor(n: u8) -> ActorId {
    ActorId::new(DeviceId([0, 0, 0, 0, n]), [0, 0, 1])
}

/// One phone's copy of the book, and its entries in the order they came.
#[derive(Debug, Clone)]
pub struct Copy {
    /// Whose.
    pub actor: ActorId,
    /// The book.
    pub book: Book,
    /// Its entries, each after those it stands on.
    pub log: Vec<Entry>,
}

impl Copy {
    /// The n-th phone's empty copy.
    #[must_use]
    pub fn new(n: u8) -> Self {
        Self { actor: actor(n), book: Book::new(book_id(), 1), log: Vec::new() }
    }

    /// Writes an entry on everything seen so far.
    pub fn write(&mut self, writes: impl FnOnce(&Entry) -> Vec<Write>) -> Entry {
        let mut entry = Entry {
            actor: self.actor,
            seq: self.book.next_seq(self.actor),
            deps: self.book.heads(),
            time: Instant(1_000 + i64::from(self.actor.0[4])),
            writes: Vec::new(),
        };
        entry.writes = writes(&entry);
        self.take(&entry);
        entry
    }

    /// Makes a record.
    pub fn create(&mut self, donor: &str) -> (RecordKey, Entry) {
        let entry = self.write(|entry| {
            let record = entry.new_record(0);
            vec![
                Write { record, field: FieldNo::FORM, value: Value::Int(3) },
                Write { record, field: FieldNo(16), value: Value::Text(donor.to_owned()) },
            ]
        });
        (entry.new_record(0), entry)
    }

    /// Makes a row of a record.
    pub fn add_row(&mut self, parent: RecordKey) -> Entry {
        let parent = Value::Record(RecordId { book: book_id(), key: parent });
        self.write(|entry| {
            let record = entry.new_record(0);
            vec![
                Write { record, field: FieldNo::FORM, value: Value::Int(4) },
                Write { record, field: FieldNo::PARENT, value: parent },
                Write { record, field: FieldNo(16), value: Value::Text("việc".to_owned()) },
            ]
        })
    }

    /// Writes fields of a record.
    pub fn set(&mut self, record: RecordKey, fields: Fields) -> Entry {
        let write = |(field, value)| Write { record, field, value };
        self.write(|_| fields.into_iter().map(write).collect())
    }

    /// Takes an entry in; one that is here already changes nothing.
    pub fn take(&mut self, entry: &Entry) {
        let known = self.book.hash_of(entry.name()).is_some();
        self.book.apply(entry, None).expect("the entry stands on what is here");
        if !known {
            self.log.push(entry.clone());
        }
    }

    /// Hears everything that another knows.
    pub fn hear(&mut self, other: &Self) {
        for entry in &other.log {
            self.take(entry);
        }
    }

    /// Everything that two equal copies agree on.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let pack = pack();
        let form = pack.find_form(FormNo(3));
        let records = self.book.records().map(|key| {
            let fields = self.book.fields_of(key);
            let values = fields.map(|field| {
                let mut values: Vec<_> = self
                    .book
                    .alternatives(key, field)
                    .into_iter()
                    .map(|alternative| (alternative.entry, alternative.value))
                    .collect();
                values.sort();
                (field, values)
            });
            RecordPicture {
                key,
                values: values.collect(),
                rows: self.book.rows_of(key),
                shown: self.book.shown(key, form),
                contests: contests_of(&self.book, key, form),
            }
        });
        Picture { heads: self.book.automerge_heads(), records: records.collect() }
    }
}

/// A field's values with their writers.
pub type FieldValues = (FieldNo, Vec<(soban_core::base::EntryRef, Value)>);

/// Everything that two equal copies agree on.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The document's heads.
    pub heads: Vec<String>,
    /// The records, in the order of their keys.
    pub records: Vec<RecordPicture>,
}

/// Everything that two equal copies agree on about a record.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPicture {
    /// Which record.
    pub key: RecordKey,
    /// All that its fields hold at once.
    pub values: Vec<FieldValues>,
    /// Its rows.
    pub rows: Vec<RecordKey>,
    /// What is shown of it.
    pub shown: Fields,
    /// What is contested of it.
    pub contests: Vec<Contest>,
}
