//! Words in Fluent's simplest form: a key, and a text.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Message, Pattern, PatternElement};
use soban_core::base::quantity::Unit;
use soban_core::form::{ChoiceList, Labels, Language};

use super::file::RawForm;
use super::text::Lines;
use super::{Problems, Source, Unread};

/// Reads a file of words; the lines of its keys. Nothing if there is no such file.
pub(super) fn read_labels(
    source: &Source,
    file: &str,
    language: Language,
    labels: &mut Labels,
    problems: &Problems,
) -> Option<BTreeMap<String, usize>> {
    let text = plain_text(file, source.text(file, problems)?, problems);
    let lines = Lines::new(&text);
    let resource = match fluent_syntax::parser::parse(text.as_str()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let line = lines.of(error.pos.start);
                problems.add((file, line), "", error.kind.to_string());
            }
            resource
        }
    };
    let mut keys = BTreeMap::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let key = message.id.name;
                let line = lines.of(place_in(&text, key));
                if let Some(first) = keys.insert(key.to_owned(), line) {
                    problems.add((file, line), key, format!("has words already in line {first}"));
                }
                match plain(&message) {
                    Some(words) => labels.insert(language, key, &words),
                    None => problems.add((file, line), key, NOT_PLAIN),
                }
            }
            Entry::Term(term) => {
                let line = lines.of(place_in(&text, term.id.name));
                problems.add((file, line), term.id.name, NOT_PLAIN);
            }
            _ => {}
        }
    }
    Some(keys)
}

const NOT_PLAIN: &str = "a label is one plain text";

/// The text without what Fluent would compute, which is told: its parser calls itself for every
/// brace, and a label has none.
fn plain_text(file: &str, text: &str, problems: &Problems) -> String {
    let braced = |line: &str| !line.starts_with('#') && line.contains(['{', '}']);
    for (line, words) in (1..).zip(text.lines()).filter(|(_, words)| braced(words)) {
        let key = words.split_once('=').map_or("", |(key, _)| key.trim());
        problems.add((file, line), key, format!("{NOT_PLAIN}, without braces"));
    }
    text.replace('{', "(").replace('}', ")")
}

/// Where a part of a text stands in it.
///
/// Fluent's tree has no places, but its texts are pieces of this one.
fn place_in(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

fn plain(message: &Message<&str>) -> Option<String> {
    let Pattern { elements } = message.value.as_ref().filter(|_| message.attributes.is_empty())?;
    let element = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some((*value).to_owned()),
        PatternElement::Placeable { .. } => None,
    };
    elements.iter().map(element).collect()
}

/// What a pack may have words for.
#[derive(Debug)]
pub(super) struct Keys<'a> {
    needed: BTreeSet<String>,
    kinds: Option<&'a BTreeSet<String>>,
    unread: &'a Unread,
}

impl<'a> Keys<'a> {
    pub(super) fn new(
        forms: &[RawForm],
        choices: &BTreeMap<String, ChoiceList>,
        kinds: Option<&'a BTreeSet<String>>,
        unread: &'a Unread,
    ) -> Self {
        let mut needed: BTreeSet<String> = forms.iter().flat_map(keys_of).collect();
        for (list, options) in choices {
            needed.extend(options.0.iter().map(|option| format!("choice-{list}-{}", option.name)));
        }
        Self { needed, kinds, unread }
    }

    /// Everything that people see has words in this file, and nothing else has.
    pub(super) fn check(&self, file: &str, keys: &BTreeMap<String, usize>, problems: &Problems) {
        for key in self.needed.iter().filter(|key| !keys.contains_key(*key)) {
            problems.add((file, 0), key, "has no words");
        }
        for (key, line) in keys.iter().filter(|(key, _)| !self.has(key)) {
            problems.add((file, *line), key, "nothing in the pack has this name");
        }
    }

    fn has(&self, key: &str) -> bool {
        let known = |kind| self.kinds.is_none_or(|kinds| kinds.contains(kind));
        self.needed.contains(key)
            || key.strip_suffix("-help").is_some_and(|of| self.has_help(of))
            || key.strip_prefix("unit-").is_some_and(is_unit)
            || key.strip_prefix("org-kind-").is_some_and(known)
            || self.is_of_unread(key)
    }

    /// Forms and fields may have help, and those alone: of a field there is a question too.
    fn has_help(&self, key: &str) -> bool {
        let is_form = key.strip_prefix("form-").is_some_and(|form| !form.contains('-'));
        self.needed.contains(key) && (is_form || self.needed.contains(&format!("{key}-ask")))
    }

    fn is_of_unread(&self, key: &str) -> bool {
        let mut parts = key.split('-');
        match (parts.next(), parts.next()) {
            (Some("form"), Some(form)) => self.unread.forms.contains(form),
            (Some("choice"), Some(list)) => self.unread.lists.contains(list),
            _ => false,
        }
    }
}

fn is_unit(key: &str) -> bool {
    Unit::parse(key.strip_suffix("-spoken").unwrap_or(key)).is_some()
}

fn keys_of(form: &RawForm) -> Vec<String> {
    let key = |rest: &str| format!("form-{}{rest}", form.name);
    let mut keys = vec![key("")];
    for field in form.fields.iter().filter(|field| !field.name.is_empty()) {
        keys.push(key(&format!("-{}", field.name)));
        keys.push(key(&format!("-{}-ask", field.name)));
        let section = field.section.as_ref();
        keys.extend(section.map(|section| key(&format!("-section-{}", section.value))));
    }
    keys.extend(form.groups.iter().map(|group| key(&format!("-group-{}", group.name))));
    keys.extend(form.rules.iter().map(|rule| key(&format!("-rule-{}", rule.name))));
    keys
}
