//! The numbered rules, and what history and refusals say.

use super::support::*;
use crate::book::{
    Book, ContestKind, Edit, Entry, EntryError, Refusal, SaveError, Writer, contests_of,
    history_of, plan_create, plan_edit, reissue,
};
use crate::form::{Field, FieldKind, Form, Group, Home, Node, Pack, Policy};
use crate::record::{FieldNo, Fields, FormNo, Value};

pub(super) fn pack() -> Pack {
    let field = |no, name: &str| Field::new(FieldNo(no), name, FieldKind::Text);
    let form = Form {
        no: FormNo(3),
        name: "gift".to_owned(),
        version: 2,
        parent: None,
        home: Home::Standing,
        title: vec![TITLE],
        summary: Vec::new(),
        natural_key: vec![TITLE],
        fields: vec![
            field(16, "title"),
            Field::new(AREA, "area", FieldKind::Integer),
            field(18, "kind"),
            field(19, "quantity"),
        ],
        groups: vec![Group {
            name: "what".to_owned(),
            fields: vec![FieldNo(18), FieldNo(19)],
            policy: Policy::Critical,
        }],
        rules: Vec::new(),
        totals: Vec::new(),
    };
    let row = Form {
        no: FormNo(4),
        name: "row".to_owned(),
        parent: Some(FormNo(3)),
        home: Home::Parent,
        groups: Vec::new(),
        natural_key: Vec::new(),
        ..form.clone()
    };
    Pack { forms: [(form.no, form), (row.no, row)].into(), ..Pack::default() }
}

fn writer(n: u8) -> Writer {
    Writer { actor: actor(n), now: crate::base::Instant(5) }
}

#[test]
fn which_records_an_entry_writes_to_is_found_without_reading_what() {
    let mut book = new_book();
    let (_, old) = create(&mut book, 1, "Pạc Bo");
    let mut entry = next_entry(&book, 2, vec![write(old, TITLE, text("Lao Chải"))]);
    for index in [1, 3] {
        let new = entry.new_record(index);
        entry.writes.push(write(new, FieldNo::FORM, Value::Int(3)));
        entry.writes.push(write(new, TITLE, text("Pạc Bo")));
    }
    book.apply(&entry, None).unwrap();
    let records = vec![old, entry.new_record(1), entry.new_record(3)];
    assert_eq!(Entry::records_in(&entry.to_bytes()), Ok(records));
}

#[test]
fn rule_1_entries_are_the_only_way_to_write_and_have_one_spelling() {
    let mut book = new_book();
    let (entry, _) = create(&mut book, 1, "Pạc Bo");
    let bytes = entry.to_bytes();
    assert_eq!(Entry::from_bytes(&bytes), Ok(entry.clone()));
    for cut in 0..bytes.len() {
        assert!(Entry::from_bytes(&bytes[..cut]).is_err());
        assert!(Entry::records_in(&bytes[..cut]).is_err());
    }
    let mut long = bytes.clone();
    long.push(0);
    assert!(Entry::from_bytes(&long).is_err());
    // The same number in more bytes than it needs.
    let place = bytes.windows(3).position(|window| window == [0xf6, 0, 3]).unwrap();
    let spelled = [&bytes[..place], &[0xf6, 0, 0x18, 3], &bytes[place + 3..]].concat();
    assert_eq!(Entry::from_bytes(&spelled), Err(EntryError::NotCanonical));
    // What an entry cannot say: another's record, a second value of one field.
    let mut forged = entry.clone();
    forged.writes[0].record.actor = actor(2);
    assert!(forged.validate().is_err());
    let mut twice = entry;
    twice.writes.push(twice.writes[1].clone());
    assert!(twice.validate().is_err());
}

#[test]
fn rule_1_the_change_is_the_same_bytes_everywhere_and_named_by_its_hash() {
    let (mut ours, mut theirs) = (new_book(), new_book());
    let (entry, key) = create(&mut ours, 1, "đất");
    let hash = ours.hash_of(entry.name()).unwrap();
    assert_eq!(theirs.apply(&entry, Some(hash.short())), Ok(hash));
    assert_eq!(theirs.apply(&entry, Some([0; 8])), Ok(hash), "one that is here changes nothing");
    let next = set(&mut ours, 1, key, AREA, Value::Int(5200));
    assert_eq!(theirs.apply(&next, Some([0; 8])), Err(Refusal::WrongHash));
    assert_eq!(theirs.value(key, AREA), Value::Null);
}

