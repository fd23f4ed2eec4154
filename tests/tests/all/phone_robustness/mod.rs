//! Real phones on disk: what they say, and what survives kills, copies, damage and full disks.

mod branches;
mod copies;
mod damage;
mod kills;
mod pages;
mod problems;
mod rescues;
mod saves;
mod shown;
mod voids;

use std::path::Path;

use soban_core::phone::Phone;
use soban_core::store::ListQuery;

/// The ids of the records that a phone lists, ascending.
fn ids(phone: &Phone) -> Vec<String> {
    let everything = ListQuery { limit: 10_000, ..ListQuery::default() };
    let list = phone.list(&everything).unwrap();
    let mut ids: Vec<String> = list.into_iter().map(|item| item.id).collect();
    ids.sort();
    ids
}

/// Copies the named files of a phone's folder that are there into a new folder.
fn copy(from: &Path, to: &Path, files: &[&str]) {
    std::fs::create_dir_all(to).unwrap();
    for file in files.iter().filter(|file| from.join(file).exists()) {
        std::fs::copy(from.join(file), to.join(file)).unwrap();
    }
}
