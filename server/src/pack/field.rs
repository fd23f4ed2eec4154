//! From a field as it is written to a field: its type exists, and what it says fits its type.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::base::quantity::Unit;
use soban_core::form::{ChoiceList, Field, FieldKind, Policy, Sensitivity};
use soban_core::record::{FieldNo, FormNo};

use super::file::{RawField, RawForm};
use super::table::At;
use super::{Problems, Unread, text};

/// Words that CEL keeps for itself, or that mean something else in a rule or a label's key.
const TAKEN: [&str; 26] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
    "parent",
    "help",
    "section",
    "group",
    "rule",
];

/// The most decimals that are kept.
const MOST_DECIMALS: u8 = 6;

/// What the fields of all forms may point to.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) forms: &'a BTreeMap<&'a str, FormNo>,
    pub(super) choices: &'a BTreeMap<String, ChoiceList>,
    /// Kinds of org units; nothing where the pack has none.
    pub(super) kinds: Option<&'a BTreeSet<String>>,
}

/// The fields of a form. One whose type cannot be read is left out.
pub(super) fn read_fields(
    form: &RawForm,
    world: World<'_>,
    unread: &mut Unread,
    problems: &Problems,
) -> Vec<Field> {
    let (mut numbers, mut names) = (BTreeSet::new(), BTreeSet::new());
    let mut fields = Vec::new();
    for raw in &form.fields {
        let read = Reader { form, raw, world, problems };
        if !names.insert(raw.name.as_str()) && !raw.name.is_empty() {
            read.add(raw.line, "its name is used by another field");
            continue;
        }
        read.name();
        let no = read.number(&mut numbers);
        match read.kind(unread) {
            Some(kind) => fields.push(read.field(no, kind)),
            None => {
                unread.fields.insert((form.name.clone(), raw.name.clone()));
            }
        }
    }
    fields
}

pub(super) fn policy(name: &str) -> Option<Policy> {
    match name {
        "quiet" => Some(Policy::Quiet),
        "review" => Some(Policy::Review),
        "critical" => Some(Policy::Critical),
        _ => None,
    }
}

struct Reader<'a> {
    form: &'a RawForm,
    raw: &'a RawField,
    world: World<'a>,
    problems: &'a Problems,
}