#[test]
fn rule_2_automerge_merges_and_the_writes_agree_with_it() {
    let mut a = new_book();
    let (first, key) = create(&mut a, 1, "ông Cường");
    let mut b = new_book();
    b.apply(&first, None).unwrap();
    let five = set(&mut a, 1, key, AREA, Value::Int(5200));
    let two = set(&mut b, 2, key, AREA, Value::Int(2500));
    a.apply(&two, None).unwrap();
    b.apply(&five, None).unwrap();
    assert_eq!(values(&a, key, AREA), [Value::Int(2500), Value::Int(5200)]);
    assert_eq!(a.alternatives(key, AREA), b.alternatives(key, AREA));
    assert_eq!(a.automerge_heads(), b.automerge_heads());
    assert_eq!((a.check(), b.check()), (Ok(()), Ok(())));
    // The value before, and that one who had seen both settles it.
    set(&mut a, 1, key, AREA, Value::Int(5200));
    assert_eq!(values(&a, key, AREA), [Value::Int(5200)]);
    assert_eq!(a.check(), Ok(()));
}

#[test]
fn rule_3_the_genesis_is_fixed() {
    let heads = Book::new(book_id(), 1).automerge_heads();
    assert_eq!(heads, Book::new(book_id(), 1).automerge_heads());
    assert_ne!(heads, Book::new(book_id(), 2).automerge_heads());
    let pinned = ["a2a23811c73de5d2187b3d8593978cb882442fde5969362c72cb317e85684469"];
    assert_eq!(heads, pinned);
}

#[test]
fn rule_3_two_phones_start_one_book_and_nothing_is_hidden() {
    let (mut a, mut b) = (new_book(), new_book());
    let (one, first) = create(&mut a, 1, "họp tháng 4");
    let (two, second) = create(&mut b, 2, "hiến đất");
    a.apply(&two, None).unwrap();
    b.apply(&one, None).unwrap();
    for book in [&a, &b] {
        assert_eq!(book.records().collect::<Vec<_>>(), [first, second]);
        assert_eq!(book.value(first, TITLE), text("họp tháng 4"));
        assert_eq!(book.value(second, TITLE), text("hiến đất"));
    }
}

#[test]
fn rule_4_nobody_creates_or_reforms_anothers_record() {
    let mut book = new_book();
    let (_, key) = create(&mut book, 1, "x");
    let forge = next_entry(&book, 2, vec![write(key, FieldNo::FORM, Value::Int(4))]);
    assert!(matches!(book.apply(&forge, None), Err(Refusal::Invalid(_))));
    let mut ghost = key;
    ghost.seq = 9;
    let unseen = next_entry(&book, 2, vec![write(ghost, TITLE, text("y"))]);
    assert_eq!(book.apply(&unseen, None), Err(Refusal::UnknownRecord(ghost)));
    // A record that is here, but that the writer of this entry had not seen.
    let mut early = next_entry(&book, 2, vec![write(key, TITLE, text("y"))]);
    early.deps.clear();
    assert_eq!(book.apply(&early, None), Err(Refusal::UnknownRecord(key)));
}

#[test]
fn rule_4_a_save_too_large_for_one_entry_becomes_several_parent_first() {
    let pack = pack();
    let long = "một nghìn chữ ".repeat(1_400);
    let row = |_| Node::new(FormNo(4), Fields::from([(TITLE, text(&long))]));
    let node = Node {
        form: FormNo(3),
        fields: Fields::from([(TITLE, text("biên bản"))]),
        rows: (0..8).map(row).collect(),
    };
    let mut book = new_book();
    let (entries, key) = plan_create(&book, writer(1), &pack, &node).unwrap();
    assert!(entries.len() > 2);
    assert_eq!(key.entry(), entries[0].name());
    for entry in &entries {
        assert!(entry.to_bytes().len() <= crate::book::MAX_ENTRY_BYTES);
        book.apply(&Entry::from_bytes(&entry.to_bytes()).unwrap(), None).unwrap();
    }
    assert_eq!(book.rows_of(key).len(), 8);
    assert!(book.rows_of(key).iter().all(|row| book.value(*row, TITLE) == text(&long)));
}

