//! What is contested inside one book: a pure function of its entries and of the form's policies and
//! groups, never of arrival order or of clocks on the wall (design section 5, read as ADR 6 says).
//!
//! Twins may be in different books: what a book says of them is [`Book::pair_rulings_on`].

use std::collections::BTreeSet;

use super::{Book, Ruling};
use crate::base::{DeviceId, EntryRef, RecordId, RecordKey};
use crate::form::{Form, Policy};
use crate::record::{FieldNo, Fields, Value};

/// A disagreement that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// The record it is about.
    pub record: RecordKey,
    /// What kind of disagreement it is.
    pub kind: ContestKind,
    /// How it is treated.
    pub policy: Policy,
    /// The sides, by entry.
    pub sides: Vec<Side>,
    /// What held before: what every side had seen of these fields.
    pub before: Fields,
}

/// What kind of disagreement it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContestKind {
    /// Writers who had not seen each other wrote different values to one field, or to the fields
    /// of one group.
    Values(Vec<FieldNo>),
    /// Somebody made the record void while somebody else, who had not seen that, changed it or
    /// one of its rows, or ruled that it stands.
    Void,
    /// Somebody changed what staff had decided, and had seen that they had: fields of one unit, or
    /// the record's void alone.
    Changed(Vec<FieldNo>),
}

impl ContestKind {
    /// The fields in question; of a void the void.
    #[must_use]
    pub fn fields(&self) -> &[FieldNo] {
        match self {
            Self::Values(fields) | Self::Changed(fields) => fields,
            Self::Void => &[FieldNo::VOID],
        }
    }
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The entry that took it.
    pub entry: EntryRef,
    /// What it wrote of the fields in question.
    pub values: Fields,
}

impl Side {
    fn differs(&self, other: &Self) -> bool {
        let said = |side: &Self| -> Vec<(FieldNo, Value)> {
            let values = side.values.iter().filter(|(_, value)| !value.is_null());
            values.map(|(field, value)| (*field, value.clone())).collect()
        };
        said(self) != said(other)
    }
}

/// What is contested of a record. Without its form every field stands alone and is `quiet`.
#[must_use]
pub fn contests_of(book: &Book, record: RecordKey, form: Option<&Form>) -> Vec<Contest> {
    let mut contests = Vec::new();
    let mut done = BTreeSet::new();
    for field in book.fields_of(record).filter(|field| field.belongs_to_form()) {
        if done.contains(&field) {
            continue;
        }
        let group = form.and_then(|form| form.group_of(field));
        let mut fields = group.map_or_else(|| vec![field], |group| group.fields.clone());
        fields.sort_unstable();
        done.extend(fields.iter().copied());
        let policy = form.map(|form| form.policy_of(field)).unwrap_or_default();
        let unit = Unit { book, record, fields, policy };
        let sets = unit.written_sets();
        // Nearly every field was written once, or by one line of people who saw each other.
        if sets.len() > 1 {
            contests.extend(unit.values_contest(&sets));
            contests.extend(unit.changed_contest(&sets));
        }
    }
    contests.extend(void_contest(book, record));
    contests.extend(void_changed(book, record));
    contests
}

/// The fields of a record that only make sense together.
struct Unit<'a> {
    book: &'a Book,
    record: RecordKey,
    fields: Vec<FieldNo>,
    policy: Policy,
}

