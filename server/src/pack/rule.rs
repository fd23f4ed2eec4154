//! From the text of a rule to a checked tree: CEL's own parser, then a type check against the form.

use std::collections::BTreeMap;

use cel::common::ast::{CallExpr, Expr as Cel, IdedExpr, LiteralValue, operators};
use cel::parser::Parser;
use soban_core::form::{ChoiceList, Expr, FieldKind, Form, Op};
use soban_core::record::FormNo;

/// What a rule may speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    /// The form it belongs to.
    pub(super) form: &'a Form,
    /// All forms.
    pub(super) forms: &'a BTreeMap<FormNo, Form>,
    /// All lists of choices.
    pub(super) choices: &'a BTreeMap<String, ChoiceList>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Type {
    Null,
    Int,
    Text,
    Bool,
    Date,
    Month,
    Time,
    Choice(String),
    Reference,
}

type Typed = (Expr, Type);

/// The checked tree of a rule.
pub(super) fn parse(text: &str, names: &Names<'_>) -> Result<Expr, String> {
    let parsed = Parser::new().parse(text).map_err(|errors| {
        let errors = errors.errors.iter().map(|error| error.msg.replace('\n', " "));
        format!("not a rule: {}", errors.collect::<Vec<_>>().join("; "))
    })?;
    let (expr, kind) = names.check(&parsed)?;
    if kind != Type::Bool {
        return Err(format!("a rule says yes or no, this is {}", name_of(&kind)));
    }
    if !expr.is_shallow() {
        return Err("the rule nests too deep".to_owned());
    }
    Ok(expr)
}

fn name_of(kind: &Type) -> String {
    match kind {
        Type::Null => "nothing".to_owned(),
        Type::Int => "a number".to_owned(),
        Type::Text => "a text".to_owned(),
        Type::Bool => "yes or no".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Month => "a month".to_owned(),
        Type::Time => "a time".to_owned(),
        Type::Choice(list) => format!("a choice of {list}"),
        Type::Reference => "a reference".to_owned(),
    }
}

