//! What the parts of the mobile library cost, read from its symbols and sections by binutils.
//!
//! A function belongs to the first crate in its name that is not the standard library; C's
//! functions are told by their beginnings. Constants carry no names, so they are one part.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Parts that cost less are one line.
const SMALL_BYTES: u64 = 8_000;
const STANDARD: [&str; 5] = ["core", "alloc", "std", "compiler_builtins", "rustc_demangle"];
const SECTIONS: [(&str, &[&str]); 6] = [
    ("functions", &[".text", ".plt", ".init", ".fini"]),
    ("constants", &[".rodata"]),
    ("tables of pointers", &[".data.rel.ro", ".data", ".got", ".got.plt"]),
    ("relocations", &[".rela.dyn", ".relr.dyn", ".rela.plt"]),
    ("unwinding", &[".eh_frame", ".eh_frame_hdr", ".gcc_except_table"]),
    ("names for the loader", &[".dynsym", ".dynstr", ".gnu.hash", ".gnu.version", ".hash"]),
];

/// Two tables: the functions by whose they are, and the file by what it is made of.
pub(crate) fn table(library: &Path, stripped_bytes: u64) -> String {
    let mut functions =
        functions(&said(Command::new("nm").args(["-SC", "--defined-only"]).arg(library)));
    let small: u64 = functions.values().filter(|bytes| **bytes < SMALL_BYTES).sum();
    functions.retain(|_, bytes| *bytes >= SMALL_BYTES);
    functions.insert("smaller ones".to_owned(), small);
    let mut sections = sections(&said(Command::new("readelf").arg("-SW").arg(library)));
    let rest = stripped_bytes.saturating_sub(sections.values().sum());
    sections.insert("headers and the rest".to_owned(), rest);
    sections.insert("the file".to_owned(), stripped_bytes);
    lines("functions of", functions) + &lines("the file is", sections)
}

fn lines(title: &str, parts: BTreeMap<String, u64>) -> String {
    let mut parts: Vec<(String, u64)> = parts.into_iter().collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let line = |(name, bytes): &(String, u64)| format!("{name:<24} {bytes:>9}\n");
    format!("{title:<24} {:>9}\n", "bytes") + &parts.iter().map(line).collect::<String>() + "\n"
}

/// Functions that are the same are at one place, and counted once.
fn functions(nm: &str) -> BTreeMap<String, u64> {
    let mut parts = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for line in nm.lines() {
        let mut words = line.splitn(4, ' ');
        let [Some(at), Some(bytes), Some(kind), Some(name)] =
            [words.next(), words.next(), words.next(), words.next()]
        else {
            continue;
        };
        if matches!(kind, "t" | "T" | "w" | "W") && seen.insert(at) {
            let bytes = u64::from_str_radix(bytes, 16).unwrap_or_default();
            *parts.entry(owner(name)).or_default() += bytes;
        }
    }
    parts
}

fn owner(name: &str) -> String {
    let c = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    if !name.contains("::") {
        return match name {
            _ if c(&["ZSTD_", "HUF_", "FSE_", "HIST_", "XXH", "ERR_", "POOL_"]) => "zstd",
            _ if c(&["uniffi_", "ffi_", "rust_uniffi"]) => "soban_bindings",
            _ if c(&["rust_", "__rust", "_R", "_ZN"]) => "standard library",
            _ => "SQLite",
        }
        .to_owned();
    }
    // A path begins where no path goes on: `<a::B as c::D<e::F>>::g` names a, c and e.
    let starts = name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let crates = starts.filter_map(|path| path.split_once("::")).map(|(first, _)| first);
    crates
        .into_iter()
        .find(|name| !name.is_empty() && !STANDARD.contains(name))
        .unwrap_or("standard library")
        .to_owned()
}

fn sections(readelf: &str) -> BTreeMap<String, u64> {
    let mut parts = BTreeMap::new();
    for line in readelf.lines() {
        // `[ 9] .rodata PROGBITS address offset size …`
        let Some((_, line)) = line.split_once("] ") else { continue };
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, kind, _, _, bytes, ..] = words.as_slice() else { continue };
        let part = SECTIONS.iter().find(|(_, names)| names.contains(name));
        if let (Some((part, _)), false) = (part, *kind == "NOBITS") {
            let bytes = u64::from_str_radix(bytes, 16).unwrap_or_default();
            *parts.entry((*part).to_owned()).or_default() += bytes;
        }
    }
    parts
}

fn said(command: &mut Command) -> String {
    let said = command.output().expect("binutils are there");
    assert!(said.status.success(), "{command:?}");
    String::from_utf8_lossy(&said.stdout).into_owned()
}
