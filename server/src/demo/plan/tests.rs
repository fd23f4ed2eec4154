//! The plan against the real pack and real phones.

use std::collections::BTreeSet;

use soban_core::form::Input;

use super::*;
use crate::demo::Size;
use crate::pack::{embedded, read_org};

fn tree() -> OrgTree {
    read_org(&embedded()).unwrap()
}

fn text<'a>(fields: &'a GivenFields, name: &str) -> Option<&'a str> {
    match fields.get(name) {
        Some(Given::Typed(Input::Text(text))) => Some(text),
        _ => None,
    }
}

fn number(fields: &GivenFields, name: &str) -> Option<i64> {
    match fields.get(name) {
        Some(Given::Typed(Input::Int(number))) => Some(*number),
        _ => None,
    }
}

fn saves(phones: &[PhonePlan]) -> impl Iterator<Item = (&PhonePlan, &str, &GivenFields)> {
    phones.iter().flat_map(|phone| {
        phone.steps.iter().filter_map(move |step| match &step.act {
            Act::Save { form, fields, .. } => Some((phone, form.as_str(), fields)),
            _ => None,
        })
    })
}

#[test]
fn the_plan_is_the_same_every_time() {
    let scale = Size::Small.scale();
    assert_eq!(plan(&tree(), scale).unwrap(), plan(&tree(), scale).unwrap());
}

#[test]
fn every_cell_has_a_phone_and_forty_have_two() {
    let phones = plan(&tree(), Size::Full.scale()).unwrap();
    let cells: BTreeSet<_> = phones.iter().map(|phone| phone.unit).collect();
    assert_eq!((cells.len(), phones.len()), (251, 291));
    let small = plan(&tree(), Size::Small.scale()).unwrap();
    let cells: BTreeSet<_> = small.iter().map(|phone| phone.unit.0).collect();
    assert_eq!((cells.len(), small.len()), (20, 24));
    for named in [2001, 2022, 2023, 2024, 2035, 2036, 2068, 2086, 2087, 2099] {
        assert!(cells.contains(&named), "{named}");
    }
}

#[test]
fn a_moment_names_one_step_of_its_cell() {
    let phones = plan(&tree(), Size::Full.scale()).unwrap();
    let mut moments = BTreeSet::new();
    for phone in &phones {
        for step in &phone.steps {
            assert!(moments.insert((phone.unit, step.at)), "{}", phone.name);
        }
    }
}

#[test]
fn the_report_s_gifts_are_there_as_printed() {
    let phones = plan(&tree(), Size::Small.scale()).unwrap();
    let gift = |cell: u32, form: &str, field: &str| {
        let found = saves(&phones).filter(|(phone, name, fields)| {
            phone.unit.0 == cell && *name == form && fields.contains_key(field)
        });
        found.map(|(_, _, fields)| number(fields, field)).collect::<Vec<_>>()
    };
    assert_eq!(gift(2035, "contribution", "area_m2"), [Some(5200)]);
    assert_eq!(gift(2087, "contribution", "area_m2"), [Some(600)]);
    assert_eq!(gift(2001, "contribution", "area_m2"), [Some(400)]);
    for cell in [2023, 2024] {
        let rate = gift(cell, "contribution_drive", "rate_vnd_per_household");
        assert_eq!(rate, [Some(500_000)]);
        let unknown = ["households_expected", "households_agreed", "households_paid"];
        assert!(unknown.iter().all(|field| gift(cell, "contribution_drive", field).is_empty()));
    }
    assert_eq!(gift(2068, "contribution", "amount_vnd"), [Some(12_000_000)]);
    assert_eq!(gift(2068, "contribution", "labour_days"), [Some(14_380)]);
    assert_eq!(gift(2068, "work", "length_m"), [Some(850)]);
}

/// What design and report mean by regular and with quality: a meeting in every month, study in each
/// of them, an hour and a half.
#[test]
fn of_251_cells_176_study_regularly_and_75_do_not() {
    let phones = plan(&tree(), Size::Full.scale()).unwrap();
    let mut good = 0;
    for phone in phones.iter().filter(|phone| phone.name.ends_with("-1")) {
        let regular = phone.steps.iter().filter_map(|step| match &step.act {
            Act::Save { form, fields, rows } if form == "meeting" => {
                (text(fields, "kind") == Some("regular")).then_some((fields, rows))
            }
            _ => None,
        });
        let studied = regular.filter(|(fields, rows)| {
            let study = Some(&Input::Text("study".to_owned()));
            let long = minutes(text(fields, "ended_at")) - minutes(text(fields, "started_at"));
            long >= 90 && rows.iter().any(|(_, row)| row.get("kind") == study)
        });
        good += usize::from(studied.count() == 12);
    }
    assert_eq!(good, 176);
}

fn minutes(time: Option<&str>) -> i64 {
    let (hours, minutes) = time.unwrap().split_once(':').unwrap();
    hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
}
