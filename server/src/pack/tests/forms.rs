//! Forms, choices and the head of the pack.

use super::super::read_pack;
use super::{check_all, embedded, line_of, problems_of};

const NEW_FIELD: &str = "[[field]]\nno = 99\nname = \"place\"\ntype = \"text\"\n\n[[group]]";

#[test]
fn a_wrong_form_is_told() {
    check_all(
        "forms/meeting.toml",
        &[
            ("no = 1\n", "no = 0\n", Some(0), "no", "0 is the decisions'"),
            ("no = 1\n", "no = 2\n", Some(0), "no", "used by agenda_item"),
            ("no = 1\n", "no = 65536\n", Some(0), "no", "`no` must be a whole number"),
            ("no = 1\n", "", None, "no", "`no` is missing"),
            ("name = \"meeting\"", "name = \"meting\"", Some(0), "name", "both names are one"),
            ("version = 1", "version = 0", Some(0), "version", "1 or more"),
            ("version = 1", "version = -1", Some(0), "version", "`version` must be"),
            ("version = 1", "version = 1 1", Some(0), "", "must be quoted"),
            ("version = 1", "version = 1\nversion = 1", Some(1), "", "duplicate key"),
            ("book = \"year\"", "book = \"yeer\"", Some(0), "book", "“year” or “standing”"),
            (
                "book = \"year\"",
                "book = \"standing\"",
                Some(1),
                "occurred_on",
                "for the year's book",
            ),
            (
                "occurred_on = \"held_on\"",
                "occurred_on = \"kind\"",
                Some(0),
                "occurred_on",
                "no date",
            ),
            (
                "occurred_on = \"held_on\"",
                "occurred_on = \"x\"",
                Some(0),
                "occurred_on",
                "no field",
            ),
            (
                "title = [\"kind\", \"period_month\"]",
                "title = []",
                Some(0),
                "title",
                "names the fields",
            ),
            ("title = [\"kind\"", "title = [1", Some(0), "title", "a list of texts"),
            ("title = [\"kind\"", "title = [\"kin\"", Some(0), "title", "no field “kin”"),
            ("summary = [\"held_on\"", "summary = [\"chair\"", Some(0), "summary", "stands twice"),
            (
                "natural_key = [\"kind\"",
                "natural_key = [\"donor\"",
                Some(0),
                "natural_key",
                "no field",
            ),
            (
                "natural_key = ",
                "natural_keys = ",
                Some(0),
                "natural_keys",
                "no `natural_keys` here",
            ),
        ],
    );
}

#[test]
fn a_wrong_field_is_told() {
    check_all(
        "forms/meeting.toml",
        &[
            ("no = 17", "no = 16", Some(0), "period_month", "used by another field"),
            ("no = 16", "no = 15", Some(0), "kind", "the system's"),
            ("no = 16", "no = 70000", Some(0), "kind", "`no` must be"),
            ("type = \"choice\"", "type = \"chioce\"", Some(0), "kind", "no type “chioce”"),
            ("type = \"choice\"", "type = 3", Some(0), "kind", "`type` must be a text"),
            (
                "choices = \"meeting_kind\"",
                "choices = \"x\"",
                Some(0),
                "kind",
                "list of choices “x”",
            ),
            ("required = true", "required = \"true\"", Some(0), "kind", "true or false"),
            ("required = true", "requird = true", Some(0), "kind", "no `requird` here"),
            ("policy = \"review\"", "policy = \"reviw\"", Some(0), "kind", "none of quiet, review"),
            (
                "sensitivity = \"personal\"",
                "sensitivity = \"x\"",
                Some(0),
                "chair",
                "none of normal",
            ),
        ],
    );
}

