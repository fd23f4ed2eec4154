//! A TOML table read key by key, so that everything wrong in it is said, each with its line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::text::Lines;
use super::{Problems, Source};

/// A value and the line it stands in.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

/// What is the same for all tables of a file.
#[derive(Debug, Clone)]
struct File<'a> {
    path: &'a str,
    lines: Rc<Lines>,
    problems: &'a Problems,
}

/// A table of which some keys are still to be read.
#[derive(Debug)]
pub(super) struct Table<'a> {
    file: File<'a>,
    /// What it is called where something is wrong with it; empty for a whole file.
    name: String,
    /// Where it begins; 0 for a whole file.
    pub(super) line: usize,
    left: BTreeMap<String, (usize, DeValue<'a>)>,
}

impl<'a> Table<'a> {
    /// The table that a file is; nothing if it is no TOML at all.
    pub(super) fn read(source: &'a Source, path: &'a str, problems: &'a Problems) -> Option<Self> {
        let text = source.text(path, problems)?;
        let file = File { path, lines: Rc::new(Lines::new(text)), problems };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = error.span().map_or(0, |span| file.lines.of(span.start));
            problems.add((path, line), "", error.message());
        }
        errors.is_empty().then(|| Self::new(file, 0, table.into_inner()))
    }

    fn new(file: File<'a>, line: usize, table: DeTable<'a>) -> Self {
        let entry = |(key, value): (Spanned<Cow<'a, str>>, Spanned<DeValue<'a>>)| {
            let line = file.lines.of(key.span().start);
            (String::from(key.into_inner()), (line, value.into_inner()))
        };
        let left = table.into_iter().map(entry).collect();
        Self { file, name: String::new(), line, left }
    }

    /// The same table, called by what stands at its key `name`.
    fn named(mut self) -> Self {
        let name = self.left.get("name").and_then(|(_, value)| value.as_str());
        self.name = name.unwrap_or_default().to_owned();
        self
    }

    fn add(&self, line: usize, key: &str, message: String) {
        let field = if self.name.is_empty() { key } else { &self.name };
        self.file.problems.add((self.file.path, line), field, message);
    }

    /// Says which of these keys are missing.
    pub(super) fn require(&self, keys: &[&str]) {
        for key in keys.iter().filter(|key| !self.left.contains_key(**key)) {
            self.add(self.line, key, format!("`{key}` is missing"));
        }
    }

    fn take<T>(
        &mut self,
        key: &str,
        wanted: &str,
        read: impl FnOnce(&DeValue<'_>) -> Option<T>,
    ) -> Option<At<T>> {
        let (line, value) = self.left.remove(key)?;
        let read = read(&value);
        if read.is_none() {
            self.add(line, key, format!("`{key}` must be {wanted}"));
        }
        read.map(|value| At { value, line })
    }

    /// A text that says something.
    pub(super) fn text(&mut self, key: &str) -> Option<At<String>> {
        self.take(key, "a text", |value| text_of(value).filter(|text| !text.is_empty()))
    }

    /// A whole number that fits.
    pub(super) fn number<T: TryFrom<i64>>(&mut self, key: &str) -> Option<At<T>> {
        self.take(key, "a whole number, and neither too small nor too large", |value| {
            let number = value.as_integer()?;
            T::try_from(i64::from_str_radix(number.as_str(), number.radix()).ok()?).ok()
        })
    }

    /// Yes or no.
    pub(super) fn truth(&mut self, key: &str) -> Option<At<bool>> {
        self.take(key, "true or false", |value| value.as_bool())
    }

    /// A list of texts; nothing where there is none, or no list.
    pub(super) fn texts(&mut self, key: &str) -> Option<At<Vec<String>>> {
        self.take(key, "a list of texts", |value| {
            value.as_array()?.iter().map(|item| text_of(item.get_ref())).collect()
        })
    }

    /// The table under `[key]`.
    pub(super) fn table(&mut self, key: &str) -> Option<Self> {
        let (line, value) = self.left.remove(key)?;
        match value {
            DeValue::Table(table) => Some(Self::new(self.file.clone(), line, table)),
            _ => {
                self.add(line, key, format!("`{key}` is written [{key}]"));
                None
            }
        }
    }

    /// The tables under `[[key]]`.
    pub(super) fn tables(&mut self, key: &str) -> Vec<Self> {
        let Some((line, value)) = self.left.remove(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.add(line, key, format!("`{key}` is written [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let line = self.file.lines.of(item.span().start);
            match item.into_inner() {
                DeValue::Table(table) => {
                    tables.push(Self::new(self.file.clone(), line, table).named());
                }
                _ => self.add(line, key, format!("`{key}` is written [[{key}]]")),
            }
        }
        tables
    }

    /// Says which keys nobody has asked for.
    pub(super) fn end(self) {
        for (key, (line, _)) in &self.left {
            self.add(*line, key, format!("there is no `{key}` here"));
        }
    }
}

fn text_of(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::to_owned)
}
