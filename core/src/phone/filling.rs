//! A form while it is being filled in: what it asks now, how what was typed reads, and what it
//! holds against it. Nothing is written.

use serde::Serialize;

use super::save::{Reading, Typed, also, period_of};
use super::{Phone, PhoneError, ViolationView};
use crate::base::quantity::Unit;
use crate::base::words::quantity_in_words;
use crate::base::{Date, Instant};
use crate::form::{Eval, Field, FieldKind, Form, Node, check, day_of, eval};
use crate::record::{Fields, Value};

/// A form as it reads so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FillingView {
    /// Every field of the form, in its order.
    pub fields: Vec<FieldReading>,
    /// The same for each row.
    pub rows: Vec<Vec<FieldReading>>,
    /// All that the form holds against it.
    pub violations: Vec<ViolationView>,
}

/// How one field reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldReading {
    /// Its identifier.
    pub name: String,
    /// Whether it is asked for now.
    pub shown: bool,
    /// What was typed as people read it; empty where it does not read.
    pub text: String,
    /// A quantity in words, in Vietnamese.
    pub words: Option<String>,
    /// Options that may not be chosen on the record's day, by their identifiers; never one that
    /// is chosen already.
    pub closed: Vec<String>,
}

impl Phone {
    /// Reads a form as it is filled in so far: `fields` and `rows` are all of it.
    ///
    /// # Errors
    /// [`PhoneError::UnknownForm`].
    pub fn check(
        &self,
        form: &str,
        fields: &Typed,
        rows: &[(String, Typed)],
        now: Instant,
    ) -> Result<FillingView, PhoneError> {
        let form = self.find_form(form)?;
        let mut reading = Reading::new(&self.pack);
        let node = reading.node(form, fields, rows);
        let mut found = reading.violations;
        let today = self.today(now)?;
        also(&mut found, check(&self.pack, &node, None, today).0);
        let day = day_of(form, &node.fields).unwrap_or(today);
        if form.parent.is_none() {
            let _period = period_of(form, &node.fields, &mut found);
        }
        let row = |row: &Node| match self.pack.find_form(row.form) {
            Some(form) => self.readings(form, row, Some(&node.fields), day),
            None => Vec::new(),
        };
        Ok(FillingView {
            fields: self.readings(form, &node, None, day),
            rows: node.rows.iter().map(row).collect(),
            violations: found.iter().map(|violation| self.violation_view(violation)).collect(),
        })
    }

    fn readings(
        &self,
        form: &Form,
        node: &Node,
        parent: Option<&Fields>,
        day: Date,
    ) -> Vec<FieldReading> {
        let reading = |field: &Field| {
            let value = node.fields.get(&field.no).filter(|value| !value.is_null());
            FieldReading {
                name: field.name.clone(),
                shown: value.is_some() || is_asked(field, node, parent),
                text: value.map_or_else(String::new, |v| self.print(Some(form), field.no, v)),
                words: value.and_then(|value| in_words(field, value)),
                closed: self.closed(field, value, day),
            }
        };
        form.fields.iter().map(reading).collect()
    }

    fn closed(&self, field: &Field, value: Option<&Value>, day: Date) -> Vec<String> {
        let (FieldKind::Choice(list) | FieldKind::Choices(list)) = &field.kind else {
            return Vec::new();
        };
        let chosen = |code: u16| match value {
            Some(Value::Choice(chosen)) => *chosen == code,
            Some(Value::Choices(chosen)) => chosen.contains(&code),
            _ => false,
        };
        let options = self.pack.choices.get(list).into_iter().flat_map(|list| &list.0);
        let closed = options.filter(|option| !option.is_valid_on(day) && !chosen(option.code));
        closed.map(|option| option.name.clone()).collect()
    }
}

/// A quantity as it is said aloud, in Vietnamese whatever the holder reads: minutes are. Nothing for
/// what is counted on fingers.
pub(super) fn in_words(field: &Field, value: &Value) -> Option<String> {
    let Value::Int(number) = value else { return None };
    let unit = field.kind.unit()?;
    let counted = matches!(unit, Unit::Person | Unit::Minute | Unit::Piece | Unit::Percent);
    (!counted).then(|| quantity_in_words(*number, unit))
}

/// A condition that cannot be computed from what is there hides nothing.
fn is_asked(field: &Field, node: &Node, parent: Option<&Fields>) -> bool {
    let Some(condition) = &field.shown_when else { return true };
    eval(condition, &node.scope(parent)) != Ok(Eval::Bool(false))
}
