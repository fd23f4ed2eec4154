//! Records as people type them in: gifts, meetings and later changes of a cell.

use soban_core::form::Input;
use soban_core::phone::{NewRecord, Typed};

use crate::words::{Chance, Words};

/// Where names and phrases are taken from: what the history is written with, or what is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    History,
    Other,
}

impl Source {
    fn list(self, name: &str) -> String {
        match self {
            Self::History => name.to_owned(),
            Self::Other => format!("other {name}"),
        }
    }
}

/// Types records for one village.
#[derive(Debug)]
pub(crate) struct Typist<'a> {
    pub(crate) words: &'a Words,
    pub(crate) chance: Chance,
    /// The village that gifts are given in.
    pub(crate) village: i64,
}

fn text(words: impl Into<String>) -> Input {
    Input::Text(words.into())
}

fn typed<const N: usize>(fields: [(&str, Input); N]) -> Typed {
    fields.into_iter().map(|(name, input)| (name.to_owned(), input)).collect()
}

impl Typist<'_> {
    fn word(&mut self, source: Source, list: &str) -> String {
        self.chance.one_of(self.words.list(&source.list(list))).to_owned()
    }

    fn person(&mut self, source: Source) -> String {
        ["family", "middle", "given"].map(|part| self.word(source, part)).join(" ")
    }

    fn day(&mut self, month: i64) -> String {
        format!("{}/{month}/2012", self.chance.between(1, 28))
    }

    /// What somebody gave in a month: land, cash, labour days or material.
    pub(crate) fn gift(&mut self, source: Source, month: i64) -> NewRecord {
        let [work, note] = ["work", "note"].map(|list| self.word(source, list));
        self.gift_for(source, month, [&work, &note])
    }

    /// So many gifts in a month of words that the history does not hold, each for a work and with a
    /// note that no other of them has.
    pub(crate) fn different_gifts(&mut self, count: usize, month: i64) -> Vec<NewRecord> {
        let source = Source::Other;
        let [works, notes] =
            ["work", "note"].map(|list| self.chance.shuffled(self.words.list(&source.list(list))));
        let words = works.into_iter().zip(notes).take(count);
        let gifts: Vec<_> =
            words.map(|(work, note)| self.gift_for(source, month, [work, note])).collect();
        assert_eq!(gifts.len(), count, "there are too few works or notes");
        gifts
    }

    fn gift_for(&mut self, source: Source, month: i64, [work, note]: [&str; 2]) -> NewRecord {
        let honorific = self.chance.one_of(&["Ông", "Bà", "Anh", "Chị"]);
        let donor = format!("{honorific} {}", self.person(source));
        let asked_by = self.person(source);
        let day = self.day(month);
        let mut gift = self.gift_of([&donor, &asked_by, work, note], &day);
        let quantity = self.chance.between(0, 9);
        let quantity = match quantity {
            0..=3 => return gift,
            4..=6 => typed([
                ("kind", text("cash")),
                ("amount_vnd", Input::Int(self.chance.between(4, 100) * 50_000)),
            ]),
            7..=8 => typed([
                ("kind", text("labour_day")),
                ("labour_days", Input::Int(self.chance.between(10, 300))),
            ]),
            _ => typed([
                ("kind", text("material")),
                ("goods_name", text(self.chance.one_of(&["xi măng", "cát", "đá", "gỗ"]))),
                ("goods_qty", Input::Int(self.chance.between(1, 40) * 100)),
                ("goods_unit", text("m3")),
            ]),
        };
        for land in ["area_m2", "area_source"] {
            gift.fields.remove(land);
        }
        gift.fields.extend(quantity);
        gift
    }

    /// A gift of land of these words: donor, who asked for it, work, note.
    pub(crate) fn land(&mut self, words: &str) -> NewRecord {
        let parts: Vec<&str> = words.split(" | ").collect();
        let parts: [&str; 4] = parts.try_into().unwrap();
        let day = self.day(12);
        self.gift_of(parts, &day)
    }

    fn gift_of(&mut self, [donor, asked_by, work, note]: [&str; 4], day: &str) -> NewRecord {
        let fields = typed([
            ("kind", text("land")),
            ("donor_kind", text(self.chance.one_of(&["individual", "household"]))),
            ("donor_name", text(donor)),
            ("village", Input::Int(self.village)),
            ("area_m2", Input::Int(self.chance.between(6, 520) * 10)),
            ("area_source", text(self.chance.one_of(&["self_declared", "tape_measured"]))),
            ("occurred_on", text(day)),
            ("work_name", text(work)),
            ("purpose", Input::List(vec![self.purpose()])),
            ("mobilised_by", text(asked_by)),
            ("mobilised_by_role", text(self.chance.one_of(&["secretary", "village_head"]))),
            ("stage", text(self.chance.one_of(&["pledged", "minuted"]))),
            ("note", text(note)),
        ]);
        NewRecord {
            form: "contribution".to_owned(),
            fields,
            confirmed: true,
            ..NewRecord::default()
        }
    }

    fn purpose(&mut self) -> String {
        self.chance
            .one_of(&["construction", "widening", "levelling", "concrete_pouring"])
            .to_owned()
    }

    /// A meeting of a month, with three or four items on its agenda.
    pub(crate) fn meeting(&mut self, kind: &str, month: i64) -> NewRecord {
        let (official, away) = (self.chance.between(5, 14), self.chance.between(0, 2));
        let (source, start) = (Source::History, self.chance.between(38, 40) * 30);
        let clock = |minute: i64| text(format!("{:02}:{:02}", minute / 60, minute % 60));
        let ends = start + self.chance.between(60, 110);
        let mut fields = typed([
            ("kind", text(kind)),
            ("period_month", text(format!("{month}/2012"))),
            ("held_on", text(self.day(month))),
            ("started_at", clock(start)),
            ("ended_at", clock(ends)),
            ("place", text(self.word(source, "place"))),
            ("chair", text(self.person(source))),
            ("note_taker", text(self.person(source))),
            ("total_official", Input::Int(official)),
            ("total_probationary", Input::Int(1)),
            ("exempt", Input::Int(0)),
            ("present", Input::Int(official + 1 - away)),
            ("absent_excused", Input::Int(away)),
            ("absent_unexcused", Input::Int(0)),
            ("conclusion", text(self.word(source, "conclusion"))),
        ]);
        if self.chance.percent(15) {
            fields.insert("guests".to_owned(), text(self.word(source, "guests")));
        }
        let kinds = ["study", "month_review", "next_month", "pressing_issue"];
        let count = usize::try_from(self.chance.between(3, 4)).unwrap();
        let rows = kinds.iter().take(count).zip(1..).map(|(kind, seq)| self.item(kind, seq));
        let rows = rows.map(|item| ("agenda_item".to_owned(), item)).collect();
        let form = "meeting".to_owned();
        NewRecord { form, fields, rows, confirmed: true, ..NewRecord::default() }
    }

    fn item(&mut self, kind: &str, seq: i64) -> Typed {
        let source = Source::History;
        let clauses = [(); 2].map(|()| self.word(source, "clause")).join("; ");
        let mut item = typed([
            ("seq", Input::Int(seq)),
            ("kind", text(kind)),
            ("summary", text(clauses)),
            ("minutes", Input::Int(self.chance.between(3, 6) * 5)),
        ]);
        if kind == "study" {
            item.insert("topic".to_owned(), text(self.word(source, "topic")));
        }
        if self.chance.percent(40) {
            item.insert("conclusion".to_owned(), text(self.word(source, "clause")));
        }
        item
    }

    /// A later change of a gift.
    pub(crate) fn change(&mut self, month: i64) -> Typed {
        match self.chance.between(0, 2) {
            0 => typed([
                ("stage", text("handed_over")),
                ("handed_over_on", text(format!("28/{month}/2012"))),
            ]),
            1 => typed([("note", text(self.word(Source::History, "note")))]),
            _ => typed([("donor_name", text(self.person(Source::History)))]),
        }
    }
}
