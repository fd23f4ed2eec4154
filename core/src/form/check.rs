//! What a form says of a record before it is saved: everything at once, nothing refused for ever.
//!
//! Only people are stopped here, and only while they can still mend it; entries that arrive from
//! elsewhere are never kept out by a form's rules (design section 3).

use minicbor::{Decode, Encode};

use super::{Eval, Field, FieldKind, Form, InputError, Pack, Scope, eval};
use crate::base::Date;
use crate::record::{FieldNo, Fields, FormNo, Value};

/// Characters a one-line text holds.
const TEXT_CHARS: usize = 200;
/// Characters a long text holds.
const LONG_TEXT_CHARS: usize = 20_000;
/// Clocks in villages are wrong; dates before this year are asked about.
const FIRST_LIKELY_YEAR: u16 = 1990;

/// A record with its rows, as filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its form.
    pub form: FormNo,
    /// Its values.
    pub fields: Fields,
    /// Its rows, in order, of whatever forms.
    pub rows: Vec<Node>,
}

impl Node {
    /// A record without rows.
    #[must_use]
    pub fn new(form: FormNo, fields: Fields) -> Self {
        Self { form, fields, rows: Vec::new() }
    }

    /// What its form's conditions and rules speak of; `parent` are the values of the record it is
    /// a row of.
    #[must_use]
    pub fn scope<'a>(&'a self, parent: Option<&'a Fields>) -> impl Scope + 'a {
        NodeScope { node: self, parent }
    }
}

/// What a violation does to the save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Severity {
    /// Saved, and marked.
    #[n(0)]
    Warn,
    /// Saved once the person has said that it is right.
    #[n(1)]
    Ask,
    /// Not saved.
    #[n(2)]
    Block,
}

