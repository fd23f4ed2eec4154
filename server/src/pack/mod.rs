//! Packs as files: read, checked, and made into the plain data that phones and server use.
//!
//! Everything that is wrong is said at once, each with its file, line and field.

mod file;
mod form;
mod label;
mod org;
mod rule;
mod source;

pub use org::{OrgTree, read_org};
pub use source::Source;

use std::collections::BTreeMap;
use std::fmt;

use soban_core::base::Date;
use soban_core::form::{ChoiceList, Language, OptionDef, Pack};
use thiserror::Error;

use file::{RawChoices, RawFile, RawPack};

/// The pack of Mường Khương, which is part of the program.
static EMBEDDED: include_dir::Dir<'_> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/packs/muong-khuong");

/// Something that is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackProblem {
    /// The file, within the pack's folder.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// The field, group, rule or option.
    pub field: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for PackProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, field, message } = self;
        match (line, field.is_empty()) {
            (0, true) => write!(f, "{file}: {message}"),
            (_, true) => write!(f, "{file}:{line}: {message}"),
            (_, false) => write!(f, "{file}:{line}: {field}: {message}"),
        }
    }
}

/// Everything that is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct PackProblems(pub Vec<PackProblem>);

impl fmt::Display for PackProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

/// Problems gathered so far.
#[derive(Debug, Default)]
struct Problems(Vec<PackProblem>);

impl Problems {
    fn add(&mut self, place: (&str, usize), field: &str, message: impl Into<String>) {
        let (file, line) = place;
        let (file, field) = (file.to_owned(), field.to_owned());
        self.0.push(PackProblem { file, line, field, message: message.into() });
    }
}

/// The files of the pack of Mường Khương.
#[must_use]
pub fn embedded() -> Source {
    Source::embedded(&EMBEDDED)
}

/// Reads a pack from its files.
///
/// # Errors
/// [`PackProblems`] with everything that is wrong.
pub fn read_pack(source: &Source) -> Result<Pack, PackProblems> {
    let mut problems = Problems::default();
    let raw: Option<RawPack> = file::parse(source, "pack.toml", &mut problems);
    let raw = raw.unwrap_or_default();
    if raw.version == 0 {
        problems.add(("pack.toml", 0), "version", "must be 1 or more");
    }
    let choices = read_choices(source, &mut problems);
    let mut raw_forms: Vec<RawFile> = Vec::new();
    for path in source.list("forms", "toml") {
        if let Some(form) = file::parse(source, &path, &mut problems) {
            let text = source.read(&path).unwrap_or_default();
            raw_forms.push(RawFile { path, text, form });
        }
    }
    let forms = form::read_forms(&raw_forms, &choices, &mut problems);
    let mut pack = Pack { id: raw.id, version: raw.version, forms, choices, ..Pack::default() };
    for (language, file) in [(Language::Vi, "labels/vi.ftl"), (Language::En, "labels/en.ftl")] {
        label::read_labels(source, file, language, &mut pack.labels, &mut problems);
        label::check_labels(&pack, language, file, &mut problems);
    }
    problems.0.sort();
    if problems.0.is_empty() { Ok(pack) } else { Err(PackProblems(problems.0)) }
}

fn read_choices(source: &Source, problems: &mut Problems) -> BTreeMap<String, ChoiceList> {
    let mut lists = BTreeMap::new();
    for file in source.list("choices", "toml") {
        let Some(raw) = file::parse::<RawChoices>(source, &file, problems) else { continue };
        let text = source.read(&file).unwrap_or_default();
        let mut options: Vec<OptionDef> = Vec::new();
        for spanned in raw.option {
            let line = file::line_of(&text, spanned.span().start);
            let option = spanned.into_inner();
            let place = (file.as_str(), line);
            if options.iter().any(|known| known.code == option.code || known.name == option.name) {
                problems.add(place, &option.name, "its code or name is used by another option");
            }
            let valid_from = day(option.valid_from.as_ref(), place, &option.name, problems);
            let valid_to = day(option.valid_to.as_ref(), place, &option.name, problems);
            if valid_from.zip(valid_to).is_some_and(|(from, to)| to < from) {
                problems.add(place, &option.name, "valid_to comes before valid_from");
            }
            options.push(OptionDef { code: option.code, name: option.name, valid_from, valid_to });
        }
        if lists.insert(raw.name.clone(), ChoiceList(options)).is_some() {
            problems.add((&file, 0), &raw.name, "another file has a list of this name");
        }
    }
    lists
}

fn day(
    text: Option<&String>,
    place: (&str, usize),
    field: &str,
    problems: &mut Problems,
) -> Option<Date> {
    let date = text?.parse().ok();
    if date.is_none() {
        problems.add(place, field, "a date is written 2013-05-15");
    }
    date
}

#[cfg(test)]
mod tests;
