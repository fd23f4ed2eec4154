//! Packs as they lie on a disk.

use std::path::Path;

use super::{embedded, line_of, problems_of};
use crate::pack::{LANGUAGES, PackProblem, Source};

/// The pack of Mường Khương as a folder.
fn written() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let source = embedded();
    let folders = [("forms", "toml"), ("choices", "toml"), ("labels", "ftl"), ("org", "csv")];
    let mut files = vec!["pack.toml".to_owned()];
    for (folder, ending) in folders {
        std::fs::create_dir(dir.path().join(folder)).unwrap();
        files.extend(source.list(folder, ending));
    }
    for file in files {
        std::fs::write(dir.path().join(&file), source.read(&file).unwrap()).unwrap();
    }
    dir
}

fn problems_in(dir: &Path) -> Vec<PackProblem> {
    problems_of(&Source::from_dir(dir).unwrap())
}

#[test]
fn a_folder_reads_as_the_program_does() {
    let dir = written();
    std::fs::write(dir.path().join("notes.bin"), [0, 255]).unwrap();
    std::fs::write(dir.path().join("forms/notes.md"), [0, 255]).unwrap();
    assert_eq!(problems_in(dir.path()), []);
    assert!(Source::from_dir(&dir.path().join("none")).is_err());
}

#[test]
fn a_file_that_is_no_text_is_told_and_nothing_else() {
    for (file, bytes, line, said) in [
        ("forms/meeting.toml", b"# a\n# \xff\n".to_vec(), 2, "no text in UTF-8"),
        ("choices/role.toml", b"\x7fELF\0\xfe".to_vec(), 1, "no text in UTF-8"),
        ("labels/vi.ftl", vec![b'#'; 3 << 20], 0, "more than 2097152 bytes"),
        ("org/units.csv", vec![0xff], 1, "no text in UTF-8"),
        ("org/kinds.csv", vec![0xff], 1, "no text in UTF-8"),
        ("pack.toml", vec![b' '; 3 << 20], 0, "more than 2097152 bytes"),
    ] {
        let dir = written();
        std::fs::write(dir.path().join(file), bytes).unwrap();
        let problems = problems_in(dir.path());
        let [problem] = problems.as_slice() else { panic!("{file}: {problems:#?}") };
        assert_eq!((problem.file.as_str(), problem.line), (file, line));
        assert!(problem.message.contains(said), "{problem}");
    }
}

#[test]
fn a_missing_file_is_told() {
    for file in ["pack.toml", "labels/vi.ftl", "org/kinds.csv", "org/units.csv", "org/coverage.csv"]
    {
        let problems = problems_of(&embedded().without(file));
        let [problem] = problems.as_slice() else { panic!("{file}: {problems:#?}") };
        assert_eq!(problem.to_string(), format!("{file}: the file is missing"));
    }
    assert_eq!(LANGUAGES.len(), 2);
    let problems = problems_of(&embedded().without("choices/surface.toml"));
    let said = "there is no list of choices “surface”";
    assert!(problems.iter().any(|problem| problem.message == said), "{problems:#?}");
    let nothing = problems_of(&Source::default());
    assert!(nothing.iter().any(|problem| problem.message == "the pack has no forms"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_not_followed_for_ever() {
    use std::os::unix::fs::symlink;
    for (target, said) in [
        ("meeting.toml", "cannot be read"),
        ("nowhere", "cannot be read"),
        ("..", "this is no file"),
        ("/dev/zero", "this is no file"),
    ] {
        let dir = written();
        let file = dir.path().join("forms/meeting.toml");
        std::fs::remove_file(&file).unwrap();
        symlink(target, &file).unwrap();
        let problems = problems_in(dir.path());
        let [problem] = problems.as_slice() else { panic!("{target}: {problems:#?}") };
        assert!(
            problem.file == "forms/meeting.toml" && problem.message.contains(said),
            "{problem}"
        );
    }
    let dir = written();
    std::fs::remove_dir_all(dir.path().join("org")).unwrap();
    symlink("org", dir.path().join("org")).unwrap();
    assert!(problems_in(dir.path()).iter().all(|problem| problem.message.contains("missing")));
}

#[test]
fn letters_and_marks_are_one_and_nothing_is_hidden() {
    for (file, from, to, said) in [
        ("labels/vi.ftl", "Nơi họp", "No\u{31b}i họp", "not in NFC"),
        ("labels/vi.ftl", "Nơi họp", "Nơi\u{0}họp", "a control character"),
        ("org/units.csv", "Huyện Mường Khương,", "Huye\u{323}\u{302}n,", "not in NFC"),
        ("org/units.csv", "Huyện Mường Khương,", "Huyện\u{7},", "a control character"),
        ("forms/meeting.toml", "# A meeting", "# A me\u{65}\u{301}ting", "not in NFC"),
    ] {
        let text = embedded().read(file).unwrap();
        let line = line_of(&text, from);
        let problems = problems_of(&embedded().with(file, &text.replacen(from, to, 1)));
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert!(problem.line == line && problem.message.contains(said), "{problem}");
    }
}

#[test]
fn a_spreadsheet_may_mark_its_file_as_utf_8() {
    let mut source = embedded();
    for file in ["org/units.csv", "labels/vi.ftl", "forms/work.toml"] {
        let text = source.read(file).unwrap().replace('\n', "\r\n");
        source = source.with(file, &format!("\u{feff}{text}"));
    }
    assert_eq!(problems_of(&source), []);
}
