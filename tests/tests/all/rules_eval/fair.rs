//! A fair with stalls: a form with every kind of field, rule and row.

use soban_core::base::Date;
use soban_core::form::{
    ChoiceList, Expr, Field, FieldKind, Form, Home, Language, Node, Op, OptionDef, Pack, Rule,
    Severity, Violation, ViolationKind, check,
};
use soban_core::record::{FieldNo, Fields, FormNo, Value};

pub(super) const FAIR: FormNo = FormNo(1);
pub(super) const STALL: FormNo = FormNo(2);
pub(super) const OTHER: FormNo = FormNo(3);

pub(super) fn field(no: u16, name: &str, kind: FieldKind) -> Field {
    Field::new(FieldNo(no), name, kind)
}

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn form(no: FormNo, name: &str, fields: Vec<Field>) -> Form {
    Form {
        no,
        name: name.to_owned(),
        version: 1,
        parent: None,
        home: Home::Year(FieldNo(16)),
        title: Vec::new(),
        summary: Vec::new(),
        natural_key: Vec::new(),
        fields,
        groups: Vec::new(),
        rules: Vec::new(),
        totals: Vec::new(),
    }
}

/// A market fair with stalls: a form with one of everything that can be held against a record.
#[expect(clippy::too_many_lines, reason = "a form, field by field")]
pub(super) fn pack() -> Pack {
    let money = |field: Field| Field { min: Some(1_000), max: Some(9_000_000), ..field };
    let mut fair = form(
        FAIR,
        "fair",
        vec![
            Field { required: true, ..field(16, "held_on", FieldKind::Date) },
            Field { min: Some(2), max: Some(5), ..field(17, "name", FieldKind::Text) },
            Field { ask_above: Some(100_000), ..money(field(18, "fee", FieldKind::Money)) },
            field(19, "kind", FieldKind::Choice("kinds".to_owned())),
            field(20, "goods", FieldKind::Choices("kinds".to_owned())),
            field(21, "stalls", FieldKind::Integer),
            field(22, "month", FieldKind::Month),
            field(23, "story", FieldKind::LongText),
            field(24, "sold", FieldKind::Integer),
            field(25, "open", FieldKind::YesNo),
        ],
    );
    let (stalls, sold) = (Box::new(Expr::Field(FieldNo(21))), Expr::Sum(STALL, FieldNo(17)));
    let rule = |name: &str, check, severity, field| Rule {
        name: name.to_owned(),
        check,
        severity,
        field: FieldNo(field),
    };
    let counted = Expr::Binary(Op::Equal, Box::new(Expr::Count(STALL)), stalls);
    let sold = Expr::Binary(Op::LessOrEqual, Box::new(sold), Box::new(Expr::Field(FieldNo(24))));
    fair.rules.push(rule("stalls_counted", counted, Severity::Warn, 21));
    fair.rules.push(rule("sold_adds_up", sold, Severity::Block, 24));
    let mut stall = form(
        STALL,
        "stall",
        vec![
            Field { required: true, ..field(16, "keeper", FieldKind::Text) },
            field(17, "sold", FieldKind::Integer),
        ],
    );
    stall.parent = Some(FAIR);
    stall.home = Home::Parent;
    let least = Box::new(Expr::ParentField(FieldNo(24)));
    let below = Expr::Binary(Op::LessOrEqual, Box::new(Expr::Field(FieldNo(17))), least);
    stall.rules.push(rule("not_above_all", below, Severity::Ask, 17));
    let other = form(OTHER, "other", Vec::new());
    let option = |code, name: &str, from: Option<&str>, to: Option<&str>| OptionDef {
        code,
        name: name.to_owned(),
        valid_from: from.map(day),
        valid_to: to.map(day),
    };
    let kinds = ChoiceList(vec![
        option(1, "weekly", None, None),
        option(2, "old", None, Some("2011-12-31")),
        option(3, "new", Some("2013-01-01"), None),
    ]);
    let mut pack = Pack {
        forms: [fair, stall, other].map(|form| (form.no, form)).into(),
        choices: [("kinds".to_owned(), kinds)].into(),
        ..Pack::default()
    };
    for (key, vi, en) in [
        ("form-fair-held_on", "Ngày họp chợ", "Held on"),
        ("form-fair-name", "Tên chợ", "Name"),
        ("form-fair-fee", "Phí", "Fee"),
        ("form-fair-kind", "Loại", "Kind"),
        ("form-fair-rule-stalls_counted", "Số quầy chưa khớp.", "The stalls do not add up."),
        ("form-fair-rule-sold_adds_up", "Bán vượt tổng.", "More sold than there was."),
        ("form-stall-rule-not_above_all", "Quầy bán hơn cả chợ.", "More than the whole fair."),
    ] {
        pack.labels.insert(Language::Vi, key, vi);
        pack.labels.insert(Language::En, key, en);
    }
    pack
}

pub(super) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// A fair that nothing is held against, with some of its values changed.
pub(super) fn fair(changes: impl IntoIterator<Item = (u16, Value)>) -> Node {
    let mut fields = Fields::from([
        (FieldNo(16), Value::Date(day("2012-04-12"))),
        (FieldNo(17), text("Chợ")),
        (FieldNo(18), Value::Int(2_000)),
        (FieldNo(21), Value::Int(0)),
        (FieldNo(24), Value::Int(10)),
    ]);
    fields.extend(changes.into_iter().map(|(no, value)| (FieldNo(no), value)));
    Node::new(FAIR, fields)
}

pub(super) fn stall(keeper: Value, sold: i64) -> Node {
    let fields = [(FieldNo(16), keeper), (FieldNo(17), Value::Int(sold))];
    Node::new(STALL, fields.into())
}

pub(super) fn found(node: &Node) -> Vec<Violation> {
    check(&pack(), node, None, day("2012-09-01")).0
}

/// The only thing that is held against a record: its field, weight, kind and words.
#[track_caller]
pub(super) fn one(
    node: &Node,
    field: &str,
    severity: Severity,
    kind: ViolationKind,
    vi: &str,
    en: &str,
) {
    let found = found(node);
    let [violation] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&*violation.field, violation.severity, &violation.kind), (field, severity, &kind));
    assert_eq!(violation.message(&pack(), Language::Vi), vi);
    assert_eq!(violation.message(&pack(), Language::En), en);
}
