//! A pack that is broken, cut off or built to exhaust its reader is refused, never followed.

use proptest::prelude::*;
use soban_core::form::{Expr, Op, Pack};
use soban_core::record::FormNo;
use soban_tests::phones::small_pack;

/// The small pack with a rule that nests so deep.
fn nested(depth: usize) -> Pack {
    let mut pack = small_pack();
    let mut expr = Expr::Int(1);
    for _ in 1..depth {
        expr = Expr::Not(Box::new(expr));
    }
    pack.forms.get_mut(&FormNo(1)).unwrap().rules[0].check = expr;
    pack
}

#[test]
fn a_rule_as_deep_as_may_be_reads_and_one_deeper_is_refused() {
    let deepest = nested(32);
    assert_eq!(Pack::from_bytes(&deepest.to_bytes()), Ok(deepest));
    let refused = Pack::from_bytes(&nested(33).to_bytes()).unwrap_err();
    assert!(refused.to_string().contains("too deep"), "{refused}");
    // The widest level of all: three levels of bytes for one of the rule.
    let mut wide = nested(1);
    let mut expr = Expr::Int(1);
    for _ in 1..32 {
        expr = Expr::In(Box::new(Expr::Null), vec![expr]);
    }
    wide.forms.get_mut(&FormNo(1)).unwrap().rules[0].check = expr;
    assert_eq!(Pack::from_bytes(&wide.to_bytes()), Ok(wide));
}

#[test]
fn a_condition_that_nests_too_deep_is_refused_as_a_rule_is() {
    let mut pack = small_pack();
    let mut expr = Expr::Bool(true);
    for _ in 0..32 {
        expr = Expr::Binary(Op::And, Box::new(expr), Box::new(Expr::Bool(true)));
    }
    pack.forms.get_mut(&FormNo(1)).unwrap().fields[1].shown_when = Some(expr);
    assert!(Pack::from_bytes(&pack.to_bytes()).is_err());
}

#[test]
fn bytes_that_nest_without_end_are_refused_before_they_are_followed() {
    let sound = nested(2).to_bytes();
    // `Not` is number 8: [8, [a]].
    let not = [0x82, 8, 0x81];
    let place = sound.windows(3).position(|bytes| bytes == not).unwrap();
    for depth in [200, 10_000, 200_000] {
        let deep = [&sound[..place], &not.repeat(depth), &sound[place..]].concat();
        let refused = Pack::from_bytes(&deep).unwrap_err();
        assert!(refused.to_string().contains("nests too deep"), "{refused}");
    }
}

#[test]
fn a_pack_cut_off_anywhere_is_refused() {
    let sound = small_pack().to_bytes();
    assert_eq!(Pack::from_bytes(&sound), Ok(small_pack()));
    for length in 0..sound.len() {
        assert!(Pack::from_bytes(&sound[..length]).is_err(), "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pack_with_spoilt_bytes_is_refused_or_reads_and_never_panics(
        spoilt in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = small_pack().to_bytes();
        for (place, byte) in spoilt {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(pack) = Pack::from_bytes(&bytes) {
            prop_assert_eq!(Pack::from_bytes(&pack.to_bytes()), Ok(pack));
        }
    }
}
