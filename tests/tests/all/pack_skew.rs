//! Phones of different ages: what one does not know it keeps, merges and passes on.

use soban_core::base::{BookId, Period, RecordId};
use soban_core::book::{Book, Entry, Write};
use soban_core::form::{Field, FieldKind, Form, Home, Pack};
use soban_core::phone::{ContestedKind, Phone, RecordPatch, RecordView};
use soban_core::record::{FieldNo, FormNo, Value};
use soban_core::store::{ListQuery, Store};
use soban_tests::books::actor;
use soban_tests::office::Office;
use soban_tests::phones::{CELL, NOW, meeting, open_phone, record, small_pack, typed};

/// The small pack a version later: one more form, and one more field in an old one.
fn newer_pack() -> Pack {
    let mut pack = small_pack();
    pack.version = 2;
    let complaint = Form {
        no: FormNo(9),
        name: "complaint".to_owned(),
        home: Home::Year(FieldNo(16)),
        fields: vec![
            Field::new(FieldNo(16), "heard_on", FieldKind::Date),
            Field::new(FieldNo(17), "about", FieldKind::LongText),
            Field::new(FieldNo(18), "households", FieldKind::Integer),
        ],
        groups: Vec::new(),
        rules: Vec::new(),
        ..pack.forms[&FormNo(3)].clone()
    };
    pack.forms.insert(complaint.no, complaint);
    let gift = pack.forms.get_mut(&FormNo(3)).unwrap();
    gift.version = 2;
    gift.fields.push(Field::new(FieldNo(30), "witness", FieldKind::Text));
    pack
}

fn values(view: &RecordView) -> Vec<(&str, &str)> {
    view.fields.iter().map(|field| (&*field.name, &*field.text)).collect()
}

fn count(phone: &Phone) -> usize {
    phone.list(&ListQuery::default()).unwrap().len()
}

fn book() -> BookId {
    BookId::new(CELL, Period::Year(2012))
}

/// The entries of a book in a closed phone's file, in their own order.
fn kept(dir: &std::path::Path) -> Vec<Vec<u8>> {
    let rows = Store::open(dir).unwrap().store.entries_of(book()).unwrap();
    let mut entries: Vec<Vec<u8>> = rows.into_iter().map(|row| row.entry.to_bytes()).collect();
    entries.sort();
    entries
}

#[test]
fn a_phone_that_lacks_a_form_keeps_merges_and_passes_on_its_records() {
    let dir = tempfile::tempdir().unwrap();
    let (home, old_home) = (dir.path().join("new"), dir.path().join("old"));
    let mut office = Office::new(&newer_pack());
    let mut new = office.phone(&home);
    let mut old = office.phone_with_pack(&old_home, &small_pack());
    let fields = [("heard_on", "12/4/2012"), ("about", "nước về chậm"), ("households", "7")];
    let id = new.save(&record("complaint", fields), NOW).unwrap().record;
    office.sync(&mut new);
    office.sync(&mut old);
    // Kept, shown by number, and found.
    let shown = old.show(id).unwrap();
    assert_eq!(shown.form, "9");
    assert_eq!(values(&shown), [("16", "12/04/2012"), ("17", "nước về chậm"), ("18", "7")]);
    assert_eq!(old.search("nuoc ve cham").unwrap().len(), 1);
    // Merged: what the two write without having seen each other.
    old.void(id, None, "đã ghi ở sổ khác", NOW).unwrap();
    let mut patch = RecordPatch::new(id);
    patch.fields = typed([("households", "9")]);
    new.edit(&patch, NOW).unwrap();
    for _ in 0..2 {
        office.sync(&mut old);
        office.sync(&mut new);
    }
    let kinds =
        |view: &RecordView| view.contests.iter().map(|contest| contest.kind).collect::<Vec<_>>();
    let (of_old, of_new) = (old.show(id).unwrap(), new.show(id).unwrap());
    assert_eq!(kinds(&of_old), [ContestedKind::Void]);
    assert_eq!(kinds(&of_new), [ContestedKind::Void]);
    assert_eq!(of_old.void, of_new.void);
    assert_eq!(values(&of_old).last(), Some(&("18", "9")));
    // Passed on: the same bytes, whoever holds them.
    drop((old, new));
    let mut sent = office.entries(book());
    sent.sort();
    assert_eq!(kept(&old_home), sent);
    assert_eq!(kept(&home), sent);
}