impl Names<'_> {
    fn check(&self, ided: &IdedExpr) -> Result<Typed, String> {
        match &ided.expr {
            Cel::Literal(literal) => check_literal(literal),
            Cel::Ident(name) => self.check_name(name),
            Cel::Select(select) => match &select.operand.expr {
                Cel::Ident(parent) if parent == "parent" && !select.test => {
                    self.check_parent(&select.field)
                }
                _ => Err(format!("“.{}” stands only after `parent`", select.field)),
            },
            Cel::Call(call) => self.check_call(call),
            _ => Err("only comparisons, arithmetic, logic, size() and sum() are known".to_owned()),
        }
    }

    fn check_name(&self, name: &str) -> Result<Typed, String> {
        let field = self.form.find_field_named(name);
        let field = field.ok_or_else(|| format!("the form has no field “{name}”"))?;
        Ok((Expr::Field(field.no), type_of(&field.kind)?))
    }

    fn check_parent(&self, name: &str) -> Result<Typed, String> {
        let parent = self.form.parent.and_then(|no| self.forms.get(&no));
        let parent = parent.ok_or("the form's records are no rows, so there is no `parent`")?;
        let field = parent.find_field_named(name);
        let field = field.ok_or_else(|| format!("{} has no field “{name}”", parent.name))?;
        Ok((Expr::ParentField(field.no), type_of(&field.kind)?))
    }

    fn check_call(&self, call: &CallExpr) -> Result<Typed, String> {
        let args: Vec<&IdedExpr> = call.args.iter().collect();
        match (call.func_name.as_str(), args.as_slice()) {
            ("size", [rows]) => Ok((Expr::Count(self.rows(rows)?.no), Type::Int)),
            ("sum", [rows, field]) => self.check_sum(rows, field),
            (operators::LOGICAL_NOT, [a]) => {
                let a = self.expect(a, &Type::Bool)?;
                Ok((Expr::Not(Box::new(a)), Type::Bool))
            }
            (operators::NEGATE, [a]) => {
                let a = self.expect(a, &Type::Int)?;
                Ok((Expr::Negate(Box::new(a)), Type::Int))
            }
            (operators::CONDITIONAL, [a, b, c]) => self.check_if(a, b, c),
            (operators::IN, [a, list]) => self.check_in(a, list),
            (name, [a, b]) => match operator(name) {
                Some(op) => self.check_binary(op, a, b),
                None => Err(format!("“{name}” is not known here")),
            },
            (name, _) => Err(format!("“{name}” is not known here")),
        }
    }

    fn rows(&self, rows: &IdedExpr) -> Result<&Form, String> {
        let Cel::Ident(name) = &rows.expr else {
            return Err("size() and sum() count the rows of a form".to_owned());
        };
        let form = self.forms.values().find(|form| form.name == *name);
        let form = form.filter(|form| form.parent == Some(self.form.no));
        form.ok_or_else(|| format!("{} has no rows of “{name}”", self.form.name))
    }

    fn check_sum(&self, rows: &IdedExpr, field: &IdedExpr) -> Result<Typed, String> {
        let form = self.rows(rows)?;
        let Cel::Literal(LiteralValue::String(name)) = &field.expr else {
            return Err("sum() names its field as a text".to_owned());
        };
        let name = name.inner();
        let field = form.find_field_named(name).filter(|field| field.kind.is_number());
        let field = field.ok_or_else(|| format!("{} has no number “{name}”", form.name))?;
        Ok((Expr::Sum(form.no, field.no), Type::Int))
    }

    fn expect(&self, ided: &IdedExpr, expected: &Type) -> Result<Expr, String> {
        let (expr, kind) = self.check(ided)?;
        if kind == *expected {
            return Ok(expr);
        }
        Err(format!("{} is needed, this is {}", name_of(expected), name_of(&kind)))
    }

    fn check_if(&self, a: &IdedExpr, b: &IdedExpr, c: &IdedExpr) -> Result<Typed, String> {
        let a = self.expect(a, &Type::Bool)?;
        let (b, kind) = self.check(b)?;
        let c = self.expect(c, &kind)?;
        Ok((Expr::If(Box::new(a), Box::new(b), Box::new(c)), kind))
    }

    fn check_in(&self, a: &IdedExpr, list: &IdedExpr) -> Result<Typed, String> {
        let Cel::List(list) = &list.expr else {
            return Err("`in` is followed by a list in brackets".to_owned());
        };
        let (a, kind) = self.check(a)?;
        let mut items = Vec::new();
        for item in &list.elements {
            let (item, item_kind) = self.check(item)?;
            items.push(self.unify((item, item_kind), &kind)?);
        }
        Ok((Expr::In(Box::new(a), items), Type::Bool))
    }

    fn check_binary(&self, op: Op, a: &IdedExpr, b: &IdedExpr) -> Result<Typed, String> {
        let boxed = |a, b, kind| Ok((Expr::Binary(op, Box::new(a), Box::new(b)), kind));
        match op {
            Op::And | Op::Or => {
                boxed(self.expect(a, &Type::Bool)?, self.expect(b, &Type::Bool)?, Type::Bool)
            }
            Op::Add | Op::Subtract | Op::Multiply => {
                boxed(self.expect(a, &Type::Int)?, self.expect(b, &Type::Int)?, Type::Int)
            }
            _ => {
                let (a, b) = (self.check(a)?, self.check(b)?);
                let ordered = !matches!(op, Op::Equal | Op::NotEqual);
                let unordered = |kind: &Type| {
                    matches!(kind, Type::Bool | Type::Choice(_) | Type::Null | Type::Reference)
                };
                if ordered && (unordered(&a.1) || unordered(&b.1)) {
                    return Err(format!("{} has no order", name_of(&a.1)));
                }
                // A literal takes the type of what it is compared with.
                if matches!(a.1, Type::Text) && !matches!(b.1, Type::Text) {
                    let a = self.unify(a, &b.1)?;
                    return boxed(a, b.0, Type::Bool);
                }
                let b = self.unify(b, &a.1)?;
                boxed(a.0, b, Type::Bool)
            }
        }
    }

    /// An expression as one that can be compared with a type.
    fn unify(&self, (expr, kind): Typed, with: &Type) -> Result<Expr, String> {
        match (&expr, &kind, with) {
            (_, Type::Null, _) | (_, _, Type::Null) => Ok(expr),
            (Expr::Text(name), Type::Text, Type::Choice(list)) => self.option(list, name),
            (Expr::Text(text), Type::Text, Type::Date) => {
                literal(expr.clone(), text.parse::<soban_core::base::Date>().is_ok(), "2013-05-15")
            }
            (Expr::Text(text), Type::Text, Type::Month) => {
                literal(expr.clone(), text.parse::<soban_core::base::Month>().is_ok(), "2013-05")
            }
            (Expr::Text(text), Type::Text, Type::Time) => {
                literal(expr.clone(), text.parse::<soban_core::base::TimeOfDay>().is_ok(), "19:30")
            }
            // A date lies in or after a month exactly if its text comes after the month's.
            (_, Type::Date, Type::Month) | (_, Type::Month, Type::Date) => Ok(expr),
            (_, a, b) if a == b => Ok(expr),
            (_, a, b) => Err(format!("{} is compared with {}", name_of(b), name_of(a))),
        }
    }

    fn option(&self, list: &str, name: &str) -> Result<Expr, String> {
        let options = self.choices.get(list);
        match options.and_then(|options| options.find_named(name)) {
            Some(option) => Ok(Expr::Int(i64::from(option.code))),
            None => {
                let names = options.into_iter().flat_map(|list| &list.0);
                let names: Vec<&str> = names.map(|option| option.name.as_str()).collect();
                Err(format!("{list} has no option “{name}”, only {}", names.join(", ")))
            }
        }
    }
}

