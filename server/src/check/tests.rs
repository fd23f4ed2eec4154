//! A check finds what somebody has tampered with, and sets right what follows from the log.

use soban_core::record::Value;

use super::{FindingKind, check};
use crate::accept::tests::stage::*;

/// Two phones, two books, one disagreement, one pair of twins, and one entry that is held.
fn busy() -> Stage {
    let mut stage = Stage::new();
    let (mut one, mut other) = (stage.phone(1), stage.phone(2));
    let record = one.create(book_of(2012), "Pạc Bo");
    stage.settle(&mut one);
    stage.settle(&mut other);
    one.set(book_of(2012), record, AREA, Value::Int(5));
    other.set(book_of(2012), record, AREA, Value::Int(6));
    other.create(book_of(2013), "Pạc Bo");
    stage.settle(&mut one);
    stage.settle(&mut other);
    let mut third = stage.phone(3);
    third.create(book_of(2012), "a");
    third.create(book_of(2012), "b");
    third.unsent.remove(0);
    stage.round(&mut third);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 2"), 1);
    assert_eq!(stage.count("SELECT count(*) FROM contest"), 2);
    stage
}

#[test]
fn a_sound_folder_has_no_findings() {
    let stage = busy();
    let report = check(&stage.store, false).unwrap();
    assert_eq!((report.books, report.entries, report.records), (2, 4, 2));
    assert_eq!(report.findings, []);
}

#[test]
fn every_tampered_table_is_found_and_set_right() {
    for (tampering, kind) in [
        ("UPDATE record SET natural_key = 'x'", FindingKind::ChangedRows),
        ("UPDATE record SET void = 'x' WHERE contests > 0", FindingKind::ChangedRows),
        ("DELETE FROM writes WHERE field = 17", FindingKind::LostRows),
        ("UPDATE writes SET counter = counter + 1", FindingKind::ChangedRows),
        ("UPDATE contest SET since = 7", FindingKind::ChangedRows),
        ("DELETE FROM contest", FindingKind::LostRows),
        (
            "INSERT INTO contest VALUES (99, 1114113, x'0101010101010101', 1, 1, 17, 3, 0, '', 1, 5)",
            FindingKind::ExtraRows,
        ),
        ("UPDATE book SET position = position + 1", FindingKind::ChangedRows),
    ] {
        let stage = busy();
        let (before, log) = (stage.tables(), stage.rows("SELECT * FROM log"));
        stage.run(tampering);
        let found = check(&stage.store, false).unwrap().findings;
        assert!(found.iter().any(|finding| finding.kind == kind), "{tampering}: {found:?}");
        assert!(!found[0].to_string().is_empty());
        assert_eq!(check(&stage.store, true).unwrap().beyond_rebuild().count(), 0);
        assert_eq!(check(&stage.store, false).unwrap().findings, [], "{tampering}");
        assert_eq!(stage.tables(), before);
        assert_eq!(stage.rows("SELECT * FROM log"), log);
    }
}

#[test]
fn a_tampered_log_is_found_and_left_alone() {
    for (tampering, kind) in [
        ("UPDATE log SET chain = x'0000000000000000' WHERE position = 2", FindingKind::OtherChain),
        ("UPDATE log SET hash = zeroblob(32) WHERE position = 2", FindingKind::OtherHash),
        ("UPDATE log SET claim = zeroblob(8) WHERE position = 2", FindingKind::OtherClaim),
        ("UPDATE log SET position = 9 WHERE position = 3", FindingKind::Gap),
        ("UPDATE log SET state = 2 WHERE position = 2", FindingKind::OtherState),
        ("UPDATE log SET generation = 2 WHERE position = 2", FindingKind::OtherGeneration),
        ("UPDATE log SET generation = 2 WHERE state = 2", FindingKind::OtherGeneration),
        ("UPDATE log SET entry = x'00' WHERE position = 2", FindingKind::Unreadable),
        ("UPDATE log SET entry = x'00' WHERE state = 2", FindingKind::Unreadable),
        ("DELETE FROM log WHERE position = 1 AND book = 1116124", FindingKind::DoesNotEnter),
        ("UPDATE log SET seq = 9 WHERE state = 2", FindingKind::OtherName),
    ] {
        let stage = busy();
        stage.run(tampering);
        let (tables, log) = (stage.tables(), stage.rows("SELECT * FROM log"));
        let report = check(&stage.store, true).unwrap();
        let mut remaining = report.beyond_rebuild();
        assert!(remaining.any(|finding| finding.kind == kind), "{tampering}: {report:?}");
        assert_eq!((stage.tables(), stage.rows("SELECT * FROM log")), (tables, log));
    }
}
