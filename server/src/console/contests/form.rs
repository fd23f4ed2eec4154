//! The form on a card: what may be chosen, and what may be typed instead.

use std::collections::BTreeMap;

use soban_core::base::quantity;
use soban_core::form::{Field, FieldKind, Form, Input, value_to_input};
use soban_core::record::{FieldNo, Fields, Value};

use super::form_of;
use super::sent::{Sent, name_of};
use super::table::side_of;
use crate::conflict::{Books, Conflict, Kind};
use crate::console::print::Printer;
use crate::console::view::{Control, DecisionForm, InputOption, Radio, TypedField};
use crate::store::StoreError;

/// What a card that was sent and not taken says beside what was sent.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) sent: Sent,
    /// Above everything.
    pub(super) notice: Option<String>,
    /// Beside the choices.
    pub(super) take: Option<String>,
    /// Beside the reason.
    pub(super) reason: Option<String>,
    /// Beside the fields.
    pub(super) fields: BTreeMap<FieldNo, String>,
}

/// Of the fields in question, those with their form's definition; nothing if one of them has none,
/// since what a program does not know nobody can type.
pub(super) fn typable<'a>(form: Option<&'a Form>, conflict: &Conflict) -> Option<Vec<&'a Field>> {
    if !matches!(conflict.kind, Kind::Values | Kind::Changed) {
        return None;
    }
    conflict.filled().into_iter().map(|no| form?.find_field(no)).collect()
}

pub(super) fn decision_form(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
    draft: Option<&Draft>,
) -> Result<DecisionForm, StoreError> {
    let words = printer.words;
    let taken = draft.map_or("", |draft| draft.sent.take.as_str());
    let radio = |value: &str, label: String, whose: String| Radio {
        chosen: value == taken,
        value: value.to_owned(),
        label,
        whose,
    };
    let plain = |value: &str, key: &str| radio(value, words.t(key), String::new());
    let mut columns = Vec::new();
    if conflict.restorable().is_some() {
        columns.push(plain("before", "decide-before"));
    }
    for (place, side) in conflict.sides.iter().enumerate() {
        let whose = side_of(printer, books, side).who;
        let label = match conflict.kind {
            kind if kind.is_on_void() => break,
            kind if kind.is_on_several() => words.t("decide-same"),
            _ => take_label(printer, books, conflict, &side.whole)?,
        };
        columns.push(radio(&format!("side-{place}"), label, whose));
    }
    let rest = match conflict.kind {
        Kind::Void | Kind::VoidedAgain => {
            vec![plain("void", "decide-void"), plain("keep", "decide-keep")]
        }
        Kind::Twins | Kind::Disputed => {
            let label = words.with("decide-distinct", "count", conflict.records.len());
            vec![radio("distinct", label, String::new())]
        }
        Kind::Values | Kind::Changed => Vec::new(),
    };
    let other = typable(form_of(printer, books, conflict), conflict);
    let typed = match &other {
        None => Vec::new(),
        Some(fields) => typed_fields(printer, books, conflict, fields, draft)?,
    };
    Ok(DecisionForm {
        state: conflict.state(printer.db)?,
        columns,
        rest,
        other: other.map(|_| plain("other", "decide-other")),
        typed,
        reason: draft.map(|draft| draft.sent.reason.clone()).unwrap_or_default(),
        needs_reason: conflict.needs_reason(),
        take_problem: draft.and_then(|draft| draft.take.clone()),
        reason_problem: draft.and_then(|draft| draft.reason.clone()),
    })
}

/// "Lấy 5.200 m²" where that says it all.
fn take_label(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
    values: &Fields,
) -> Result<String, StoreError> {
    let form = form_of(printer, books, conflict);
    let differing = conflict.differing();
    let [no] = differing.as_slice() else { return Ok(printer.words.t("decide-take")) };
    let value = values.get(no).unwrap_or(&Value::Null);
    let said = printer.value(form, *no, value)?;
    Ok(match value.is_null() || said.chars().count() > 28 {
        true => printer.words.t("decide-take"),
        false => printer.words.with("decide-take-value", "value", said),
    })
}

