//! What is due of every unit each month, as a table of `pack.toml`.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::form::{ChoiceList, Due, Field, FieldKind, Form};
use soban_core::record::FormNo;

use super::file::RawForm;
use super::table::{At, Table};
use super::{Problems, Unread};

/// The file that the table stands in.
const FILE: &str = "pack.toml";
/// Every month has a day of this number.
const LAST_DAY: u8 = 28;

/// The table as it is written.
#[derive(Debug)]
pub(super) struct RawDue {
    form: Option<At<String>>,
    month: Option<At<String>>,
    kind: Option<At<String>>,
    kinds: Option<At<Vec<String>>>,
    rows: Option<At<String>>,
    until_day: Option<At<u8>>,
}

impl RawDue {
    pub(super) fn read(mut table: Table<'_>) -> Self {
        table.require(&["form", "month", "kind", "kinds", "until_day"]);
        let raw = Self {
            form: table.text("form"),
            month: table.text("month"),
            kind: table.text("kind"),
            kinds: table.texts("kinds"),
            rows: table.text("rows"),
            until_day: table.number("until_day"),
        };
        table.end();
        raw
    }
}

/// What the pack has that the table speaks of.
pub(super) struct World<'a> {
    pub(super) raw: &'a [RawForm],
    pub(super) forms: &'a BTreeMap<FormNo, Form>,
    pub(super) choices: &'a BTreeMap<String, ChoiceList>,
    pub(super) unread: &'a Unread,
    pub(super) problems: &'a Problems,
}

impl World<'_> {
    /// What is due; nothing where something is wrong with it.
    pub(super) fn due(&self, due: &RawDue) -> Option<Due> {
        let (raw, form) = self.form("form", due.form.as_ref()?)?;
        let until_day = self.until_day(due.until_day.as_ref());
        let rows = due.rows.as_ref().map(|rows| self.rows(rows, form));
        self.key(raw, due);
        let month = self.field("month", due.month.as_ref()?, (raw, form));
        let kind = self.field("kind", due.kind.as_ref()?, (raw, form));
        let month = month.filter(|month| self.is_month(due.month.as_ref(), month));
        let kinds = self.kinds(due, kind?)?;
        let (month, kind) = (month?.no, kind?.no);
        Some(Due { form: form.no, month, kind, kinds, rows: rows.flatten(), until_day: until_day? })
    }

    fn add(&self, line: usize, key: &str, message: String) {
        self.problems.add((FILE, line), key, message);
    }

    fn form(&self, key: &str, name: &At<String>) -> Option<(&RawForm, &Form)> {
        let raw = self.raw.iter().find(|form| form.name == name.value);
        let form = self.forms.values().find(|form| form.name == name.value);
        if raw.is_none() && !self.unread.forms.contains(&name.value) {
            self.add(name.line, key, format!("there is no form “{}”", name.value));
        }
        raw.zip(form)
    }

    fn rows(&self, name: &At<String>, of: &Form) -> Option<FormNo> {
        let (raw, form) = self.form("rows", name)?;
        // A parent that is not there is told in the form's own file.
        let wrong = form.parent != Some(of.no) && (form.parent.is_some() || raw.parent.is_none());
        if wrong {
            self.add(name.line, "rows", format!("“{}” is no row of {}", name.value, of.name));
        }
        Some(form.no)
    }

    /// One that the form has; it may be there and not have been read.
    fn field<'a>(
        &self,
        key: &str,
        name: &At<String>,
        (raw, form): (&RawForm, &'a Form),
    ) -> Option<&'a Field> {
        if raw.find_field(&name.value).is_none() {
            self.add(name.line, key, format!("{} has no field “{}”", raw.name, name.value));
        }
        form.find_field_named(&name.value)
    }

    fn is_month(&self, at: Option<&At<String>>, field: &Field) -> bool {
        let is = field.kind == FieldKind::Month;
        if !is {
            let line = at.map_or(0, |at| at.line);
            self.add(line, "month", format!("“{}” is no month", field.name));
        }
        is
    }

    fn kinds(&self, due: &RawDue, field: &Field) -> Option<Vec<u16>> {
        let FieldKind::Choice(list) = &field.kind else {
            let line = due.kind.as_ref().map_or(0, |at| at.line);
            self.add(line, "kind", format!("“{}” is no choice of one", field.name));
            return None;
        };
        let At { value: names, line } = due.kinds.as_ref()?;
        if names.is_empty() {
            self.add(*line, "kinds", "names at least one option".to_owned());
        }
        let options = self.choices.get(list)?;
        let mut codes = Vec::new();
        for name in names {
            match options.find_named(name) {
                Some(option) => codes.push(option.code),
                None if self.unread.lists.contains(list) => {}
                None => self.add(*line, "kinds", format!("{list} has no option “{name}”")),
            }
        }
        Some(codes)
    }

    /// By its natural key a record is known from those of other months and kinds, and by no more.
    fn key(&self, raw: &RawForm, due: &RawDue) {
        let names = [due.month.as_ref(), due.kind.as_ref()];
        let wanted: BTreeSet<&str> = names.into_iter().flatten().map(|at| &*at.value).collect();
        let Some(key) = &raw.natural_key else { return };
        let known = |name: &&str| raw.find_field(name).is_some();
        let named: BTreeSet<&str> = key.value.iter().map(String::as_str).collect();
        if wanted.iter().all(known) && named.iter().all(known) && named != wanted {
            let message = format!("the natural key of {} is not of month and kind alone", raw.name);
            self.add(due.form.as_ref().map_or(0, |at| at.line), "form", message);
        }
    }

    fn until_day(&self, day: Option<&At<u8>>) -> Option<u8> {
        let At { value, line } = day?;
        let fits = (1..=LAST_DAY).contains(value);
        if !fits {
            self.add(*line, "until_day", format!("must be a day from 1 to {LAST_DAY}"));
        }
        fits.then_some(*value)
    }
}
