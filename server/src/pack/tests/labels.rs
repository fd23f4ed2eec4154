//! Words.

use super::{check_all, embedded, problems_of};

#[test]
fn a_wrong_word_is_told() {
    check_all(
        "labels/en.ftl",
        &[
            (
                "form-meeting =",
                "form-meeting-hlp = x\nform-meeting =",
                Some(0),
                "form-meeting-hlp",
                "nothing in the pack has this name",
            ),
            (
                "form-meeting =",
                "form-meeting-kind-ask-help = x\nform-meeting =",
                Some(0),
                "form-meeting-kind-ask-help",
                "nothing in the pack",
            ),
            ("unit-m2 =", "unit-m4 = x\nunit-m2 =", Some(0), "unit-m4", "nothing in the pack"),
            (
                "org-kind-village =",
                "org-kind-vilage = x\norg-kind-village =",
                Some(0),
                "org-kind-vilage",
                "nothing in the pack",
            ),
            (
                "form-meeting =",
                "form-meeting = x\nform-meeting =",
                Some(1),
                "form-meeting",
                "has words already in line 10",
            ),
            ("form-meeting =", "-brand = x\nform-meeting =", Some(0), "brand", "one plain text"),
            (
                "form-meeting =",
                "form-meeting = { $x } #",
                Some(0),
                "form-meeting",
                "without braces",
            ),
        ],
    );
}

#[test]
fn words_that_are_missing_or_unreadable_are_told() {
    let file = "labels/vi.ftl";
    let source = embedded();
    let text = source.read(file).unwrap();
    for (to, said) in [
        ("", "form-meeting-place: has no words"),
        ("form-meeting-place Nơi họp\n", "labels/vi.ftl:30:"),
        ("form-meeting-place =\n", "labels/vi.ftl:30:"),
        ("form-meeting-place = a\n    .b = c\n", "labels/vi.ftl:30: form-meeting-place: a label"),
        ("= Nơi họp\n", "labels/vi.ftl:30:"),
    ] {
        let broken = text.replace("form-meeting-place = Nơi họp\n", to);
        assert_ne!(broken, text);
        let problems = problems_of(&source.clone().with(file, &broken));
        let found = problems.iter().any(|problem| problem.to_string().contains(said));
        assert!(found, "“{said}” is not in {problems:#?}");
    }
}

#[test]
fn braces_without_end_exhaust_nothing() {
    let source = embedded();
    let text = source.read("labels/vi.ftl").unwrap() + "\nx = " + &"{".repeat(500_000) + "\n";
    let problems = problems_of(&source.with("labels/vi.ftl", &text));
    assert!(problems.iter().any(|problem| problem.message.contains("without braces")));
}
