//! The TOML files as they are written.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::{Problems, Source};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPack {
    pub(super) id: String,
    pub(super) version: u32,
    #[serde(default)]
    #[expect(dead_code, reason = "read so that it may be there; every pack has both")]
    pub(super) languages: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForm {
    pub(super) no: u16,
    pub(super) name: String,
    pub(super) version: u32,
    pub(super) parent: Option<String>,
    pub(super) book: Option<String>,
    pub(super) occurred_on: Option<String>,
    #[serde(default)]
    pub(super) title: Vec<String>,
    #[serde(default)]
    pub(super) summary: Vec<String>,
    #[serde(default)]
    pub(super) natural_key: Vec<String>,
    #[serde(default)]
    pub(super) field: Vec<Spanned<RawField>>,
    #[serde(default)]
    pub(super) group: Vec<Spanned<RawGroup>>,
    #[serde(default)]
    pub(super) rule: Vec<Spanned<RawRule>>,
}

/// A form and the file it stands in.
#[derive(Debug)]
pub(super) struct RawFile {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) form: RawForm,
}

impl RawFile {
    /// The file and line of one of its tables.
    pub(super) fn place<T>(&self, table: &Spanned<T>) -> (&str, usize) {
        (&self.path, line_of(&self.text, table.span().start))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub(super) no: u16,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) policy: Option<String>,
    pub(super) sensitivity: Option<String>,
    pub(super) section: Option<String>,
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    pub(super) ask_above: Option<i64>,
    pub(super) choices: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) scale: Option<u8>,
    pub(super) target: Option<String>,
    #[serde(default)]
    pub(super) kinds: Vec<String>,
    pub(super) shown_when: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub(super) name: String,
    pub(super) fields: Vec<String>,
    pub(super) policy: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub(super) name: String,
    pub(super) check: String,
    pub(super) severity: String,
    pub(super) field: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChoices {
    pub(super) name: String,
    #[serde(default)]
    pub(super) option: Vec<Spanned<RawOption>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub(super) code: u16,
    pub(super) name: String,
    pub(super) valid_from: Option<String>,
    pub(super) valid_to: Option<String>,
}

/// The line of a place in a text, from 1.
pub(super) fn line_of(text: &str, place: usize) -> usize {
    text.bytes().take(place).filter(|byte| *byte == b'\n').count() + 1
}

/// Reads a file; what is wrong with it is added to the problems.
pub(super) fn parse<T: DeserializeOwned>(
    source: &Source,
    file: &str,
    problems: &mut Problems,
) -> Option<T> {
    let Some(text) = source.read(file) else {
        problems.add((file, 0), "", "the file is missing");
        return None;
    };
    match toml::from_str(&text) {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            let line = error.span().map_or(0, |span| line_of(&text, span.start));
            problems.add((file, line), "", error.message());
            None
        }
    }
}
