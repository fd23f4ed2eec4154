//! A rule's checked expression tree and its evaluator.
//!
//! The language is a part of CEL: comparison, arithmetic, logic, choice, membership, and count
//! and sum over a record's rows. The tree is made where a pack is installed, by CEL's own parser
//! and a type check against the form; here it is only evaluated.

use std::cmp::Ordering;

use minicbor::{Decode, Encode};

use crate::record::{FieldNo, FormNo, Value};

/// How deep an expression may nest; a pack with a deeper one is refused where it is installed.
pub(super) const MAX_DEPTH: u32 = 32;

/// A checked expression.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum Expr {
    /// Nothing.
    #[n(0)]
    Null,
    /// A number.
    #[n(1)]
    Int(#[n(0)] i64),
    /// A text; dates, months and times are compared as their ISO texts.
    #[n(2)]
    Text(#[n(0)] String),
    /// Yes or no.
    #[n(3)]
    Bool(#[n(0)] bool),
    /// A field of the record.
    #[n(4)]
    Field(#[n(0)] FieldNo),
    /// A field of the record it is a row of.
    #[n(5)]
    ParentField(#[n(0)] FieldNo),
    /// How many rows of a form the record has.
    #[n(6)]
    Count(#[n(0)] FormNo),
    /// The sum of a field over the record's rows of a form; rows without it add nothing.
    #[n(7)]
    Sum(#[n(0)] FormNo, #[n(1)] FieldNo),
    /// `!a`
    #[n(8)]
    Not(#[n(0)] Box<Expr>),
    /// `-a`
    #[n(9)]
    Negate(#[n(0)] Box<Expr>),
    /// `a op b`
    #[n(10)]
    Binary(#[n(0)] Op, #[n(1)] Box<Expr>, #[n(2)] Box<Expr>),
    /// `a ? b : c`
    #[n(11)]
    If(#[n(0)] Box<Expr>, #[n(1)] Box<Expr>, #[n(2)] Box<Expr>),
    /// `a in [b, …]`
    #[n(12)]
    In(#[n(0)] Box<Expr>, #[n(1)] Vec<Expr>),
}

impl Expr {
    /// Whether it nests no deeper than the evaluator follows.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.fits(MAX_DEPTH)
    }

    fn fits(&self, depth: u32) -> bool {
        let Some(left) = depth.checked_sub(1) else { return false };
        match self {
            Self::Not(a) | Self::Negate(a) => a.fits(left),
            Self::Binary(_, a, b) => a.fits(left) && b.fits(left),
            Self::If(a, b, c) => a.fits(left) && b.fits(left) && c.fits(left),
            Self::In(a, list) => a.fits(left) && list.iter().all(|item| item.fits(left)),
            _ => true,
        }
    }
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Op {
    #[n(0)]
    Add,
    #[n(1)]
    Subtract,
    #[n(2)]
    Multiply,
    #[n(3)]
    Equal,
    #[n(4)]
    NotEqual,
    #[n(5)]
    Less,
    #[n(6)]
    LessOrEqual,
    #[n(7)]
    Greater,
    #[n(8)]
    GreaterOrEqual,
    #[n(9)]
    And,
    #[n(10)]
    Or,
}

/// The values an expression is evaluated over.
pub trait Scope {
    /// A field of the record; absent and null are the same.
    fn field(&self, no: FieldNo) -> Option<&Value>;
    /// A field of the record it is a row of.
    fn parent_field(&self, no: FieldNo) -> Option<&Value>;
    /// A field over the record's rows of a form, one item per row.
    fn rows(&self, form: FormNo) -> Vec<&dyn Scope>;
}

/// A value that an expression can have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in Expr")]
pub enum Eval {
    Null,
    Int(i64),
    Text(String),
    Bool(bool),
}

/// The expression has no value here: an empty field in arithmetic, an overflow, a wrong type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown;

/// The value of an expression.
///
/// # Errors
/// [`Unknown`] where CEL would fail; `&&` and `||` still answer when one side decides.
pub fn eval(expr: &Expr, scope: &dyn Scope) -> Result<Eval, Unknown> {
    match expr {
        Expr::Null => Ok(Eval::Null),
        Expr::Int(number) => Ok(Eval::Int(*number)),
        Expr::Text(text) => Ok(Eval::Text(text.clone())),
        Expr::Bool(truth) => Ok(Eval::Bool(*truth)),
        Expr::Field(no) => of_value(scope.field(*no)),
        Expr::ParentField(no) => of_value(scope.parent_field(*no)),
        Expr::Count(form) => {
            i64::try_from(scope.rows(*form).len()).map(Eval::Int).map_err(|_| Unknown)
        }
        Expr::Sum(form, field) => sum(&scope.rows(*form), *field),
        Expr::Not(a) => Ok(Eval::Bool(!truth(eval(a, scope)?)?)),
        Expr::Negate(a) => int(eval(a, scope)?)?.checked_neg().map(Eval::Int).ok_or(Unknown),
        Expr::Binary(op, a, b) => binary(*op, a, b, scope),
        Expr::If(a, b, c) => eval(if truth(eval(a, scope)?)? { b } else { c }, scope),
        Expr::In(a, list) => member(&eval(a, scope)?, list, scope),
    }
}

fn of_value(value: Option<&Value>) -> Result<Eval, Unknown> {
    Ok(match value {
        None | Some(Value::Null) => Eval::Null,
        Some(Value::Int(number)) => Eval::Int(*number),
        Some(Value::Choice(code)) => Eval::Int(i64::from(*code)),
        Some(Value::Text(text)) => Eval::Text(text.clone()),
        Some(Value::Bool(truth)) => Eval::Bool(*truth),
        Some(Value::Date(date)) => Eval::Text(date.to_string()),
        Some(Value::Month(month)) => Eval::Text(month.to_string()),
        Some(Value::Time(time)) => Eval::Text(time.to_string()),
        Some(Value::Record(id)) => Eval::Text(id.to_string()),
        Some(Value::OrgUnit(unit)) => Eval::Int(i64::from(unit.0)),
        Some(Value::Choices(_) | Value::Position(_) | Value::Photo(_) | Value::Opaque(_)) => {
            return Err(Unknown);
        }
    })
}

fn sum(rows: &[&dyn Scope], field: FieldNo) -> Result<Eval, Unknown> {
    let numbers = rows.iter().filter_map(|row| match row.field(field) {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    });
    numbers.into_iter().try_fold(0_i64, i64::checked_add).map(Eval::Int).ok_or(Unknown)
}

fn int(value: Eval) -> Result<i64, Unknown> {
    if let Eval::Int(number) = value { Ok(number) } else { Err(Unknown) }
}

fn truth(value: Eval) -> Result<bool, Unknown> {
    if let Eval::Bool(truth) = value { Ok(truth) } else { Err(Unknown) }
}

fn member(value: &Eval, list: &[Expr], scope: &dyn Scope) -> Result<Eval, Unknown> {
    for item in list {
        if eval(item, scope)? == *value {
            return Ok(Eval::Bool(true));
        }
    }
    Ok(Eval::Bool(false))
}

fn binary(op: Op, a: &Expr, b: &Expr, scope: &dyn Scope) -> Result<Eval, Unknown> {
    let (a, b) = (eval(a, scope), eval(b, scope));
    match op {
        Op::And => decide(a, b, false),
        Op::Or => decide(a, b, true),
        Op::Equal => Ok(Eval::Bool(a? == b?)),
        Op::NotEqual => Ok(Eval::Bool(a? != b?)),
        Op::Add => int(a?)?.checked_add(int(b?)?).map(Eval::Int).ok_or(Unknown),
        Op::Subtract => int(a?)?.checked_sub(int(b?)?).map(Eval::Int).ok_or(Unknown),
        Op::Multiply => int(a?)?.checked_mul(int(b?)?).map(Eval::Int).ok_or(Unknown),
        Op::Less => order(a?, b?).map(|order| Eval::Bool(order.is_lt())),
        Op::LessOrEqual => order(a?, b?).map(|order| Eval::Bool(order.is_le())),
        Op::Greater => order(a?, b?).map(|order| Eval::Bool(order.is_gt())),
        Op::GreaterOrEqual => order(a?, b?).map(|order| Eval::Bool(order.is_ge())),
    }
}

/// One side that is `deciding` decides, whatever the other is.
fn decide(
    a: Result<Eval, Unknown>,
    b: Result<Eval, Unknown>,
    deciding: bool,
) -> Result<Eval, Unknown> {
    match (a.and_then(truth), b.and_then(truth)) {
        (Ok(a), _) if a == deciding => Ok(Eval::Bool(deciding)),
        (_, Ok(b)) if b == deciding => Ok(Eval::Bool(deciding)),
        (Ok(_), Ok(_)) => Ok(Eval::Bool(!deciding)),
        _ => Err(Unknown),
    }
}

fn order(a: Eval, b: Eval) -> Result<Ordering, Unknown> {
    match (a, b) {
        (Eval::Int(a), Eval::Int(b)) => Ok(a.cmp(&b)),
        (Eval::Text(a), Eval::Text(b)) => Ok(a.cmp(&b)),
        _ => Err(Unknown),
    }
}
