//! Rules and conditions.

use super::{Row, check_all, embedded, problems_of};

const ENDS: &str = "ended_at >= started_at";

/// What is no rule of a meeting, and why.
const WRONG: [(&str, &str); 53] = [
    ("ended_at >= 5", "a time is compared with a number"),
    ("chair == 5", "a text is compared with a number"),
    ("present == \"5\"", "a number of person is compared with a text"),
    ("ended_at >=", "not a rule"),
    ("ended_at", "says yes or no"),
    ("present + 1", "says yes or no"),
    ("null", "says yes or no"),
    ("true", "speaks of no field"),
    ("1 < 2", "speaks of no field"),
    ("endd_at >= started_at", "no field “endd_at”"),
    ("donor_name != null", "no field “donor_name”"),
    ("now() > ended_at", "“now” is not known"),
    ("matches(chair, \"a\")", "“matches” is not known"),
    ("chair.startsWith(\"a\")", "“startsWith” is not known"),
    ("present.size(agenda_item) > 0", "“size” is not known"),
    ("parent.present == 1", "there is no `parent`"),
    ("present.chair == 1", "only after `parent`"),
    ("has(parent.chair)", "only after `parent`"),
    ("agenda_item.all(x, x.seq > 0)", "are known"),
    ("agenda_item[0] == null", "is not known"),
    ("present + (ended_at >= started_at) == 1", "a number is needed, this is yes or no"),
    ("present && chair != null", "yes or no is needed, this is a number"),
    ("!present", "yes or no is needed"),
    ("-chair == null", "a number is needed"),
    ("present ? true : false", "yes or no is needed"),
    ("(chair == null ? present : chair) == null", "after `?`"),
    ("present % 2 == 0", "is not known"),
    ("present / 2 == 0", "is not known"),
    ("present == 1.5", "only whole numbers"),
    ("present == 1u", "only whole numbers"),
    ("kind < \"regular\"", "has no order"),
    ("1 < kind", "a choice of meeting_kind has no order"),
    ("kind == \"reglar\"", "no option “reglar”"),
    ("kind == 1", "compared with a number"),
    ("kind in [\"regular\", \"x\"]", "no option “x”"),
    ("kind in \"regular\"", "a list in brackets"),
    ("kind in []", "an empty list"),
    ("kind in [1]", "compared with a number"),
    ("held_on == period_month", "never equals a month"),
    ("held_on > \"1/2/2013\"", "it is written “2013-05-15”"),
    ("period_month > \"2013\"", "it is written “2013-05”"),
    ("ended_at > \"7pm\"", "it is written “19:30”"),
    ("held_on > ended_at", "a date is compared with a time"),
    ("size(work) > 0", "no rows of “work”"),
    ("size(meeting) > 0", "no rows of “meeting”"),
    ("size(chair) > 0", "no rows of “chair”"),
    ("size(agenda_item)", "says yes or no"),
    ("sum(agenda_item, \"x\") > 0", "agenda_item has no field “x”"),
    ("sum(agenda_item, \"topic\") > 0", "“topic” is a text"),
    ("sum(agenda_item, minutes) > 0", "its field as a text"),
    ("sum(contribution, \"area_m2\") > 0", "no rows of “contribution”"),
    (
        "sum(agenda_item, \"minutes\") > present",
        "a number of minute is compared with a number of person",
    ),
    ("sum(agenda_item, \"minutes\") + present > 1", "a number of minute and a number of person"),
];

#[test]
fn a_wrong_rule_is_told() {
    let wrong = WRONG.map(|(to, said)| (ENDS, to, Some(0), "ends_after_start", said));
    check_all("forms/meeting.toml", &wrong);
    check_all(
        "forms/meeting.toml",
        &[
            (
                "severity = \"block\"",
                "severity = \"stop\"",
                Some(0),
                "attendance_adds_up",
                "none of block",
            ),
            (
                "field = \"present\"",
                "field = \"prsent\"",
                Some(0),
                "attendance_adds_up",
                "no field “prsent”",
            ),
            (
                "name = \"has_agenda\"\n",
                "name = \"has_agenda\"\nwhen = 1\n",
                Some(1),
                "has_agenda",
                "no `when` here",
            ),
        ],
    );
}

