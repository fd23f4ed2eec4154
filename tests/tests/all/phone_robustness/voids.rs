//! What a phone says to the person who voids, and of what is void.

use soban_core::phone::{Phone, PhoneError, RecordPatch};
use soban_tests::office::Office;
use soban_tests::phones::{NOW, meeting, small_pack, typed};

/// Two phones that hold one meeting with one agenda item.
fn two_phones(dir: &std::path::Path) -> (Office, Phone, Phone, soban_core::base::RecordId) {
    let mut office = Office::new(&small_pack());
    let mut one = office.phone(&dir.join("one"));
    let mut two = office.phone(&dir.join("two"));
    let id = one.save(&meeting("bản", 1), NOW).unwrap().record;
    office.sync(&mut one);
    office.sync(&mut two);
    (office, one, two, id)
}

#[test]
fn a_void_over_what_was_not_seen_writes_nothing_and_names_what_has_changed() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, mut one, mut two, id) = two_phones(dir.path());
    let seen = one.show(id).unwrap();
    let mut theirs = RecordPatch::new(id);
    theirs.fields = typed([("place", "nhà văn hóa")]);
    let row = seen.rows[0].id.parse().unwrap();
    theirs.rows = vec![(row, typed([("subject", "làm đường")]))];
    theirs.new_rows = vec![("agenda_item".to_owned(), typed([("subject", "bầu cử")]))];
    two.edit(&theirs, NOW).unwrap();
    office.sync(&mut two);
    office.sync(&mut one);
    let Err(PhoneError::Moved(moved)) = one.void(id, Some(&seen.state), "ghi nhầm", NOW) else {
        panic!("it was written")
    };
    let mut moved: Vec<_> = moved.iter().map(|m| (&*m.label, &*m.now)).collect();
    moved.sort_unstable();
    let expected = [("agenda_item", "bầu cử"), ("place", "nhà văn hóa"), ("subject", "làm đường")];
    assert_eq!(moved, expected);
    assert_eq!((one.status().unwrap().unsent, one.show(id).unwrap().void), (0, None));
    // Seen, it may be voided.
    let seen = one.show(id).unwrap();
    assert_eq!(one.void(id, Some(&seen.state), "ghi nhầm", NOW).unwrap().entries, 1);
    assert_eq!(one.show(id).unwrap().void.as_deref(), Some("ghi nhầm"));
}

#[test]
fn what_others_write_elsewhere_in_the_book_stops_no_void() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, mut one, mut two, id) = two_phones(dir.path());
    let seen = one.show(id).unwrap();
    two.save(&meeting("trường học", 1), NOW).unwrap();
    office.sync(&mut two);
    office.sync(&mut one);
    assert_eq!(one.void(id, Some(&seen.state), "ghi nhầm", NOW).unwrap().entries, 1);
    let nonsense = one.void(id, Some("không phải"), "ghi nhầm", NOW);
    assert!(matches!(nonsense, Err(PhoneError::BadState)), "{nonsense:?}");
}

#[test]
fn what_is_void_is_not_changed_any_more_nor_are_its_rows() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, mut one, mut two, id) = two_phones(dir.path());
    let opened = two.show(id).unwrap();
    one.void(id, None, "ghi nhầm", NOW).unwrap();
    office.sync(&mut one);
    office.sync(&mut two);
    let mut patch = RecordPatch::new(id);
    patch.fields = typed([("place", "nhà văn hóa")]);
    for opened_at in [None, Some(opened.state)] {
        patch.opened_at = opened_at;
        let refused = two.edit(&patch, NOW);
        assert!(matches!(refused, Err(PhoneError::RecordVoid)), "{refused:?}");
    }
    let mut row = RecordPatch::new(opened.rows[0].id.parse().unwrap());
    row.fields = typed([("subject", "làm đường")]);
    let refused = two.edit(&row, NOW);
    assert!(matches!(refused, Err(PhoneError::RecordVoid)), "{refused:?}");
    assert_eq!(two.status().unwrap().unsent, 0);
}
