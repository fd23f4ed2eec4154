//! Persons: put together from parts, none twice in a cell, none of those the report names.

use std::collections::BTreeSet;

use super::content::{self, Content, Place};
use super::rng::Rng;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) name: String,
    /// The identifier of how they are spoken of.
    pub(super) honorific: &'static str,
}

/// Who lives around one cell.
#[derive(Debug)]
pub(super) struct People<'a> {
    /// The people that most are of, and all of them.
    main: Option<&'a content::People>,
    all: &'a [content::People],
    taken: BTreeSet<String>,
}

impl<'a> People<'a> {
    pub(super) fn new(content: &'a Content, place: Place, rng: &mut Rng) -> Self {
        let of_offices = |people: &&content::People| people.name == "kinh";
        let all = content.people.as_slice();
        let main = match place {
            Place::Office => all.iter().find(of_offices),
            Place::Any | Place::Village => {
                let local: Vec<_> = all.iter().filter(|people| !of_offices(people)).collect();
                rng.pick(&local).copied()
            }
        };
        let records = content.report.cell.iter().flat_map(|cell| &cell.record);
        let named = records.filter_map(|record| {
            let name = record.fields.get("display_name").or(record.fields.get("donor_name"))?;
            name.as_str().map(str::to_owned)
        });
        let secretaries = content.report.cell.iter().filter_map(|cell| cell.secretary.clone());
        let report = ["Hoàng Thị The", "Lèng Seo Chẻo"].map(str::to_owned);
        let taken = named.chain(secretaries).chain(report).collect();
        Self { main, all, taken }
    }

    /// Somebody new.
    pub(super) fn next(&mut self, rng: &mut Rng) -> Person {
        loop {
            let main = rng.chance(80).then_some(self.main).flatten();
            let Some(people) = main.or_else(|| rng.pick(self.all)) else {
                return Person { name: "Chủ hộ".to_owned(), honorific: "mr" };
            };
            let woman = rng.chance(30);
            let (middle, given, honorific) = if woman {
                (&people.middle_woman, &people.given_woman, "mrs")
            } else {
                (&people.middle_man, &people.given_man, "mr")
            };
            let parts = [rng.word(&people.family), rng.word(middle), rng.word(given)];
            let name = parts.join(" ");
            if self.taken.insert(name.clone()) {
                return Person { name, honorific };
            }
        }
    }
}
