//! What screens are drawn from: forms with their words, a form while it is filled in, what a field
//! may name, the year's figures, and a phone to practise on. On the pack of Mường Khương.

use soban_core::base::{Date, Instant, TimeOfDay};
use soban_core::form::{Input, Language};
use soban_core::phone::{
    AskedKind, FillingView, Listing, NewRecord, Phone, PhoneError, RecordPatch, Typed,
};
use soban_tests::district::{District, gift, open_phone};

/// 20 May 2012, 9 in the morning.
fn now() -> Instant {
    Instant::from_local(Date::new(2012, 5, 20).unwrap(), TimeOfDay::from_minutes(540).unwrap())
}

struct Cell {
    district: District,
    phone: Phone,
    dir: tempfile::TempDir,
}

fn cell() -> Cell {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let phone = district.phone(&dir.path().join("phone"), "bà Vàng Thị Mai");
    Cell { district, phone, dir }
}

fn typed(fields: &[(&str, &str)]) -> Typed {
    fields.iter().map(|(n, v)| ((*n).to_owned(), Input::Text((*v).to_owned()))).collect()
}

fn meeting(month: &str, day: &str) -> NewRecord {
    let numbers = ["total_official", "present"].map(|name| (name, "7"));
    let none = ["total_probationary", "exempt", "absent_excused", "absent_unexcused"];
    let mut fields = typed(&numbers);
    fields.extend(typed(&none.map(|name| (name, "0"))));
    fields.extend(typed(&[
        ("kind", "regular"),
        ("period_month", month),
        ("held_on", day),
        ("place", "nhà văn hóa thôn"),
        ("chair", "Vàng Thị Mai"),
        ("note_taker", "Sùng Seo Páo"),
    ]));
    NewRecord { form: "meeting".to_owned(), fields, confirmed: true, ..NewRecord::default() }
}

fn reading<'a>(view: &'a FillingView, name: &str) -> &'a soban_core::phone::FieldReading {
    view.fields.iter().find(|field| field.name == name).unwrap()
}

#[test]
fn a_form_comes_with_its_questions_in_the_holders_language() {
    let mut cell = cell();
    let form = cell.phone.form("contribution").unwrap();
    assert_eq!(form.label, "Hiến đất, góp công");
    assert_eq!(form.occurred_on.as_deref(), Some("occurred_on"));
    let steps: Vec<&str> = form.sections.iter().map(|section| section.name.as_str()).collect();
    assert_eq!(steps, ["what", "donor", "quantity", "purpose", "mobiliser", "land", "status"]);
    let quantity = form.sections.iter().find(|section| section.name == "quantity").unwrap();
    let area = quantity.fields.iter().find(|field| field.name == "area_m2").unwrap();
    assert_eq!(area.ask, "Hiến bao nhiêu mét vuông đất?");
    assert_eq!((area.kind, area.unit.as_deref()), (AskedKind::Quantity, Some("m²")));
    assert_eq!(area.group.as_deref(), Some("quantity"));
    let days = quantity.fields.iter().find(|field| field.name == "labour_days").unwrap();
    assert_eq!(days.decimals, 1);
    let kind = form.sections[0].fields.first().unwrap();
    assert!(kind.options.iter().any(|option| option.name == "land" && !option.label.is_empty()));
    assert_eq!(cell.phone.form("meeting").unwrap().children[0].name, "agenda_item");

    cell.phone.set_language(Language::En).unwrap();
    let area_en = cell.phone.form("contribution").unwrap();
    assert_ne!(area_en.label, "Hiến đất, góp công");
    assert!(matches!(cell.phone.form("nothing"), Err(PhoneError::UnknownForm(_))));
}

