//! The core's evaluator and CEL's own interpreter say the same of every rule of the pack, over
//! many records: filled, half-filled, empty.

use std::collections::BTreeMap;
use std::sync::Arc;

use cel::{Context, Program, Value as Cel};
use soban_core::base::{Date, Month, TimeOfDay};
use soban_core::form::{Eval, FieldKind, Form, Pack, Scope, eval};
use soban_core::record::{FieldNo, Fields, FormNo, Value};

use crate::pack::{embedded, read_pack};

/// A small source of chance; the same every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn value(&mut self, pack: &Pack, kind: &FieldKind) -> Value {
        let n = self.roll(4);
        let small = i64::try_from(n).unwrap();
        match kind {
            _ if self.roll(3) == 0 => Value::Null,
            FieldKind::Choice(list) => {
                let options = &pack.choices[list].0;
                let place = usize::try_from(self.roll(options.len() as u64)).unwrap();
                Value::Choice(options[place].code)
            }
            FieldKind::YesNo => Value::Bool(n.is_multiple_of(2)),
            FieldKind::Date => {
                Value::Date(Date::from_days(15_000 + i32::try_from(n).unwrap()).unwrap())
            }
            FieldKind::Month => {
                Value::Month(Month::new(2012, u8::try_from(n).unwrap() + 1).unwrap())
            }
            FieldKind::Time => {
                Value::Time(TimeOfDay::from_minutes(1_100 + u16::try_from(n).unwrap()).unwrap())
            }
            FieldKind::Text | FieldKind::LongText => Value::Text(format!("chữ {n}")),
            kind if kind.is_number() => Value::Int(small),
            FieldKind::Record(_) => Value::Record("17-2012-0000000007010203-4-0".parse().unwrap()),
            _ => Value::Null,
        }
    }

    fn fields(&mut self, pack: &Pack, form: &Form) -> Fields {
        form.fields.iter().map(|field| (field.no, self.value(pack, &field.kind))).collect()
    }
}

fn to_cel(pack: &Pack, kind: &FieldKind, value: &Value) -> Cel {
    let text = |text: String| Cel::String(Arc::new(text));
    match (kind, value) {
        (_, Value::Null) => Cel::Null,
        (FieldKind::Choice(list), Value::Choice(code)) => {
            text(pack.choices[list].find(*code).unwrap().name.clone())
        }
        (_, Value::Bool(truth)) => Cel::Bool(*truth),
        (_, Value::Int(number)) => Cel::Int(*number),
        (_, Value::Text(words)) => text(words.clone()),
        (_, Value::Date(date)) => text(date.to_string()),
        (_, Value::Month(month)) => text(month.to_string()),
        (_, Value::Time(time)) => text(time.to_string()),
        (_, Value::Record(id)) => text(id.to_string()),
        (_, other) => panic!("{other:?}"),
    }
}

struct Record<'a> {
    fields: &'a Fields,
    parent: &'a Fields,
    rows: BTreeMap<FormNo, Vec<Fields>>,
}

impl Scope for Record<'_> {
    fn field(&self, no: FieldNo) -> Option<&Value> {
        self.fields.get(&no)
    }

    fn parent_field(&self, no: FieldNo) -> Option<&Value> {
        self.parent.get(&no)
    }

    fn rows(&self, form: FormNo) -> Vec<&dyn Scope> {
        let rows = self.rows.get(&form).into_iter().flatten();
        rows.map(|row| row as &dyn Scope).collect()
    }
}

fn as_map(pack: &Pack, form: &Form, fields: &Fields) -> Cel {
    let pairs = form.fields.iter().map(|field| {
        let value = fields.get(&field.no).unwrap_or(&Value::Null);
        (field.name.clone(), to_cel(pack, &field.kind, value))
    });
    Cel::from(pairs.collect::<std::collections::HashMap<String, Cel>>())
}

#[test]
fn evaluator_and_interpreter_agree_on_every_rule_of_the_pack() {
    let source = embedded();
    let pack = read_pack(&source).unwrap();
    let mut dice = Dice(2013);
    let (mut decided, mut silent) = (0, 0);
    for form in pack.forms.values() {
        let text = source.read(&format!("forms/{}.toml", form.name)).unwrap();
        let table: toml::Table = toml::from_str(&text).unwrap();
        let parent = form.parent.and_then(|no| pack.find_form(no));
        for (rule, raw) in form
            .rules
            .iter()
            .zip(table.get("rule").and_then(toml::Value::as_array).into_iter().flatten())
        {
            let program = Program::compile(raw["check"].as_str().unwrap()).unwrap();
            for _ in 0..300 {
                let fields = dice.fields(&pack, form);
                let above = parent.map(|parent| dice.fields(&pack, parent)).unwrap_or_default();
                let mut context = Context::default();
                for field in &form.fields {
                    let value = to_cel(&pack, &field.kind, &fields[&field.no]);
                    context.add_variable_from_value(field.name.clone(), value);
                }
                if let Some(parent) = parent {
                    context.add_variable_from_value("parent", as_map(&pack, parent, &above));
                }
                let mut rows = BTreeMap::new();
                for child in pack.children_of(form.no) {
                    let count = dice.roll(3);
                    let made: Vec<Fields> = (0..count).map(|_| dice.fields(&pack, child)).collect();
                    let list = made.iter().map(|row| as_map(&pack, child, row)).collect();
                    context.add_variable_from_value(child.name.clone(), Cel::List(Arc::new(list)));
                    rows.insert(child.no, made);
                }
                let record = Record { fields: &fields, parent: &above, rows };
                match (eval(&rule.check, &record), program.execute(&context)) {
                    (Ok(Eval::Bool(ours)), Ok(Cel::Bool(theirs))) => {
                        assert_eq!(ours, theirs, "{} {fields:?}", rule.name);
                        decided += 1;
                    }
                    (Err(_), Err(_)) => silent += 1,
                    (ours, theirs) => panic!("{}: {ours:?} {theirs:?} {fields:?}", rule.name),
                }
            }
        }
    }
    assert!(decided > 5_000 && silent > 500, "{decided} {silent}");
}