fn literal(expr: Expr, sound: bool, example: &str) -> Result<Expr, String> {
    if sound { Ok(expr) } else { Err(format!("it is written “{example}”")) }
}

fn check_literal(literal: &LiteralValue) -> Result<Typed, String> {
    Ok(match literal {
        LiteralValue::Null => (Expr::Null, Type::Null),
        LiteralValue::Int(number) => (Expr::Int(*number.inner()), Type::Int),
        LiteralValue::Boolean(truth) => (Expr::Bool(*truth.inner()), Type::Bool),
        LiteralValue::String(text) => (Expr::Text(text.inner().to_owned()), Type::Text),
        _ => return Err("only whole numbers, texts, true, false and null are known".to_owned()),
    })
}

fn type_of(kind: &FieldKind) -> Result<Type, String> {
    Ok(match kind {
        FieldKind::Text | FieldKind::LongText => Type::Text,
        FieldKind::Integer | FieldKind::Decimal(_) | FieldKind::Money | FieldKind::Quantity(_) => {
            Type::Int
        }
        FieldKind::Date => Type::Date,
        FieldKind::Month => Type::Month,
        FieldKind::Time => Type::Time,
        FieldKind::YesNo => Type::Bool,
        FieldKind::Choice(list) => Type::Choice(list.clone()),
        FieldKind::OrgUnit(_) | FieldKind::Record(_) => Type::Reference,
        FieldKind::Choices(_) | FieldKind::Position | FieldKind::Photo => {
            return Err("rules cannot speak of such a field".to_owned());
        }
    })
}

fn operator(name: &str) -> Option<Op> {
    Some(match name {
        operators::ADD => Op::Add,
        operators::SUBSTRACT => Op::Subtract,
        operators::MULTIPLY => Op::Multiply,
        operators::EQUALS => Op::Equal,
        operators::NOT_EQUALS => Op::NotEqual,
        operators::LESS => Op::Less,
        operators::LESS_EQUALS => Op::LessOrEqual,
        operators::GREATER => Op::Greater,
        operators::GREATER_EQUALS => Op::GreaterOrEqual,
        operators::LOGICAL_AND => Op::And,
        operators::LOGICAL_OR => Op::Or,
        _ => return None,
    })
}