fn save(book: &mut Book, n: u8, key: crate::base::RecordKey, fields: Fields) -> Vec<Entry> {
    let opened_at = book.clock().clone();
    let edit = Edit { record: key, fields };
    let entries = plan_edit(book, writer(n), &pack(), &opened_at, &[edit], &[]).unwrap();
    for entry in &entries {
        book.apply(entry, None).unwrap();
    }
    entries
}

#[test]
fn rule_5_only_what_changed_is_written_and_a_group_whole() {
    let mut book = new_book();
    let (_, key) = create(&mut book, 1, "x");
    assert!(save(&mut book, 1, key, Fields::from([(TITLE, text("x"))])).is_empty());
    let entries = save(&mut book, 1, key, Fields::from([(FieldNo(18), text("đất"))]));
    let written: Vec<FieldNo> = entries[0].writes.iter().map(|write| write.field).collect();
    assert_eq!(written, [FieldNo(18), FieldNo(19)]);
}

#[test]
fn rule_5_a_group_shows_one_authors_set() {
    let mut a = new_book();
    let (first, key) = create(&mut a, 1, "x");
    let mut b = new_book();
    b.apply(&first, None).unwrap();
    let land = Fields::from([(FieldNo(18), text("đất")), (FieldNo(19), text("400"))]);
    let cash = Fields::from([(FieldNo(18), text("tiền")), (FieldNo(19), text("12 triệu"))]);
    let ours = save(&mut a, 1, key, land.clone());
    let theirs = save(&mut b, 2, key, cash.clone());
    a.apply(&theirs[0], None).unwrap();
    b.apply(&ours[0], None).unwrap();
    let pack = pack();
    let form = pack.find_form(FormNo(3));
    for book in [&a, &b] {
        let mut shown = book.shown(key, form);
        shown.retain(|field, _| land.contains_key(field));
        assert!(shown == land || shown == cash, "{shown:?}");
    }
    let contests = contests_of(&a, key, form);
    assert_eq!(contests, contests_of(&b, key, form));
    assert_eq!(contests.len(), 1);
    assert_eq!(contests[0].kind, ContestKind::Values(vec![FieldNo(18), FieldNo(19)]));
    assert_eq!(contests[0].policy, Policy::Critical);
    let sides: Vec<_> = contests[0].sides.iter().map(|side| side.entry).collect();
    assert_eq!(sides, names(&[&ours[0], &theirs[0]]));
    // A later ordinary write that saw both does not close what is critical.
    save(&mut a, 1, key, land);
    assert_eq!(contests_of(&a, key, form).len(), 1);
}

#[test]
fn rule_5_a_save_over_what_has_moved_writes_nothing_and_says_what_moved() {
    let mut book = new_book();
    let (_, key) = create(&mut book, 1, "x");
    let opened_at = book.clock().clone();
    set(&mut book, 2, key, TITLE, text("y"));
    let edit = |field, value| [Edit { record: key, fields: Fields::from([(field, value)]) }];
    let moved = plan_edit(&book, writer(1), &pack(), &opened_at, &edit(TITLE, text("z")), &[]);
    assert_eq!(moved, Err(SaveError::Moved(vec![(key, TITLE)])));
    let other = plan_edit(&book, writer(1), &pack(), &opened_at, &edit(AREA, Value::Int(1)), &[]);
    assert_eq!(other.map(|entries| entries.len()), Ok(1));
}

#[test]
fn rule_5_who_settles_a_contested_field_writes_even_the_winner_anew() {
    let mut a = new_book();
    let (first, key) = create(&mut a, 1, "x");
    let mut b = new_book();
    b.apply(&first, None).unwrap();
    set(&mut a, 1, key, AREA, Value::Int(1));
    let theirs = set(&mut b, 2, key, AREA, Value::Int(2));
    a.apply(&theirs, None).unwrap();
    let winner = a.value(key, AREA);
    assert_eq!(save(&mut a, 1, key, Fields::from([(AREA, winner)])).len(), 1);
    assert_eq!(a.alternatives(key, AREA).len(), 1);
}

#[test]
fn rule_6_a_void_keeps_everything_and_meets_a_concurrent_edit_as_a_conflict() {
    let mut a = new_book();
    let (first, key) = create(&mut a, 1, "x");
    let mut b = new_book();
    b.apply(&first, None).unwrap();
    let void = set(&mut a, 1, key, FieldNo::VOID, text("ghi hai lần"));
    let edit = set(&mut b, 2, key, AREA, Value::Int(7));
    assert!(contests_of(&a, key, None).is_empty());
    a.apply(&edit, None).unwrap();
    assert_eq!(a.value(key, TITLE), text("x"));
    let contests = contests_of(&a, key, None);
    assert_eq!(contests.len(), 1);
    assert_eq!(contests[0].kind, ContestKind::Void);
    let sides: Vec<_> = contests[0].sides.iter().map(|side| side.entry).collect();
    assert_eq!(sides, names(&[&void, &edit]));
}

