//! From form files to forms: names become numbers, and what they point to must exist.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::form::{ChoiceList, Field, FieldKind, Form, Group, Home};
use soban_core::record::{FieldNo, FormNo};

use super::field::{World, policy, read_fields};
use super::file::RawForm;
use super::table::At;
use super::{Problems, Unread, condition, text};

/// All forms; rules come last, since they may speak of other forms' fields.
pub(super) fn read_forms(
    raw: &[RawForm],
    choices: &BTreeMap<String, ChoiceList>,
    kinds: Option<&BTreeSet<String>>,
    unread: &mut Unread,
    problems: &Problems,
) -> BTreeMap<FormNo, Form> {
    let numbers = read_numbers(raw, problems);
    let world = World { forms: &numbers, choices, kinds };
    let mut forms = BTreeMap::new();
    for (raw, no) in raw.iter().zip(numbers_of(raw, &numbers)) {
        let fields = read_fields(raw, world, unread, problems);
        let read = Reader { raw, fields: &fields, problems };
        let parent = raw.parent.as_ref().and_then(|parent| read.parent(parent, world, unread));
        let form = Form {
            no,
            name: raw.name.clone(),
            version: raw.version.as_ref().map_or(0, |version| version.value),
            parent,
            home: read.home(),
            title: read.key("title", raw.title.as_ref()),
            summary: read.key("summary", raw.summary.as_ref()),
            natural_key: read.key("natural_key", raw.natural_key.as_ref()),
            groups: read.groups(),
            rules: Vec::new(),
            fields: Vec::new(),
            totals: read.totals(),
        };
        read.whole();
        forms.insert(no, Form { fields, ..form });
    }
    check_parents(raw, &numbers, &forms, problems);
    condition::read_conditions(raw, &numbers, &mut forms, choices, unread, problems);
    forms
}

/// The forms' numbers. One that cannot be is told, and the form gets one to spare: the pack is
/// refused, but everything else in it can be read.
fn read_numbers<'a>(raw: &'a [RawForm], problems: &Problems) -> BTreeMap<&'a str, FormNo> {
    let mut taken: BTreeMap<u16, &str> = BTreeMap::new();
    let mut homeless = Vec::new();
    for form in raw {
        text::check_name(form.at(0), &form.name, problems);
        let Some(At { value: no, line }) = form.no else {
            homeless.push(form.name.as_str());
            continue;
        };
        let wrong = match taken.get(&no) {
            _ if FormNo(no) == FormNo::DECISION => "number 0 is the decisions'".to_owned(),
            Some(other) => format!("number {no} is used by {other}"),
            None => {
                taken.insert(no, &form.name);
                continue;
            }
        };
        problems.add(form.at(line), "no", wrong);
        homeless.push(&form.name);
    }
    for name in homeless {
        let spare = (1..=u16::MAX).rev().find(|no| !taken.contains_key(no));
        taken.insert(spare.unwrap_or_default(), name);
    }
    taken.into_iter().map(|(no, name)| (name, FormNo(no))).collect()
}

fn numbers_of<'a>(
    raw: &'a [RawForm],
    numbers: &'a BTreeMap<&str, FormNo>,
) -> impl Iterator<Item = FormNo> + 'a {
    raw.iter().map(|raw| numbers.get(raw.name.as_str()).copied().unwrap_or(FormNo::DECISION))
}

/// Rows belong to records, never to other rows.
fn check_parents(
    raw: &[RawForm],
    numbers: &BTreeMap<&str, FormNo>,
    forms: &BTreeMap<FormNo, Form>,
    problems: &Problems,
) {
    for raw in raw {
        let Some(parent) = &raw.parent else { continue };
        let found = numbers.get(parent.value.as_str()).and_then(|no| forms.get(no));
        if found.is_some_and(|form| form.home == Home::Parent) {
            let message = format!("{} is a row itself, and rows have no rows", parent.value);
            problems.add(raw.at(parent.line), "parent", message);
        }
    }
}

struct Reader<'a> {
    raw: &'a RawForm,
    fields: &'a [Field],
    problems: &'a Problems,
}

