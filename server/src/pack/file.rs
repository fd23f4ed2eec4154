//! The tables of form files as they are written, each part with its line.

use super::table::{At, Table};
use super::{Problems, Source};

/// A form as it is written. What is missing or of the wrong type is nothing here, and a problem.
#[derive(Debug)]
pub(super) struct RawForm {
    pub(super) path: String,
    /// The name of the file; the form's own must be the same.
    pub(super) name: String,
    pub(super) no: Option<At<u16>>,
    pub(super) version: Option<At<u32>>,
    pub(super) parent: Option<At<String>>,
    pub(super) book: Option<At<String>>,
    pub(super) occurred_on: Option<At<String>>,
    pub(super) title: Option<At<Vec<String>>>,
    pub(super) summary: Option<At<Vec<String>>>,
    pub(super) natural_key: Option<At<Vec<String>>>,
    pub(super) totals: Option<At<Vec<String>>>,
    pub(super) fields: Vec<RawField>,
    pub(super) groups: Vec<RawGroup>,
    pub(super) rules: Vec<RawRule>,
}

impl RawForm {
    /// A line of its file as the place of a problem.
    pub(super) fn at(&self, line: usize) -> (&str, usize) {
        (&self.path, line)
    }

    /// A field as it is written.
    pub(super) fn find_field(&self, name: &str) -> Option<&RawField> {
        self.fields.iter().find(|field| field.name == name)
    }
}

#[derive(Debug)]
pub(super) struct RawField {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) no: Option<At<u16>>,
    pub(super) kind: Option<At<String>>,
    pub(super) required: Option<At<bool>>,
    pub(super) policy: Option<At<String>>,
    pub(super) sensitivity: Option<At<String>>,
    pub(super) section: Option<At<String>>,
    pub(super) min: Option<At<i64>>,
    pub(super) max: Option<At<i64>>,
    pub(super) ask_above: Option<At<i64>>,
    pub(super) choices: Option<At<String>>,
    pub(super) unit: Option<At<String>>,
    pub(super) scale: Option<At<u8>>,
    pub(super) target: Option<At<String>>,
    pub(super) kinds: Option<At<Vec<String>>>,
    pub(super) shown_when: Option<At<String>>,
    pub(super) carried: Option<At<bool>>,
}

#[derive(Debug)]
pub(super) struct RawGroup {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) fields: Option<At<Vec<String>>>,
    pub(super) policy: Option<At<String>>,
}

#[derive(Debug)]
pub(super) struct RawRule {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) check: Option<At<String>>,
    pub(super) severity: Option<At<String>>,
    pub(super) field: Option<At<String>>,
}

/// The name that a file has, without folder and ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// A file's name and the one written in it are the same: so a file that cannot be read has one.
pub(super) fn read_name(table: &mut Table<'_>, path: &str, problems: &Problems) -> String {
    let name = stem(path);
    if let Some(written) = table.text("name").filter(|written| written.value != name) {
        let message = format!("“{}” stands in {name}.toml; both names are one", written.value);
        problems.add((path, written.line), "name", message);
    }
    name.to_owned()
}

pub(super) fn read_form(source: &Source, path: &str, problems: &Problems) -> Option<RawForm> {
    let mut table = Table::read(source, path, problems)?;
    table.require(&["no", "name", "version", "title"]);
    let form = RawForm {
        path: path.to_owned(),
        name: read_name(&mut table, path, problems),
        no: table.number("no"),
        version: table.number("version"),
        parent: table.text("parent"),
        book: table.text("book"),
        occurred_on: table.text("occurred_on"),
        title: table.texts("title"),
        summary: table.texts("summary"),
        natural_key: table.texts("natural_key"),
        totals: table.texts("totals"),
        fields: table.tables("field").into_iter().map(read_field).collect(),
        groups: table.tables("group").into_iter().map(read_group).collect(),
        rules: table.tables("rule").into_iter().map(read_rule).collect(),
    };
    table.end();
    Some(form)
}

/// The name of a field, group, rule or option; empty where it has none, which is a problem.
pub(super) fn name_of(table: &mut Table<'_>) -> String {
    table.text("name").map(|name| name.value).unwrap_or_default()
}

fn read_field(mut table: Table<'_>) -> RawField {
    table.require(&["no", "name", "type"]);
    let field = RawField {
        line: table.line,
        name: name_of(&mut table),
        no: table.number("no"),
        kind: table.text("type"),
        required: table.truth("required"),
        policy: table.text("policy"),
        sensitivity: table.text("sensitivity"),
        section: table.text("section"),
        min: table.number("min"),
        max: table.number("max"),
        ask_above: table.number("ask_above"),
        choices: table.text("choices"),
        unit: table.text("unit"),
        scale: table.number("scale"),
        target: table.text("target"),
        kinds: table.texts("kinds"),
        shown_when: table.text("shown_when"),
        carried: table.truth("carried"),
    };
    table.end();
    field
}

fn read_group(mut table: Table<'_>) -> RawGroup {
    table.require(&["name", "fields", "policy"]);
    let group = RawGroup {
        line: table.line,
        name: name_of(&mut table),
        fields: table.texts("fields"),
        policy: table.text("policy"),
    };
    table.end();
    group
}

fn read_rule(mut table: Table<'_>) -> RawRule {
    table.require(&["name", "check", "severity", "field"]);
    let rule = RawRule {
        line: table.line,
        name: name_of(&mut table),
        check: table.text("check"),
        severity: table.text("severity"),
        field: table.text("field"),
    };
    table.end();
    rule
}
