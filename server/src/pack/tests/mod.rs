//! The pack of Mường Khương loads; what is wrong is named by file, line and field.

mod agreement;

use super::*;
use soban_core::base::OrgUnitId;

#[test]
fn the_pack_of_muong_khuong_has_nothing_wrong() {
    let pack = read_pack(&embedded()).unwrap_or_else(|problems| panic!("{problems}"));
    let names: Vec<&str> = pack.forms.values().map(|form| form.name.as_str()).collect();
    let expected = [
        "meeting",
        "agenda_item",
        "contribution",
        "contribution_drive",
        "work",
        "household",
        "person",
    ];
    assert_eq!(names, expected);
    assert_eq!(Pack::from_bytes(&pack.to_bytes()), Ok(pack));
}

#[test]
fn the_organisation_has_the_cells_and_villages_of_the_report() {
    let org = read_org(&embedded()).unwrap_or_else(|problems| panic!("{problems}"));
    let count = |kind: &str| org.units.iter().filter(|unit| unit.kind == kind).count();
    assert_eq!(count("grassroots_cell") + count("sub_cell"), 251);
    assert_eq!(count("village"), 231);
    let pac_bo = org.units.iter().find(|unit| unit.id == OrgUnitId(2035));
    assert_eq!(pac_bo.map(|unit| unit.short_name.as_str()), Some("Thôn Pạc Bo"));
}

/// The line a text stands in, from 1.
fn line_with(text: &str, needle: &str) -> usize {
    text.lines().position(|line| line.contains(needle)).map_or(0, |line| line + 1)
}

fn problems_of(file: &str, from: &str, to: &str) -> (Vec<PackProblem>, String) {
    let source = embedded();
    let text = source.read(file).unwrap();
    assert!(text.contains(from), "{file} has no “{from}”");
    let broken = text.replacen(from, to, 1);
    let problems = read_pack(&source.with(file, &broken)).unwrap_err().0;
    (problems, broken)
}

#[test]
fn a_broken_pack_names_file_line_and_field() {
    let file = "forms/meeting.toml";
    let (problems, broken) = problems_of(file, "type = \"choice\"", "type = \"chioce\"");
    let field = problems.iter().find(|problem| problem.field == "kind").unwrap();
    assert_eq!(field.file, file);
    let table = line_with(&broken, "[[field]]");
    assert_eq!(field.line, table);
    assert!(field.message.contains("chioce"), "{field}");
}

#[test]
fn every_kind_of_mistake_is_said_in_words() {
    let meeting = "forms/meeting.toml";
    for (file, from, to, said) in [
        (meeting, "no = 17", "no = 16", "used by another field"),
        (meeting, "no = 16", "no = 3", "are the system's"),
        (meeting, "choices = \"meeting_kind\"", "choices = \"x\"", "no list of choices “x”"),
        (meeting, "required = true", "requird = true", "unknown field `requird`"),
        (meeting, "occurred_on = \"held_on\"", "occurred_on = \"kind\"", "is no date"),
        (meeting, "ended_at >= started_at", "ended_at >= 5", "a time is compared with a number"),
        (meeting, "ended_at >= started_at", "ended_at >=", "not a rule"),
        (meeting, "ended_at >= started_at", "ended_at", "says yes or no"),
        (meeting, "ended_at >= started_at", "endd_at >= started_at", "no field “endd_at”"),
        (meeting, "size(agenda_item) > 0", "size(work) > 0", "no rows of “work”"),
        (meeting, "size(agenda_item) > 0", "parent.x == 1", "there is no `parent`"),
        (
            "forms/contribution.toml",
            "kind != \"land\" || area_source",
            "kind != \"lnd\" || area_source",
            "no option “lnd”, only land",
        ),
        ("labels/en.ftl", "form-meeting =", "form-meetin =", "has no words"),
        ("choices/meeting_kind.toml", "code = 2", "code = 1", "used by another option"),
        ("pack.toml", "version = 1", "version = 0", "must be 1 or more"),
    ] {
        let (problems, _) = problems_of(file, from, to);
        let found = problems.iter().any(|problem| problem.to_string().contains(said));
        assert!(found, "“{said}” is not in {problems:#?}");
    }
}
