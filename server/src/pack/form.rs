//! From form files to forms: names become numbers, and what they point to must exist.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::base::quantity::Unit;
use soban_core::form::{
    ChoiceList, Field, FieldKind, Form, Group, Home, Policy, Rule, Sensitivity, Severity,
};
use soban_core::record::{FieldNo, FormNo};

use super::Problems;
use super::file::{RawField, RawFile, RawForm};
use super::rule::{self, Names};

type Choices = BTreeMap<String, ChoiceList>;

/// All forms; rules come last, since they may speak of other forms' fields.
pub(super) fn read_forms(
    raw: &[RawFile],
    choices: &Choices,
    problems: &mut Problems,
) -> BTreeMap<FormNo, Form> {
    let numbers: BTreeMap<&str, FormNo> =
        raw.iter().map(|raw| (raw.form.name.as_str(), FormNo(raw.form.no))).collect();
    let mut forms = BTreeMap::new();
    for file in raw {
        let read = Reader { file, raw: &file.form, numbers: &numbers, choices };
        let made = read.form(problems);
        if forms.insert(made.no, made).is_some() {
            problems.add((&file.path, 0), &file.form.name, "another form has this number");
        }
    }
    for file in raw {
        let raw = &file.form;
        let Some(form) = forms.get(&FormNo(raw.no)) else { continue };
        let names = Names { form, forms: &forms, choices };
        let (rules, shown) = read_rules(file, &names, problems);
        if let Some(form) = forms.get_mut(&FormNo(raw.no)) {
            form.rules = rules;
            for (no, expr) in shown {
                let field = form.fields.iter_mut().find(|field| field.no == no);
                field.into_iter().for_each(|field| field.shown_when = Some(expr.clone()));
            }
        }
    }
    forms
}

type Rules = (Vec<Rule>, Vec<(FieldNo, soban_core::form::Expr)>);

fn read_rules(file: &RawFile, names: &Names<'_>, problems: &mut Problems) -> Rules {
    let raw = &file.form;
    let mut rules = Vec::new();
    for spanned in &raw.rule {
        let (place, raw) = (file.place(spanned), spanned.get_ref());
        let mut add = |message: String| problems.add(place, &raw.name, message);
        let severity = match raw.severity.as_str() {
            "block" => Some(Severity::Block),
            "ask" => Some(Severity::Ask),
            "warn" => Some(Severity::Warn),
            other => {
                add(format!("severity “{other}” is none of block, ask, warn"));
                None
            }
        };
        let field = names.form.find_field_named(&raw.field).map(|field| field.no);
        if field.is_none() {
            add(format!("the form has no field “{}”", raw.field));
        }
        match (rule::parse(&raw.check, names), severity, field) {
            (Ok(check), Some(severity), Some(field)) => {
                rules.push(Rule { name: raw.name.clone(), check, severity, field });
            }
            (Err(error), ..) => add(error),
            _ => {}
        }
    }
    let mut shown = Vec::new();
    for spanned in &raw.field {
        let (place, raw) = (file.place(spanned), spanned.get_ref());
        let Some(text) = &raw.shown_when else { continue };
        match rule::parse(text, names) {
            Ok(expr) => shown.push((FieldNo(raw.no), expr)),
            Err(error) => problems.add(place, &raw.name, format!("shown_when: {error}")),
        }
    }
    (rules, shown)
}

struct Reader<'a> {
    file: &'a RawFile,
    raw: &'a RawForm,
    numbers: &'a BTreeMap<&'a str, FormNo>,
    choices: &'a Choices,
}

