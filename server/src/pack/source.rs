//! Where a pack's files come from: a folder, the program itself, or a test.

use std::collections::BTreeMap;
use std::path::Path;

/// A pack's files by their paths within it.
#[derive(Debug, Clone, Default)]
pub struct Source(BTreeMap<String, String>);

impl Source {
    /// Files given as paths and texts.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
    }

    /// The files below a folder.
    ///
    /// # Errors
    /// The first that cannot be read.
    pub fn from_dir(dir: &Path) -> std::io::Result<Self> {
        let mut files = BTreeMap::new();
        read_folder(dir, "", &mut files)?;
        for folder in ["forms", "choices", "labels", "org"] {
            if dir.join(folder).exists() {
                read_folder(dir, folder, &mut files)?;
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
        self.0.get(path).cloned()
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
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }
}

fn read_folder(
    dir: &Path,
    folder: &str,
    files: &mut BTreeMap<String, String>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir.join(folder))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            files.insert(path, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

fn gather(dir: &include_dir::Dir<'_>, files: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.insert(path.replace('\\', "/"), text.to_owned());
        }
    }
    for inner in dir.dirs() {
        gather(inner, files);
    }
}