#[test]
fn a_field_that_a_phone_does_not_know_survives_its_edits() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&newer_pack());
    let mut new = office.phone(&dir.path().join("new"));
    let mut old = office.phone_with_pack(&dir.path().join("old"), &small_pack());
    let fields = [("given_on", "12/4/2012"), ("donor", "bà Dín"), ("witness", "ông Lan")];
    let id = new.save(&record("gift", fields), NOW).unwrap().record;
    office.sync(&mut new);
    office.sync(&mut old);
    let mut patch = RecordPatch::new(id);
    patch.fields = typed([("amount", "500 nghìn")]);
    old.edit(&patch, NOW).unwrap();
    office.sync(&mut old);
    office.sync(&mut new);
    assert_eq!(values(&old.show(id).unwrap()).last(), Some(&("30", "ông Lan")));
    let shown = new.show(id).unwrap();
    let shown = values(&shown);
    assert!(shown.contains(&("witness", "ông Lan")), "{shown:?}");
    assert!(shown.contains(&("amount", "500.000 đồng")), "{shown:?}");
}

#[test]
fn a_phone_that_is_given_the_form_knows_the_records_it_had_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&newer_pack());
    let mut new = office.phone(&dir.path().join("new"));
    let home = dir.path().join("old");
    let mut old = office.phone_with_pack(&home, &small_pack());
    let fields = [("heard_on", "12/4/2012"), ("about", "nước về chậm")];
    let id = new.save(&record("complaint", fields), NOW).unwrap().record;
    office.sync(&mut new);
    office.sync(&mut old);
    // Without the form nobody knows which of its fields is the date.
    assert_eq!(old.list(&ListQuery::default()).unwrap()[0].occurred_on, None);
    let answer = office.answer_with_pack(&mut old, &newer_pack());
    assert!(
        old.incoming(&soban_tests::office::bytes_of(&answer, &old), NOW).unwrap().reference_changed
    );
    for _ in 0..2 {
        assert_eq!(values(&old.show(id).unwrap())[1], ("about", "nước về chậm"));
        let listed = old.list(&ListQuery::default()).unwrap();
        assert_eq!(
            (&*listed[0].form, listed[0].occurred_on.as_deref()),
            ("complaint", Some("2012-04-12"))
        );
        drop(old);
        old = open_phone(&home);
    }
}

#[test]
fn a_value_of_a_kind_of_the_future_survives_every_hand_it_passes_through() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let home = dir.path().join("phone");
    let mut phone = office.phone(&home);
    let future = Value::Opaque(vec![250, 0, 255, 1]);
    let mut book_there = Book::new(book(), 1);
    let (deps, writes) = (Vec::new(), Vec::new());
    let mut entry = Entry { actor: actor(9), seq: 1, deps, time: NOW, writes };
    let id = entry.new_record(0);
    let write = |field, value| Write { record: id, field, value };
    entry.writes = vec![
        write(FieldNo::FORM, Value::Int(3)),
        // A field that the form knows, and one that it does not.
        write(FieldNo(19), future.clone()),
        write(FieldNo(77), future),
    ];
    let hash = book_there.apply(&entry, None).unwrap();
    office.put(book(), &entry, hash.short());
    office.sync(&mut phone);
    let record = RecordId { book: book(), key: id };
    assert_eq!(values(&phone.show(record).unwrap()), [("amount", "fa00ff01"), ("77", "fa00ff01")]);
    let mut patch = RecordPatch::new(record);
    patch.fields = typed([("donor", "ông Tư"), ("given_on", "1/4/2012")]);
    phone.edit(&patch, NOW).unwrap();
    office.sync(&mut phone);
    assert_eq!(phone.show(record).unwrap().fields.len(), 4);
    drop(phone);
    assert!(kept(&home).contains(&entry.to_bytes()));
    let sent: Vec<Entry> =
        office.entries(book()).iter().map(|bytes| Entry::from_bytes(bytes).unwrap()).collect();
    assert_eq!(sent[0], entry);
    let written: Vec<FieldNo> = sent[1].writes.iter().map(|write| write.field).collect();
    assert_eq!(written, [FieldNo(16), FieldNo(17)]);
}

#[test]
fn two_phones_start_one_book_offline_and_nothing_is_hidden() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut one = office.phone(&dir.path().join("one"));
    let mut two = office.phone(&dir.path().join("two"));
    for n in 0..5 {
        one.save(&meeting(&format!("bản {n}"), 2), NOW).unwrap();
        two.save(&meeting(&format!("nhà {n}"), 3), NOW).unwrap();
    }
    office.sync(&mut two);
    office.sync(&mut one);
    office.sync(&mut two);
    for phone in [&mut one, &mut two] {
        assert_eq!(count(phone), 10);
        let ids = phone.list(&ListQuery::default()).unwrap().into_iter().map(|item| item.id);
        let rows: usize = ids.map(|id| phone.show(id.parse().unwrap()).unwrap().rows.len()).sum();
        assert_eq!(rows, 5 * 2 + 5 * 3);
    }
    // The first entries of both stand on nothing.
    let roots = office
        .entries(book())
        .iter()
        .filter(|bytes| {
            Entry::from_bytes(bytes).is_ok_and(|entry| entry.deps.is_empty() && entry.seq == 1)
        })
        .count();
    assert_eq!(roots, 2);
}