impl Reader<'_> {
    fn form(&self, problems: &mut Problems) -> Form {
        let raw = self.raw;
        let mut known = BTreeSet::new();
        let mut fields = Vec::new();
        for spanned in &raw.field {
            let (place, field) = (self.file.place(spanned), spanned.get_ref());
            if field.no < 16 {
                problems.add(place, &field.name, "numbers below 16 are the system's");
            }
            if !known.insert(field.no.to_string()) || !known.insert(field.name.clone()) {
                problems.add(place, &field.name, "its number or name is used by another field");
            }
            if !is_identifier(&field.name) {
                problems.add(place, &field.name, "a name is lower-case ASCII with underscores");
            }
            fields.extend(self.field(place, field, problems));
        }
        let mut find = |what, names: &[String]| {
            let numbers = names.iter().map(|name| (name, self.number_of(name)));
            let (known, unknown): (Vec<_>, Vec<_>) = numbers.partition(|(_, no)| no.is_some());
            for (name, _) in unknown {
                let message = format!("{what} names “{name}”, which is no field");
                problems.add((&self.file.path, 0), what, message);
            }
            known.into_iter().filter_map(|(_, no)| no).collect()
        };
        let title = find("title", &raw.title);
        let summary = find("summary", &raw.summary);
        let natural_key = find("natural_key", &raw.natural_key);
        let groups = self.groups(problems);
        let parent = raw.parent.as_deref().and_then(|name| {
            let found = self.numbers.get(name).copied();
            if found.is_none() {
                problems.add((&self.file.path, 0), "parent", format!("there is no form “{name}”"));
            }
            found
        });
        if raw.version == 0 {
            problems.add((&self.file.path, 0), "version", "must be 1 or more");
        }
        Form {
            no: FormNo(raw.no),
            name: raw.name.clone(),
            version: raw.version,
            parent,
            home: self.home(&fields, problems),
            title,
            summary,
            natural_key,
            fields,
            groups,
            rules: Vec::new(),
        }
    }

    fn number_of(&self, name: &str) -> Option<FieldNo> {
        let named = self.raw.field.iter().find(|field| field.get_ref().name == name);
        named.map(|field| FieldNo(field.get_ref().no))
    }

    fn home(&self, fields: &[Field], problems: &mut Problems) -> Home {
        let raw = self.raw;
        let mut add =
            |field: &str, message: &str| problems.add((&self.file.path, 0), field, message);
        match (raw.parent.is_some(), raw.book.as_deref(), raw.occurred_on.as_deref()) {
            (true, None, _) => Home::Parent,
            (true, Some(_), _) => {
                add("book", "a row lives in the book of the record it belongs to");
                Home::Parent
            }
            (false, Some("standing"), _) => Home::Standing,
            (false, Some("year"), Some(name)) => {
                let field = fields.iter().find(|field| field.name == name);
                match field {
                    Some(field) if field.kind == FieldKind::Date => return Home::Year(field.no),
                    Some(_) => add("occurred_on", "the field is no date"),
                    None => add("occurred_on", "there is no such field"),
                }
                Home::Standing
            }
            (false, Some("year"), None) => {
                add("occurred_on", "a form of the year's book names the date it happened on");
                Home::Standing
            }
            (false, _, _) => {
                add("book", "must be “year” or “standing”");
                Home::Standing
            }
        }
    }

    fn groups(&self, problems: &mut Problems) -> Vec<Group> {
        let mut grouped: BTreeSet<&str> = BTreeSet::new();
        let mut groups = Vec::new();
        for spanned in &self.raw.group {
            let (place, group) = (self.file.place(spanned), spanned.get_ref());
            let Some(policy) = policy(&group.policy) else {
                let message =
                    format!("policy “{}” is none of quiet, review, critical", group.policy);
                problems.add(place, &group.name, message);
                continue;
            };
            let numbers = group.fields.iter().map(|name| (name, self.number_of(name)));
            let (known, unknown): (Vec<_>, Vec<_>) = numbers.partition(|(_, no)| no.is_some());
            let twice = known
                .iter()
                .filter(|(name, _)| !grouped.insert(name))
                .map(|(n, _)| (n, "is in two groups"));
            let none = unknown.iter().map(|(name, _)| (name, "is no field"));
            for (name, wrong) in twice.chain(none) {
                problems.add(place, &group.name, format!("“{name}” {wrong}"));
            }
            let fields = known.iter().filter_map(|(_, no)| *no).collect();
            groups.push(Group { name: group.name.clone(), fields, policy });
        }
        groups
    }

    fn field(
        &self,
        place: (&str, usize),
        raw: &RawField,
        problems: &mut Problems,
    ) -> Option<Field> {
        let kind = match self.kind(raw) {
            Ok(kind) => kind,
            Err(message) => {
                problems.add(place, &raw.name, message);
                return None;
            }
        };
        let mut field = Field::new(FieldNo(raw.no), &raw.name, kind);
        field.required = raw.required;
        field.section.clone_from(&raw.section);
        (field.min, field.max, field.ask_above) = (raw.min, raw.max, raw.ask_above);
        if let Some(name) = &raw.policy {
            match policy(name) {
                Some(policy) => field.policy = policy,
                None => problems.add(place, &raw.name, format!("there is no policy “{name}”")),
            }
        }
        field.sensitivity = match raw.sensitivity.as_deref() {
            None | Some("normal") => Sensitivity::Normal,
            Some("personal") => Sensitivity::Personal,
            Some("sensitive") => Sensitivity::Sensitive,
            Some(name) => {
                problems.add(place, &raw.name, format!("there is no sensitivity “{name}”"));
                Sensitivity::Sensitive
            }
        };
        Some(field)
    }

    fn kind(&self, raw: &RawField) -> Result<FieldKind, String> {
        let list = || {
            let name = raw.choices.clone().ok_or("a choice names its list in `choices`")?;
            match self.choices.contains_key(&name) {
                true => Ok(name),
                false => Err(format!("there is no list of choices “{name}”")),
            }
        };
        Ok(match raw.kind.as_str() {
            "text" => FieldKind::Text,
            "long_text" => FieldKind::LongText,
            "integer" => FieldKind::Integer,
            "decimal" => FieldKind::Decimal(raw.scale.ok_or("a decimal states its `scale`")?),
            "money" => FieldKind::Money,
            "quantity" => {
                let name = raw.unit.as_deref().ok_or("a quantity states its `unit`")?;
                let unit = Unit::parse(name);
                FieldKind::Quantity(unit.ok_or_else(|| format!("there is no unit “{name}”"))?)
            }
            "date" => FieldKind::Date,
            "month" => FieldKind::Month,
            "time" => FieldKind::Time,
            "yes_no" => FieldKind::YesNo,
            "choice" => FieldKind::Choice(list()?),
            "choices" => FieldKind::Choices(list()?),
            "org_unit" => FieldKind::OrgUnit(raw.kinds.clone()),
            "record" => {
                let name = raw.target.as_deref().ok_or("a record names its form in `target`")?;
                let form = self.numbers.get(name).copied();
                FieldKind::Record(form.ok_or_else(|| format!("there is no form “{name}”"))?)
            }
            "position" => FieldKind::Position,
            "photo" => FieldKind::Photo,
            other => return Err(format!("there is no type “{other}”")),
        })
    }
}

fn policy(name: &str) -> Option<Policy> {
    match name {
        "quiet" => Some(Policy::Quiet),
        "review" => Some(Policy::Review),
        "critical" => Some(Policy::Critical),
        _ => None,
    }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
