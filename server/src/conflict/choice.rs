//! What somebody chose on a card, as the order that settles the disagreement.

use soban_core::book::Ruling;
use soban_core::record::{FieldNo, Fields, Value};

use super::{Conflict, Kind};
use crate::decide::{Order, Verdict, state_of};
use crate::store::{Db, StoreError};

/// What somebody chose.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// What the side at this place says; of whole records: they are one, and this one is kept.
    Side(usize),
    /// What held before.
    Before,
    /// Something else.
    Typed(Fields),
    /// The record is void.
    Void,
    /// The record stands.
    Keep,
    /// The records are not one.
    Distinct,
}

impl Conflict {
    /// Names what its records are now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn state(&self, db: &Db) -> Result<String, StoreError> {
        state_of(db, &self.records)
    }

    /// The order of a choice made on a page of this state; nothing if this kind of disagreement
    /// offers no such choice.
    #[must_use]
    pub fn order(
        &self,
        choice: &Choice,
        state: String,
        (person, reason): (&str, &str),
    ) -> Option<Order> {
        Some(Order {
            records: self.records.clone(),
            state,
            verdict: self.verdict(choice)?,
            reason: reason.to_owned(),
            needs_reason: self.needs_reason(),
            person: person.to_owned(),
        })
    }

    fn verdict(&self, choice: &Choice) -> Option<Verdict> {
        let plain = |ruling| Verdict::One(ruling, Fields::new());
        let set = |values: &Fields| {
            let whole: Fields =
                self.fields().into_iter().map(|no| (no, said(values, no))).collect();
            Verdict::One(Ruling::Set(FieldNo(self.row.field)), whole)
        };
        let of_values = matches!(self.kind, Kind::Values | Kind::Changed);
        match choice {
            Choice::Side(place) if of_values => Some(set(&self.sides.get(*place)?.whole)),
            Choice::Before if of_values => Some(set(self.before.as_ref()?)),
            Choice::Typed(values) if of_values => Some(set(values)),
            Choice::Void if self.kind.is_on_void() => Some(plain(Ruling::Void)),
            Choice::Keep if self.kind.is_on_void() => Some(plain(Ruling::Keep)),
            Choice::Side(place) if self.kind.is_on_several() => {
                Some(Verdict::Same(*self.records.get(*place)?))
            }
            Choice::Distinct if self.kind == Kind::Twins => Some(Verdict::Distinct),
            Choice::Distinct if self.kind == Kind::Disputed => Some(Verdict::Split),
            _ => None,
        }
    }
}

fn said(values: &Fields, no: FieldNo) -> Value {
    values.get(&no).cloned().unwrap_or(Value::Null)
}
