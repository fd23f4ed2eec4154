//! What staff decide reaches every phone of the cell, and closes what it saw.

use std::path::Path;

use soban_core::base::{EntryRef, RecordId};
use soban_core::book::{Entry, Ruling};
use soban_core::form::Input;
use soban_core::phone::{Phone, RecordPatch, RulingKind};
use soban_core::record::{FieldNo, Fields, Value};
use soban_server::check::check;
use soban_server::clock;
use soban_server::decide::{DecideError, Order, Verdict, state_of};
use soban_server::store::{log, read};
use soban_tests::district::{CELL, District, gift};

/// Two phones that wrote different areas for one gift, both at the district.
pub(crate) struct Quarrel {
    pub(crate) district: District,
    pub(crate) one: Phone,
    pub(crate) two: Phone,
    pub(crate) gift: RecordId,
}

impl Quarrel {
    pub(crate) fn start(dir: &Path) -> Self {
        let district = District::start(&dir.join("district"));
        let mut one = district.phone(&dir.join("one"), "bà Vàng Thị Mai");
        let two = district.phone(&dir.join("two"), "ông Sùng Seo Páo");
        let gift = one.save(&gift("ông Lục Thượng Cường", "600"), clock::now()).unwrap().record;
        let mut quarrel = Self { district, one, two, gift };
        quarrel.sync();
        write_area(&mut quarrel.one, gift, "500");
        write_area(&mut quarrel.two, gift, "700");
        quarrel.sync();
        quarrel
    }

    /// Both, twice: after it everybody has everything.
    pub(crate) fn sync(&mut self) {
        for _ in 0..2 {
            for phone in [&mut self.one, &mut self.two] {
                self.district.link().sync(phone, None).unwrap();
                self.district.settle();
            }
        }
    }

    pub(crate) fn order(&self, verdict: Verdict, reason: &str) -> Order {
        let records = vec![self.gift];
        let state = self.district.app().store.read(|db| state_of(db, &records)).unwrap();
        let (reason, person) = (reason.to_owned(), "Nguyễn Thị Hoa".to_owned());
        Order { records, state, verdict, reason, needs_reason: true, person }
    }

    pub(crate) fn decide(&self, order: Order) -> Result<(), DecideError> {
        let app = self.district.app();
        self.district.block_on(app.decide(order)).unwrap()
    }

    fn open(&self) -> usize {
        let app = self.district.app();
        app.store.read(|db| read::list_contests(db, CELL, (0, 50))).unwrap().len()
    }

    /// What the office has written into the gift's book.
    fn by_office(&self) -> Vec<EntryRef> {
        let app = self.district.app();
        let log = app.store.read(|db| log::list_released(db, self.gift.book)).unwrap();
        let names = log.iter().map(|logged| Entry::from_bytes(&logged.bytes).unwrap().name());
        names.filter(|name| name.actor.device().is_office()).collect()
    }

    /// The same, once the server has been stopped and started.
    fn restart(self, dir: &Path) -> Self {
        let Self { district, one, two, gift } = self;
        district.stop();
        Self { district: District::start(&dir.join("district")), one, two, gift }
    }

    fn area(&self) -> FieldNo {
        let pack = &self.district.app().pack;
        pack.find_form_named("contribution").unwrap().find_field_named("area_m2").unwrap().no
    }

    fn set_area(&self, area: i64) -> Verdict {
        let no = self.area();
        let app = self.district.app();
        let form = app.pack.find_form_named("contribution").unwrap();
        let unit = form.group_of(no).map_or(vec![no], |group| group.fields.clone());
        let row = app.store.read(|db| read::find_record(db, self.gift)).unwrap().unwrap().row;
        let value = |field: &FieldNo| {
            let value = row.fields.get(field).cloned().unwrap_or(Value::Null);
            (*field, if *field == no { Value::Int(area) } else { value })
        };
        Verdict::One(Ruling::Set(no), unit.iter().map(value).collect())
    }
}

pub(crate) fn write_area(phone: &mut Phone, record: RecordId, area: &str) {
    let mut patch = RecordPatch::new(record);
    patch.fields.insert("area_m2".to_owned(), Input::Text(area.to_owned()));
    patch.confirmed = true;
    phone.edit(&patch, clock::now()).unwrap();
}

fn shown(phone: &mut Phone, record: RecordId) -> String {
    let view = phone.show(record).unwrap();
    let field = view.fields.into_iter().find(|field| field.name == "area_m2");
    field.map_or_else(String::new, |field| field.text)
}