/// Something a form holds against a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The row it is in: its form and its place among the record's rows, from 0.
    pub row: Option<(FormNo, usize)>,
    /// The form of the record or row.
    pub form: FormNo,
    /// The identifier of the field it stands beside.
    pub field: String,
    /// What it does to the save.
    pub severity: Severity,
    /// What is wrong.
    pub kind: ViolationKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViolationKind {
    /// The pack has no such form, or it cannot be a row here.
    UnknownForm,
    /// The form has no such field.
    UnknownField,
    /// What was typed cannot be read.
    Unreadable(InputError),
    /// It must be filled.
    Required,
    /// The value is of another type than the field.
    WrongType,
    /// Fewer characters than this.
    TooShort(i64),
    /// More characters than this.
    TooLong(i64),
    /// Less than this.
    TooSmall(i64),
    /// More than this.
    TooLarge(i64),
    /// More than is usual.
    Unusual(i64),
    /// Before 1990 or after next year.
    UnlikelyDate,
    /// The option does not exist, or not on that day.
    NoSuchOption,
    /// The rule of this name is false.
    Rule(String),
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked(pub Vec<Violation>);

impl Checked {
    /// Whether the record may be saved, given what the person has confirmed.
    #[must_use]
    pub fn may_save(&self, confirmed: bool) -> bool {
        let limit = if confirmed { Severity::Ask } else { Severity::Warn };
        self.0.iter().all(|violation| violation.severity <= limit)
    }
}

/// Everything that a pack holds against a record and its rows. `parent` are the values of the
/// record it is a row of, `today` the date in Vietnam.
#[must_use]
pub fn check(pack: &Pack, node: &Node, parent: Option<&Fields>, today: Date) -> Checked {
    let mut found = Vec::new();
    let day = pack.find_form(node.form).and_then(|form| day_of(form, &node.fields));
    check_node(pack, node, parent, (today, None), None, &mut found);
    for (index, row) in node.rows.iter().enumerate() {
        let place = Some((row.form, index));
        let belongs = pack.find_form(row.form).is_some_and(|form| form.parent == Some(node.form));
        if belongs {
            check_node(pack, row, Some(&node.fields), (today, day), place, &mut found);
        } else {
            found.push(unknown_form(row, place));
        }
    }
    Checked(found)
}

fn unknown_form(node: &Node, row: Option<(FormNo, usize)>) -> Violation {
    Violation {
        row,
        form: node.form,
        field: String::new(),
        severity: Severity::Block,
        kind: ViolationKind::UnknownForm,
    }
}

fn check_node(
    pack: &Pack,
    node: &Node,
    parent: Option<&Fields>,
    (today, day): (Date, Option<Date>),
    row: Option<(FormNo, usize)>,
    found: &mut Vec<Violation>,
) {
    let Some(form) = pack.find_form(node.form) else {
        found.push(unknown_form(node, row));
        return;
    };
    let day = day_of(form, &node.fields).or(day).unwrap_or(today);
    let mut push = |field: &str, severity, kind| {
        found.push(Violation { row, form: form.no, field: field.to_owned(), severity, kind });
    };
    for no in node.fields.keys().filter(|no| no.belongs_to_form()) {
        if form.find_field(*no).is_none() {
            push(&no.to_string(), Severity::Block, ViolationKind::UnknownField);
        }
    }
    for field in &form.fields {
        let value = node.fields.get(&field.no).filter(|value| !value.is_null());
        let problem = match value {
            None => field.required.then_some((Severity::Block, ViolationKind::Required)),
            Some(value) => check_value(pack, field, value, today, day),
        };
        if let Some((severity, kind)) = problem {
            push(&field.name, severity, kind);
        }
    }
    let scope = node.scope(parent);
    for rule in &form.rules {
        if eval(&rule.check, &scope) == Ok(Eval::Bool(false)) {
            let beside = form.find_field(rule.field).map_or("", |field| field.name.as_str());
            push(beside, rule.severity, ViolationKind::Rule(rule.name.clone()));
        }
    }
}

/// The day a record happened on, by which its options are valid; its rows go by it too.
#[must_use]
pub fn day_of(form: &Form, fields: &Fields) -> Option<Date> {
    let super::Home::Year(no) = form.home else { return None };
    if let Some(Value::Date(date)) = fields.get(&no) { Some(*date) } else { None }
}

type Problem = (Severity, ViolationKind);

fn check_value(
    pack: &Pack,
    field: &Field,
    value: &Value,
    today: Date,
    day: Date,
) -> Option<Problem> {
    let block = |kind| Some((Severity::Block, kind));
    match (&field.kind, value) {
        (FieldKind::Text, Value::Text(text)) => check_text(field, text, TEXT_CHARS),
        (FieldKind::LongText, Value::Text(text)) => check_text(field, text, LONG_TEXT_CHARS),
        (kind, Value::Int(number)) if kind.is_number() => check_number(field, *number),
        (FieldKind::Date, Value::Date(date)) => check_year(date.year(), today),
        (FieldKind::Month, Value::Month(month)) => check_year(month.year(), today),
        (FieldKind::Choice(list), Value::Choice(code)) => {
            (!may_choose(pack, list, *code, day)).then_some(())?;
            block(ViolationKind::NoSuchOption)
        }
        (FieldKind::Choices(list), Value::Choices(codes)) => {
            codes.iter().any(|code| !may_choose(pack, list, *code, day)).then_some(())?;
            block(ViolationKind::NoSuchOption)
        }
        (FieldKind::Time, Value::Time(_))
        | (FieldKind::YesNo, Value::Bool(_))
        | (FieldKind::OrgUnit(_), Value::OrgUnit(_))
        | (FieldKind::Record(_), Value::Record(_))
        | (FieldKind::Position, Value::Position(_))
        | (FieldKind::Photo, Value::Photo(_)) => None,
        _ => block(ViolationKind::WrongType),
    }
}

fn check_text(field: &Field, text: &str, most: usize) -> Option<Problem> {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let most = field.max.unwrap_or(i64::MAX).min(i64::try_from(most).unwrap_or(i64::MAX));
    let kind = match field.min {
        _ if length > most => ViolationKind::TooLong(most),
        Some(least) if length < least => ViolationKind::TooShort(least),
        _ => return None,
    };
    Some((Severity::Block, kind))
}

fn check_number(field: &Field, number: i64) -> Option<Problem> {
    match (field.min, field.max, field.ask_above) {
        (Some(least), _, _) if number < least => {
            Some((Severity::Block, ViolationKind::TooSmall(least)))
        }
        (_, Some(most), _) if number > most => {
            Some((Severity::Block, ViolationKind::TooLarge(most)))
        }
        (_, _, Some(usual)) if number > usual => {
            Some((Severity::Ask, ViolationKind::Unusual(usual)))
        }
        _ => None,
    }
}

fn check_year(year: u16, today: Date) -> Option<Problem> {
    let likely = FIRST_LIKELY_YEAR..=today.year().saturating_add(1);
    (!likely.contains(&year)).then_some((Severity::Ask, ViolationKind::UnlikelyDate))
}

fn may_choose(pack: &Pack, list: &str, code: u16, day: Date) -> bool {
    let option = pack.choices.get(list).and_then(|list| list.find(code));
    option.is_some_and(|option| option.is_valid_on(day))
}

/// A node as the scope of its rules.
struct NodeScope<'a> {
    node: &'a Node,
    parent: Option<&'a Fields>,
}

impl Scope for NodeScope<'_> {
    fn field(&self, no: FieldNo) -> Option<&Value> {
        self.node.fields.get(&no)
    }

    fn parent_field(&self, no: FieldNo) -> Option<&Value> {
        self.parent.and_then(|parent| parent.get(&no))
    }

    fn rows(&self, form: FormNo) -> Vec<&dyn Scope> {
        let rows = self.node.rows.iter().filter(|row| row.form == form);
        rows.map(|row| &row.fields as &dyn Scope).collect()
    }
}

impl Scope for Fields {
    fn field(&self, no: FieldNo) -> Option<&Value> {
        self.get(&no)
    }

    fn parent_field(&self, _: FieldNo) -> Option<&Value> {
        None
    }

    fn rows(&self, _: FormNo) -> Vec<&dyn Scope> {
        Vec::new()
    }
}