impl Unit<'_> {
    /// Per entry that wrote any of the fields, what it wrote of them.
    fn written_sets(&self) -> Vec<Side> {
        let mut sets: Vec<Side> = Vec::new();
        for field in &self.fields {
            for written in self.book.index.written(self.record, *field) {
                match sets.iter_mut().find(|side| side.entry == written.entry) {
                    Some(side) => drop(side.values.insert(*field, written.value.clone())),
                    None => sets.push(Side {
                        entry: written.entry,
                        values: Fields::from([(*field, written.value.clone())]),
                    }),
                }
            }
        }
        sets
    }

    fn values_contest(&self, sets: &[Side]) -> Option<Contest> {
        let standing: Vec<&Side> = match self.policy {
            Policy::Quiet => sets.iter().filter(|side| is_newest(self.book, sets, side)).collect(),
            Policy::Review | Policy::Critical => self.without_own_drafts(sets),
        };
        if standing.len() < 2 {
            return None;
        }
        let rulings = self.rulings();
        let open = |a: &Side, b: &Side| {
            self.book.index.apart(a.entry, b.entry)
                && a.differs(b)
                && (self.policy == Policy::Quiet
                    || !ruled_by_who_saw(self.book, &rulings, &[a.entry, b.entry]))
        };
        let sides = standing.iter().filter(|side| standing.iter().any(|other| open(side, other)));
        let sides: Vec<Side> = sides.map(|side| (*side).clone()).collect();
        self.contest(ContestKind::Values(self.fields.clone()), sides)
    }

    /// Writes over a decision by somebody who had seen it, where that is to be listed.
    fn changed_contest(&self, sets: &[Side]) -> Option<Contest> {
        if self.policy != Policy::Critical {
            return None;
        }
        let of_unit = |ruling: Ruling| matches!(ruling, Ruling::Set(f) if self.fields.contains(&f));
        let (book, rulings) = (self.book, self.rulings());
        let set: Vec<EntryRef> = rulings
            .iter()
            .filter(|(_, ruling)| of_unit(*ruling))
            .map(|(entry, _)| *entry)
            .collect();
        if set.is_empty() {
            return None;
        }
        let changed = self.without_own_drafts(sets).into_iter().filter(|side| {
            let mut before = newest_seen(book, &set, side.entry);
            !set.contains(&side.entry)
                && !ruled_by_who_saw(book, &rulings, &[side.entry])
                && before.any(|d| sets.iter().any(|s| s.entry == d && s.differs(side)))
        });
        let sides: Vec<Side> = changed.cloned().collect();
        self.contest(ContestKind::Changed(self.fields.clone()), sides)
    }

    fn contest(&self, kind: ContestKind, mut sides: Vec<Side>) -> Option<Contest> {
        if sides.is_empty() {
            return None;
        }
        sides.sort_by_key(|side| side.entry);
        let before = seen_by_all(self.book, self.record, &self.fields, &sides);
        Some(Contest { record: self.record, kind, policy: self.policy, sides, before })
    }

    /// The decisions that rule on the unit.
    fn rulings(&self) -> Vec<(EntryRef, Ruling)> {
        let on_unit = |ruling: Ruling| match ruling {
            Ruling::Set(field) => self.fields.contains(&field),
            _ => false,
        };
        rulings_on(self.book, self.record, |ruling, whole| on_unit(ruling) || whole)
    }

    /// A write that its own author replaced before seeing anybody's concurrent write is not a
    /// side.
    fn without_own_drafts<'s>(&self, sets: &'s [Side]) -> Vec<&'s Side> {
        let book = self.book;
        let author = |side: &Side| author_of(book, side.entry);
        let replaced = |side: &Side| {
            sets.iter().any(|later| {
                author(later) == author(side)
                    && book.index.saw(later.entry, side.entry)
                    && !sets.iter().any(|other| {
                        author(other) != author(side)
                            && book.index.apart(other.entry, side.entry)
                            && book.index.saw(later.entry, other.entry)
                    })
            })
        };
        sets.iter().filter(|side| !replaced(side)).collect()
    }
}

/// Who wrote an entry: a device, which has one holder; or the person whom a decision names.
#[derive(PartialEq, Eq)]
enum Author<'a> {
    Device(DeviceId),
    Person(&'a str),
}

fn author_of(book: &Book, entry: EntryRef) -> Author<'_> {
    let decision = book.decisions_in(entry).first();
    decision
        .map_or(Author::Device(entry.actor.device()), |decision| Author::Person(&decision.person))
}

/// The decisions on a record that rule on a part of it. The closure is told whether the ruling is
/// one on the whole record: that it is void, or that it is the same as another one.
fn rulings_on(
    book: &Book,
    record: RecordKey,
    rules: impl Fn(Ruling, bool) -> bool,
) -> Vec<(EntryRef, Ruling)> {
    let id = RecordId { book: book.id(), key: record };
    book.decisions_on(record)
        .filter(|(_, decision)| {
            let whole = match decision.ruling {
                Ruling::Void => decision.record == id,
                Ruling::Same(other) => other == id,
                _ => false,
            };
            let own = decision.record == id && decision.ruling.other().is_none();
            whole && rules(decision.ruling, true) || own && rules(decision.ruling, false)
        })
        .map(|(entry, decision)| (entry, decision.ruling))
        .collect()
}

fn ruled_by_who_saw(book: &Book, rulings: &[(EntryRef, Ruling)], seen: &[EntryRef]) -> bool {
    rulings.iter().any(|(ruling, _)| seen.iter().all(|entry| book.index.saw(*ruling, *entry)))
}