impl Reader<'_> {
    fn add(&self, line: usize, message: impl Into<String>) {
        self.problems.add(self.form.at(line), &self.raw.name, message);
    }

    fn name(&self) {
        let raw = self.raw;
        if raw.name.is_empty() {
            return;
        }
        text::check_name(self.form.at(raw.line), &raw.name, self.problems);
        if TAKEN.contains(&raw.name.as_str()) {
            self.add(raw.line, "the name has another meaning in rules or labels");
        }
        if let Some(section) = &raw.section {
            text::check_name(self.form.at(section.line), &section.value, self.problems);
        }
    }

    /// Its number. One that cannot be is told and kept: nothing else is wrong on its account.
    fn number(&self, known: &mut BTreeSet<u16>) -> FieldNo {
        let Some(no) = &self.raw.no else { return FieldNo(0) };
        if !FieldNo(no.value).belongs_to_form() {
            self.add(no.line, "numbers below 16 are the system's");
        }
        if !known.insert(no.value) {
            self.add(no.line, "its number is used by another field");
        }
        FieldNo(no.value)
    }

    fn field(&self, no: FieldNo, kind: FieldKind) -> Field {
        let raw = self.raw;
        self.limits(&kind);
        let mut field = Field::new(no, &raw.name, kind);
        field.required = raw.required.as_ref().is_some_and(|required| required.value);
        if let (true, Some(shown)) = (field.required, &raw.shown_when) {
            self.add(shown.line, "a required field is always shown");
        }
        field.section = raw.section.as_ref().map(|section| section.value.clone());
        field.carried = raw.carried.as_ref().is_some_and(|carried| carried.value);
        field.policy = self.policy();
        field.sensitivity = self.sensitivity();
        let limit = |limit: &Option<At<i64>>| limit.as_ref().map(|limit| limit.value);
        (field.min, field.max, field.ask_above) =
            (limit(&raw.min), limit(&raw.max), limit(&raw.ask_above));
        field
    }

    fn limits(&self, kind: &FieldKind) {
        let RawField { min, max, ask_above, .. } = self.raw;
        let counted = kind.is_number() || matches!(kind, FieldKind::Text | FieldKind::LongText);
        for limit in [min, max].into_iter().flatten().filter(|_| !counted) {
            self.add(limit.line, "`min` and `max` are for numbers and texts");
        }
        if let Some(limit) = ask_above.as_ref().filter(|_| !kind.is_number()) {
            self.add(limit.line, "`ask_above` is for numbers");
        }
        for (key, limit) in [("max", max), ("ask_above", ask_above)] {
            if let (Some(min), Some(limit)) = (min, limit)
                && limit.value < min.value
            {
                self.add(limit.line, format!("`{key}` is less than `min`"));
            }
        }
    }

    fn policy(&self) -> Policy {
        let Some(At { value, line }) = &self.raw.policy else { return Policy::Quiet };
        policy(value).unwrap_or_else(|| {
            self.add(*line, format!("policy “{value}” is none of quiet, review, critical"));
            Policy::Quiet
        })
    }

    fn sensitivity(&self) -> Sensitivity {
        let Some(At { value, line }) = &self.raw.sensitivity else { return Sensitivity::Normal };
        match value.as_str() {
            "normal" => return Sensitivity::Normal,
            "personal" => return Sensitivity::Personal,
            "sensitive" => {}
            _ => self.add(
                *line,
                format!("sensitivity “{value}” is none of normal, personal, sensitive"),
            ),
        }
        Sensitivity::Sensitive
    }

    /// What it holds; nothing if that is unknown, which has been said here or elsewhere.
    fn kind(&self, unread: &Unread) -> Option<FieldKind> {
        let At { value, line } = self.raw.kind.as_ref()?;
        let kind = match value.as_str() {
            "text" => Some(FieldKind::Text),
            "long_text" => Some(FieldKind::LongText),
            "integer" => Some(FieldKind::Integer),
            "decimal" => self.scale().map(FieldKind::Decimal),
            "money" => Some(self.money()),
            "quantity" => self.unit().map(FieldKind::Quantity),
            "date" => Some(FieldKind::Date),
            "month" => Some(FieldKind::Month),
            "time" => Some(FieldKind::Time),
            "yes_no" => Some(FieldKind::YesNo),
            "choice" => self.list(unread).map(FieldKind::Choice),
            "choices" => self.list(unread).map(FieldKind::Choices),
            "org_unit" => Some(FieldKind::OrgUnit(self.kinds())),
            "record" => self.target(unread).map(FieldKind::Record),
            "position" => Some(FieldKind::Position),
            "photo" => Some(FieldKind::Photo),
            _ => {
                self.add(*line, format!("there is no type “{value}”"));
                return None;
            }
        };
        self.unused(value);
        kind
    }

    /// What is said of a type that it says nothing about.
    fn unused(&self, kind: &str) {
        let line = |at: &Option<At<String>>| at.as_ref().map(|at| at.line);
        let RawField { choices, unit, scale, target, kinds, .. } = self.raw;
        for (key, line, kinds) in [
            ("choices", line(choices), ["choice", "choices"].as_slice()),
            ("unit", line(unit), &["quantity", "money"]),
            ("scale", scale.as_ref().map(|at| at.line), &["decimal"]),
            ("target", line(target), &["record"]),
            ("kinds", kinds.as_ref().map(|at| at.line), &["org_unit"]),
        ] {
            if let Some(line) = line.filter(|_| !kinds.contains(&kind)) {
                self.add(line, format!("`{key}` is for a field of type {}", kinds.join(" or ")));
            }
        }
    }

    fn needed<'a, T>(&self, at: &'a Option<At<T>>, wanted: &str) -> Option<&'a At<T>> {
        if at.is_none() {
            self.add(self.raw.line, wanted);
        }
        at.as_ref()
    }

    fn scale(&self) -> Option<u8> {
        let scale = self.needed(&self.raw.scale, "a decimal states its `scale`")?;
        if !(1..=MOST_DECIMALS).contains(&scale.value) {
            self.add(scale.line, format!("a decimal has 1 to {MOST_DECIMALS} decimals"));
            return None;
        }
        Some(scale.value)
    }

    fn money(&self) -> FieldKind {
        if let Some(unit) = self.raw.unit.as_ref().filter(|unit| unit.value != "dong") {
            self.add(unit.line, "money is counted in “dong”");
        }
        FieldKind::Money
    }

    fn unit(&self) -> Option<Unit> {
        let At { value, line } = self.needed(&self.raw.unit, "a quantity states its `unit`")?;
        let unit = Unit::parse(value);
        if unit.is_none() {
            let known = Unit::ALL.map(Unit::as_str).join(", ");
            self.add(*line, format!("there is no unit “{value}”, only {known}"));
        }
        unit
    }

    fn list(&self, unread: &Unread) -> Option<String> {
        let list = self.needed(&self.raw.choices, "a choice names its list in `choices`")?;
        let At { value, line } = list;
        let known = self.world.choices.contains_key(value);
        if !known && !unread.lists.contains(value) {
            self.add(*line, format!("there is no list of choices “{value}”"));
        }
        known.then(|| value.clone())
    }

    fn target(&self, unread: &Unread) -> Option<FormNo> {
        let target = self.needed(&self.raw.target, "a record names its form in `target`")?;
        let At { value, line } = target;
        let form = self.world.forms.get(value.as_str()).copied();
        if form.is_none() && !unread.forms.contains(value) {
            self.add(*line, format!("there is no form “{value}”"));
        }
        form
    }

    fn kinds(&self) -> Vec<String> {
        let Some(At { value, line }) = &self.raw.kinds else { return Vec::new() };
        let known = |kind: &&String| self.world.kinds.is_none_or(|kinds| kinds.contains(*kind));
        for kind in value.iter().filter(|kind| !known(kind)) {
            self.add(*line, format!("there is no kind of unit “{kind}”"));
        }
        value.clone()
    }
}