#[test]
fn a_decision_is_on_both_phones_with_before_after_reason_and_who() {
    let dir = tempfile::tempdir().unwrap();
    let mut quarrel = Quarrel::start(dir.path());
    assert_eq!(quarrel.open(), 1);
    let order = quarrel.order(quarrel.set_area(5_200), "đã đo lại ngày 12/4");
    quarrel.decide(order).unwrap();
    assert_eq!(quarrel.open(), 0);
    quarrel.sync();
    let gift = quarrel.gift;
    for phone in [&mut quarrel.one, &mut quarrel.two] {
        assert_eq!(shown(phone, gift), "5.200\u{a0}m²");
        assert!(phone.show(gift).unwrap().contests.is_empty());
        let decisions = phone.list_decisions(true).unwrap();
        assert_eq!(decisions.len(), 1);
        let made = &decisions[0];
        assert_eq!((made.ruling, made.own, made.before.len()), (RulingKind::Set, true, 2));
        assert_eq!(made.reason.as_deref(), Some("đã đo lại ngày 12/4"));
        assert_eq!(made.person, "Nguyễn Thị Hoa");
        assert!(made.after.iter().any(|(_, value)| value == "5.200\u{a0}m²"));
        let authors: Vec<&str> = made.before.iter().map(|side| side.author.as_str()).collect();
        assert!(authors.contains(&"bà Vàng Thị Mai") && authors.contains(&"ông Sùng Seo Páo"));
        let last = phone.history(gift).unwrap().pop().unwrap();
        assert_eq!((last.author.as_str(), last.reason.is_some()), ("Nguyễn Thị Hoa", true));
        assert_eq!(phone.status().unwrap().unread, 1);
        let id = decisions[0].id.parse().unwrap();
        phone.mark_read(id).unwrap();
        assert!(phone.list_decisions(true).unwrap().is_empty());
        assert_eq!(phone.list_decisions(false).unwrap().len(), 1);
    }
    let report = check(&quarrel.district.app().store, false).unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    quarrel.district.stop();
}

#[test]
fn rule_7_people_write_and_the_office_only_what_one_decided_anew_named_at_every_start() {
    let dir = tempfile::tempdir().unwrap();
    let mut quarrel = Quarrel::start(dir.path());
    // Projected, in conflict, delivered and told: none of that is an entry.
    assert_eq!((quarrel.open(), quarrel.by_office()), (1, Vec::new()));
    for asked in 1..=2 {
        let ask = Verdict::One(Ruling::Ask, Fields::default());
        quarrel.decide(quarrel.order(ask, "hỏi lại hai bên")).unwrap();
        quarrel.sync();
        assert_eq!(quarrel.by_office().len(), asked);
        quarrel = quarrel.restart(dir.path());
        quarrel.sync();
        assert_eq!(quarrel.by_office().len(), asked);
    }
    let wrote = quarrel.by_office();
    assert_eq!(wrote[0].actor.device(), wrote[1].actor.device());
    assert_ne!(wrote[0].actor, wrote[1].actor);
    assert!(
        quarrel.one.list_decisions(false).unwrap().iter().all(|d| d.person == "Nguyễn Thị Hoa")
    );
    quarrel.district.stop();
}

#[test]
fn a_write_that_did_not_see_the_decision_reopens_and_one_that_did_is_listed() {
    let dir = tempfile::tempdir().unwrap();
    let mut quarrel = Quarrel::start(dir.path());
    write_area(&mut quarrel.two, quarrel.gift, "650");
    quarrel.decide(quarrel.order(quarrel.set_area(5_200), "đã đo lại")).unwrap();
    quarrel.sync();
    assert_eq!(quarrel.open(), 1);
    quarrel.decide(quarrel.order(quarrel.set_area(5_200), "đã đo lại lần hai")).unwrap();
    assert_eq!(quarrel.open(), 0);
    quarrel.sync();
    write_area(&mut quarrel.one, quarrel.gift, "400");
    quarrel.sync();
    let app = quarrel.district.app();
    let listed = app.store.read(|db| read::list_contests(db, CELL, (0, 50))).unwrap();
    assert_eq!(listed.iter().map(|row| row.kind).collect::<Vec<_>>(), [4]);
    assert!(check(&app.store, false).unwrap().findings.is_empty());
    quarrel.district.stop();
}

