//! Folders in memory where the machine has them: a world opens thousands of files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder that goes when it is dropped.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// A new one.
    pub(super) fn new() -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let dir = base.join(format!("soban-world-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a folder");
        Self(dir)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Copies those of the files that there are.
pub(super) fn copy_files(from: &Path, to: &Path, names: &[&str]) {
    std::fs::create_dir_all(to).expect("a folder");
    remove_files(to, names);
    for name in names.iter().filter(|name| from.join(name).exists()) {
        std::fs::copy(from.join(name), to.join(name)).expect("it copies");
    }
}

/// Removes those of the files that there are.
pub(super) fn remove_files(dir: &Path, names: &[&str]) {
    for name in names.iter().filter(|name| dir.join(name).exists()) {
        std::fs::remove_file(dir.join(name)).expect("it goes");
    }
}
