//! Everything that a form can hold against a record, and what it says of it in both languages.

mod fair;

use soban_core::base::OrgUnitId;
use soban_core::form::{
    Input, Language, Node, Severity, Violation, ViolationKind, check, read_input,
};
use soban_core::record::{FieldNo, Fields, FormNo, Position, Value};

use fair::*;

#[test]
fn nothing_is_held_against_a_sound_record_and_empty_values_are_no_values() {
    assert_eq!(found(&fair([])), []);
    assert_eq!(found(&fair([(19, Value::Null), (23, Value::Null)])), []);
    // A rule over an empty field says nothing.
    assert_eq!(found(&fair([(24, Value::Null)])), []);
    // The system's own fields are no form's business.
    assert_eq!(found(&fair([(1, Value::Int(1)), (3, text("nhầm"))])), []);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, one line per thing")]
fn each_thing_held_against_a_value_is_said_in_both_languages() {
    use Severity::{Ask, Block};
    use ViolationKind as Kind;
    let cases = [
        (16, Value::Null, Block, Kind::Required, "Chưa ghi: Ngày họp chợ.", "Missing: Held on."),
        (
            16,
            text("12/4/2012"),
            Block,
            Kind::WrongType,
            "Ngày họp chợ: ghi không đúng kiểu.",
            "Held on: this is of the wrong type.",
        ),
        (
            17,
            text("C"),
            Block,
            Kind::TooShort(2),
            "Tên chợ: ít nhất 2 chữ.",
            "Name: at least 2 characters.",
        ),
        (
            17,
            text("Chợ phiên"),
            Block,
            Kind::TooLong(5),
            "Tên chợ: nhiều nhất 5 chữ.",
            "Name: at most 5 characters.",
        ),
        (
            18,
            Value::Int(999),
            Block,
            Kind::TooSmall(1_000),
            "Phí: ít nhất 1.000 đồng.",
            "Fee: at least 1.000 đồng.",
        ),
        (
            18,
            Value::Int(9_000_001),
            Block,
            Kind::TooLarge(9_000_000),
            "Phí: nhiều nhất 9.000.000 đồng.",
            "Fee: at most 9.000.000 đồng.",
        ),
        (
            18,
            Value::Int(100_001),
            Ask,
            Kind::Unusual(100_000),
            "Phí: hơn 100.000 đồng, nhiều hơn thường thấy. Ghi đúng chưa?",
            "Fee: above 100.000 đồng, more than is usual. Is it right?",
        ),
        (
            19,
            Value::Choice(9),
            Block,
            Kind::NoSuchOption,
            "Loại: không có lựa chọn này vào ngày đó.",
            "Kind: there is no such option on that day.",
        ),
        (
            16,
            Value::Date(day("1989-12-31")),
            Ask,
            Kind::UnlikelyDate,
            "Ngày họp chợ: ngày này có đúng không?",
            "Held on: is this date right?",
        ),
        (
            99,
            Value::Int(1),
            Block,
            Kind::UnknownField,
            "Mẫu ghi này không có mục “99”.",
            "This form has no field “99”.",
        ),
    ];
    for (no, value, severity, kind, vi, en) in cases {
        let name =
            pack().forms[&FAIR].find_field(FieldNo(no)).map_or("99".to_owned(), |f| f.name.clone());
        one(&fair([(no, value)]), &name, severity, kind, vi, en);
    }
}

#[test]
fn characters_are_counted_as_people_count_them() {
    assert_eq!(found(&fair([(17, text("Chợ Đ"))])), []);
    let long = |length: usize| fair([(23, text(&"ữ".repeat(length)))]);
    assert_eq!(found(&long(20_000)), []);
    assert_eq!(found(&long(20_001))[0].kind, ViolationKind::TooLong(20_000));
}

#[test]
fn an_option_counts_by_the_day_of_the_record_not_of_today() {
    let kinds = |node: Node| found(&node).into_iter().map(|v| v.kind).collect::<Vec<_>>();
    let no_such = [ViolationKind::NoSuchOption];
    assert_eq!(kinds(fair([(19, Value::Choice(1))])), []);
    assert_eq!(kinds(fair([(19, Value::Choice(2))])), no_such);
    assert_eq!(kinds(fair([(19, Value::Choice(3))])), no_such);
    assert_eq!(kinds(fair([(20, Value::Choices(vec![1, 3]))])), no_such);
    let date = |text: &str| (16, Value::Date(day(text)));
    assert_eq!(kinds(fair([date("2011-12-31"), (19, Value::Choice(2))])), []);
    assert_eq!(kinds(fair([date("2013-01-01"), (19, Value::Choice(3))])), []);
}

#[test]
fn a_likely_year_reaches_from_1990_to_the_next() {
    let asked = |node: Node| !found(&node).is_empty();
    let date = |text: &str| fair([(16, Value::Date(day(text)))]);
    assert!(!asked(date("1990-01-01")) && !asked(date("2013-12-31")));
    assert!(asked(date("1989-12-31")) && asked(date("2014-01-01")));
    let month = |text: &str| fair([(22, Value::Month(text.parse().unwrap()))]);
    assert!(!asked(month("2013-12")) && asked(month("2014-01")));
}

#[test]
fn a_value_of_another_type_is_named_whatever_the_field() {
    let position = Value::Position(Position { latitude_e7: 1, longitude_e7: 2 });
    let wrong = [
        (17, Value::Int(1)),
        (18, text("1")),
        (19, Value::Choices(vec![1])),
        (20, Value::Choice(1)),
        (22, Value::Date(day("2012-01-01"))),
        (23, Value::Bool(true)),
        (25, position),
        (25, Value::Opaque(vec![200])),
        (25, Value::OrgUnit(OrgUnitId(1))),
    ];
    for (no, value) in wrong {
        let kinds: Vec<_> = found(&fair([(no, value)])).into_iter().map(|v| v.kind).collect();
        assert_eq!(kinds, [ViolationKind::WrongType], "field {no}");
    }
}

#[test]
fn rules_count_and_sum_rows_and_look_at_the_record_above() {
    let mut node = fair([]);
    node.rows.push(stall(text("bà Dín"), 4));
    let rule = |name: &str| ViolationKind::Rule(name.to_owned());
    one(
        &node,
        "stalls",
        Severity::Warn,
        rule("stalls_counted"),
        "Số quầy chưa khớp.",
        "The stalls do not add up.",
    );
    node.fields.insert(FieldNo(21), Value::Int(3));
    node.rows.push(stall(text("ông Tư"), 6));
    node.rows.push(stall(text("ông Lan"), 0));
    assert_eq!(found(&node), []);
    node.rows[2].fields.insert(FieldNo(17), Value::Int(1));
    one(
        &node,
        "sold",
        Severity::Block,
        rule("sold_adds_up"),
        "Bán vượt tổng.",
        "More sold than there was.",
    );
    // A row's own rule, with its place; a row without a number adds nothing.
    node.rows[0].fields.insert(FieldNo(17), Value::Int(11));
    node.rows[1].fields.remove(&FieldNo(17));
    let found = found(&node);
    let rows: Vec<_> = found.iter().map(|v| (v.row, &*v.field, v.severity)).collect();
    assert_eq!(rows, [(None, "sold", Severity::Block), (Some((STALL, 0)), "sold", Severity::Ask)]);
    assert_eq!(found[1].message(&pack(), Language::Vi), "Quầy bán hơn cả chợ.");
}

#[test]
fn a_row_of_no_form_or_of_another_forms_is_named_with_its_place() {
    let mut node = fair([(21, Value::Int(1))]);
    node.rows.push(stall(Value::Null, 1));
    node.rows.push(Node::new(OTHER, Fields::new()));
    node.rows.push(Node::new(FormNo(77), Fields::new()));
    let found = found(&node);
    let told: Vec<_> = found.iter().map(|v| (v.row, &v.kind)).collect();
    assert_eq!(
        told,
        [
            (Some((STALL, 0)), &ViolationKind::Required),
            (Some((OTHER, 1)), &ViolationKind::UnknownForm),
            (Some((FormNo(77), 2)), &ViolationKind::UnknownForm),
        ]
    );
    let (vi, en) = (Language::Vi, Language::En);
    assert_eq!(found[0].message(&pack(), vi), "Chưa ghi: keeper.");
    assert_eq!(found[1].message(&pack(), vi), "Không có loại sổ này, hoặc không đặt ở đây được.");
    assert_eq!(found[2].message(&pack(), en), "There is no such form, or it cannot stand here.");
    let alone = check(&pack(), &Node::new(FormNo(77), Fields::new()), None, day("2012-09-01"));
    assert_eq!(alone.0[0].kind, ViolationKind::UnknownForm);
}

#[test]
fn what_cannot_be_read_says_what_is_needed_in_both_languages() {
    let pack = pack();
    let fair = &pack.forms[&FAIR];
    let cases = [
        ("held_on", Input::Text("31/4/2012".to_owned())),
        ("name", Input::Bool(true)),
        ("fee", Input::Text("5,200".to_owned())),
        ("fee", Input::Text("một ít".to_owned())),
        ("fee", Input::Bool(true)),
        ("kind", Input::Text("yearly".to_owned())),
        ("month", Input::Text("13/2012".to_owned())),
        ("open", Input::Text("có lẽ".to_owned())),
    ];
    for (name, input) in cases {
        let field = fair.find_field_named(name).unwrap();
        let error = read_input(&pack, field, &input).unwrap_err();
        let violation = Violation {
            row: None,
            form: FAIR,
            field: name.to_owned(),
            severity: Severity::Block,
            kind: ViolationKind::Unreadable(error),
        };
        for language in [Language::Vi, Language::En] {
            let label = pack.field_label(language, fair, field);
            let message = violation.message(&pack, language);
            let words = message.strip_prefix(&format!("{label}: ")).unwrap();
            assert!(words.ends_with(['.', '?']) && words.len() > 10, "{message}");
            assert!(!words.ends_with("..") && !words.ends_with("?."), "{message}");
        }
        let [vi, en] =
            [Language::Vi, Language::En].map(|language| violation.message(&pack, language));
        assert_ne!(vi, en);
    }
}

#[test]
fn what_is_only_warned_about_is_saved_and_what_is_asked_about_once_confirmed() {
    let of = |severity| {
        let violation = Violation {
            row: None,
            form: FAIR,
            field: String::new(),
            severity,
            kind: ViolationKind::Required,
        };
        soban_core::form::Checked(vec![violation])
    };
    let may = |severity| (of(severity).may_save(false), of(severity).may_save(true));
    assert_eq!(may(Severity::Warn), (true, true));
    assert_eq!(may(Severity::Ask), (false, true));
    assert_eq!(may(Severity::Block), (false, false));
}
