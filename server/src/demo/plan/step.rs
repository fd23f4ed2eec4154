//! What one phone is to do, as plain data.

use std::collections::BTreeMap;

use soban_core::base::{Date, Instant, OrgUnitId};
use soban_core::form::Input;
use soban_core::phone::Typed;

/// The part of the year a step belongs to. Between parts, phones of one cell hear of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// January to June.
    Spring,
    /// July to December; the secretary and the deputy do not hear of each other meanwhile.
    Autumn,
    /// When all has arrived everywhere.
    After,
}

/// A value to be filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// As typed.
    Typed(Input),
    /// The record that was made at this moment.
    Made(Instant),
}

/// Values by the identifiers of their fields.
pub type GivenFields = BTreeMap<String, Given>;

/// What is done in a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// A record is made.
    Save {
        /// Its form.
        form: String,
        /// Its fields.
        fields: GivenFields,
        /// Its rows.
        rows: Vec<(String, Typed)>,
    },
    /// The record made at a moment is changed.
    Edit {
        /// When it was made.
        made: Instant,
        /// What changes.
        fields: GivenFields,
        /// Rows that are added.
        rows: Vec<(String, Typed)>,
    },
    /// The record made at a moment is made void.
    Void {
        /// When it was made.
        made: Instant,
        /// Why.
        reason: String,
    },
}

/// One thing that a phone does. Its moment is its own in its cell, and names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The phone's clock.
    pub at: Instant,
    /// The part of the year.
    pub round: Round,
    /// What is done.
    pub act: Act,
}

/// What one phone does.
#[derive(Debug, Clone, PartialEq)]
pub struct PhonePlan {
    /// The name of its folder.
    pub name: String,
    /// Whose books it writes.
    pub unit: OrgUnitId,
    /// Who holds it.
    pub holder: String,
    /// Whether another phone writes the same books.
    pub paired: bool,
    /// In the order of rounds and moments.
    pub steps: Vec<Step>,
}

/// Fields put together one by one.
#[derive(Debug, Clone, Default)]
pub(super) struct Fill(pub(super) GivenFields);

impl Fill {
    pub(super) fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Given::Typed(Input::Text(text.into())))
    }

    pub(super) fn number(self, name: &str, number: i64) -> Self {
        self.with(name, Given::Typed(Input::Int(number)))
    }

    pub(super) fn yes(self, name: &str, truth: bool) -> Self {
        self.with(name, Given::Typed(Input::Bool(truth)))
    }

    pub(super) fn list(self, name: &str, items: &[String]) -> Self {
        self.with(name, Given::Typed(Input::List(items.to_vec())))
    }

    pub(super) fn day(self, name: &str, day: Date) -> Self {
        self.text(name, day.to_string())
    }

    pub(super) fn unit(self, name: &str, unit: OrgUnitId) -> Self {
        self.text(name, unit.to_string())
    }

    pub(super) fn made(self, name: &str, at: Instant) -> Self {
        self.with(name, Given::Made(at))
    }

    fn with(mut self, name: &str, value: Given) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// As a row's fields, which name no other records.
    pub(super) fn typed(self) -> Typed {
        let typed = |(name, value)| match value {
            Given::Typed(input) => Some((name, input)),
            Given::Made(_) => None,
        };
        self.0.into_iter().filter_map(typed).collect()
    }
}