#[test]
fn rule_8_a_reissue_keeps_its_deps_takes_new_ids_and_lists_old_to_new() {
    let mut server = new_book();
    let (_, known) = create(&mut server, 2, "đã có");
    let mut phone = server.clone();
    let (theirs, _) = create(&mut server, 1, "bản phục hồi");
    let (lost, key) = create(&mut phone, 1, "bản mới");
    let edit = set(&mut phone, 1, key, AREA, Value::Int(5));
    let touch = set(&mut phone, 1, known, AREA, Value::Int(6));
    assert_eq!(lost.name(), theirs.name());
    assert_eq!(server.apply(&lost, None), Err(Refusal::SequenceTaken(lost.name())));
    let again = reissue(&mut server, &[lost.clone(), edit, touch], &[], actor(9)).unwrap();
    assert_eq!(again.entries[0].0.deps, lost.deps);
    assert_eq!(again.records.len(), 1);
    let new = again.records[&key];
    assert_eq!(server.value(new, TITLE), text("bản mới"));
    assert_eq!(server.value(new, AREA), Value::Int(5));
    assert_eq!(server.value(known, AREA), Value::Int(6));
    let of = crate::base::RecordId { book: book_id(), key };
    assert_eq!(server.value(new, FieldNo::REISSUE_OF), Value::Record(of));
}

#[test]
fn rule_8_what_stands_on_a_refused_entry_is_written_anew_on_what_that_one_stood_on() {
    let mut phone = new_book();
    let (_, known) = create(&mut phone, 2, "đã có");
    let mut clean = phone.clone();
    let (bad, bad_key) = create(&mut phone, 1, "không vào được");
    let mut rest = vec![set(&mut phone, 1, bad_key, AREA, Value::Int(5))];
    let mixed = vec![write(bad_key, TITLE, text("y")), write(known, AREA, Value::Int(6))];
    rest.push(next_entry(&phone, 1, mixed));
    phone.apply(&rest[1], None).unwrap();
    let (last, last_key) = create(&mut phone, 1, "bản sau");
    rest.push(last);
    let before = clean.heads();
    let again = reissue(&mut clean, &rest, &[bad], actor(9)).unwrap();
    // What was said of the refused record alone is left out; the rest stands on clean heads.
    assert_eq!(again.entries.len(), 2);
    assert_eq!(again.entries[0].0.deps, before);
    assert_eq!(clean.value(known, AREA), Value::Int(6));
    assert_eq!(clean.value(again.records[&last_key], TITLE), text("bản sau"));
    assert_eq!(clean.records().count(), 2);
}

#[test]
fn rule_12_a_book_carries_its_generation() {
    let mut first = new_book();
    let mut second = Book::new(book_id(), 2);
    let (entry, _) = create(&mut first, 1, "x");
    let hash = first.hash_of(entry.name()).unwrap();
    assert_eq!(second.apply(&entry, Some(hash.short())), Err(Refusal::WrongHash));
    assert_eq!((first.generation(), second.generation()), (1, 2));
}

#[test]
fn history_says_who_wrote_over_what_and_what_they_had_not_seen() {
    let mut a = new_book();
    let (first, key) = create(&mut a, 1, "x");
    let mut b = new_book();
    b.apply(&first, None).unwrap();
    let ours = set(&mut a, 1, key, AREA, Value::Int(1));
    let theirs = set(&mut b, 2, key, AREA, Value::Int(2));
    a.apply(&theirs, None).unwrap();
    b.apply(&ours, None).unwrap();
    assert_eq!(history_of(&a, key), history_of(&b, key));
    let last = set(&mut a, 1, key, AREA, Value::Int(3));
    let history = history_of(&a, key);
    let entries: Vec<_> = history.iter().map(|step| step.entry).collect();
    assert_eq!(entries, names(&[&first, &ours, &theirs, &last]));
    assert_eq!(history[2].unseen, names(&[&ours]));
    assert_eq!(history[3].changes[0].saw.len(), 2);
}
