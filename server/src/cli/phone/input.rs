//! JSON from a script to what a form takes: texts, numbers, yes or no, lists, and rows.

use std::io::Read;

use serde_json::{Map, Value};
use soban_core::base::RecordId;
use soban_core::form::{Input, Pack};
use soban_core::phone::Typed;

use super::{Failure, Voice};

/// A record as a script writes it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Filled {
    /// The state it was read at.
    pub(super) state: Option<String>,
    /// Its fields.
    pub(super) fields: Typed,
    /// Its rows: the id of one that is there already, its form, its fields.
    pub(super) rows: Vec<(Option<RecordId>, String, Typed)>,
}

/// Reads one JSON object from the standard input. `form` tells rows from lists.
pub(super) fn read(pack: &Pack, form: &str, voice: Voice) -> Result<Filled, Failure> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let object: Map<String, Value> = serde_json::from_str(&text).map_err(|error| {
        let vi = "Đầu vào phải là một đối tượng JSON";
        format!("{}: {error}", voice.say(vi, "the input must be one JSON object"))
    })?;
    Ok(filled(pack, form, object)?)
}

fn filled(pack: &Pack, form: &str, object: Map<String, Value>) -> Result<Filled, String> {
    let mut filled = Filled::default();
    for (key, value) in object {
        match value {
            Value::String(state) if key == "state" => filled.state = Some(state),
            Value::Array(rows) if is_row(pack, form, &key) => {
                for row in rows {
                    filled.rows.push(read_row(&key, row)?);
                }
            }
            value => drop(filled.fields.insert(key.clone(), read_input(&key, value)?)),
        }
    }
    Ok(filled)
}

fn is_row(pack: &Pack, form: &str, key: &str) -> bool {
    let parent = pack.find_form_named(form).map(|form| form.no);
    pack.find_form_named(key).is_some_and(|row| row.parent.is_some() && row.parent == parent)
}

fn read_row(form: &str, row: Value) -> Result<(Option<RecordId>, String, Typed), String> {
    let Value::Object(row) = row else {
        return Err(format!("{form}: a row must be an object, not {}", kind(&row)));
    };
    let mut fields = Typed::new();
    let mut id = None;
    for (key, value) in row {
        match value {
            Value::String(text) if key == "id" => {
                let parsed = text.parse().map_err(|_| format!("{form}: “{text}” is no id"))?;
                id = Some(parsed);
            }
            value => drop(fields.insert(key.clone(), read_input(&key, value)?)),
        }
    }
    Ok((id, form.to_owned(), fields))
}

fn read_input(key: &str, value: Value) -> Result<Input, String> {
    match value {
        Value::Null => Ok(Input::Null),
        Value::Bool(truth) => Ok(Input::Bool(truth)),
        Value::String(text) => Ok(Input::Text(text)),
        Value::Number(number) => number.as_i64().map(Input::Int).ok_or_else(|| {
            format!("{key}: {number} is no whole number; write it as text, such as \"12,5\"")
        }),
        Value::Array(items) => {
            let text = |item: Value| match item {
                Value::String(text) => Ok(text),
                other => Err(format!("{key}: a list holds texts, not {}", kind(&other))),
            };
            Ok(Input::List(items.into_iter().map(text).collect::<Result<_, _>>()?))
        }
        Value::Object(_) => Err(format!("{key}: an object cannot be a field's value")),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{embedded, read_pack};

    fn read(form: &str, text: &str) -> Result<Filled, String> {
        let pack = read_pack(&embedded()).unwrap();
        filled(&pack, form, serde_json::from_str(text).unwrap())
    }

    #[test]
    fn an_array_under_a_form_of_rows_is_rows_and_any_other_is_a_list() {
        let meeting = read("meeting", r#"{"present": 9, "agenda_item": [{"seq": 1}]}"#).unwrap();
        assert_eq!(meeting.fields.get("present"), Some(&Input::Int(9)));
        let row = Typed::from([("seq".to_owned(), Input::Int(1))]);
        assert_eq!(meeting.rows, [(None, "agenda_item".to_owned(), row)]);

        let work = read("contribution", r#"{"purpose": ["levelling"], "state": "x"}"#).unwrap();
        let list = Input::List(vec!["levelling".to_owned()]);
        assert_eq!(work.fields.get("purpose"), Some(&list));
        assert_eq!(work.state.as_deref(), Some("x"));
    }

    #[test]
    fn what_no_field_can_hold_is_named() {
        for (text, named) in [
            (r#"{"length_m": 1.5}"#, "length_m: 1.5"),
            (r#"{"note": {}}"#, "note: an object"),
            (r#"{"purpose": [1]}"#, "purpose: a list holds texts, not a number"),
        ] {
            assert!(read("work", text).unwrap_err().starts_with(named), "{text}");
        }
        let row = read("meeting", r#"{"agenda_item": ["x"]}"#).unwrap_err();
        assert_eq!(row, "agenda_item: a row must be an object, not a text");
        let id = read("meeting", r#"{"agenda_item": [{"id": "x"}]}"#).unwrap_err();
        assert_eq!(id, "agenda_item: “x” is no id");
    }
}
