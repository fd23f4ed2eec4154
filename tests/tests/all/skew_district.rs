//! A district and phones whose packs are of different ages: what one side does not know it keeps,
//! and shows like everything else as soon as it does.

use axum::http::StatusCode;
use serde_json::Value as Json;
use soban_core::base::RecordId;
use soban_core::form::{Field, FieldKind, Form, Group, Home, Input, Pack, Policy};
use soban_core::phone::{NewRecord, Phone, RecordPatch};
use soban_core::record::{FieldNo, FormNo};
use soban_server::access::Role;
use soban_server::check::check;
use soban_server::cli::list_conflicts;
use soban_server::clock;
use soban_server::store::read;
use soban_tests::district::{District, embedded_pack, gift};
use soban_tests::phones::typed;

use crate::pages::{account, get};

const COMPLAINT: FormNo = FormNo(90);

/// The embedded pack a version later, with one more form.
fn newer_pack() -> Pack {
    let mut pack = embedded_pack();
    pack.version += 1;
    let mut households = Field::new(FieldNo(18), "households", FieldKind::Integer);
    households.policy = Policy::Review;
    let complaint = Form {
        no: COMPLAINT,
        name: "complaint".to_owned(),
        home: Home::Year(FieldNo(16)),
        title: vec![FieldNo(17)],
        summary: Vec::new(),
        natural_key: Vec::new(),
        fields: vec![
            Field::new(FieldNo(16), "heard_on", FieldKind::Date),
            Field::new(FieldNo(17), "about", FieldKind::LongText),
            households,
        ],
        groups: Vec::new(),
        rules: Vec::new(),
        totals: Vec::new(),
        ..pack.find_form_named("contribution").unwrap().clone()
    };
    pack.forms.insert(COMPLAINT, complaint);
    pack
}

fn complaint(about: &str) -> NewRecord {
    let fields = typed([("heard_on", "12/4/2012"), ("about", about), ("households", "7")]);
    NewRecord { form: "complaint".to_owned(), fields, confirmed: true, ..NewRecord::default() }
}

fn edit(phone: &mut Phone, record: RecordId, field: &str, words: &str) {
    let mut patch = RecordPatch { confirmed: true, ..RecordPatch::new(record) };
    patch.fields.insert(field.to_owned(), Input::Text(words.to_owned()));
    phone.edit(&patch, clock::now()).unwrap();
}

fn sync(district: &District, phones: &mut [&mut Phone]) {
    for _ in 0..2 {
        for phone in &mut *phones {
            let outcome = district.link().sync(phone, None).unwrap();
            assert_eq!(outcome.refused, 0);
            district.settle();
        }
    }
}