/// Of the decisions that an entry's writer saw, those that no other of them saw.
fn newest_seen<'a>(
    book: &'a Book,
    decisions: &'a [EntryRef],
    entry: EntryRef,
) -> impl Iterator<Item = EntryRef> + 'a {
    let seen: Vec<EntryRef> =
        decisions.iter().copied().filter(|d| book.index.saw(entry, *d)).collect();
    let all = seen.clone();
    seen.into_iter().filter(move |d| !all.iter().any(|later| book.index.saw(*later, *d)))
}

fn is_newest(book: &Book, sets: &[Side], side: &Side) -> bool {
    !sets.iter().any(|other| book.index.saw(other.entry, side.entry))
}

fn seen_by_all(book: &Book, record: RecordKey, fields: &[FieldNo], sides: &[Side]) -> Fields {
    let mut clocks = sides.iter().filter_map(|side| book.clock_of(side.entry));
    let mut common = clocks.next().cloned().unwrap_or_default();
    for clock in clocks {
        for (actor, seq) in &mut common.0 {
            *seq = clock.last(*actor).min(*seq);
        }
    }
    let shown = |field: &FieldNo| {
        let alternative = book.values_at(record, *field, &common).pop()?;
        Some((*field, alternative.value))
    };
    fields.iter().filter_map(shown).collect()
}

/// The decisions that rule on a record's void.
fn void_rulings(book: &Book, record: RecordKey) -> Vec<(EntryRef, Ruling)> {
    rulings_on(book, record, |ruling, whole| whole || ruling == Ruling::Keep)
}

/// A record's voids, and where a void was lifted.
fn voids_of(book: &Book, record: RecordKey) -> (Vec<EntryRef>, Vec<EntryRef>) {
    let written = book.index.written(record, FieldNo::VOID);
    let of = |lifted: bool| {
        written.iter().filter(move |w| w.value.is_null() == lifted).map(|w| w.entry).collect()
    };
    (of(false), of(true))
}

fn void_contest(book: &Book, record: RecordKey) -> Option<Contest> {
    let (voids, lifts) = voids_of(book, record);
    if voids.is_empty() {
        return None;
    }
    let rows = book.rows_of(record);
    let mut against: BTreeSet<EntryRef> = std::iter::once(record)
        .chain(rows)
        .flat_map(|key| book.fields_of(key).map(move |field| (key, field)))
        .filter(|(_, field)| *field != FieldNo::VOID)
        .flat_map(|(key, field)| book.index.written(key, field).iter().map(|w| w.entry))
        .collect();
    against.extend(lifts);
    let rulings = void_rulings(book, record);
    let mut open: BTreeSet<EntryRef> = BTreeSet::new();
    for void in &voids {
        let apart = against.iter().filter(|other| book.index.apart(*void, **other));
        for other in apart.filter(|o| !ruled_by_who_saw(book, &rulings, &[*void, **o])) {
            open.extend([*void, *other]);
        }
    }
    void_sides(book, record, open, ContestKind::Void)
}

/// Voids by somebody who had seen a decision that the record stands.
fn void_changed(book: &Book, record: RecordKey) -> Option<Contest> {
    let rulings = void_rulings(book, record);
    let keeps: Vec<EntryRef> =
        rulings.iter().filter(|(_, r)| *r == Ruling::Keep).map(|(entry, _)| *entry).collect();
    if keeps.is_empty() {
        return None;
    }
    let (voids, _) = voids_of(book, record);
    let decided = |entry: &EntryRef| rulings.iter().any(|(ruling, _)| ruling == entry);
    let changed = voids.into_iter().filter(|void| {
        !decided(void)
            && newest_seen(book, &keeps, *void).next().is_some()
            && !ruled_by_who_saw(book, &rulings, &[*void])
    });
    void_sides(book, record, changed.collect(), ContestKind::Changed(vec![FieldNo::VOID]))
}

fn void_sides(
    book: &Book,
    record: RecordKey,
    entries: BTreeSet<EntryRef>,
    kind: ContestKind,
) -> Option<Contest> {
    if entries.is_empty() {
        return None;
    }
    let side = |entry: EntryRef| Side { entry, values: written_by(book, record, entry) };
    let sides = entries.into_iter().map(side).collect();
    Some(Contest { record, kind, policy: Policy::Critical, sides, before: Fields::new() })
}

fn written_by(book: &Book, record: RecordKey, entry: EntryRef) -> Fields {
    let value = |field: FieldNo| -> Option<(FieldNo, Value)> {
        let mut written = book.index.written(record, field).iter();
        written.find(|w| w.entry == entry).map(|w| (field, w.value.clone()))
    };
    book.fields_of(record).filter_map(value).collect()
}