#[test]
fn a_decision_on_a_page_that_has_moved_on_or_without_its_reason_decides_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut quarrel = Quarrel::start(dir.path());
    let order = quarrel.order(quarrel.set_area(5_200), "đã đo lại");
    let bare = quarrel.order(quarrel.set_area(5_200), "");
    assert!(matches!(quarrel.decide(bare), Err(DecideError::ReasonNeeded)));
    write_area(&mut quarrel.two, quarrel.gift, "650");
    quarrel.sync();
    assert!(matches!(quarrel.decide(order.clone()), Err(DecideError::Moved)));
    let strange = Order { records: Vec::new(), ..order.clone() };
    assert!(matches!(quarrel.decide(strange), Err(DecideError::BadOrder)));
    let mut nowhere = quarrel.gift;
    nowhere.key.seq += 99;
    let state = quarrel.district.app().store.read(|db| state_of(db, &[nowhere])).unwrap();
    let unknown = Order { records: vec![nowhere], state, ..order };
    assert!(matches!(quarrel.decide(unknown), Err(DecideError::Decision(_))));
    assert_eq!(quarrel.open(), 1);
    quarrel.district.stop();
}

#[test]
fn central_556_a_stale_tab_that_resolves_after_another_has_decides_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let quarrel = Quarrel::start(dir.path());
    let stale = quarrel.order(quarrel.set_area(700), "thẻ cũ");
    quarrel.decide(quarrel.order(quarrel.set_area(500), "theo biên bản")).unwrap();
    assert!(matches!(quarrel.decide(stale), Err(DecideError::Moved)));
    assert_eq!(quarrel.open(), 0);
    let row = quarrel.district.app().store.read(|db| read::find_record(db, quarrel.gift));
    assert_eq!(row.unwrap().unwrap().row.fields[&quarrel.area()], Value::Int(500));
    quarrel.district.stop();
}

#[test]
fn twins_ruled_the_same_count_once_and_stay_two_when_they_are_distinct() {
    let dir = tempfile::tempdir().unwrap();
    let mut quarrel = Quarrel::start(dir.path());
    quarrel.decide(quarrel.order(quarrel.set_area(500), "theo biên bản")).unwrap();
    let twin = |phone: &mut Phone| {
        phone.save(&gift("ông Ly Phát Tư", "437"), clock::now()).unwrap().record
    };
    let (first, second) = (twin(&mut quarrel.one), twin(&mut quarrel.two));
    quarrel.sync();
    let app = quarrel.district.app();
    let kinds = || {
        let open = app.store.read(|db| read::list_contests(db, CELL, (0, 50))).unwrap();
        open.into_iter().map(|row| row.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(), [3]);
    let order = |quarrel: &Quarrel, verdict: Verdict| {
        let records = vec![first, second];
        let state = app.store.read(|db| state_of(db, &records)).unwrap();
        Order { records, state, ..quarrel.order(verdict, "một mảnh đất") }
    };
    quarrel.decide(order(&quarrel, Verdict::Same(first))).unwrap();
    assert!(kinds().is_empty());
    let same = app.store.read(|db| read::find_record(db, second)).unwrap().unwrap().row.same_as;
    assert_eq!(same, Some(first));
    quarrel.decide(order(&quarrel, Verdict::Split)).unwrap();
    assert!(kinds().is_empty());
    let same = app.store.read(|db| read::find_record(db, second)).unwrap().unwrap().row.same_as;
    assert_eq!(same, None);
    // Ruled to be one again, while somebody without a signal goes on writing to the other.
    write_area(&mut quarrel.two, second, "438");
    quarrel.decide(order(&quarrel, Verdict::Same(first))).unwrap();
    quarrel.sync();
    assert_eq!(kinds(), [5]);
    assert!(check(&app.store, false).unwrap().findings.is_empty());
    quarrel.district.stop();
}

#[test]
fn a_phone_cannot_decide() {
    use soban_core::base::{ActorId, BookId, Instant, OrgUnitId, Period};
    use soban_core::book::{Entry, EntryError, Write};
    use soban_core::record::FormNo;
    let actor = ActorId([0, 0, 0, 0, 1, 0, 0, 1]);
    let mut entry = Entry { actor, seq: 1, deps: Vec::new(), time: Instant(0), writes: Vec::new() };
    let record = entry.new_record(0);
    let value = Value::Int(i64::from(FormNo::DECISION.0));
    entry.writes.push(Write { record, field: FieldNo::FORM, value });
    assert_eq!(Entry::from_bytes(&entry.to_bytes()), Err(EntryError::ForgedRecord(record)));
    let id = RecordId { book: BookId::new(OrgUnitId(17), Period::Standing), key: record };
    entry.writes[0].value = Value::Int(1);
    entry.writes.push(Write { record, field: FieldNo::SAME_AS, value: Value::Record(id) });
    assert_eq!(Entry::from_bytes(&entry.to_bytes()), Err(EntryError::ForgedRecord(record)));
}
