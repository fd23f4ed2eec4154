//! What a check finds, by kind and count.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// An entry's bytes are no entry.
    Unreadable,
    /// An entry's bytes name another actor or sequence than its row.
    OtherName,
    /// An entry has a position and is not released, or the other way round.
    OtherState,
    /// An entry was written for another generation of its book.
    OtherGeneration,
    /// Positions of a book have a gap.
    Gap,
    /// A released entry does not enter its book.
    DoesNotEnter,
    /// A released entry has another hash than its row says.
    OtherHash,
    /// A released entry has another hash than its writer claimed.
    OtherClaim,
    /// The chain breaks.
    OtherChain,
    /// The Automerge document does not agree with the writes.
    OtherDocument,
    /// A table has rows that the log does not say.
    ExtraRows,
    /// A table lacks rows that the log says.
    LostRows,
    /// A table's rows say something else than the log.
    ChangedRows,
}

impl FindingKind {
    /// Whether a rebuild sets it right: only what follows from the log, never the log itself.
    #[must_use]
    pub fn is_of_tables(self) -> bool {
        matches!(self, Self::ExtraRows | Self::LostRows | Self::ChangedRows)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "entries that do not read",
            Self::OtherName => "entries under another's name",
            Self::OtherState => "entries whose state and position contradict",
            Self::OtherGeneration => "entries of another generation than their book",
            Self::Gap => "gaps in the positions",
            Self::DoesNotEnter => "released entries that do not enter the book",
            Self::OtherHash => "entries of another hash than is stored",
            Self::OtherClaim => "entries of another hash than their writer claimed",
            Self::OtherChain => "positions at which the chain breaks",
            Self::OtherDocument => "records whose document and writes differ",
            Self::ExtraRows => "rows that the log does not say",
            Self::LostRows => "rows missing that the log says",
            Self::ChangedRows => "rows that the log says otherwise",
        }
    }
}

/// How often one kind of thing is wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// Where: a book or a table.
    pub place: String,
    /// How often.
    pub count: u64,
    /// The first of them.
    pub first: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.place, self.count, self.kind.words())?;
        self.first.iter().try_for_each(|first| write!(f, ", first {first}"))
    }
}

/// Findings gathered so far.
#[derive(Debug, Default)]
pub(super) struct Findings(BTreeMap<(String, FindingKind), (u64, Option<String>)>);

impl Findings {
    pub(super) fn add(&mut self, kind: FindingKind, place: impl fmt::Display, which: String) {
        let found = self.0.entry((place.to_string(), kind)).or_insert((0, Some(which)));
        found.0 += 1;
    }

    pub(super) fn add_count(&mut self, kind: FindingKind, place: impl fmt::Display, count: u64) {
        if count > 0 {
            self.0.entry((place.to_string(), kind)).or_insert((0, None)).0 += count;
        }
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        let finding = |((place, kind), (count, first))| Finding { kind, place, count, first };
        self.0.into_iter().map(finding).collect()
    }
}
