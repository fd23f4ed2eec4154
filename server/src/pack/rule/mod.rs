//! From the text of a rule to a checked tree: CEL's own parser, then a type check against the form.

mod check;
mod kind;

use std::collections::BTreeMap;

use cel::parser::Parser;
use soban_core::form::{ChoiceList, Expr, Form};
use soban_core::record::FormNo;

use super::Unread;
use super::table::At;
use kind::Type;

/// The most characters of a rule. With [`MOST_OPEN`], what keeps the parser, which calls itself for
/// every level, from running out of stack.
const LONGEST: usize = 1_000;
/// The most brackets and conditions that a rule may open, wherever they are closed.
const MOST_OPEN: usize = 32;

/// What a rule may speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    /// The form it belongs to.
    pub(super) form: &'a Form,
    /// The form whose rows these are, as it is written.
    pub(super) parent: Option<&'a At<String>>,
    /// All forms.
    pub(super) forms: &'a BTreeMap<FormNo, Form>,
    /// All lists of choices.
    pub(super) choices: &'a BTreeMap<String, ChoiceList>,
    /// What could not be read.
    pub(super) unread: &'a Unread,
}

/// Why a text is no rule.
#[derive(Debug)]
pub(super) enum Wrong {
    /// This is wrong with it.
    Here(String),
    /// It speaks of something that is wrong itself, which has been said there.
    Elsewhere,
}

impl From<String> for Wrong {
    fn from(message: String) -> Self {
        Self::Here(message)
    }
}

impl From<&str> for Wrong {
    fn from(message: &str) -> Self {
        Self::Here(message.to_owned())
    }
}

/// The checked tree of a rule.
pub(super) fn parse(text: &str, names: &Names<'_>) -> Result<Expr, Wrong> {
    check_size(text)?;
    let parsed = Parser::new().parse(text).map_err(|errors| {
        let errors = errors.errors.iter().map(|error| error.msg.replace('\n', " "));
        format!("not a rule: {}", errors.collect::<Vec<_>>().join("; "))
    })?;
    let (expr, kind) = names.check(&parsed)?;
    if kind != Type::Bool {
        return Err(format!("a rule says yes or no, this is {kind}").into());
    }
    if !expr.is_shallow() {
        return Err("the rule nests too deep".into());
    }
    if !speaks(&expr) {
        return Err("the rule speaks of no field: it is always the same".into());
    }
    Ok(expr)
}

/// Refuses what could be too much for the parser.
fn check_size(text: &str) -> Result<(), Wrong> {
    if text.chars().count() > LONGEST {
        return Err(format!("the rule has more than {LONGEST} characters").into());
    }
    if text.chars().filter(|c| matches!(c, '(' | '[' | '{' | '?')).count() > MOST_OPEN {
        return Err(format!("the rule nests too deep: more than {MOST_OPEN} brackets").into());
    }
    Ok(())
}

/// Whether it depends on the record at all.
fn speaks(expr: &Expr) -> bool {
    match expr {
        Expr::Null | Expr::Int(_) | Expr::Text(_) | Expr::Bool(_) => false,
        Expr::Field(_) | Expr::ParentField(_) | Expr::Count(_) | Expr::Sum(..) => true,
        Expr::Not(a) | Expr::Negate(a) => speaks(a),
        Expr::Binary(_, a, b) => speaks(a) || speaks(b),
        Expr::If(a, b, c) => speaks(a) || speaks(b) || speaks(c),
        Expr::In(a, list) => speaks(a) || list.iter().any(speaks),
    }
}