#[test]
fn what_does_not_fit_a_field_s_type_is_told() {
    check_all(
        "forms/meeting.toml",
        &[
            ("unit = \"person\"", "unit = \"persn\"", Some(0), "total_official", "no unit “persn”"),
            (
                "unit = \"person\"",
                "scale = 1\nunit = \"person\"",
                Some(0),
                "total_official",
                "for a field of type decimal",
            ),
            ("max = 999", "max = -1", Some(0), "total_official", "less than `min`"),
            ("ask_above = 100", "ask_above = -1", Some(0), "total_official", "less than `min`"),
            (
                "type = \"time\"",
                "type = \"time\"\nmin = 1",
                Some(1),
                "started_at",
                "numbers and texts",
            ),
            (
                "type = \"text\"",
                "type = \"text\"\nask_above = 1",
                Some(1),
                "place",
                "is for numbers",
            ),
            ("[[group]]", NEW_FIELD, Some(0), "place", "name is used by another field"),
            (
                "required = true",
                "required = true\nshown_when = 'chair != null'",
                Some(1),
                "kind",
                "always shown",
            ),
        ],
    );
    check_all(
        "forms/contribution.toml",
        &[
            ("scale = 2", "scale = 20", Some(0), "goods_qty", "1 to 6 decimals"),
            (
                "totals = [",
                "totals = [\"donor_name\", ",
                Some(0),
                "totals",
                "“donor_name” is no number",
            ),
            ("target = \"work\"", "target = \"wrk\"", Some(0), "work", "no form “wrk”"),
            (
                "kinds = [\"village\"]",
                "kinds = [\"vilage\"]",
                Some(0),
                "village",
                "no kind of unit “vilage”",
            ),
            ("unit = \"dong\"", "unit = \"usd\"", Some(0), "amount_vnd", "counted in “dong”"),
        ],
    );
}

#[test]
fn a_field_without_what_its_type_needs_is_told_where_it_begins() {
    for (file, key, above, field) in [
        ("forms/meeting.toml", "no = 16\n", 1, "kind"),
        ("forms/meeting.toml", "type = \"choice\"\n", 3, "kind"),
        ("forms/contribution.toml", "scale = 2\n", 4, "goods_qty"),
        ("forms/contribution.toml", "unit = \"m2\"\n", 4, "area_m2"),
        ("forms/contribution.toml", "target = \"household\"\n", 4, "donor_household"),
        ("forms/contribution.toml", "choices = \"role\"\n", 4, "donor_role"),
    ] {
        let source = embedded();
        let text = source.read(file).unwrap();
        let line = line_of(&text, key) - above;
        let problems = problems_of(&source.with(file, &text.replacen(key, "", 1)));
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert_eq!((problem.line, problem.field.as_str()), (line, field), "{problem}");
    }
}

#[test]
fn a_name_that_is_none_is_told() {
    for name in ["Kind", "k-d", "kínd", "1st", "in", "parent", "help", &"k".repeat(61)] {
        let source = embedded();
        let file = "forms/work.toml";
        let text = source.read(file).unwrap();
        let broken = text.replace("name = \"note\"", &format!("name = \"{name}\""));
        let problems = problems_of(&source.with(file, &broken));
        let found = problems.iter().find(|problem| problem.file == file).unwrap();
        assert_eq!(found.field, name);
        assert!(found.message.contains("name"), "{found}");
    }
}

#[test]
fn a_wrong_group_is_told() {
    check_all(
        "forms/contribution.toml",
        &[
            (
                "\"parcel_no\", \"map_sheet\"",
                "\"parcel_no\", \"x\"",
                Some(0),
                "parcel",
                "no field “x”",
            ),
            (
                "\"parcel_no\", \"map_sheet\"",
                "\"work\"",
                Some(0),
                "parcel",
                "“work” is in the group work",
            ),
            (
                "fields = [\"parcel_no\", \"map_sheet\"]",
                "fields = []",
                Some(0),
                "parcel",
                "has fields",
            ),
            (
                "policy = \"quiet\"",
                "policy = \"silent\"",
                Some(0),
                "mobiliser",
                "none of quiet, review",
            ),
        ],
    );
}

#[test]
fn a_row_form_belongs_to_a_record_that_is_there() {
    let file = "forms/agenda_item.toml";
    let source = embedded();
    let text = source.read(file).unwrap();
    for (parent, said) in [
        ("meeting\"\nbook = \"year", "a row lives"),
        ("metting", "no form “metting”"),
        ("agenda_item", "rows have no rows"),
    ] {
        let broken = text.replace("parent = \"meeting\"", &format!("parent = \"{parent}\""));
        let problems = problems_of(&source.clone().with(file, &broken));
        let found = problems.iter().find(|problem| problem.message.contains(said));
        let found = found.unwrap_or_else(|| panic!("“{said}” is not in {problems:#?}"));
        assert!(found.file == file && found.line > 0, "{found}");
    }
}

