//! The files of the workspace that people wrote, read from disk.

use std::fs;
use std::io;
use std::path::Path;

/// Folders that hold nothing a person wrote.
const NOT_OURS: [&str; 7] =
    ["target", "node_modules", "build", "dist", "generated", "golden", "__pycache__"];

/// Endings of the files that are read.
const ENDINGS: [&str; 13] =
    ["rs", "toml", "sql", "kt", "kts", "swift", "py", "sh", "ts", "js", "svelte", "html", "css"];

/// One file.
#[derive(Debug)]
pub(super) struct Source {
    /// Path from the workspace root, with `/` between its parts.
    pub(super) path: String,
    /// What stands in it.
    pub(super) text: String,
}

impl Source {
    /// The workspace member it belongs to: the first folder.
    pub(super) fn package(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// Whether it is a test module of the server, which may tamper with a database.
    pub(super) fn is_server_test(&self) -> bool {
        self.path.starts_with("server/src/")
            && (self.path.contains("/tests/") || self.path.ends_with("/tests.rs"))
    }

    /// Whether it ends in `.ending`.
    pub(super) fn is(&self, ending: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
    }

    /// The module a Rust file under `src/` holds: `core/src/book/entry.rs` is `[book, entry]`,
    /// a crate's root is empty.
    pub(super) fn module(&self) -> Vec<String> {
        let Some((_, inside)) = self.path.split_once("/src/") else {
            return Vec::new();
        };
        inside
            .trim_end_matches(".rs")
            .split('/')
            .filter(|part| !matches!(*part, "mod" | "lib" | "main"))
            .map(str::to_owned)
            .collect()
    }
}

/// Every file of the workspace with one of [`ENDINGS`], in the order of their paths.
pub(super) fn read_all() -> io::Result<Vec<Source>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    walk(&root, "", &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<Source>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if item.file_type()?.is_dir() {
            walk(&item.path(), &format!("{path}/"), found)?;
        } else if ENDINGS.iter().any(|ending| path.ends_with(&format!(".{ending}"))) {
            let text = fs::read_to_string(item.path())?;
            found.push(Source { path, text });
        }
    }
    Ok(())
}
