//! Names and phrases to write records with, and chance that repeats.

use std::collections::{BTreeMap, BTreeSet};

const TEXT: &str = include_str!("words.txt");
/// Sections whose words the history does not hold; the names of people alone come first.
const NEW_NAMES: [&str; 3] = ["other family", "other middle", "other given"];
const HONORIFICS: [&str; 5] = ["Ông ", "Bà ", "Anh ", "Chị ", "Cụ "];
const NEW_PHRASES: [&str; 2] = ["other work", "other note"];
/// Two phones that write twenty records each need as many of them.
const LEAST_PHRASES: usize = 40;

/// Lists of words, by what they are for.
#[derive(Debug)]
pub(crate) struct Words(BTreeMap<&'static str, Vec<&'static str>>);

impl Words {
    /// The words that the benches carry.
    pub(crate) fn read() -> Self {
        let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut list = "";
        for line in TEXT.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => list = name,
                None => lists.entry(list).or_default().push(line),
            }
        }
        let words = Self(lists);
        words.check();
        words
    }

    /// A list.
    pub(crate) fn list(&self, name: &str) -> &[&'static str] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// What is measured holds names that are all new; phrases that share no three words in a row
    /// with any of the history; and for gifts that are measured alone, phrases of words that mostly
    /// are new.
    fn check(&self) {
        let is_new = |name: &str| NEW_NAMES.contains(&name) || NEW_PHRASES.contains(&name);
        let old = self.0.iter().filter(|(name, _)| !is_new(name) && **name != "gift");
        let old: Vec<&str> = old.flat_map(|(_, list)| list).copied().collect();
        let known: BTreeSet<&str> = old.iter().flat_map(|line| words_of(line)).collect();
        let runs: BTreeSet<[String; 3]> = old.iter().flat_map(|line| threes_of(line)).collect();
        let share = |text: &str| {
            let (new, all) = words_of(text)
                .fold((0, 0), |(new, all), word| (new + u32::from(!known.contains(word)), all + 1));
            f64::from(new) / f64::from(all)
        };
        let gifts = self.list("gift").iter().flat_map(|line| line.split(" | ").enumerate());
        let (mut names, mut phrases): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for (place, part) in gifts {
            if place < 2 { names.push(part) } else { phrases.push(part) }
        }
        names.extend(NEW_NAMES.iter().flat_map(|name| self.list(name)));
        for name in names {
            // How people are spoken of is always known.
            let name = HONORIFICS.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
            assert!(share(name) > 0.99, "the history holds part of the name {name}");
        }
        for phrase in phrases {
            assert!(share(phrase) > 0.5, "the history holds most of “{phrase}”");
        }
        for name in NEW_PHRASES {
            let different: BTreeSet<&str> = self.list(name).iter().copied().collect();
            assert!(different.len() >= LEAST_PHRASES, "[{name}] has too few phrases");
            for phrase in different {
                let threes = threes_of(phrase);
                assert!(!threes.is_empty(), "“{phrase}” is too short to be told from the history");
                let held = threes.iter().find(|three| runs.contains(*three));
                assert!(held.is_none(), "the history holds {held:?} of “{phrase}”");
            }
        }
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Every three words in a row, in small letters.
fn threes_of(text: &str) -> Vec<[String; 3]> {
    let words: Vec<String> = words_of(text).map(str::to_lowercase).collect();
    words.array_windows().cloned().collect()
}

/// Chance that repeats with its seed: `SplitMix64`.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).unwrap() + 1;
        least + i64::try_from(self.next() % span).unwrap()
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// All of a list, in any order.
    pub(crate) fn shuffled<'a>(&mut self, list: &[&'a str]) -> Vec<&'a str> {
        let mut drawn: Vec<(u64, &str)> = list.iter().map(|text| (self.next(), *text)).collect();
        drawn.sort_unstable();
        drawn.into_iter().map(|(_, text)| text).collect()
    }

    /// One of a list.
    pub(crate) fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let most = i64::try_from(list.len()).unwrap() - 1;
        list[usize::try_from(self.between(0, most)).unwrap()]
    }
}
