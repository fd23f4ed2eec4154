//! Numbers as forms print them and take them back.

use proptest::prelude::*;
use soban_core::base::quantity::Unit;
use soban_core::form::{Field, FieldKind, Input, Language, Pack, print_value, read_input};
use soban_core::record::{FieldNo, Value};

fn kinds() -> impl Strategy<Value = FieldKind> {
    prop_oneof![
        (1..=6_u8).prop_map(FieldKind::Decimal),
        Just(FieldKind::Integer),
        Just(FieldKind::Money),
        prop::sample::select(Unit::ALL.to_vec()).prop_map(FieldKind::Quantity),
    ]
}

fn read(kind: &FieldKind, typed: &str) -> Option<Value> {
    let field = Field::new(FieldNo(16), "field", kind.clone());
    read_input(&Pack::default(), &field, &Input::Text(typed.to_owned())).ok()
}

proptest! {
    #[test]
    fn a_number_that_a_form_prints_is_read_back_as_it_was(
        kind in kinds(),
        number in prop_oneof![0..100_000_i64, 0..=i64::MAX],
    ) {
        let value = Value::Int(number);
        let printed = print_value(&Pack::default(), &kind, &value, Language::Vi);
        prop_assert_eq!(read(&kind, &printed), Some(value), "{}", printed);
    }

    #[test]
    fn a_decimal_is_read_as_what_was_typed_or_not_at_all(
        scale in 1..=6_u8,
        typed in "-?[0-9]{1,4}([.,][0-9]{1,4}){0,3}",
    ) {
        if let Some(Value::Int(number)) = read(&FieldKind::Decimal(scale), &typed) {
            let digits = |text: &str| -> String {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                digits.trim_matches('0').to_owned()
            };
            prop_assert!(number >= 0, "{}", typed);
            prop_assert_eq!(digits(&typed), digits(&number.to_string()), "{}", typed);
        }
    }
}
