//! The rules of forms and the conditions under which fields are shown.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::form::{ChoiceList, Expr, Form, Rule, Severity};
use soban_core::record::FormNo;

use super::file::{RawForm, RawRule};
use super::rule::{self, Names, Wrong};
use super::table::At;
use super::{Problems, Unread, text};

/// Reads them into the forms.
pub(super) fn read_conditions(
    raw: &[RawForm],
    numbers: &BTreeMap<&str, FormNo>,
    forms: &mut BTreeMap<FormNo, Form>,
    choices: &BTreeMap<String, ChoiceList>,
    unread: &Unread,
    problems: &Problems,
) {
    for raw in raw {
        let Some(form) = numbers.get(raw.name.as_str()).and_then(|no| forms.get(no)) else {
            continue;
        };
        let names = Names { form, parent: raw.parent.as_ref(), forms, choices, unread };
        let read = Reader { raw, names, problems };
        let (rules, shown) = (read.rules(), read.shown());
        let Some(form) = forms.get_mut(&form.no.clone()) else { continue };
        form.rules = rules;
        for field in &mut form.fields {
            field.shown_when = shown.get(&field.name).cloned();
        }
    }
}

struct Reader<'a> {
    raw: &'a RawForm,
    names: Names<'a>,
    problems: &'a Problems,
}

impl Reader<'_> {
    fn add(&self, line: usize, name: &str, message: impl Into<String>) {
        self.problems.add(self.raw.at(line), name, message);
    }

    fn rules(&self) -> Vec<Rule> {
        let mut names = BTreeSet::new();
        let mut rules = Vec::new();
        for rule in self.raw.rules.iter() {
            if !rule.name.is_empty() {
                text::check_name(self.raw.at(rule.line), &rule.name, self.problems);
                if !names.insert(&rule.name) {
                    self.add(rule.line, &rule.name, "its name is used by another rule");
                }
            }
            rules.extend(self.rule(rule));
        }
        rules
    }

    fn rule(&self, raw: &RawRule) -> Option<Rule> {
        let severity = raw.severity.as_ref().and_then(|severity| self.severity(raw, severity));
        let field = raw.field.as_ref().and_then(|At { value, line }| {
            if self.raw.find_field(value).is_none() {
                self.add(*line, &raw.name, format!("the form has no field “{value}”"));
            }
            self.names.form.find_field_named(value)
        });
        let check = raw.check.as_ref().and_then(|check| self.parse(&raw.name, "", check));
        Some(Rule { name: raw.name.clone(), check: check?, severity: severity?, field: field?.no })
    }

    fn severity(&self, raw: &RawRule, At { value, line }: &At<String>) -> Option<Severity> {
        Some(match value.as_str() {
            "block" => Severity::Block,
            "ask" => Severity::Ask,
            "warn" => Severity::Warn,
            _ => {
                let message = format!("severity “{value}” is none of block, ask, warn");
                self.add(*line, &raw.name, message);
                return None;
            }
        })
    }

    /// The conditions of fields by their names.
    fn shown(&self) -> BTreeMap<String, Expr> {
        let shown = self.raw.fields.iter().filter_map(|field| {
            let expr = self.parse(&field.name, "shown_when: ", field.shown_when.as_ref()?)?;
            Some((field.name.clone(), expr))
        });
        shown.collect()
    }

    fn parse(&self, name: &str, before: &str, At { value, line }: &At<String>) -> Option<Expr> {
        match rule::parse(value, &self.names) {
            Ok(expr) => Some(expr),
            Err(Wrong::Here(message)) => {
                self.add(*line, name, format!("{before}{message}"));
                None
            }
            Err(Wrong::Elsewhere) => None,
        }
    }
}