/// `soban conflicts --json`.
fn conflicts(district: &District) -> Vec<Json> {
    let lines = list_conflicts(&district.app().store, None, true).unwrap();
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn is_sound(district: &District) {
    let findings = check(&district.app().store, false).unwrap().findings;
    assert!(findings.is_empty(), "{findings:?}");
}

fn page(district: &District, cookie: &str, record: RecordId) -> String {
    let page = get(district, cookie, &format!("/records/{record}"));
    assert_eq!(page.status, StatusCode::OK);
    page.html
}

fn cookie(district: &District) -> String {
    account(district, "lan", Role::Administrator, soban_core::base::OrgUnitId(1))
}

/// The policy of a pack's gifts, field by field and group by group.
fn with_policy(policy: Policy) -> Pack {
    let mut pack = embedded_pack();
    for form in pack.forms.values_mut() {
        form.fields.iter_mut().for_each(|field| field.policy = policy);
        form.groups.iter_mut().for_each(|group| group.policy = policy);
    }
    pack
}

/// The embedded pack with one group of gifts only.
fn with_group(fields: &[&str]) -> Pack {
    let mut pack = with_policy(Policy::Critical);
    let no = pack.find_form_named("contribution").unwrap().no;
    let form = pack.forms.get_mut(&no).unwrap();
    let fields: Vec<FieldNo> =
        fields.iter().map(|name| form.find_field_named(name).unwrap().no).collect();
    let group = Group { name: "together".to_owned(), fields, policy: Policy::Critical };
    form.groups = if group.fields.is_empty() { Vec::new() } else { vec![group] };
    pack
}

#[test]
fn a_district_with_an_older_pack_takes_in_what_it_does_not_know_until_it_does() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start_with(&folder, newer_pack());
    let mut one = district.phone(&dir.path().join("one"), "bí thư");
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    let shared = one.save(&complaint("nước về chậm"), clock::now()).unwrap().record;
    sync(&district, &mut [&mut one, &mut two]);
    let cookie = cookie(&district);
    edit(&mut one, shared, "households", "9");
    edit(&mut two, shared, "households", "11");
    let later = two.save(&complaint("đường sạt lở"), clock::now()).unwrap().record;
    district.stop();
    // The older pack, as after a folder was put back, or a program of before.
    let district = District::start_with(&folder, embedded_pack());
    sync(&district, &mut [&mut one, &mut two]);
    let store = district.app().store.clone();
    let find = |id: RecordId| store.read(|db| read::find_record(db, id)).unwrap().unwrap().row;
    for (id, words) in [(shared, "nước về chậm"), (later, "đường sạt lở")] {
        assert_eq!(find(id).occurred_on, None, "nobody knows which field is the date");
        assert!(page(&district, &cookie, id).contains(words));
    }
    let open = conflicts(&district);
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!((&open[0]["form"], &open[0]["fields"][0]), (&Json::Null, &Json::from("18")));
    let said = |open: &Json, field: &str| {
        let sides = open["sides"].as_array().unwrap().iter();
        let mut said: Vec<String> =
            sides.map(|side| side["values"][field].to_string().replace('"', "")).collect();
        said.sort();
        said
    };
    assert_eq!(said(&open[0], "18"), ["11", "9"]);
    is_sound(&district);
    drop(store);
    district.stop();
    let district = District::start_with(&folder, newer_pack());
    let store = district.app().store.clone();
    let find = |id: RecordId| store.read(|db| read::find_record(db, id)).unwrap().unwrap().row;
    for id in [shared, later] {
        assert_eq!(find(id).occurred_on.unwrap().to_string(), "2012-04-12");
    }
    let open = conflicts(&district);
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!(
        (open[0]["form"].as_str(), open[0]["policy"].as_str()),
        (Some("complaint"), Some("review"))
    );
    assert_eq!(said(&open[0], "households"), ["11", "9"]);
    is_sound(&district);
    // The phones know them again too, and go on with them.
    sync(&district, &mut [&mut one, &mut two]);
    edit(&mut one, later, "households", "3");
    sync(&district, &mut [&mut one, &mut two]);
    for phone in [&mut one, &mut two] {
        let shown = phone.show(later).unwrap();
        assert_eq!((shown.form.as_str(), shown.fields.len()), ("complaint", 3));
        assert_eq!(shown.fields[2].text, "3");
        assert_eq!(phone.show(shared).unwrap().contests.len(), 1);
    }
    is_sound(&district);
    drop(store);
    district.stop();
}

