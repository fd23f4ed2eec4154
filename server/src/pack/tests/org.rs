//! The organisation tree.

use super::{check_all, embedded, problems_of};

#[test]
fn a_wrong_kind_is_told() {
    check_all(
        "org/kinds.csv",
        &[
            ("code,name", "no,name", Some(0), "", "the first line must be code,name"),
            ("1,provincial", "2,provincial", Some(1), "code", "stands twice"),
            ("1,provincial", "x,provincial", Some(0), "code", "“x” is no number"),
            (
                "\n26,village",
                "\n27,office,,,false,true\n26,village",
                Some(1),
                "name",
                "stands twice",
            ),
            (
                "1,provincial_party",
                "1,Provincial_party",
                Some(0),
                "Provincial_party_committee",
                "lower-case",
            ),
            (
                "2,district_party_committee,,",
                "2,district_party_committee,2026-01-01,",
                Some(0),
                "valid_to",
                "comes before",
            ),
            (
                "grassroots_cell,,,true",
                "grassroots_cell,,,yes",
                Some(0),
                "is_cell",
                "“yes” is no “true” or “false”",
            ),
            (
                "8,party_group,,,false,false",
                "8,party_group,,,true,true",
                Some(0),
                "is_place",
                "no cell is a place",
            ),
            ("8,party_group,,,false,false", "8,party_group,,,false", Some(0), "", "5 cells, not 6"),
        ],
    );
}

#[test]
fn a_wrong_unit_is_told() {
    check_all(
        "org/units.csv",
        &[
            ("id,kind", "ID,kind", Some(0), "", "the first line must be id,kind"),
            ("\n3,office", "\nx,office", Some(1), "id", "“x” is no number"),
            ("\n3,office", "\n4,office", Some(2), "id", "unit 4 stands twice"),
            ("\n3,office", "\n3,ofice", Some(1), "kind", "no kind “ofice”"),
            ("\n3,office,1", "\n3,office,99", Some(1), "parent", "there is no unit 99"),
            ("\n3,office,1", "\n3,office,one", Some(1), "parent", "“one” is no number"),
            ("\n3,office,1", "\n3,office,3", Some(1), "parent", "unit 3 is above itself"),
            ("\n3,office,1", "\n3,office,2", Some(1), "parent", "places stand below places"),
            (
                "\n1001,village,101",
                "\n1001,village,11",
                Some(1),
                "parent",
                "places stand below places",
            ),
            ("\n3,office,1,Ban Tuyên giáo Huyện ủy", "\n3,office,1, ", Some(1), "name", "is empty"),
            (
                "Huyện ủy Mường Khương,2010-01-01",
                "Huyện ủy Mường Khương,2009-12-31",
                Some(0),
                "valid_from",
                "unit 1 above it is not",
            ),
            (
                "Huyện ủy Mường Khương,2010-01-01",
                "Huyện ủy Mường Khương,",
                Some(0),
                "valid_from",
                "unit 1 above it is not",
            ),
            (
                "Huyện ủy Mường Khương,2010-01-01",
                "Huyện ủy Mường Khương,1/1/2010",
                Some(0),
                "valid_from",
                "“1/1/2010” is no date",
            ),
            (
                "Huyện ủy Mường Khương,2010-01-01,",
                "Huyện ủy Mường Khương,2010-01-01,2009-01-01",
                Some(0),
                "valid_to",
                "comes before",
            ),
            ("\n3,office,1", "\n3,office,1,2", Some(1), "", "9 cells, not 8"),
        ],
    );
}

#[test]
fn a_wrong_coverage_is_told() {
    check_all(
        "org/coverage.csv",
        &[
            ("cell,village", "village,cell", Some(0), "", "the first line must be cell,village"),
            ("\n2001,1001", "\n99,1001", Some(1), "cell", "there is no unit 99"),
            ("\n2001,1001", "\n2001,99", Some(1), "village", "there is no unit 99"),
            ("\n2001,1001", "\n2001,x", Some(1), "village", "“x” is no number"),
            ("\n2001,1001", "\n3,1001", Some(1), "cell", "unit 3 is no cell, but “office”"),
            ("\n2001,1001", "\n2001,3", Some(1), "village", "unit 3 is no place"),
            (
                "2001,1001,2010",
                "2001,1001,2010-01-01,\n2001,1001,2011",
                Some(1),
                "village",
                "another row",
            ),
            (
                "2001,1001,2010-01-01,",
                "2001,1001,2010-01-01,2009-01-01",
                Some(0),
                "valid_to",
                "comes before",
            ),
            ("2001,1001,2010-01-01,", "2001,1001,2010-13-01,", Some(0), "valid_from", "is no date"),
        ],
    );
}

#[test]
fn a_row_counts_its_lines_as_an_editor_does() {
    let source = embedded();
    let text = source.read("org/units.csv").unwrap();
    let broken = text.replacen("Ban Tuyên giáo Huyện ủy,", "\"Ban Tuyên\ngiáo\",", 1).replacen(
        "\n4,office,1",
        "\n\n4,office,99",
        1,
    );
    let problems = problems_of(&source.with("org/units.csv", &broken));
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!((problem.line, problem.field.as_str()), (7, "parent"), "{problem}");
}

#[test]
fn a_unit_ends_when_the_one_above_it_does_and_so_does_what_it_covers() {
    let source = embedded();
    let text = source.read("org/units.csv").unwrap();
    let until = |id: &str, text: &str| {
        let row = text.lines().find(|line| line.starts_with(&format!("{id},"))).unwrap().to_owned();
        text.replace(&row, &format!("{row}2012-06-30"))
    };
    let problems = problems_of(&source.clone().with("org/units.csv", &until("2001", &text)));
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!((problem.file.as_str(), problem.line), ("org/coverage.csv", 2));
    assert!(problem.message.contains("unit 2001 is not there on all of these days"), "{problem}");
    let problems = problems_of(&source.with("org/units.csv", &until("31", &text)));
    assert!(problems.iter().all(|problem| problem.message.contains("unit 31 above it is not")));
    assert!(!problems.is_empty());
}

#[test]
fn a_circle_is_told_for_those_in_it_alone() {
    let source = embedded();
    let text = source.read("org/units.csv").unwrap();
    let broken =
        text.replace("\n3,office,1,", "\n3,office,4,").replace("\n4,office,1,", "\n4,office,3,");
    let broken = broken.replace("\n5,office,1,", "\n5,office,3,");
    let problems = problems_of(&source.with("org/units.csv", &broken));
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.message.contains("above itself") && [4, 5].contains(&problem.line));
}

#[test]
fn a_long_chain_written_from_its_end_takes_no_time() {
    let row = |id: u32, above: &str| format!("{id},office,{above},a,a,,2010-01-01,\n");
    let mut text = "id,kind,parent,name,short_name,aliases,valid_from,valid_to\n".to_owned();
    text.extend((2..30_000).rev().map(|id| row(id, &(id - 1).to_string())));
    text += &row(1, "");
    let source = embedded().with("org/units.csv", &text);
    let source = source.with("org/coverage.csv", "cell,village,valid_from,valid_to\n");
    assert_eq!(problems_of(&source), []);
}
