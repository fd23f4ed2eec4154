//! What a phone shows: of what is disputed, of what it refers to, in which language, on which day.

use soban_core::base::{Date, Instant};
use soban_core::form::{Field, FieldKind, Language};
use soban_core::phone::{FillingView, Phone, RecordPatch, RecordView};
use soban_core::record::{FieldNo, FormNo};
use soban_core::sync::{Effort, Lane, NoPrefixes, SyncResponse};
use soban_tests::office::Office;
use soban_tests::phones::{NOW, meeting, record, small_pack, typed};

/// 1 October 2026, in the morning.
const IN_2026: Instant = Instant(1_790_816_400_000);

fn text<'a>(view: &'a RecordView, name: &str) -> &'a str {
    view.fields.iter().find(|field| field.name == name).map_or("", |field| &field.text)
}

#[test]
fn of_a_group_only_what_the_sides_say_differently_is_under_review() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut one = office.phone(&dir.path().join("one"));
    let mut two = office.phone(&dir.path().join("two"));
    let id = one.save(&meeting("bản", 0), NOW).unwrap().record;
    office.sync(&mut one);
    office.sync(&mut two);
    for (phone, present, absent) in [(&mut one, "3", "2"), (&mut two, "4", "1")] {
        let mut patch = RecordPatch::new(id);
        patch.fields = typed([("total", "5"), ("present", present), ("absent", absent)]);
        phone.edit(&patch, NOW).unwrap();
        office.sync(phone);
    }
    let shown = two.show(id).unwrap();
    let contested = shown.fields.iter().filter(|field| field.contested);
    let contested: Vec<_> = contested.map(|field| field.name.as_str()).collect();
    assert_eq!(contested, ["present", "absent"]);
    assert_eq!(shown.contests[0].fields, ["present", "absent"]);
    assert_eq!(shown.contests[0].sides[0].values.len(), 3);
}

#[test]
fn a_record_is_shown_in_the_language_asked_for_whatever_the_holder_reads() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = Office::new(&small_pack()).phone(dir.path());
    let id = phone.save(&meeting("bản", 0), NOW).unwrap().record;
    phone.set_language(Language::En).unwrap();
    assert_eq!(phone.show(id).unwrap().fields[0].label, "Held on");
    assert_eq!(phone.show_in(id, Language::Vi).unwrap().fields[0].label, "Ngày họp");
    assert_eq!(phone.language(), Language::En);
}

#[test]
fn what_a_record_refers_to_and_the_phone_does_not_hold_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut one = office.phone(&dir.path().join("one"));
    let mut two = office.phone(&dir.path().join("two"));
    let work = two.save(&record("work", [("name", "đường liên thôn")]), NOW).unwrap().record;
    let work = work.to_string();
    let gift = [("given_on", "12/4/2012"), ("donor", "ông Ly"), ("work", work.as_str())];
    let id = one.save(&record("gift", gift), NOW).unwrap().record;
    assert_eq!(text(&one.show(id).unwrap(), "work"), "Bản ghi chưa có ở máy này");
    let english = one.show_in(id, Language::En).unwrap();
    assert_eq!(text(&english, "work"), "Record not on this phone yet");
    office.sync(&mut two);
    office.sync(&mut one);
    assert_eq!(text(&one.show(id).unwrap(), "work"), "đường liên thôn");
}

/// Tells a phone whose clock says [`NOW`] what the district's clock says.
fn hear(phone: &mut Phone, district: Instant) {
    let device = phone.identity().unwrap().device();
    let lane = Lane { device, prefixes: &NoPrefixes, effort: Effort::Bytes };
    phone.incoming(&SyncResponse::new(district).to_bytes(&lane, false), NOW).unwrap();
}

#[test]
fn a_phone_whose_clock_is_years_behind_fills_in_and_asks_by_the_districts() {
    let dir = tempfile::tempdir().unwrap();
    let mut phone = Office::new(&small_pack()).phone(dir.path());
    hear(&mut phone, IN_2026);
    assert_eq!(phone.today(NOW).unwrap(), Date::new(2026, 10, 1).unwrap());
    let asks = |phone: &Phone, day: &str| {
        let checked = phone.check("meeting", &typed([("held_on", day)]), &[], NOW).unwrap();
        !checked.violations.is_empty()
    };
    assert!(!asks(&phone, "1/10/2026") && !asks(&phone, "1/10/2027"));
    assert!(asks(&phone, "1/10/2028"));
    let id = phone.save(&record("meeting", [("held_on", "1/10/2026")]), NOW).unwrap().record;
    let forms = phone.list_forms(NOW).unwrap();
    let meetings = forms.iter().find(|form| form.name == "meeting").unwrap();
    assert_eq!(meetings.this_year, 1);
    // What is written keeps the device's own time.
    assert_eq!(phone.history(id).unwrap()[0].written_at, NOW.0);
}

#[test]
fn only_options_valid_on_the_records_day_are_offered_and_rows_go_by_it_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut pack = small_pack();
    let land = &mut pack.choices.get_mut("gift_kind").unwrap().0[0];
    land.valid_to = Some(Date::new(2011, 12, 31).unwrap());
    let kind = Field::new(FieldNo(17), "kind", FieldKind::Choice("gift_kind".to_owned()));
    pack.forms.get_mut(&FormNo(2)).unwrap().fields.push(kind);
    let phone = Office::new(&pack).phone(dir.path());
    let closed = |view: &FillingView| {
        view.fields.iter().find(|field| field.name == "kind").unwrap().closed.clone()
    };
    let gift = |day: &str, kind: &str| {
        closed(&phone.check("gift", &typed([("given_on", day), ("kind", kind)]), &[], NOW).unwrap())
    };
    assert_eq!(gift("1/9/2012", ""), ["land"]);
    assert_eq!(gift("", ""), ["land"]);
    assert!(gift("1/9/2010", "").is_empty());
    // What is chosen already stays.
    assert!(gift("1/9/2012", "land").is_empty());
    let item = typed([("subject", "hiến đất"), ("kind", "land")]);
    let rows = [("agenda_item".to_owned(), item)];
    let of_2010 = phone.check("meeting", &typed([("held_on", "1/9/2010")]), &rows, NOW).unwrap();
    assert!(of_2010.violations.is_empty(), "{:?}", of_2010.violations);
    let of_2012 = phone.check("meeting", &typed([("held_on", "1/9/2012")]), &rows, NOW).unwrap();
    assert_eq!(of_2012.violations.len(), 1);
}