#[test]
fn what_was_settled_quietly_opens_where_a_pack_calls_it_critical() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start_with(&folder, with_policy(Policy::Quiet));
    let mut one = district.phone(&dir.path().join("one"), "bí thư");
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    let record = one.save(&gift("ông Ly Phát Tư", "600"), clock::now()).unwrap().record;
    sync(&district, &mut [&mut one, &mut two]);
    edit(&mut one, record, "area_m2", "500");
    edit(&mut two, record, "area_m2", "700");
    sync(&district, &mut [&mut one, &mut two]);
    edit(&mut one, record, "area_m2", "650");
    sync(&district, &mut [&mut one, &mut two]);
    assert_eq!(conflicts(&district), Vec::<Json>::new());
    assert!(one.show(record).unwrap().contests.is_empty());
    district.stop();
    let district = District::start_with(&folder, with_policy(Policy::Critical));
    let open = conflicts(&district);
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!(
        (open[0]["policy"].as_str(), open[0]["fields"][0].as_str()),
        (Some("critical"), Some("area_m2"))
    );
    is_sound(&district);
    sync(&district, &mut [&mut one, &mut two]);
    for phone in [&mut one, &mut two] {
        assert_eq!(phone.show(record).unwrap().contests.len(), 1);
        assert_eq!(phone.status().unwrap().contested, 1);
    }
    district.stop();
}

#[test]
fn a_pack_that_puts_fields_into_a_group_opens_what_was_no_disagreement_and_closes_it_again() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start_with(&folder, with_group(&[]));
    let mut one = district.phone(&dir.path().join("one"), "bí thư");
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    let record = one.save(&gift("ông Ly Phát Tư", "600"), clock::now()).unwrap().record;
    sync(&district, &mut [&mut one, &mut two]);
    edit(&mut one, record, "area_m2", "500");
    edit(&mut two, record, "area_text", "hai sào");
    sync(&district, &mut [&mut one, &mut two]);
    assert_eq!(conflicts(&district), Vec::<Json>::new());
    district.stop();
    for (pack, expected) in [(with_group(&["area_m2", "area_text"]), 1), (with_group(&[]), 0)] {
        let district = District::start_with(&folder, pack);
        let open = conflicts(&district);
        assert_eq!(open.len(), expected, "{open:?}");
        is_sound(&district);
        sync(&district, &mut [&mut one, &mut two]);
        for phone in [&mut one, &mut two] {
            assert_eq!(phone.show(record).unwrap().contests.len(), expected);
        }
        district.stop();
    }
}

#[test]
fn an_older_phone_follows_its_district_to_a_newer_pack_and_back_without_losing_anything() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start_with(&folder, embedded_pack());
    let mut one = district.phone(&dir.path().join("one"), "bí thư");
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    one.save(&gift("ông Ly Phát Tư", "600"), clock::now()).unwrap();
    district.stop();
    let district = District::start_with(&folder, newer_pack());
    let version = embedded_pack().version;
    assert!(district.link().sync(&mut one, None).unwrap().reference_changed);
    assert_eq!((one.pack().version, two.pack().version), (version + 1, version));
    let record = one.save(&complaint("nước về chậm"), clock::now()).unwrap().record;
    sync(&district, &mut [&mut one, &mut two]);
    assert_eq!(two.show(record).unwrap().form, "complaint");
    district.stop();
    let district = District::start_with(&folder, embedded_pack());
    sync(&district, &mut [&mut one, &mut two]);
    for phone in [&mut one, &mut two] {
        assert_eq!(phone.pack().version, version);
        let shown = phone.show(record).unwrap();
        let words: Vec<&str> = shown.fields.iter().map(|field| field.text.as_str()).collect();
        assert_eq!((shown.form.as_str(), words), ("90", vec!["12/04/2012", "nước về chậm", "7"]));
    }
    // What it does not know it can still make void, and everybody hears of it.
    two.void(record, None, "đã ghi ở sổ khác", clock::now()).unwrap();
    sync(&district, &mut [&mut two, &mut one]);
    is_sound(&district);
    district.stop();
    let district = District::start_with(&folder, newer_pack());
    sync(&district, &mut [&mut one, &mut two]);
    for phone in [&mut one, &mut two] {
        let shown = phone.show(record).unwrap();
        assert_eq!(
            (shown.form.as_str(), shown.void.as_deref()),
            ("complaint", Some("đã ghi ở sổ khác"))
        );
        assert_eq!(shown.fields.len(), 3);
    }
    is_sound(&district);
    district.stop();
}
