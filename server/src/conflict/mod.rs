//! A disagreement with all that is to be said of it: its sides, who took them, what each of them
//! had seen, what held before. Gathered here once, for the console's card and the command line;
//! said in words elsewhere.

mod books;
mod choice;
mod origin;

pub use books::Books;
pub use choice::Choice;
pub use origin::{Origins, Tool};

use soban_core::base::{EntryRef, RecordId};
use soban_core::book::{Book, Contest, ContestKind, contests_of};
use soban_core::form::{Form, Pack};
use soban_core::record::{FieldNo, Fields, Value};

use crate::store::read::ContestRow;
use crate::store::{Db, StoreError, twins};

/// What kind of disagreement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Different values of one field, or of the fields of one group.
    Values,
    /// Void here, changed there.
    Void,
    /// Records that may be one.
    Twins,
    /// Values that a decision set, changed by somebody who had seen it.
    Changed,
    /// A void after a decision that the record stands.
    VoidedAgain,
    /// Two records on which rulings disagree, or that one was written to by somebody who did not
    /// know the ruling.
    Disputed,
}

impl Kind {
    /// The kind of a row of the table.
    #[must_use]
    pub fn of(row: &ContestRow) -> Self {
        match row.kind {
            2 => Self::Void,
            3 => Self::Twins,
            4 if row.field == FieldNo::VOID.0 => Self::VoidedAgain,
            4 => Self::Changed,
            5 => Self::Disputed,
            _ => Self::Values,
        }
    }

    /// Its identifier.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Values => "values",
            Self::Void => "void",
            Self::Twins => "twins",
            Self::Changed => "changed",
            Self::VoidedAgain => "voided_again",
            Self::Disputed => "disputed",
        }
    }

    /// Whether whole records are its sides.
    #[must_use]
    pub fn is_on_several(self) -> bool {
        matches!(self, Self::Twins | Self::Disputed)
    }

    /// Whether it asks whether the record is void.
    #[must_use]
    pub fn is_on_void(self) -> bool {
        matches!(self, Self::Void | Self::VoidedAgain)
    }
}

/// One side.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The record it is about.
    pub record: RecordId,
    /// The entry that took it; of a whole record the one that made it.
    pub entry: EntryRef,
    /// What it wrote of the fields in question; of a whole record what it shows.
    pub values: Fields,
    /// What its writer's page showed of the fields in question once it was written.
    pub whole: Fields,
    /// Which of the other sides its writer had seen, by their places.
    pub saw: Vec<usize>,
}

/// A disagreement with all that is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Its row.
    pub row: ContestRow,
    /// Its kind.
    pub kind: Kind,
    /// The records it is about.
    pub records: Vec<RecordId>,
    /// Its sides, by their writers' clocks: for people to read, nothing depends on the order.
    pub sides: Vec<Side>,
    /// What held before, where that is known.
    pub before: Option<Fields>,
}

