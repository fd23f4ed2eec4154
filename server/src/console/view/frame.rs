//! What every page of a signed-in person has around it.

use fluent_bundle::FluentValue;

use crate::console::words::Words;

/// The four places of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The organisation tree, its books and records.
    Units,
    /// What is contested.
    Contests,
    /// Search.
    Search,
    /// Devices.
    Devices,
}

/// What every page of a signed-in person has around it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// In their language.
    pub words: &'static Words,
    /// Where they are.
    pub place: Place,
    /// How much is to be reviewed in their scope.
    pub contests: u32,
    /// What they are called.
    pub who: String,
    /// The token that every form carries.
    pub csrf: String,
    /// The page's own path and query, without the language.
    pub path: String,
    /// What was searched for.
    pub searched: String,
    /// When the page was made: paper outlives what it shows.
    pub now: String,
}

impl Frame {
    /// The words of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// The words of a key with one argument.
    #[must_use]
    pub fn with<'a>(&self, key: &str, name: &str, value: impl Into<FluentValue<'a>>) -> String {
        self.words.with(key, name, value)
    }

    /// The code of the other language.
    #[must_use]
    pub fn other_language(&self) -> &'static str {
        other(self.words)
    }

    /// This page in the other language.
    #[must_use]
    pub fn switch(&self) -> String {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={}", self.path, self.other_language())
    }
}

pub(super) fn other(words: &Words) -> &'static str {
    match words.language() {
        soban_core::form::Language::Vi => "en",
        soban_core::form::Language::En => "vi",
    }
}

/// A step of the way to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub path: String,
}

/// The pages before and after.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    /// The one before.
    pub previous: Option<String>,
    /// The one after.
    pub next: Option<String>,
}

impl Pager {
    /// The pages beside one; `more` says whether one comes after it.
    #[must_use]
    pub fn new(path: &str, page: u32, more: bool) -> Self {
        let mark = if path.contains('?') { '&' } else { '?' };
        let at = |page: u32| format!("{path}{mark}page={page}");
        Self { previous: page.checked_sub(1).map(at), next: more.then(|| at(page + 1)) }
    }
}
