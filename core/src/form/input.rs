//! From what people and scripts write to typed values.
//!
//! ```
//! use soban_core::form::{Field, FieldKind, Input, Pack, read_input};
//! use soban_core::record::{FieldNo, Value};
//!
//! let field = Field::new(FieldNo(20), "amount", FieldKind::Money);
//! let typed = Input::Text("1,5 triệu".to_owned());
//! assert_eq!(read_input(&Pack::default(), &field, &typed), Ok(Value::Int(1_500_000)));
//! ```

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Field, FieldKind, Pack};
use crate::base::quantity::{AmountError, Unit, parse_amount, parse_decimal};
use crate::base::{OrgUnitId, hex, text};
use crate::record::{Position, Value};

/// A value as it comes from a screen or a script.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Input {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number, in the field's own unit.
    Int(i64),
    /// Anything as text.
    Text(String),
    /// Several texts.
    List(Vec<String>),
}

/// What was written cannot be read as the field's type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum InputError {
    #[error(transparent)]
    Amount(#[from] AmountError),
    #[error("a text is needed")]
    NotText,
    #[error("a number is needed")]
    NotNumber,
    #[error("yes or no is needed")]
    NotYesNo,
    #[error("a date is needed, such as 15/5/2013")]
    NotDate,
    #[error("a month is needed, such as 4/2012")]
    NotMonth,
    #[error("a time is needed, such as 19:30")]
    NotTime,
    #[error("there is no option “{0}”")]
    NoOption(String),
    #[error("what it refers to cannot be found")]
    NotReference,
    #[error("a position is needed, such as 22.7654321, 104.1234567")]
    NotPosition,
    #[error("a photo is needed")]
    NotPhoto,
}

/// The value of an input for a field; an empty text is [`Value::Null`].
///
/// # Errors
/// [`InputError`] where the input is not of the field's type.
pub fn read_input(pack: &Pack, field: &Field, input: &Input) -> Result<Value, InputError> {
    let tidy = match input {
        Input::Null => return Ok(Value::Null),
        Input::Text(typed) => text::normalise(typed),
        Input::Int(number) => number.to_string(),
        Input::Bool(_) | Input::List(_) => String::new(),
    };
    if tidy.is_empty() && matches!(input, Input::Text(_)) {
        return Ok(Value::Null);
    }
    match &field.kind {
        FieldKind::Text | FieldKind::LongText => match input {
            Input::Text(_) => Ok(Value::Text(tidy)),
            _ => Err(InputError::NotText),
        },
        kind if kind.is_number() => read_number(kind, input, &tidy),
        FieldKind::YesNo => match input {
            Input::Bool(truth) => Ok(Value::Bool(*truth)),
            _ => read_yes_no(&tidy),
        },
        FieldKind::Choices(list) => match input {
            Input::List(names) => read_options(pack, list, names),
            _ => read_options(pack, list, &[tidy]),
        },
        _ => read_text(pack, &field.kind, &tidy),
    }
}

fn read_number(kind: &FieldKind, input: &Input, tidy: &str) -> Result<Value, InputError> {
    match (input, kind) {
        (Input::Int(number), _) => Ok(Value::Int(*number)),
        (Input::Text(_), FieldKind::Decimal(scale)) => {
            Ok(Value::Int(parse_decimal(tidy, *scale)?.value))
        }
        (Input::Text(_), _) => {
            let unit = kind.unit().unwrap_or(Unit::Piece);
            Ok(Value::Int(parse_amount(tidy, unit)?.value))
        }
        _ => Err(InputError::NotNumber),
    }
}

fn read_yes_no(tidy: &str) -> Result<Value, InputError> {
    match text::fold(tidy).as_str() {
        "co" | "yes" | "true" => Ok(Value::Bool(true)),
        "khong" | "no" | "false" => Ok(Value::Bool(false)),
        _ => Err(InputError::NotYesNo),
    }
}