impl Conflict {
    /// Gathers it from the books; nothing if the books do not tell of it any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn gather(
        db: &Db,
        pack: &Pack,
        books: &mut Books,
        row: &ContestRow,
    ) -> Result<Option<Self>, StoreError> {
        let kind = Kind::of(row);
        let conflict =
            |records, sides, before| Self { row: row.clone(), kind, records, sides, before };
        if kind.is_on_several() {
            let records = records_of(db, row)?;
            let mut sides = Vec::new();
            for record in &records {
                sides.push(whole_record(books.open(db, record.book)?, *record, pack));
            }
            return Ok((sides.len() > 1).then(|| conflict(records, sides, None)));
        }
        let (book, record) = (books.open(db, row.record.book)?, row.record);
        let form = form_of(book, record, pack);
        let mut found = contests_of(book, record.key, form).into_iter();
        let Some(contest) = found.find(|contest| is(contest, row)) else { return Ok(None) };
        let before = Some(contest.before).filter(|before| !before.is_empty());
        let mut sides = contest.sides;
        sides.sort_by_key(|side| (book.time_of(side.entry), side.entry));
        let fields: Vec<FieldNo> = written(sides.iter().map(|side| &side.values));
        let entries: Vec<EntryRef> = sides.iter().map(|side| side.entry).collect();
        let side = |side: soban_core::book::Side| Side {
            record,
            entry: side.entry,
            whole: seen_by(book, record, &fields, &side),
            saw: others_seen(book, &entries, side.entry),
            values: side.values,
        };
        let sides = sides.into_iter().map(side).collect();
        Ok(Some(conflict(vec![record], sides, before)))
    }

    /// Every field that any side speaks of.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldNo> {
        written(self.sides.iter().map(|side| &side.values))
    }

    /// The fields on which the sides do not all say the same; all of them if they do.
    #[must_use]
    pub fn differing(&self) -> Vec<FieldNo> {
        let all = self.fields();
        let differ = |no: &FieldNo| {
            let said = |side: &Side| side.values.get(no).cloned().unwrap_or(Value::Null);
            self.sides.windows(2).any(|pair| matches!(pair, [a, b] if said(a) != said(b)))
        };
        let differing: Vec<FieldNo> = all.iter().copied().filter(differ).collect();
        if differing.is_empty() { all } else { differing }
    }

    /// The fields that the sides differ on, and those that they agree on and do not leave empty.
    #[must_use]
    pub fn filled(&self) -> Vec<FieldNo> {
        let empty = |side: &Side, no: FieldNo| side.values.get(&no).is_none_or(Value::is_null);
        let mut fields = self.fields();
        fields.retain(|no| !self.sides.iter().all(|side| empty(side, *no)));
        fields
    }

    /// What held before, where a decision may bring it back: a record is void or it is not.
    #[must_use]
    pub fn restorable(&self) -> Option<&Fields> {
        self.before.as_ref().filter(|_| !self.kind.is_on_void())
    }

    /// Whether no decision is taken without a reason.
    #[must_use]
    pub fn needs_reason(&self) -> bool {
        self.row.policy > 1 || self.kind.is_on_void()
    }
}

/// The records that a disagreement is about, in the order of their ids.
///
/// # Errors
/// [`StoreError`].
pub fn records_of(db: &Db, row: &ContestRow) -> Result<Vec<RecordId>, StoreError> {
    match (Kind::of(row), row.other) {
        (Kind::Disputed, Some(other)) => Ok(vec![row.record, other]),
        (Kind::Twins, _) => twins::set_of(db, row.record),
        _ => Ok(vec![row.record]),
    }
}

/// The form of a record, if the pack knows it.
#[must_use]
pub fn form_of<'a>(book: &Book, record: RecordId, pack: &'a Pack) -> Option<&'a Form> {
    pack.find_form(book.form_of(record.key)?)
}

fn written<'a>(sides: impl Iterator<Item = &'a Fields>) -> Vec<FieldNo> {
    let mut all: Vec<FieldNo> = sides.flat_map(|values| values.keys().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn whole_record(book: &Book, record: RecordId, pack: &Pack) -> Side {
    let mut values = book.shown(record.key, form_of(book, record, pack));
    values.retain(|no, value| no.belongs_to_form() && !value.is_null());
    Side { record, entry: record.key.entry(), whole: values.clone(), values, saw: Vec::new() }
}

fn is(contest: &Contest, row: &ContestRow) -> bool {
    let begins = |fields: &[FieldNo]| fields.first().map(|field| field.0) == Some(row.field);
    match &contest.kind {
        ContestKind::Void => row.kind == 2,
        ContestKind::Values(fields) => row.kind == 1 && begins(fields),
        ContestKind::Changed(fields) => row.kind == 4 && begins(fields),
    }
}

/// What a side's writer had on their page: what they wrote, and beside it what they left alone.
fn seen_by(
    book: &Book,
    record: RecordId,
    fields: &[FieldNo],
    side: &soban_core::book::Side,
) -> Fields {
    let clock = book.clock_of(side.entry);
    let shown = |no: &FieldNo| {
        let own = side.values.get(no).cloned();
        let seen = || Some(book.values_at(record.key, *no, clock?).pop()?.value);
        Some((*no, own.or_else(seen)?))
    };
    fields.iter().filter_map(shown).collect()
}

fn others_seen(book: &Book, entries: &[EntryRef], entry: EntryRef) -> Vec<usize> {
    let saw = |other: EntryRef| book.clock_of(entry).is_some_and(|clock| clock.saw(other));
    let others = entries.iter().enumerate().filter(|(_, other)| **other != entry);
    others.filter(|(_, other)| saw(**other)).map(|(place, _)| place).collect()
}