#[test]
fn a_form_reads_while_it_is_filled_in_and_writes_nothing() {
    let cell = cell();
    let land = typed(&[("kind", "land"), ("area_m2", "5.200"), ("village", "1034")]);
    let view = cell.phone.check("contribution", &land, &[], now()).unwrap();
    assert_eq!(reading(&view, "area_m2").text, "5.200\u{a0}m²");
    let words = reading(&view, "area_m2").words.as_deref();
    assert_eq!(words, Some("năm nghìn hai trăm mét vuông"));
    assert!(reading(&view, "land_type").shown && !reading(&view, "amount_vnd").shown);
    assert!(view.violations.iter().any(|it| it.field == "donor_name" && it.severity == "block"));

    // What holds something is shown, whatever the condition says.
    let cash = typed(&[("kind", "cash"), ("area_m2", "5.200")]);
    let view = cell.phone.check("contribution", &cash, &[], now()).unwrap();
    assert!(reading(&view, "area_m2").shown && reading(&view, "amount_vnd").shown);
    assert!(!reading(&view, "land_type").shown);

    // What does not read says so beside its field.
    let asked = typed(&[("kind", "land"), ("area_m2", "5,200")]);
    let view = cell.phone.check("contribution", &asked, &[], now()).unwrap();
    assert_eq!(reading(&view, "area_m2").text, "");
    assert!(view.violations.iter().any(|it| it.field == "area_m2"));

    let rows = [("agenda_item".to_owned(), typed(&[("seq", "1"), ("kind", "study")]))];
    let view = cell.phone.check("meeting", &Typed::new(), &rows, now()).unwrap();
    let topic = view.rows[0].iter().find(|field| field.name == "topic").unwrap();
    assert!(topic.shown);
    assert!(view.violations.iter().any(|it| it.row == Some(0) && it.field == "summary"));
    assert_eq!(cell.phone.status().unwrap().unsent, 0);
}

#[test]
fn a_field_may_name_the_cells_villages_and_the_records_that_are_there() {
    let mut cell = cell();
    let villages = cell.phone.references("contribution", "village", "", now()).unwrap();
    assert!(villages.iter().any(|village| village.value == "1034"), "{villages:?}");
    let found = cell.phone.references("contribution", "village", "pac bo", now()).unwrap();
    assert!(!found.is_empty());
    assert!(cell.phone.references("contribution", "village", "xyz", now()).unwrap().is_empty());

    let fields = typed(&[
        ("kind", "inter_village_road"),
        ("name", "đường liên thôn Pạc Bo"),
        ("village", "1034"),
        ("status", "under_way"),
    ]);
    let options = cell.phone.form("work").unwrap();
    let first = |name: &str| {
        let mut fields = options.sections.iter().flat_map(|section| &section.fields);
        fields.find(|field| field.name == name).unwrap().options[0].name.clone()
    };
    let mut fields = fields;
    fields.extend(typed(&[("kind", &first("kind")), ("status", &first("status"))]));
    let new =
        NewRecord { form: "work".to_owned(), fields, confirmed: true, ..NewRecord::default() };
    let work = cell.phone.save(&new, now()).unwrap().record.to_string();
    let works = cell.phone.references("contribution", "work", "lien thon", now()).unwrap();
    assert_eq!(works.iter().map(|it| it.value.as_str()).collect::<Vec<_>>(), [work.as_str()]);
}

#[test]
fn the_year_adds_up_and_the_oldest_missing_month_is_due() {
    let mut cell = cell();
    let due = |phone: &Phone| {
        let forms = phone.list_forms(now()).unwrap();
        let form = forms.into_iter().find(|form| form.name == "meeting").unwrap();
        (form.this_year, form.due_month)
    };
    assert_eq!(due(&cell.phone), (0, Some("2012-04".to_owned())));
    cell.phone.save(&meeting("4/2012", "3/5/2012"), now()).unwrap();
    assert_eq!(due(&cell.phone), (1, Some("2012-05".to_owned())));
    cell.phone.save(&meeting("5/2012", "18/5/2012"), now()).unwrap();
    assert_eq!(due(&cell.phone), (2, None));

    let (one, two) = (gift("ông Lục Thượng Cường", "5.200"), gift("bà Giàng Thị Dợ", "300"));
    let kept = cell.phone.save(&one, now()).unwrap().record;
    let void = cell.phone.save(&two, now()).unwrap().record;
    let year: u16 = 2012;
    let land = |phone: &Phone| {
        let figures = phone.figures(year).unwrap();
        let form = figures.into_iter().find(|form| form.form == "contribution").unwrap();
        (form.records, form.totals)
    };
    let both = ("Diện tích".to_owned(), "5.500\u{a0}m²".to_owned());
    assert_eq!(land(&cell.phone), (2, vec![both]));
    cell.phone.void(void, None, "ghi nhầm", now()).unwrap();
    let one_left = ("Diện tích".to_owned(), "5.200\u{a0}m²".to_owned());
    assert_eq!(land(&cell.phone), (1, vec![one_left]));
    let months = cell.phone.figures(year).unwrap().into_iter();
    let months = months.filter(|form| form.form == "meeting").flat_map(|form| form.months);
    assert_eq!(months.collect::<Vec<_>>(), ["2012-04", "2012-05"]);
    assert_eq!(cell.phone.last("contribution").unwrap().unwrap().id, kept.to_string());
    assert!(cell.phone.last("household").unwrap().is_none());
}

