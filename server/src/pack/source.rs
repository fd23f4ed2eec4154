//! Where a pack's files come from: a folder, the program itself, or a test.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Problems;
use super::text;

/// The most bytes that a file may have; the largest of the pack of Mường Khương has 42,000.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// The folders of a pack, and how the names of the files in them end.
const FOLDERS: [(&str, &str); 4] =
    [("forms", "toml"), ("choices", "toml"), ("labels", "ftl"), ("org", "csv")];

/// A pack's files by their paths within it: their texts, or why they have none.
#[derive(Debug, Clone, Default)]
pub struct Source(BTreeMap<String, Result<String, Unreadable>>);

/// Why a file is no text, and in which line; 0 for the whole file.
#[derive(Debug, Clone)]
struct Unreadable {
    line: usize,
    why: String,
}

impl Source {
    /// Files given as paths and texts.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let file = |(path, text): (&str, &str)| (path.to_owned(), Ok(text.to_owned()));
        Self(files.into_iter().map(file).collect())
    }

    /// The files below a folder. One that cannot be read is a problem of the pack.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub fn from_dir(dir: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        // What lies beside it is no part of the pack.
        std::fs::read_dir(dir)?;
        if dir.join("pack.toml").symlink_metadata().is_ok() {
            files.insert("pack.toml".to_owned(), read_file(&dir.join("pack.toml")));
        }
        for (folder, ending) in FOLDERS {
            if dir.join(folder).is_dir() {
                read_folder(dir, folder, ending, &mut files)
                    .map_err(|error| io::Error::new(error.kind(), format!("{folder}: {error}")))?;
            }
        }
        Ok(Self(files))
    }

    /// The files of an embedded folder.
    #[must_use]
    pub fn embedded(dir: &include_dir::Dir<'_>) -> Self {
        let mut files = BTreeMap::new();
        gather(dir, &mut files);
        Self(files)
    }

    /// The text of a file.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<String> {
        self.0.get(path)?.as_ref().ok().cloned()
    }

    /// The text of a file, or nothing and a problem.
    pub(super) fn text(&self, file: &str, problems: &Problems) -> Option<&str> {
        match self.0.get(file) {
            None => problems.add((file, 0), "", "the file is missing"),
            Some(Err(Unreadable { line, why })) => problems.add((file, *line), "", why),
            Some(Ok(text)) if text.len() > MOST_BYTES => problems.add((file, 0), "", too_large()),
            Some(Ok(text)) => {
                text::check(file, text, problems);
                // Spreadsheets begin a file with a mark that it is UTF-8.
                return Some(text.strip_prefix('\u{feff}').unwrap_or(text));
            }
        }
        None
    }

    /// The paths in a folder with an ending, in order.
    #[must_use]
    pub fn list(&self, folder: &str, ending: &str) -> Vec<String> {
        let inside = |path: &&String| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
                && path.ends_with(&format!(".{ending}"))
        };
        self.0.keys().filter(inside).cloned().collect()
    }

    /// The same files with one changed; for tests.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), Ok(text.to_owned()));
        self
    }

    /// The same files with one fewer; for tests.
    #[must_use]
    pub fn without(mut self, path: &str) -> Self {
        self.0.remove(path);
        self
    }
}

fn too_large() -> String {
    format!("the file has more than {MOST_BYTES} bytes")
}

fn read_folder(
    dir: &Path,
    folder: &str,
    ending: &str,
    files: &mut BTreeMap<String, Result<String, Unreadable>>,
) -> io::Result<()> {
    for entry in std::fs::read_dir(dir.join(folder))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == ending) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.insert(format!("{folder}/{name}"), read_file(&path));
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<String, Unreadable> {
    let whole = |why: String| Unreadable { line: 0, why };
    let cannot = |error: io::Error| whole(format!("cannot be read: {error}"));
    // Asked before it is opened: opening a pipe would wait for its other end.
    if !std::fs::metadata(path).map_err(cannot)?.is_file() {
        return Err(whole("this is no file".to_owned()));
    }
    let mut bytes = Vec::new();
    let most = MOST_BYTES as u64 + 1;
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(cannot)?;
    if bytes.len() > MOST_BYTES {
        return Err(whole(too_large()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = sound.filter(|byte| **byte == b'\n').count() + 1;
        Unreadable { line, why: "this is no text in UTF-8".to_owned() }
    })
}

fn gather(dir: &include_dir::Dir<'_>, files: &mut BTreeMap<String, Result<String, Unreadable>>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.insert(path.replace('\\', "/"), Ok(text.to_owned()));
        }
    }
    for inner in dir.dirs() {
        gather(inner, files);
    }
}
