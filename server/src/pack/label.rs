//! Words in Fluent's simplest form: a key, and a text.

use fluent_syntax::ast::{Entry, Pattern, PatternElement};
use soban_core::form::{Form, Labels, Language, Pack};

use super::file::line_of;
use super::{Problems, Source};

/// Reads a file of words.
pub(super) fn read_labels(
    source: &Source,
    file: &str,
    language: Language,
    labels: &mut Labels,
    problems: &mut Problems,
) {
    let Some(text) = source.read(file) else {
        problems.add((file, 0), "", "the file is missing");
        return;
    };
    let resource = match fluent_syntax::parser::parse(text.as_str()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                problems.add((file, line_of(&text, error.pos.start)), "", error.kind.to_string());
            }
            resource
        }
    };
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        match message.value.as_ref().and_then(plain) {
            Some(words) => labels.insert(language, key, &words),
            None => problems.add((file, 0), key, "a label is one plain text"),
        }
    }
}

fn plain(pattern: &Pattern<&str>) -> Option<String> {
    let element = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some((*value).to_owned()),
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(element).collect()
}

/// Everything that people see has words in this language.
pub(super) fn check_labels(pack: &Pack, language: Language, file: &str, problems: &mut Problems) {
    let known: Vec<&str> = pack.labels.keys(language).collect();
    let mut needed: Vec<String> = pack.forms.values().flat_map(keys_of).collect();
    for (list, options) in &pack.choices {
        needed.extend(options.0.iter().map(|option| format!("choice-{list}-{}", option.name)));
    }
    needed.sort_unstable();
    needed.dedup();
    for key in needed {
        if known.binary_search(&key.as_str()).is_err() {
            problems.add((file, 0), &key, "has no words");
        }
    }
}

fn keys_of(form: &Form) -> Vec<String> {
    let name = &form.name;
    let mut keys = vec![format!("form-{name}")];
    for field in &form.fields {
        keys.push(format!("form-{name}-{}", field.name));
        keys.push(format!("form-{name}-{}-ask", field.name));
        keys.extend(field.section.iter().map(|section| format!("form-{name}-section-{section}")));
    }
    keys.extend(form.groups.iter().map(|group| format!("form-{name}-group-{}", group.name)));
    keys.extend(form.rules.iter().map(|rule| format!("form-{name}-rule-{}", rule.name)));
    keys
}
