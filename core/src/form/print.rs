//! From typed values to what people and scripts read.

use super::{FieldKind, Input, Language, Pack};
use crate::base::{hex, quantity};
use crate::record::Value;

/// A value as official prose prints it, with its unit; references by their ids, since names are
/// not the pack's.
#[must_use]
pub fn print_value(pack: &Pack, kind: &FieldKind, value: &Value, language: Language) -> String {
    match (kind, value) {
        (FieldKind::Choice(list), Value::Choice(code)) => pack.option_label(language, list, *code),
        (FieldKind::Choices(list), Value::Choices(codes)) => {
            let labels = codes.iter().map(|code| pack.option_label(language, list, *code));
            labels.collect::<Vec<_>>().join(", ")
        }
        (kind, Value::Int(number)) => print_number(kind, *number),
        (_, Value::Bool(truth)) => match (language, truth) {
            (Language::Vi, true) => "có".to_owned(),
            (Language::Vi, false) => "không".to_owned(),
            (Language::En, true) => "yes".to_owned(),
            (Language::En, false) => "no".to_owned(),
        },
        (_, Value::Date(date)) => date.in_figures(),
        (_, Value::Month(month)) => month.in_figures(),
        (_, other) => plain(other),
    }
}

/// A number that a field of this kind keeps, with its unit.
#[must_use]
pub(super) fn print_number(kind: &FieldKind, number: i64) -> String {
    match (kind, kind.unit()) {
        (FieldKind::Decimal(scale), _) => quantity::format_decimal(number, *scale),
        (_, Some(unit)) => quantity::format(number, unit),
        (_, None) => quantity::group(number),
    }
}

/// A value as [`super::read_input`] takes it back.
#[must_use]
pub fn value_to_input(pack: &Pack, kind: &FieldKind, value: &Value) -> Input {
    let option = |list: &String, code: u16| {
        let option = pack.choices.get(list).and_then(|list| list.find(code));
        option.map_or_else(|| code.to_string(), |option| option.name.clone())
    };
    match (kind, value) {
        (_, Value::Null) => Input::Null,
        (_, Value::Bool(truth)) => Input::Bool(*truth),
        (_, Value::Int(number)) => Input::Int(*number),
        (FieldKind::Choice(list), Value::Choice(code)) => Input::Text(option(list, *code)),
        (FieldKind::Choices(list), Value::Choices(codes)) => {
            Input::List(codes.iter().map(|code| option(list, *code)).collect())
        }
        (_, other) => Input::Text(plain(other)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Month(month) => month.to_string(),
        Value::Time(time) => time.to_string(),
        Value::Choice(code) => code.to_string(),
        Value::Choices(codes) => codes.iter().map(u16::to_string).collect::<Vec<_>>().join(", "),
        Value::OrgUnit(unit) => unit.to_string(),
        Value::Record(id) => id.to_string(),
        Value::Position(position) => {
            let degrees = |e7: i32| {
                let sign = if e7 < 0 { "-" } else { "" };
                let e7 = e7.unsigned_abs();
                format!("{sign}{}.{:07}", e7 / 10_000_000, e7 % 10_000_000)
            };
            format!("{}, {}", degrees(position.latitude_e7), degrees(position.longitude_e7))
        }
        Value::Photo(hash) => hex::encode(hash),
        Value::Opaque(bytes) => hex::encode(bytes),
    }
}
