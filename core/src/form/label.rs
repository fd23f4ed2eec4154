//! The words of a pack, in its languages.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};

/// A language that words come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum Language {
    /// Tiếng Việt, the first language of everything.
    #[default]
    #[n(0)]
    Vi,
    /// English.
    #[n(1)]
    En,
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vi => "vi",
            Self::En => "en",
        })
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "vi" => Ok(Self::Vi),
            "en" => Ok(Self::En),
            _ => Err(()),
        }
    }
}

/// Words by language and key, such as `form-meeting-held_on`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Labels(#[n(0)] BTreeMap<Language, BTreeMap<String, String>>);

impl Labels {
    /// Sets the words of a key.
    pub fn insert(&mut self, language: Language, key: &str, words: &str) {
        self.0.entry(language).or_default().insert(key.to_owned(), words.to_owned());
    }

    /// The words of a key in a language, else in Vietnamese.
    #[must_use]
    pub fn find(&self, language: Language, key: &str) -> Option<&str> {
        let find = |language| self.0.get(&language).and_then(|words| words.get(key));
        find(language).or_else(|| find(Language::Vi)).map(String::as_str)
    }

    /// The words of a key, or the key itself where the pack has none.
    #[must_use]
    pub fn get<'a>(&'a self, language: Language, key: &'a str) -> &'a str {
        self.find(language, key).unwrap_or(key)
    }

    /// The keys that a language has words for.
    pub fn keys(&self, language: Language) -> impl Iterator<Item = &str> {
        self.0.get(&language).into_iter().flat_map(|words| words.keys().map(String::as_str))
    }
}
