//! The pack of Mường Khương loads; what is wrong with a copy of it is named by file, line and
//! field, and nothing else is called wrong on its account.

mod agreement;
mod folder;
mod forms;
mod labels;
mod org;
mod rules;
mod spoilt;

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

/// All that is wrong with a source, as pack and as organisation.
fn problems_of(source: &Source) -> Vec<PackProblem> {
    let pack = read_pack(source).err().map(|problems| problems.0);
    let org = read_org(source).err().map(|problems| problems.0);
    let mut problems: Vec<PackProblem> = pack.into_iter().chain(org).flatten().collect();
    problems.dedup();
    problems
}

/// One way to break a file of the pack, and what is said of it: what is written; what is written
/// instead, where it stands first; how many lines below the change the problem is, nothing where
/// the whole file is meant; the field; and a part of the message.
type Row = (&'static str, &'static str, Option<usize>, &'static str, &'static str);

/// The line that a part of a text stands in.
fn line_of(text: &str, part: &str) -> usize {
    let (before, _) = text.split_once(part).unwrap_or_else(|| panic!("there is no “{part}”"));
    before.matches('\n').count() + 1
}

/// Each of them is the one problem of the pack.
fn check_all(file: &str, rows: &[Row]) {
    let source = embedded();
    let text = source.read(file).unwrap();
    for &(from, to, below, field, said) in rows {
        let line = line_of(&text, from);
        let problems = problems_of(&source.clone().with(file, &text.replacen(from, to, 1)));
        let [problem] = problems.as_slice() else { panic!("“{to}” in {file}: {problems:#?}") };
        assert_eq!(problem.file, file, "{problem}");
        assert_eq!(problem.line, below.map_or(0, |below| line + below), "“{to}”: {problem}");
        assert_eq!(problem.field, field, "{problem}");
        assert!(problem.message.contains(said), "“{said}” is not in: {problem}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let source = embedded();
    let change = |source: Source, file: &str, from: &str, to: &str| {
        let text = source.read(file).unwrap();
        assert!(text.contains(from), "{file} has no “{from}”");
        source.with(file, &text.replacen(from, to, 1))
    };
    let source = change(source, "pack.toml", "version = 1", "version = 0");
    let source = change(source, "forms/meeting.toml", "type = \"choice\"", "type = \"chioce\"");
    let source = change(source, "forms/meeting.toml", "required = true", "requird = true");
    let source = change(source, "forms/meeting.toml", "min = 0", "min = \"0\"");
    let source = change(source, "forms/work.toml", "no = 5", "no = 5 5");
    let source = change(source, "choices/role.toml", "code = 2", "code = \"2\"");
    let source = change(source, "labels/en.ftl", "form-meeting =", "form-meetin =");
    let problems = problems_of(&source);
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "choices/role.toml:12: deputy_secretary: `code`",
        "forms/meeting.toml:23: kind: there is no type “chioce”",
        "forms/meeting.toml:25: kind: there is no `requird` here",
        "forms/meeting.toml:98: total_official: `min` must be a whole number",
        "forms/work.toml:9:",
        "labels/en.ftl: form-meeting: has no words",
        "labels/en.ftl:10: form-meetin: nothing in the pack",
        "pack.toml:12: version: must be 1 or more",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said} is not {expected}");
    }
}
