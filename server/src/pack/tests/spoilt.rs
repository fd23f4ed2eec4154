//! Whatever a file holds, reading it ends in a pack or in problems.

use super::agreement::Dice;
use super::{embedded, problems_of};

fn files() -> Vec<String> {
    let source = embedded();
    let folders = [("forms", "toml"), ("choices", "toml"), ("labels", "ftl"), ("org", "csv")];
    let inside = folders.iter().flat_map(|(folder, ending)| source.list(folder, ending));
    inside.chain(["pack.toml".to_owned()]).collect()
}

fn below(dice: &mut Dice, sides: usize) -> usize {
    usize::try_from(dice.roll(sides.max(1) as u64)).unwrap()
}

/// One line lost, doubled, moved or cut off, or the file cut off, or characters exchanged.
fn spoil(text: &str, dice: &mut Dice) -> String {
    const CHARACTERS: [char; 16] =
        ['"', '\'', '(', '[', '{', '=', '\n', '\\', ',', '.', '-', '#', '0', 'ữ', '\u{301}', '\0'];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let place = below(dice, lines.len());
    let mut chars: Vec<char> = lines[place].chars().collect();
    let column = below(dice, chars.len() + 1);
    match dice.roll(6) {
        0 => drop(lines.remove(place)),
        1 => lines.insert(place, lines[place].clone()),
        2 => {
            let other = below(dice, lines.len());
            lines.swap(place, other);
        }
        3 => {
            chars.truncate(column);
            lines[place] = chars.into_iter().collect();
        }
        4 => {
            lines.truncate(place);
            lines.push(chars.into_iter().take(column).collect());
        }
        _ => {
            for _ in 0..=dice.roll(3) {
                let column = below(dice, chars.len() + 1);
                chars.insert(column, CHARACTERS[below(dice, CHARACTERS.len())]);
            }
            lines[place] = chars.into_iter().collect();
        }
    }
    lines.join("\n")
}

#[test]
fn a_spoilt_pack_is_read_or_refused_and_every_problem_says_where() {
    let (mut dice, files) = (Dice(2013), files());
    let (mut sound, mut refused) = (0, 0);
    for _ in 0..120 {
        let mut source = embedded();
        for _ in 0..=dice.roll(3) {
            let file = &files[below(&mut dice, files.len())];
            let text = source.read(file).unwrap();
            source = source.with(file, &spoil(&text, &mut dice));
        }
        let problems = problems_of(&source);
        for problem in &problems {
            let lines = source.read(&problem.file).map_or(0, |text| text.lines().count());
            assert!(!problem.message.is_empty() && problem.line <= lines + 1, "{problem}");
        }
        *(if problems.is_empty() { &mut sound } else { &mut refused }) += 1;
    }
    assert!(sound > 5 && refused > 60, "{sound} {refused}");
}

/// A rule in pieces, and what may come between them.
const SOUND: [&str; 11] =
    ["!", "(", "present", "==", "1", ")", "||", "kind", "in", "[\"regular\"]", "&& true"];
const PIECES: [&str; 40] = [
    "kind",
    "present",
    "parent.",
    "agenda_item",
    "size(",
    "sum(",
    "\"regular\"",
    "\"\\u12\"",
    "'",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "?",
    ":",
    "!",
    "-",
    "--9223372036854775808",
    "*",
    "==",
    "in",
    "&&",
    "||",
    "<",
    "null",
    "1e9",
    "0x",
    "b'\\xff'",
    "r\"",
    "\\",
    "`a`",
    ".",
    ",",
    "ữ",
    "has(",
    "all(x,",
    "\u{10ffff}",
];

#[test]
fn a_spoilt_rule_is_read_or_refused() {
    let (mut dice, source) = (Dice(42), embedded());
    let mut text = source.read("forms/meeting.toml").unwrap();
    for number in 0..2_000 {
        let mut pieces = SOUND.to_vec();
        for _ in 0..dice.roll(4) {
            let place = below(&mut dice, pieces.len());
            let gone = usize::from(dice.roll(2) == 0);
            pieces.splice(place..place + gone, [PIECES[below(&mut dice, PIECES.len())]]);
        }
        let check = toml::Value::String(pieces.join(" "));
        text += &format!(
            "[[rule]]\nname = \"spoilt_{number}\"\nseverity = \"warn\"\nfield = \"kind\"\ncheck = {check}\n"
        );
    }
    let problems = problems_of(&source.with("forms/meeting.toml", &text));
    let refused = problems.iter().filter(|problem| problem.field.starts_with("spoilt_")).count();
    assert!((1_000..1_900).contains(&refused), "{refused}");
}
