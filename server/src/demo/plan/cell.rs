//! A cell: where it is, who leads it, and the pen its plan is written with.

use std::collections::BTreeSet;

use soban_core::base::{Date, Instant, OrgUnitId};
use soban_core::phone::Typed;

use super::content::{Content, Place};
use super::names::People;
use super::rng::Rng;
use super::step::{Act, Fill, PhonePlan, Round, Step};

const DAY_MS: i64 = 86_400_000;
/// Vietnam's clocks are seven hours ahead.
const OFFSET_MS: i64 = 7 * 3_600_000;

/// What the organisation tree says of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellFacts {
    pub(super) unit: OrgUnitId,
    /// How minutes speak of it: "thôn Pạc Bo", "Trạm Y tế xã Bản Sen".
    pub(super) noi: String,
    /// Places it looks after, its own first; none for an office.
    pub(super) villages: Vec<Village>,
}

/// A village.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Village {
    pub(super) unit: OrgUnitId,
    /// Without the word for village: "Pạc Bo".
    pub(super) name: String,
}

impl CellFacts {
    pub(super) fn place(&self) -> Place {
        if self.villages.is_empty() { Place::Office } else { Place::Village }
    }
}

/// How well a cell keeps its meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    /// Regularly and with quality, as the report counts it.
    Good,
    /// Some months have none.
    MissesMonths,
    /// Study is left out of most.
    LacksStudy,
    /// They are too short.
    Short,
}

/// Whose phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    Secretary,
    Deputy,
}

/// A cell whose plan is being written.
pub(super) struct Cell<'a> {
    pub(super) facts: &'a CellFacts,
    pub(super) content: &'a Content,
    pub(super) rng: Rng,
    pub(super) people: People<'a>,
    pub(super) grade: Grade,
    pub(super) paired: bool,
    pub(super) secretary: String,
    pub(super) deputy: String,
    steps: Vec<(Author, Step)>,
    serial: i64,
}

impl<'a> Cell<'a> {
    pub(super) fn new(
        content: &'a Content,
        facts: &'a CellFacts,
        seed: u64,
        grade: Grade,
        paired: bool,
    ) -> Self {
        let mut rng = Rng::new(seed, u64::from(facts.unit.0));
        let mut people = People::new(content, facts.place(), &mut rng);
        let named = content.report.cell.iter().find(|cell| cell.cell == facts.unit.0);
        let named = named.and_then(|cell| cell.secretary.clone());
        let secretary = named.unwrap_or_else(|| people.next(&mut rng).name);
        let deputy = people.next(&mut rng).name;
        let steps = Vec::new();
        Self { facts, content, rng, people, grade, paired, secretary, deputy, steps, serial: 0 }
    }

    /// A moment of a day that no other step of the cell has.
    pub(super) fn moment(&mut self, day: Date, minute: i64) -> Instant {
        self.serial += 1;
        let midnight = i64::from(day.days()) * DAY_MS - OFFSET_MS;
        Instant(midnight + minute * 60_000 + self.serial)
    }

    /// An evening moment of a day.
    pub(super) fn evening(&mut self, day: Date) -> Instant {
        let minute = self.rng.between(19 * 60, 22 * 60);
        self.moment(day, minute)
    }

    pub(super) fn write(&mut self, author: Author, at: Instant, round: Round, act: Act) {
        self.steps.push((author, Step { at, round, act }));
    }

    /// A record; the moment that names it.
    pub(super) fn save(
        &mut self,
        author: Author,
        day: Date,
        form: &str,
        fields: Fill,
        rows: Vec<Typed>,
    ) -> Instant {
        let at = self.evening(day);
        let rows = rows.into_iter().map(|row| ("agenda_item".to_owned(), row)).collect();
        let act = Act::Save { form: form.to_owned(), fields: fields.0, rows };
        self.write(author, at, round_of(day), act);
        at
    }

    /// A change to the record made at a moment.
    pub(super) fn edit(&mut self, author: Author, day: Date, made: Instant, fields: Fill) {
        let at = self.evening(day);
        let act = Act::Edit { made, fields: fields.0, rows: Vec::new() };
        self.write(author, at, round_of(day), act);
    }

    pub(super) fn void(&mut self, author: Author, day: Date, made: Instant, reason: String) {
        let at = self.evening(day);
        self.write(author, at, round_of(day), Act::Void { made, reason });
    }

    /// A village that the cell looks after.
    pub(super) fn village(&mut self) -> Option<&'a Village> {
        self.rng.pick(&self.facts.villages)
    }

    /// The plans of its phones.
    pub(super) fn phones(self) -> Vec<PhonePlan> {
        let holders = [(Author::Secretary, self.secretary), (Author::Deputy, self.deputy)];
        let count = if self.paired { 2 } else { 1 };
        let mut phones = Vec::new();
        for (number, (author, holder)) in (1..).zip(holders).take(count) {
            let own = self.steps.iter().filter(|(whose, _)| *whose == author);
            let mut steps: Vec<Step> = own.map(|(_, step)| step.clone()).collect();
            steps.sort_by_key(|step| (step.round, step.at));
            let name = format!("{}-{number}", self.facts.unit);
            let (unit, paired) = (self.facts.unit, self.paired);
            phones.push(PhonePlan { name, unit, holder, paired, steps });
        }
        phones
    }
}

/// The first half of 2012, or what comes after it.
pub(super) fn round_of(day: Date) -> Round {
    let spring = (day.year(), day.month().month()) <= (2012, 6);
    if spring { Round::Spring } else { Round::Autumn }
}

/// A day of 2012; days that a month does not have are its last.
pub(super) fn day_of(month: i64, day: i64) -> Date {
    let month = i8::try_from(month).unwrap_or(1);
    let days = (1..=i8::try_from(day).unwrap_or(1)).rev();
    days.filter_map(|day| Date::new(2012, month, day)).next().unwrap_or_default()
}

/// So many days later.
pub(super) fn later(day: Date, days: i64) -> Date {
    let days = i32::try_from(days).unwrap_or(0);
    Date::from_days(day.days() + days).unwrap_or(day)
}

/// Numbers of the cells that the report names.
pub(super) fn report_cells(content: &Content) -> BTreeSet<u32> {
    content.report.cell.iter().map(|cell| cell.cell).collect()
}