#[test]
fn a_wrong_choice_is_told() {
    check_all(
        "choices/meeting_kind.toml",
        &[
            (
                "name = \"meeting_kind\"",
                "name = \"meetings\"",
                Some(0),
                "name",
                "both names are one",
            ),
            ("code = 2", "code = -2", Some(0), "thematic", "`code` must be"),
            ("code = 2", "code = 2\ncoed = 2", Some(1), "thematic", "no `coed` here"),
            ("code = 2", "code = 2\nvalid_from = \"2013\"", Some(1), "thematic", "no date"),
            (
                "[[option]]\ncode = 2",
                "[[option]]\ncode = 1",
                Some(0),
                "thematic",
                "its code is used",
            ),
            (
                "[[option]]\ncode = 2",
                "[[option]]\nvalid_from = \"2013-01-02\"\nvalid_to = \"2013-01-01\"\ncode = 2",
                Some(0),
                "thematic",
                "comes before",
            ),
        ],
    );
}

#[test]
fn a_wrong_head_is_told() {
    check_all(
        "pack.toml",
        &[
            ("id = \"muong-khuong\"", "id = \"Mường\"", Some(0), "Mường", "lower-case ASCII"),
            ("version = 1", "version = 0", Some(0), "version", "1 or more"),
            ("\"vi\", \"en\"", "\"vi\", \"fr\"", Some(0), "languages", "“vi” and “en”"),
            ("version = 1", "", None, "version", "is missing"),
        ],
    );
}

#[test]
fn what_is_due_is_told_where_the_forms_know_no_such_thing() {
    let file = "pack.toml";
    check_all(
        file,
        &[
            ("form = \"meeting\"", "form = \"metting\"", Some(0), "form", "no form “metting”"),
            ("= \"period_month\"", "= \"month\"", Some(0), "month", "no field “month”"),
            ("kind = \"kind\"", "kind = \"sort\"", Some(0), "kind", "no field “sort”"),
            ("\"regular\", ", "\"regulr\", ", Some(0), "kinds", "no option “regulr”"),
            ("[\"regular\", \"combined\"]", "[]", Some(0), "kinds", "at least one"),
            ("rows = \"agenda_item\"", "rows = \"person\"", Some(0), "rows", "no row of meeting"),
            ("rows = \"agenda_item\"", "row = \"agenda_item\"", Some(0), "row", "no `row` here"),
            ("until_day = 5", "until_day = 31", Some(0), "until_day", "from 1 to 28"),
            ("until_day = 5", "until_day = \"5\"", Some(0), "until_day", "whole number"),
        ],
    );
    for (from, to, said) in [
        ("= \"period_month\"", "= \"held_on\"", "“held_on” is no month"),
        ("kind = \"kind\"", "kind = \"chair\"", "“chair” is no choice"),
        ("= \"period_month\"", "= \"held_on\"", "natural key of meeting"),
    ] {
        let source = embedded();
        let text = source.read(file).unwrap();
        let problems = problems_of(&source.with(file, &text.replacen(from, to, 1)));
        let told = problems.iter().find(|problem| problem.message.contains(said));
        assert!(told.is_some_and(|told| told.file == file && told.line > 0), "{problems:#?}");
    }
    // A pack that says nothing of it has nothing that is due.
    let text = embedded().read(file).unwrap();
    let (head, _) = text.split_once("[due]").unwrap();
    assert_eq!(read_pack(&embedded().with(file, head)).unwrap().due, None);
}

#[test]
fn a_name_stands_once() {
    for (file, from, to, said) in [
        ("forms/work.toml", "name = \"progress\"", "name = \"size\"", "another group"),
        ("forms/work.toml", "\"done_has_date\"", "\"width_only_for_lines\"", "another rule"),
        ("choices/surface.toml", "\"gravel\"", "\"concrete\"", "another option"),
    ] {
        let source = embedded();
        let text = source.read(file).unwrap();
        assert!(text.contains(from), "{file} has no “{from}”");
        let problems = problems_of(&source.with(file, &text.replacen(from, to, 1)));
        let told = problems.iter().find(|problem| problem.message.contains(said));
        assert!(told.is_some_and(|told| told.file == file && told.line > 0), "{problems:#?}");
    }
}
