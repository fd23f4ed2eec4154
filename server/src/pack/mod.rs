//! Packs as files: read, checked, and made into the plain data that phones and server use.
//!
//! Everything that is wrong is said at once, each with its file, line and field.

mod choice;
mod condition;
mod due;
mod field;
mod file;
mod form;
mod label;
mod org;
mod problem;
mod rule;
mod source;
mod table;
mod text;
mod unread;

pub use org::{OrgTree, read_org};
pub use problem::{PackProblem, PackProblems};
pub use source::Source;

use soban_core::form::{Labels, Language, Pack};

use problem::Problems;
use table::Table;
use unread::Unread;

/// The pack of Mường Khương, which is part of the program.
static EMBEDDED: include_dir::Dir<'_> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/packs/muong-khuong");

/// The languages of every pack, and the files of their words.
const LANGUAGES: [(Language, &str); 2] =
    [(Language::Vi, "labels/vi.ftl"), (Language::En, "labels/en.ftl")];

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
    let problems = Problems::default();
    let mut unread = Unread::default();
    let Head { id, version, due } = read_head(source, &problems);
    let kinds = org::kind_names(source);
    let choices = choice::read_choices(source, &mut unread, &problems);
    let mut raw = Vec::new();
    let paths = source.list("forms", "toml");
    for path in &paths {
        match file::read_form(source, path, &problems) {
            Some(form) => raw.push(form),
            None => drop(unread.forms.insert(file::stem(path).to_owned())),
        }
    }
    if paths.is_empty() {
        problems.add(("forms", 0), "", "the pack has no forms");
    }
    let forms = form::read_forms(&raw, &choices, kinds.as_ref(), &mut unread, &problems);
    let world = due::World {
        raw: &raw,
        forms: &forms,
        choices: &choices,
        unread: &unread,
        problems: &problems,
    };
    let due = due.and_then(|due| world.due(&due));
    let keys = label::Keys::new(&raw, &choices, kinds.as_ref(), &unread);
    let mut labels = Labels::default();
    for (language, file) in LANGUAGES {
        if let Some(found) = label::read_labels(source, file, language, &mut labels, &problems) {
            keys.check(file, &found, &problems);
        }
    }
    check_languages(source, &problems);
    problems.end(Pack { id, version, forms, choices, labels, due })
}

/// What `pack.toml` says.
#[derive(Default)]
struct Head {
    id: String,
    version: u32,
    due: Option<due::RawDue>,
}

fn read_head(source: &Source, problems: &Problems) -> Head {
    let file = "pack.toml";
    let Some(mut table) = Table::read(source, file, problems) else { return Default::default() };
    table.require(&["id", "version"]);
    let (id, version) = (table.text("id"), table.number("version"));
    if let Some(id) = &id {
        text::check_name((file, id.line), &id.value.replace('-', "_"), problems);
    }
    if let Some(version) = version.as_ref().filter(|version| version.value == 0) {
        problems.add((file, version.line), "version", "must be 1 or more");
    }
    if let Some(languages) = table.texts("languages") {
        let mut written: Vec<&str> = languages.value.iter().map(String::as_str).collect();
        written.sort_unstable();
        if written != ["en", "vi"] {
            problems.add((file, languages.line), "languages", "must be “vi” and “en”");
        }
    }
    let due = table.table("due").map(due::RawDue::read);
    table.end();
    let id = id.map(|id| id.value).unwrap_or_default();
    Head { id, version: version.map(|version| version.value).unwrap_or_default(), due }
}

fn check_languages(source: &Source, problems: &Problems) {
    for file in source.list("labels", "ftl") {
        if LANGUAGES.iter().all(|(_, known)| *known != file) {
            problems.add((&file, 0), "", "words are in vi.ftl and en.ftl");
        }
    }
}

#[cfg(test)]
mod tests;