#[test]
fn numbers_of_different_units_do_not_mix() {
    let rule = |to, said| -> Row {
        ("handed_over_on >= occurred_on", to, Some(0), "handed_over_after_given", said)
    };
    check_all(
        "forms/contribution.toml",
        &[
            rule("area_m2 > amount_vnd", "a number of m2 is compared with a number of dong"),
            rule("goods_qty > area_m2", "a number with 2 decimals is compared with a number of m2"),
            rule("area_m2 + labour_days > 0", "do not add up"),
            rule("area_m2 * amount_vnd > 0", "is multiplied by"),
            rule("goods_qty * goods_qty > 0", "is multiplied by"),
            rule("(kind == null ? area_m2 : amount_vnd) > 0", "after `?` stands a number of m2"),
            rule("area_m2 in [amount_vnd]", "is compared with"),
            rule("village == work", "an org unit is compared with a record"),
            rule(
                "donor_household == work",
                "a record of form 6 is compared with a record of form 5",
            ),
            rule(
                "donor_role == area_source",
                "a choice of role is compared with a choice of area_source",
            ),
            rule("purpose == null", "cannot speak of a field such as “purpose”"),
            rule("land_position != null", "cannot speak of a field such as “land_position”"),
        ],
    );
}

#[test]
fn what_goes_together_is_accepted() {
    for (file, from, to) in [
        ("forms/meeting.toml", ENDS, "present >= size(agenda_item)"),
        ("forms/meeting.toml", ENDS, "sum(agenda_item, \"minutes\") * size(agenda_item) < 9 * 60"),
        ("forms/meeting.toml", ENDS, "(kind == \"regular\" ? present : null) != 0"),
        ("forms/meeting.toml", ENDS, "null != kind && \"regular\" == kind"),
        (
            "forms/contribution_drive.toml",
            "households_paid <= households_expected",
            "rate_vnd_per_household * households_paid <= 1000 + rate_vnd_per_household",
        ),
    ] {
        let source = embedded();
        let text = source.read(file).unwrap();
        let problems = problems_of(&source.with(file, &text.replacen(from, to, 1)));
        assert_eq!(problems, [], "{to}");
    }
}

#[test]
fn a_wrong_condition_is_told() {
    let condition = |to, said| -> Row { ("'kind == \"land\"'", to, Some(0), "area_m2", said) };
    check_all(
        "forms/contribution.toml",
        &[
            condition("'kind == \"lnd\"'", "no option “lnd”, only land"),
            condition("'kind'", "shown_when: a rule says yes or no"),
            condition("'x'", "no field “x”"),
            condition("3", "`shown_when` must be a text"),
        ],
    );
}

#[test]
fn a_rule_too_long_or_too_deep_is_told_and_exhausts_nothing() {
    const SOUND: &str = "nothing is wrong";
    let far = |open: &str, close: &str, times: usize| {
        format!("{}present > 0{}", open.repeat(times), close.repeat(times))
    };
    for (rule, said) in [
        (far("(", ")", 32), SOUND),
        (far("(", ")", 100_000), "more than 1000 characters"),
        (far("(", ")", 100), "more than 32 brackets"),
        (far("!(", ")", 33), "more than 32 brackets"),
        (far("[", "]", 33), "more than 32 brackets"),
        (far("{0:", "}", 33), "more than 32 brackets"),
        (far("true ? ", " : true", 33), "more than 32 brackets"),
        (format!("{} present > 0", "\")\" + (".repeat(50)), "more than 32 brackets"),
        (format!("{}present > 0", "present + ".repeat(40)), "too deep"),
        (format!("{}present > 0", "present + ".repeat(98)), "too deep"),
        (format!("{}(present > 0)", "!".repeat(980)), SOUND),
        (format!("{}present > 0", "-".repeat(980)), SOUND),
        (format!("parent{} > 0", ".a".repeat(490)), "only after `parent`"),
    ] {
        let source = embedded();
        let text = source.read("forms/meeting.toml").unwrap().replacen(ENDS, &rule, 1);
        let problems = problems_of(&source.with("forms/meeting.toml", &text));
        match problems.as_slice() {
            [problem] => assert!(problem.message.contains(said), "{problem}"),
            [] => assert_eq!(said, SOUND, "{rule}"),
            more => panic!("{more:#?}"),
        }
    }
}