impl Reader<'_> {
    fn add(&self, line: usize, field: &str, message: impl Into<String>) {
        self.problems.add(self.raw.at(line), field, message);
    }

    fn whole(&self) {
        if let Some(version) = self.raw.version.as_ref().filter(|version| version.value == 0) {
            self.add(version.line, "version", "must be 1 or more");
        }
        if self.raw.fields.is_empty() {
            self.add(0, "field", "a form has fields");
        }
        if let Some(title) = self.raw.title.as_ref().filter(|title| title.value.is_empty()) {
            self.add(title.line, "title", "names the fields that name a record");
        }
    }

    fn parent(&self, parent: &At<String>, world: World<'_>, unread: &Unread) -> Option<FormNo> {
        let found = world.forms.get(parent.value.as_str()).copied();
        if found.is_none() && !unread.forms.contains(&parent.value) {
            self.add(parent.line, "parent", format!("there is no form “{}”", parent.value));
        }
        found
    }

    /// Names of fields as numbers; those of no field, and those that stand twice, are told.
    fn numbers(&self, owner: &str, names: &At<Vec<String>>) -> Vec<FieldNo> {
        let mut numbers = Vec::new();
        let mut seen = BTreeSet::new();
        for name in &names.value {
            if self.raw.find_field(name).is_none() {
                self.add(names.line, owner, format!("the form has no field “{name}”"));
            } else if !seen.insert(name) {
                self.add(names.line, owner, format!("“{name}” stands twice"));
            }
            numbers.extend(self.find(name).map(|field| field.no));
        }
        numbers
    }

    fn find(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn key(&self, owner: &str, names: Option<&At<Vec<String>>>) -> Vec<FieldNo> {
        names.map(|names| self.numbers(owner, names)).unwrap_or_default()
    }

    /// Only numbers add up.
    fn totals(&self) -> Vec<FieldNo> {
        let Some(names) = &self.raw.totals else { return Vec::new() };
        for name in &names.value {
            if self.find(name).is_some_and(|field| !field.kind.is_number()) {
                self.add(names.line, "totals", format!("“{name}” is no number"));
            }
        }
        self.numbers("totals", names)
    }

    fn home(&self) -> Home {
        let raw = self.raw;
        if let Some(of) = &raw.parent {
            let row = "a row lives in the book of the record it belongs to".to_owned();
            for (key, at) in [("book", &raw.book), ("occurred_on", &raw.occurred_on)] {
                if let Some(at) = at {
                    self.add(at.line, key, format!("{row}, {}", of.value));
                }
            }
            return Home::Parent;
        }
        match raw.book.as_ref().map(|book| (book.value.as_str(), book.line)) {
            Some(("year", line)) => return self.year(line),
            Some(("standing", _)) => {
                if let Some(day) = &raw.occurred_on {
                    self.add(day.line, "occurred_on", "is for the year's book");
                }
            }
            Some((_, line)) => self.add(line, "book", "must be “year” or “standing”"),
            None => self.add(0, "book", "must be “year” or “standing”"),
        }
        Home::Standing
    }

    fn year(&self, line: usize) -> Home {
        let Some(At { value, line }) = &self.raw.occurred_on else {
            self.add(
                line,
                "occurred_on",
                "a form of the year's book names the date it happened on",
            );
            return Home::Standing;
        };
        match self.find(value) {
            Some(Field { kind: FieldKind::Date, required: true, no, .. }) => {
                return Home::Year(*no);
            }
            Some(Field { kind: FieldKind::Date, .. }) => {
                self.add(*line, "occurred_on", format!("“{value}” must be required"));
            }
            Some(_) => self.add(*line, "occurred_on", format!("“{value}” is no date")),
            None if self.raw.find_field(value).is_some() => {}
            None => self.add(*line, "occurred_on", format!("the form has no field “{value}”")),
        }
        Home::Standing
    }

    fn groups(&self) -> Vec<Group> {
        let mut names = BTreeSet::new();
        let mut grouped: BTreeMap<&str, &str> = BTreeMap::new();
        let mut groups = Vec::new();
        for group in &self.raw.groups {
            let name = group.name.as_str();
            if !name.is_empty() {
                text::check_name(self.raw.at(group.line), name, self.problems);
                if !names.insert(name) {
                    self.add(group.line, name, "its name is used by another group");
                }
            }
            let (Some(fields), Some(At { value, line })) = (&group.fields, &group.policy) else {
                continue;
            };
            for field in &fields.value {
                let other = *grouped.entry(field).or_insert(name);
                if other != name {
                    self.add(fields.line, name, format!("“{field}” is in the group {other}"));
                }
            }
            if fields.value.is_empty() {
                self.add(fields.line, name, "a group has fields");
            }
            let fields = self.numbers(name, fields);
            match policy(value) {
                Some(policy) => groups.push(Group { name: name.to_owned(), fields, policy }),
                None => {
                    let wrong = format!("policy “{value}” is none of quiet, review, critical");
                    self.add(*line, name, wrong);
                }
            }
        }
        groups
    }
}
