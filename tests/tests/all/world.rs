//! Thousands of worlds, each from its seed. `SOBAN_SEED=7` runs one of them and tells its story;
//! `SOBAN_SEEDS=100` runs so many.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use soban_tests::world::{Template, World};

const SEEDS: u64 = 2_000;
/// After so many failing seeds the others would say the same.
const MOST_FAILURES: usize = 5;
/// The last lines of a failing seed's story.
const LAST: usize = 40;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// What went wrong in the world of a seed.
fn failure_of(template: &Template, seed: u64) -> Option<String> {
    let lived = catch_unwind(AssertUnwindSafe(|| World::new(template, seed).run()));
    lived.unwrap_or_else(|_| Err("a panic".to_owned())).err()
}

#[test]
fn whatever_happens_in_between_all_phones_and_the_district_agree_in_the_end() {
    let template = Template::new();
    let first = number("SOBAN_SEED");
    let end = first.map_or_else(|| number("SOBAN_SEEDS").unwrap_or(SEEDS), |seed| seed + 1);
    let next = AtomicU64::new(first.unwrap_or(0));
    let failures = Mutex::new(Vec::new());
    let work = || {
        while failures.lock().unwrap().len() < MOST_FAILURES {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                break;
            }
            if let Some(what) = failure_of(&template, seed) {
                failures.lock().unwrap().push((seed, what));
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    let told = failures.iter().map(|(seed, story)| {
        let lines: Vec<&str> = story.lines().collect();
        let last = if first.is_some() { 0 } else { lines.len().saturating_sub(LAST) };
        format!("seed {seed}\n{}", lines[last..].join("\n"))
    });
    assert!(failures.is_empty(), "{}", told.collect::<Vec<_>>().join("\n\n"));
}
