//! Setting a damaged file aside and putting what was rescued of it in its place: in steps, each of
//! which a kill may come after. What lies in the folder then says how to go on.
//!
//! ```text
//! phone.db                                 the phone's file
//! phone.rescue                             what is rescued, while it is being copied
//! phone.rescued                            the same, once it is whole
//! phone.damaged-1, phone.damaged-1-wal     a damaged file that was set aside, where it stays
//! ```

use std::io;
use std::path::{Path, PathBuf};

use super::open::MARKER;

/// What SQLite keeps beside a file.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Where what is rescued of a file is copied to.
pub(super) fn rescue_name(file: &Path) -> PathBuf {
    file.with_extension("rescue")
}

fn rescued_name(file: &Path) -> PathBuf {
    file.with_extension("rescued")
}

fn aside_name(file: &Path, n: u32) -> PathBuf {
    file.with_extension(format!("damaged-{n}"))
}

/// How many files have been set aside.
fn count_aside(file: &Path) -> u32 {
    (0..).find(|n| !aside_name(file, n + 1).exists()).unwrap_or(u32::MAX)
}

/// Sets a damaged file aside and puts what was rescued of it, which is whole now, in its place.
/// Where the damaged one lies then.
pub(super) fn take_place(file: &Path) -> io::Result<PathBuf> {
    std::fs::rename(rescue_name(file), rescued_name(file))?;
    keep_names(file)?;
    let aside = aside_name(file, count_aside(file).saturating_add(1));
    std::fs::rename(file, &aside)?;
    keep_names(file)?;
    finish(file, &aside)?;
    Ok(aside)
}

/// What SQLite kept beside the damaged file goes with it first: it would be read into another.
fn finish(file: &Path, aside: &Path) -> io::Result<()> {
    for suffix in BESIDE {
        let beside = with_suffix(file, suffix);
        if beside.exists() {
            std::fs::rename(beside, with_suffix(aside, suffix))?;
        }
    }
    keep_names(file)?;
    std::fs::rename(rescued_name(file), file)?;
    keep_names(file)
}

/// Goes on where [`take_place`] was killed after it had set the damaged file aside. Where the
/// damaged one lies, if that was so.
pub(super) fn finish_interrupted(file: &Path) -> io::Result<Option<PathBuf>> {
    if file.exists() || !rescued_name(file).exists() {
        return Ok(None);
    }
    let aside = aside_name(file, count_aside(file).max(1));
    finish(file, &aside)?;
    Ok(Some(aside))
}

/// Whether there was a file, and nothing of it is left in its place: what lies beside it says so.
/// To SQLite a file that is empty or not there is a new database.
pub(super) fn is_gone(dir: &Path, file: &Path) -> bool {
    let here = std::fs::metadata(file).is_ok_and(|found| found.is_dir() || found.len() > 0);
    let traces = [
        dir.join(MARKER),
        with_suffix(file, "-wal"),
        rescue_name(file),
        rescued_name(file),
        aside_name(file, 1),
    ];
    !here && traces.iter().any(|trace| trace.exists())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Has the folder's names on the disk before anything that counts on them is done. Elsewhere than
/// on Unix a folder cannot be opened for that.
fn keep_names(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(dir) if cfg!(unix) => std::fs::File::open(dir)?.sync_all(),
        _ => Ok(()),
    }
}
