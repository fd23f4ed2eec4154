//! The type check: CEL's tree in, a tree for the evaluator and its type out.

use cel::common::ast::{CallExpr, Expr as Cel, IdedExpr, LiteralValue, operators};
use soban_core::base::{Date, Month, TimeOfDay};
use soban_core::form::{Expr, Field, Form, Op};

use super::kind::{Measure, Type};
use super::{Names, Wrong};
use crate::pack::text::iso;

type Typed = (Expr, Type);

impl Names<'_> {
    pub(super) fn check(&self, ided: &IdedExpr) -> Result<Typed, Wrong> {
        match &ided.expr {
            Cel::Literal(literal) => check_literal(literal),
            Cel::Ident(name) => self.check_name(name),
            Cel::Select(select) => match &select.operand.expr {
                Cel::Ident(parent) if parent == "parent" && !select.test => {
                    self.check_parent(&select.field)
                }
                _ => Err(format!("“.{}” stands only after `parent`", select.field).into()),
            },
            Cel::Call(call) => self.check_call(call),
            _ => Err("only comparisons, arithmetic, logic, size() and sum() are known".into()),
        }
    }

    fn check_name(&self, name: &str) -> Result<Typed, Wrong> {
        let field = self.field_of(self.form, name)?;
        Ok((Expr::Field(field.no), type_of(field)?))
    }

    fn check_parent(&self, name: &str) -> Result<Typed, Wrong> {
        let parent = self.form.parent.and_then(|no| self.forms.get(&no));
        let parent = match (parent, self.parent) {
            (Some(parent), _) => parent,
            (None, Some(_)) => return Err(Wrong::Elsewhere),
            (None, None) => {
                return Err("the form's records are no rows, so there is no `parent`".into());
            }
        };
        let field = self.field_of(parent, name)?;
        Ok((Expr::ParentField(field.no), type_of(field)?))
    }

    fn field_of<'a>(&self, form: &'a Form, name: &str) -> Result<&'a Field, Wrong> {
        form.find_field_named(name).ok_or_else(|| {
            if self.unread.has_field(&form.name, name) {
                return Wrong::Elsewhere;
            }
            let whose = if form.no == self.form.no { "the form" } else { &form.name };
            Wrong::Here(format!("{whose} has no field “{name}”"))
        })
    }

    fn check_call(&self, call: &CallExpr) -> Result<Typed, Wrong> {
        let unknown = || Wrong::Here(format!("“{}” is not known here", call.func_name));
        if call.target.is_some() {
            return Err(unknown());
        }
        let args: Vec<&IdedExpr> = call.args.iter().collect();
        match (call.func_name.as_str(), args.as_slice()) {
            ("size", [rows]) => {
                Ok((Expr::Count(self.rows(rows)?.no), Type::Number(Measure::Plain)))
            }
            ("sum", [rows, field]) => self.check_sum(rows, field),
            (operators::LOGICAL_NOT, [a]) => Ok((Expr::Not(Box::new(self.truth(a)?)), Type::Bool)),
            (operators::NEGATE, [a]) => {
                let (a, measure) = self.number(a)?;
                Ok((Expr::Negate(Box::new(a)), Type::Number(measure)))
            }
            (operators::CONDITIONAL, [a, b, c]) => self.check_if(a, b, c),
            (operators::IN, [a, list]) => self.check_in(a, list),
            (name, [a, b]) => self.check_binary(operator(name).ok_or_else(unknown)?, a, b),
            _ => Err(unknown()),
        }
    }

    fn rows(&self, rows: &IdedExpr) -> Result<&Form, Wrong> {
        let Cel::Ident(name) = &rows.expr else {
            return Err("size() and sum() count the rows of a form".into());
        };
        let form = self.forms.values().find(|form| form.name == *name);
        match form.filter(|form| form.parent == Some(self.form.no)) {
            Some(form) => Ok(form),
            None if self.unread.forms.contains(name) => Err(Wrong::Elsewhere),
            None => Err(format!("{} has no rows of “{name}”", self.form.name).into()),
        }
    }

    fn check_sum(&self, rows: &IdedExpr, field: &IdedExpr) -> Result<Typed, Wrong> {
        let form = self.rows(rows)?;
        let Cel::Literal(LiteralValue::String(name)) = &field.expr else {
            return Err("sum() names its field as a text".into());
        };
        let field = self.field_of(form, name.inner())?;
        match type_of(field)? {
            kind @ Type::Number(_) => Ok((Expr::Sum(form.no, field.no), kind)),
            kind => Err(format!("sum() adds numbers, “{}” is {kind}", field.name).into()),
        }
    }

    fn truth(&self, ided: &IdedExpr) -> Result<Expr, Wrong> {
        match self.check(ided)? {
            (expr, Type::Bool) => Ok(expr),
            (_, kind) => Err(format!("yes or no is needed, this is {kind}").into()),
        }
    }

    fn number(&self, ided: &IdedExpr) -> Result<(Expr, Measure), Wrong> {
        match self.check(ided)? {
            (expr, Type::Number(measure)) => Ok((expr, measure)),
            (_, kind) => Err(format!("a number is needed, this is {kind}").into()),
        }
    }

    fn check_if(&self, a: &IdedExpr, b: &IdedExpr, c: &IdedExpr) -> Result<Typed, Wrong> {
        let a = self.truth(a)?;
        let ((b, b_kind), (c, c_kind)) = (self.check(b)?, self.check(c)?);
        let kind = match (b_kind, c_kind) {
            (Type::Null, kind) | (kind, Type::Null) => kind,
            (Type::Number(b), Type::Number(c)) => Type::Number(
                b.with(c).ok_or_else(|| format!("after `?` stands {b}, after `:` {c}"))?,
            ),
            (b, c) if b == c => b,
            (b, c) => return Err(format!("after `?` stands {b}, after `:` {c}").into()),
        };
        Ok((Expr::If(Box::new(a), Box::new(b), Box::new(c)), kind))
    }

    fn check_in(&self, a: &IdedExpr, list: &IdedExpr) -> Result<Typed, Wrong> {
        let Cel::List(list) = &list.expr else {
            return Err("`in` is followed by a list in brackets".into());
        };
        if list.elements.is_empty() {
            return Err("nothing is in an empty list".into());
        }
        let a = self.check(a)?;
        let mut items = Vec::new();
        for item in &list.elements {
            let item = self.check(item)?;
            equals(&a.1, &item.1)?;
            items.push(self.unify(item, &a.1)?);
        }
        Ok((Expr::In(Box::new(a.0), items), Type::Bool))
    }

    fn check_binary(&self, op: Op, a: &IdedExpr, b: &IdedExpr) -> Result<Typed, Wrong> {
        let (a, b, kind) = match op {
            Op::And | Op::Or => (self.truth(a)?, self.truth(b)?, Type::Bool),
            Op::Add | Op::Subtract | Op::Multiply => {
                let ((a, of_a), (b, of_b)) = (self.number(a)?, self.number(b)?);
                let measure = if op == Op::Multiply { of_a.times(of_b) } else { of_a.with(of_b) };
                let measure = measure.ok_or_else(|| match op {
                    Op::Multiply => format!("{of_a} is multiplied by {of_b}"),
                    _ => format!("{of_a} and {of_b} do not add up"),
                })?;
                (a, b, Type::Number(measure))
            }
            _ => {
                let (a, b) = self.compared(op, self.check(a)?, self.check(b)?)?;
                (a, b, Type::Bool)
            }
        };
        Ok((Expr::Binary(op, Box::new(a), Box::new(b)), kind))
    }

    fn compared(&self, op: Op, a: Typed, b: Typed) -> Result<(Expr, Expr), Wrong> {
        if matches!(op, Op::Equal | Op::NotEqual) {
            equals(&a.1, &b.1)?;
        } else if let Some(kind) = [&a.1, &b.1].into_iter().find(|kind| !kind.is_ordered()) {
            return Err(format!("{kind} has no order").into());
        }
        // A text that is written takes the type of what it is compared with.
        if matches!(a.0, Expr::Text(_)) {
            let a = self.unify(a, &b.1)?;
            return Ok((a, b.0));
        }
        let b = self.unify(b, &a.1)?;
        Ok((a.0, b))
    }

    /// An expression as one that can be compared with a type.
    fn unify(&self, (expr, kind): Typed, with: &Type) -> Result<Expr, Wrong> {
        let written = |sound: bool, example: &str| match sound {
            true => Ok(expr.clone()),
            false => Err(format!("it is written “{example}”").into()),
        };
        match (&expr, &kind, with) {
            (_, Type::Null, _) | (_, _, Type::Null) => Ok(expr),
            (Expr::Text(name), _, Type::Choice(list)) => self.option(list, name),
            (Expr::Text(text), _, Type::Date) => written(iso::<Date>(text).is_some(), "2013-05-15"),
            (Expr::Text(text), _, Type::Month) => written(iso::<Month>(text).is_some(), "2013-05"),
            (Expr::Text(text), _, Type::Time) => written(iso::<TimeOfDay>(text).is_some(), "19:30"),
            // A date lies in or after a month exactly if its text comes after the month's.
            (_, Type::Date, Type::Month) | (_, Type::Month, Type::Date) => Ok(expr),
            (_, Type::Number(a), Type::Number(b)) if a.with(*b).is_some() => Ok(expr),
            (_, a, b) if a == b => Ok(expr),
            (_, a, b) => Err(format!("{b} is compared with {a}").into()),
        }
    }

    fn option(&self, list: &str, name: &str) -> Result<Expr, Wrong> {
        let options = self.choices.get(list);
        match options.and_then(|options| options.find_named(name)) {
            Some(option) => Ok(Expr::Int(i64::from(option.code))),
            None if self.unread.lists.contains(list) => Err(Wrong::Elsewhere),
            None => {
                let names = options.into_iter().flat_map(|list| &list.0);
                let names: Vec<&str> = names.map(|option| option.name.as_str()).collect();
                Err(format!("{list} has no option “{name}”, only {}", names.join(", ")).into())
            }
        }
    }
}

/// Dates and months are compared as texts, and those are never the same.
fn equals(a: &Type, b: &Type) -> Result<(), Wrong> {
    match (a, b) {
        (Type::Date, Type::Month) | (Type::Month, Type::Date) => {
            Err("a date never equals a month".into())
        }
        _ => Ok(()),
    }
}

fn type_of(field: &Field) -> Result<Type, Wrong> {
    let unknown = || format!("rules cannot speak of a field such as “{}”", field.name);
    Ok(Type::of(&field.kind).ok_or_else(unknown)?)
}

fn check_literal(literal: &LiteralValue) -> Result<Typed, Wrong> {
    Ok(match literal {
        LiteralValue::Null => (Expr::Null, Type::Null),
        LiteralValue::Int(number) => (Expr::Int(*number.inner()), Type::Number(Measure::Written)),
        LiteralValue::Boolean(truth) => (Expr::Bool(*truth.inner()), Type::Bool),
        LiteralValue::String(text) => (Expr::Text(text.inner().to_owned()), Type::Text),
        _ => return Err("only whole numbers, texts, true, false and null are known".into()),
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