fn typed_fields(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
    fields: &[&Field],
    draft: Option<&Draft>,
) -> Result<Vec<TypedField>, StoreError> {
    let form = form_of(printer, books, conflict);
    let record = conflict.row.record;
    let shown = books.find(record.book).map(|(book, _)| book.shown(record.key, form));
    let shown = shown.unwrap_or_default();
    let draft = draft.filter(|draft| draft.sent.take == "other");
    let mut made = Vec::new();
    for field in fields {
        let value = shown.get(&field.no).cloned().unwrap_or(Value::Null);
        let input = match draft {
            Some(draft) => draft.sent.input(field.no, &field.kind),
            None => printed(printer, field, &value),
        };
        let known = conflict.sides.iter().filter_map(|side| side.whole.get(&field.no));
        let known: Vec<&Value> = known.chain([&value]).collect();
        made.push(TypedField {
            name: name_of(field.no),
            label: printer.label(form, field.no),
            control: control(printer, form, field, &input, &known)?,
            problem: draft.and_then(|draft| draft.fields.get(&field.no).cloned()),
        });
    }
    Ok(made)
}

/// A value as a person would type it.
fn printed(printer: &Printer<'_>, field: &Field, value: &Value) -> Input {
    match (&field.kind, value) {
        (FieldKind::Decimal(_), Value::Int(_)) => Input::Text(soban_core::form::print_value(
            printer.pack,
            &field.kind,
            value,
            printer.language(),
        )),
        (kind, Value::Int(number)) => Input::Text(match kind.unit() {
            None => quantity::group(*number),
            Some(unit) => {
                let printed = quantity::format(*number, unit);
                printed.strip_suffix(&unit_name(unit)).unwrap_or(&printed).trim().to_owned()
            }
        }),
        (_, Value::Date(date)) => Input::Text(date.in_figures()),
        (_, Value::Month(month)) => Input::Text(month.in_figures()),
        (_, Value::Bool(truth)) => Input::Text(if *truth { "yes" } else { "no" }.to_owned()),
        _ => value_to_input(printer.pack, &field.kind, value),
    }
}

fn control(
    printer: &Printer<'_>,
    form: Option<&Form>,
    field: &Field,
    input: &Input,
    known: &[&Value],
) -> Result<Control, StoreError> {
    let text = match input {
        Input::Text(text) => text.clone(),
        _ => String::new(),
    };
    let option = |value: &str, label: String| InputOption {
        value: value.to_owned(),
        label,
        chosen: match input {
            Input::List(names) => names.iter().any(|name| name == value),
            _ => text == value,
        },
    };
    let nothing = || option("", printer.words.t("decide-nothing"));
    let of_list = |list: &String| -> Vec<InputOption> {
        let options = printer.pack.choices.get(list).into_iter().flat_map(|list| &list.0);
        let label = |code| printer.pack.option_label(printer.language(), list, code);
        options.map(|known| option(&known.name, label(known.code))).collect()
    };
    Ok(match &field.kind {
        FieldKind::LongText => Control::Long(text),
        FieldKind::YesNo => Control::One(vec![
            nothing(),
            option("yes", printer.words.t("yes")),
            option("no", printer.words.t("no")),
        ]),
        FieldKind::Choice(list) => {
            Control::One([nothing()].into_iter().chain(of_list(list)).collect())
        }
        FieldKind::Choices(list) => Control::Many(of_list(list)),
        // Nobody types a name that only programs read: what others wrote can be chosen.
        FieldKind::OrgUnit(_) | FieldKind::Record(_) | FieldKind::Photo => {
            let mut options = vec![nothing()];
            for value in known {
                let Input::Text(name) = value_to_input(printer.pack, &field.kind, value) else {
                    continue;
                };
                if options.iter().all(|option| option.value != name) {
                    options.push(option(&name, printer.value(form, field.no, value)?));
                }
            }
            Control::One(options)
        }
        kind => Control::Line {
            text,
            unit: kind.unit().map(unit_name).unwrap_or_default(),
            number: kind.is_number(),
        },
    })
}

/// "m²".
fn unit_name(unit: quantity::Unit) -> String {
    let one = i64::try_from(unit.steps()).unwrap_or(1);
    quantity::format(one, unit).trim_start_matches('1').trim().to_owned()
}