fn read_options(pack: &Pack, list: &str, names: &[String]) -> Result<Value, InputError> {
    let codes = names.iter().map(|name| find_option(pack, list, name.trim()));
    let mut codes = codes.collect::<Result<Vec<u16>, _>>()?;
    codes.sort_unstable();
    codes.dedup();
    Ok(Value::Choices(codes))
}

fn find_option(pack: &Pack, list: &str, name: &str) -> Result<u16, InputError> {
    let option = pack.choices.get(list).and_then(|list| list.find_named(name));
    option.map(|option| option.code).ok_or_else(|| InputError::NoOption(name.to_owned()))
}

fn read_text(pack: &Pack, kind: &FieldKind, tidy: &str) -> Result<Value, InputError> {
    match kind {
        FieldKind::Date => tidy.parse().map(Value::Date).map_err(|_| InputError::NotDate),
        FieldKind::Month => tidy.parse().map(Value::Month).map_err(|_| InputError::NotMonth),
        FieldKind::Time => tidy.parse().map(Value::Time).map_err(|_| InputError::NotTime),
        FieldKind::Choice(list) => find_option(pack, list, tidy).map(Value::Choice),
        FieldKind::OrgUnit(_) => {
            let unit = tidy.parse::<OrgUnitId>().map_err(|_| InputError::NotReference)?;
            Ok(Value::OrgUnit(unit))
        }
        FieldKind::Record(_) => {
            tidy.parse().map(Value::Record).map_err(|_| InputError::NotReference)
        }
        FieldKind::Position => read_position(tidy).ok_or(InputError::NotPosition),
        FieldKind::Photo => hex::decode(tidy).map(Value::Photo).ok_or(InputError::NotPhoto),
        _ => Err(InputError::NotText),
    }
}

fn read_position(tidy: &str) -> Option<Value> {
    let (north, east) = tidy.split_once(',')?;
    Some(Value::Position(Position {
        latitude_e7: read_degrees(north.trim(), 90)?,
        longitude_e7: read_degrees(east.trim(), 180)?,
    }))
}

/// Degrees with up to seven decimals after a point, as maps and receivers give them.
fn read_degrees(text: &str, most: i32) -> Option<i32> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    (!whole.is_empty() && part.len() <= 7 && digits(whole) && digits(part)).then_some(())?;
    let degrees: i32 = format!("{whole}{part:0<7}").parse().ok()?;
    (degrees <= most * 10_000_000).then_some(sign * degrees)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::FieldNo;

    fn read(kind: FieldKind, typed: &str) -> Result<Value, InputError> {
        let field = Field::new(FieldNo(16), "field", kind);
        read_input(&Pack::default(), &field, &Input::Text(typed.to_owned()))
    }

    #[test]
    fn what_people_type_becomes_typed() {
        assert_eq!(read(FieldKind::Text, "  Pạc Bo "), Ok(Value::Text("Pạc Bo".to_owned())));
        assert_eq!(read(FieldKind::Quantity(Unit::SquareMetre), "5.200"), Ok(Value::Int(5200)));
        assert_eq!(read(FieldKind::Decimal(2), "1.012,5"), Ok(Value::Int(101_250)));
        assert_eq!(read(FieldKind::Decimal(1), "3.5"), Ok(Value::Int(35)));
        assert_eq!(read(FieldKind::YesNo, "Có"), Ok(Value::Bool(true)));
        assert_eq!(read(FieldKind::Text, " "), Ok(Value::Null));
        let place = Position { latitude_e7: 227_500_000, longitude_e7: -1_041_000_000 };
        assert_eq!(read(FieldKind::Position, "22.75, -104.1"), Ok(Value::Position(place)));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(read(FieldKind::Date, "30/2/2012"), Err(InputError::NotDate));
        assert_eq!(read(FieldKind::Position, "91, 0"), Err(InputError::NotPosition));
        let two = AmountError::Ambiguous { one: "1.234".to_owned(), other: "1,234".to_owned() };
        assert_eq!(read(FieldKind::Decimal(2), "1,234"), Err(InputError::Amount(two)));
        let option = read(FieldKind::Choice("kind".to_owned()), "x");
        assert_eq!(option, Err(InputError::NoOption("x".to_owned())));
    }
}