#[test]
fn a_list_tells_what_has_not_been_sent() {
    let mut cell = cell();
    let record = cell.phone.save(&gift("ông Cường", "600"), now()).unwrap().record.to_string();
    let listing = Listing { words: "cuong".to_owned(), ..Listing::default() };
    let unsent = |phone: &Phone| {
        let items = phone.list_by(&listing).unwrap();
        items.iter().map(|item| (item.id.clone(), item.unsent)).collect::<Vec<_>>()
    };
    assert_eq!(unsent(&cell.phone), [(record.clone(), true)]);
    cell.district.link().sync(&mut cell.phone, None).unwrap();
    assert_eq!(unsent(&cell.phone), [(record.clone(), false)]);
    // What is written of a row is written of its record; what is written of others is not.
    let with_rows = cell.phone.save(&meeting("2012-04", "18/4/2012"), now()).unwrap().record;
    cell.district.link().sync(&mut cell.phone, None).unwrap();
    let mut patch = RecordPatch::new(with_rows);
    let item = typed(&[("seq", "1"), ("kind", "next_month"), ("summary", "Thu đảng phí.")]);
    patch.new_rows.push(("agenda_item".to_owned(), item));
    cell.phone.edit(&patch, now()).unwrap();
    assert_eq!(unsent(&cell.phone), [(record, false)]);
    let all = cell.phone.list_by(&Listing::default()).unwrap();
    let found: Vec<_> = all.into_iter().filter(|item| item.unsent).map(|item| item.id).collect();
    assert_eq!(found, [with_rows.to_string()]);
    let wrong = Listing { from: Some("hôm qua".to_owned()), ..Listing::default() };
    assert!(matches!(cell.phone.list_by(&wrong), Err(PhoneError::BadDate(_))));
}

#[test]
fn what_is_practised_is_never_sent() {
    let Cell { district, phone, dir } = cell();
    let open = |phone: &Phone| {
        let folder = dir.path().join("phone").join("practice");
        phone.open_practice(&folder, Box::new(soban_tests::phones::Dice::fresh()), now()).unwrap()
    };
    let mut practice = open(&phone);
    let record = practice.save(&gift("ông Thử", "100"), now()).unwrap().record;
    let status = practice.status().unwrap();
    assert!(status.practice && status.unit_name == phone.status().unwrap().unit_name);
    assert!(matches!(practice.outgoing("test", None, now()), Err(PhoneError::Practice)));
    assert!(matches!(practice.authorization(), Err(PhoneError::Practice)));
    assert!(matches!(practice.return_request(), Err(PhoneError::Practice)));
    drop(practice);
    // It is there again, and the real phone has nothing of it.
    assert_eq!(open(&phone).list_by(&Listing::default()).unwrap()[0].id, record.to_string());
    assert!(phone.list_by(&Listing::default()).unwrap().is_empty());
    assert!(!phone.status().unwrap().practice);
    let fresh = open_phone(&dir.path().join("fresh"));
    let refused = fresh.open_practice(
        &dir.path().join("f"),
        Box::new(soban_tests::phones::Dice::fresh()),
        now(),
    );
    assert!(refused.is_err());
    district.stop();
}

#[test]
fn support_is_told_counts_and_no_names() {
    let mut cell = cell();
    cell.phone.save(&gift("ông Lục Thượng Cường", "600"), now()).unwrap();
    let report = cell.phone.support_report().unwrap().join("\n");
    assert!(report.contains("unsent 1, refused 0"), "{report}");
    assert!(report.contains("1 entries, 1 unsent"), "{report}");
    assert!(!report.contains("Cường") && !report.contains("Mai"), "{report}");
}
