//! Which rows of a table stand on which pages of a sound file, as SQLite's file format says
//! (sections 1.6 and 1.7). Pages are counted from 0.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

pub(super) const PAGE: usize = 4_096;
/// What of a row a leaf holds at the most, and at the least where it does not hold it all.
const MOST_LOCAL: usize = PAGE - 35;
const LEAST_LOCAL: usize = (PAGE - 12) * 32 / 255 - 23;
/// The first byte of a page between the root of a table and its leaves.
const INNER: u8 = 5;

/// The page that a table begins at.
pub(super) fn root_of(file: &Path, table: &str) -> usize {
    let db = Connection::open(file).unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    db.query_row(root, [table], |row| row.get::<_, usize>(0)).unwrap() - 1
}

/// The rows of a table.
#[derive(Default)]
pub(super) struct Rows {
    /// Per page, how many of them cannot be read without it.
    pub(super) on: BTreeMap<usize, usize>,
    /// Where in the file each begins: with the kinds of its values.
    pub(super) starts: Vec<usize>,
}

/// The rows of the table that begins at a page.
pub(super) fn rows_of(file: &[u8], root: usize) -> Rows {
    let mut found = Rows::default();
    count(file, root, &mut found);
    found
}

fn count(file: &[u8], page: usize, found: &mut Rows) -> usize {
    let bytes = &file[page * PAGE..][..PAGE];
    let is_inner = bytes[0] == INNER;
    let first = if is_inner { 12 } else { 8 };
    let cells = (0..short(bytes, 3)).map(|n| short(bytes, first + 2 * n));
    let rows = if is_inner {
        let children = cells.map(|cell| page_at(bytes, cell)).chain([page_at(bytes, 8)]);
        children.flatten().map(|child| count(file, child, found)).sum()
    } else {
        cells.clone().for_each(|cell| take_row(file, page, cell, found));
        cells.len()
    };
    found.on.insert(page, rows);
    rows
}

/// Where a row begins, and the pages on which the rest of it stands.
fn take_row(file: &[u8], page: usize, cell: usize, found: &mut Rows) {
    let leaf = &file[page * PAGE..][..PAGE];
    let (length, number) = varint(leaf, cell);
    let (_, start) = varint(leaf, number);
    found.starts.push(page * PAGE + start);
    if length <= MOST_LOCAL {
        return;
    }
    let local = LEAST_LOCAL + (length - LEAST_LOCAL) % (PAGE - 4);
    let local = if local <= MOST_LOCAL { local } else { LEAST_LOCAL };
    let mut next = page_at(leaf, start + local);
    while let Some(page) = next {
        found.on.insert(page, 1);
        next = page_at(file, page * PAGE);
    }
}

fn short(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes(*bytes[at..].first_chunk().unwrap()))
}

fn page_at(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_be_bytes(*bytes[at..].first_chunk().unwrap());
    usize::try_from(number).unwrap().checked_sub(1)
}

/// A number, and where it ends.
fn varint(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut number = 0;
    loop {
        let byte = usize::from(bytes[at]);
        (number, at) = (number << 7 | byte & 0x7f, at + 1);
        if byte < 0x80 {
            return (number, at);
        }
    }
}
