//! Who writes what, in which phase: made from a fixed seed and the organisation tree alone.
//!
//! Phase 0: secretaries record the first half of the year and sync. Phase 1: deputies enrol and
//! receive it. Phase 2: all record offline and change what the other holds, unseen by each other,
//! and sync in shuffled order. Phase 3: all sync once more.

use std::collections::BTreeMap;
use std::str::FromStr;

use soban_core::base::{Date, OrgUnitId};
use soban_core::form::Input;
use soban_core::phone::{NewRecord, Typed};

use super::DemoError;
use super::content::{Content, Named};
use super::dice::Dice;

const SEED: u64 = 0x5eed_0000_2013;
/// Cells of the small demo: those that the report names, and others after them.
const SMALL_CELLS: usize = 20;
/// Cells that keep their meetings and study to the letter: 176 of 251 (the report's A13).
const GOOD_CELLS: usize = 176;
/// One cell in so many has a second phone.
const DEPUTY_EVERY: usize = 6;
const MONTHS: i64 = 12;

/// How much to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Size {
    /// All 251 cells.
    #[default]
    Full,
    /// Twenty cells, among them those that the report names.
    Small,
}

/// Something that a phone does offline.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Makes a record, with rows; `work` says that it is for the last work on the phone.
    Save {
        /// What is filled in.
        record: Box<NewRecord>,
        /// Whether it is for the last work on the phone.
        work: bool,
    },
    /// Changes the record that these words find.
    Edit {
        /// Words that find it.
        find: String,
        /// What is typed.
        fields: Typed,
    },
    /// Makes the record that these words find void.
    Void {
        /// Words that find it.
        find: String,
        /// Why.
        reason: String,
    },
}

/// What one phone does.
#[derive(Debug, Clone, PartialEq)]
pub struct PhonePlan {
    /// Names its folder.
    pub name: String,
    /// Whose books it writes.
    pub unit: OrgUnitId,
    /// Who holds it.
    pub holder: String,
    /// Steps by phase.
    pub phases: [Vec<Step>; 4],
    /// Whether its sync of phase 2 is cut off in the middle first.
    pub cut: bool,
    /// The phase in which it enrols.
    pub from: usize,
}

/// What one cell's phones do.
#[derive(Debug, Clone, PartialEq)]
pub struct CellPlan {
    /// The cell.
    pub unit: OrgUnitId,
    /// Its secretary's phone, and perhaps its deputy's.
    pub phones: Vec<PhonePlan>,
}

/// A cell as the plan needs it.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its number.
    pub unit: OrgUnitId,
    /// What it is called.
    pub name: String,
    /// A village it looks after.
    pub village: Option<OrgUnitId>,
}

/// The plan of a filling.
///
/// # Errors
/// [`DemoError::Content`].
pub fn plan(cells: &[Cell], size: Size) -> Result<Vec<CellPlan>, DemoError> {
    let (content, named) = Content::load()?;
    let mut chosen: Vec<&Cell> = cells.iter().collect();
    if size == Size::Small {
        let is_named = |cell: &Cell| named.iter().any(|named| named.cell == cell.unit.0);
        chosen.sort_by_key(|cell| (!is_named(cell), cell.unit));
        chosen.truncate(SMALL_CELLS);
    }
    let plans = chosen.iter().enumerate().map(|(place, cell)| {
        let planner = Planner { content: &content, cell, good: place < GOOD_CELLS };
        let own: Vec<&Named> = named.iter().filter(|named| named.cell == cell.unit.0).collect();
        let land = own.iter().any(|named| named.fields.contains_key("area_m2"));
        planner.plan(&own, land || place % DEPUTY_EVERY == 0)
    });
    Ok(plans.collect())
}

struct Planner<'a> {
    content: &'a Content,
    cell: &'a Cell,
    good: bool,
}

impl Planner<'_> {
    fn plan(&self, named: &[&Named], deputy: bool) -> CellPlan {
        let mut dice = Dice::new(SEED ^ u64::from(self.cell.unit.0));
        let people: Vec<String> = (0..14).map(|_| self.content.name(&mut dice)).collect();
        let mut secretary = self.phone("1", &people, 0, &mut dice);
        for named in named {
            let phase = secretary.phases.first_mut();
            phase.into_iter().for_each(|phase| phase.push(self.named(named)));
        }
        let missed = if self.good { 0 } else { dice.between(1, 12) };
        for month in 1..=MONTHS {
            if month == missed && dice.one_in(2) {
                continue;
            }
            let phase = if month <= 6 { 0 } else { 2 };
            // Both phones record the July meeting where there are two: one thing, written twice.
            let step = self.meeting(month, &people, &mut dice);
            if let Some(steps) = secretary.phases.get_mut(phase) {
                steps.push(step);
            }
        }
        let has_work = named.iter().any(|named| named.form == "work");
        let gifts = self.gifts(has_work, &people, &mut dice);
        if let Some(steps) = secretary.phases.first_mut() {
            steps.extend(gifts.iter().cloned());
        }
        let mut phones = vec![secretary];
        if deputy {
            let second = self.deputy(&mut phones, named, &people, &mut dice);
            phones.push(second);
        }
        CellPlan { unit: self.cell.unit, phones }
    }

    fn phone(&self, suffix: &str, people: &[String], from: usize, dice: &mut Dice) -> PhonePlan {
        let (place, title) = if suffix == "1" { (0, "bí thư") } else { (1, "phó bí thư") };
        let person = people.get(place).cloned().unwrap_or_default();
        PhonePlan {
            name: format!("{}-{suffix}", self.cell.unit),
            unit: self.cell.unit,
            holder: format!("{person} ({title})"),
            phases: Default::default(),
            cut: dice.one_in(8),
            from,
        }
    }

    fn named(&self, named: &Named) -> Step {
        let record = NewRecord {
            form: named.form.clone(),
            fields: named.fields.clone(),
            confirmed: true,
            ..NewRecord::default()
        };
        Step::Save { record: Box::new(record), work: named.work }
    }

    /// The deputy's phone, and what the two do to each other's records unseen.
    fn deputy(
        &self,
        phones: &mut [PhonePlan],
        named: &[&Named],
        people: &[String],
        dice: &mut Dice,
    ) -> PhonePlan {
        let mut deputy = self.phone("2", people, 1, dice);
        let mut ours = Vec::new();
        let mut theirs = vec![self.meeting(7, people, dice)];
        let land = named.iter().find(|named| named.fields.contains_key("area_m2"));
        let donor = land.and_then(|named| named.fields.get("donor_name"));
        match donor {
            // The report's own figure stays among the values: the secretary keeps it.
            Some(Input::Text(donor)) => {
                let area = dice.between(2, 24) * 25;
                ours.push(edit(donor, &[("area_text", "đo lại cùng trưởng thôn, có biên bản")]));
                theirs.push(edit(donor, &[("area_m2", &area.to_string())]));
            }
            _ => {
                let official = dice.between(7, 12);
                ours.push(edit("thuong ky 3/2012", &[("place", "Nhà bí thư chi bộ")]));
                theirs.push(edit("thuong ky 3/2012", &[("place", "Nhà văn hóa thôn")]));
                ours.push(attendance("thuong ky 2/2012", official, 1));
                theirs.push(attendance("thuong ky 2/2012", official, 2));
            }
        }
        if dice.one_in(3) {
            let reason = dice.pick(&self.content.void_reasons);
            ours.push(Step::Void { find: "ngay cong".to_owned(), reason });
            theirs.push(edit("ngay cong", &[("note", "Đã làm xong, có chấm công")]));
        }
        let phases = [phones.first_mut(), Some(&mut deputy)].into_iter().flatten();
        for (phone, steps) in phases.zip([ours, theirs]) {
            phone.phases.get_mut(2).into_iter().for_each(|phase| phase.extend(steps.clone()));
        }
        deputy
    }

    fn meeting(&self, month: i64, people: &[String], dice: &mut Dice) -> Step {
        let day = dice.between(3, 26);
        let (official, probationary) = (dice.between(5, 17), dice.between(0, 2));
        let exempt = dice.between(0, 1);
        let due = official + probationary - exempt;
        let (excused, unexcused) = (dice.between(0, 2), i64::from(dice.one_in(9)));
        let minutes = if self.good { dice.between(95, 140) } else { dice.between(45, 100) };
        let start = 19 * 60 + dice.between(0, 3) * 15 - 60;
        let person = |place: usize| text(people.get(place).cloned().unwrap_or_default());
        let place =
            if self.cell.village.is_some() { "Nhà văn hóa thôn" } else { "Phòng họp" };
        let fields = Typed::from([
            ("kind".to_owned(), text("regular")),
            ("period_month".to_owned(), text(format!("{month}/2012"))),
            ("held_on".to_owned(), text(format!("{day}/{month}/2012"))),
            ("started_at".to_owned(), text(clock_time(start))),
            ("ended_at".to_owned(), text(clock_time(start + minutes))),
            ("place".to_owned(), text(place)),
            ("chair".to_owned(), person(0)),
            ("note_taker".to_owned(), person(2)),
            ("total_official".to_owned(), Input::Int(official)),
            ("total_probationary".to_owned(), Input::Int(probationary)),
            ("exempt".to_owned(), Input::Int(exempt)),
            ("present".to_owned(), Input::Int(due - excused - unexcused)),
            ("absent_excused".to_owned(), Input::Int(excused)),
            ("absent_unexcused".to_owned(), Input::Int(unexcused)),
            ("conclusion".to_owned(), text(dice.pick(&self.content.conclusions))),
        ]);
        let studied = self.good || !dice.one_in(3);
        let rows = self.agenda(studied, dice);
        let record = NewRecord {
            form: "meeting".to_owned(),
            fields,
            rows,
            confirmed: true,
            ..NewRecord::default()
        };
        Step::Save { record: Box::new(record), work: false }
    }

    fn agenda(&self, studied: bool, dice: &mut Dice) -> Vec<(String, Typed)> {
        let content = self.content;
        let mut items = vec![("current_affairs", dice.pick(&content.affairs), None)];
        if studied {
            items.push(("study", dice.pick(&content.studies), Some(dice.pick(&content.topics))));
        }
        items.push(("month_review", dice.pick(&content.reviews), None));
        if dice.one_in(2) {
            items.push(("pressing_issue", dice.pick(&content.issues), None));
        }
        items.push(("next_month", dice.pick(&content.nexts), None));
        let row = |(seq, (kind, summary, topic)): (i64, (&str, String, Option<String>))| {
            let mut fields = Typed::from([
                ("seq".to_owned(), Input::Int(seq)),
                ("kind".to_owned(), text(kind)),
                ("summary".to_owned(), text(summary)),
                ("minutes".to_owned(), Input::Int(10 + seq * 5)),
            ]);
            fields.extend(topic.map(|topic| ("topic".to_owned(), text(topic))));
            ("agenda_item".to_owned(), fields)
        };
        (1..).zip(items).map(row).collect()
    }

    /// A work, and what two of the village's people gave for it; none where the report names one.
    fn gifts(&self, has_work: bool, people: &[String], dice: &mut Dice) -> Vec<Step> {
        let Some(village) = self.cell.village.filter(|_| !has_work) else { return Vec::new() };
        let [kind, name, surface] = dice.pick(&self.content.works);
        let village = Input::Int(i64::from(village.0));
        let mut work = Typed::from([
            ("kind".to_owned(), text(kind)),
            (
                "name".to_owned(),
                text(format!("{name} {}", self.cell.name.replace("Chi bộ thôn ", ""))),
            ),
            ("village".to_owned(), village.clone()),
            ("status".to_owned(), text("under_way")),
        ]);
        if !surface.is_empty() {
            work.insert("surface".to_owned(), text(surface));
            work.insert("length_m".to_owned(), Input::Int(dice.between(8, 60) * 20));
        }
        let mut gift = |kind: &str, field: &str, value: i64, donor: usize| {
            let day = dice.between(1, 27);
            let month = dice.between(2, 6);
            let donor = people.get(donor).cloned().unwrap_or_default();
            let mut fields = Typed::from([
                ("kind".to_owned(), text(kind)),
                ("donor_kind".to_owned(), text("household")),
                ("donor_name".to_owned(), text(format!("hộ ông {donor}"))),
                ("village".to_owned(), village.clone()),
                (field.to_owned(), Input::Int(value)),
                ("occurred_on".to_owned(), text(format!("{day}/{month}/2012"))),
                ("stage".to_owned(), text("pledged")),
            ]);
            if kind == "land" {
                fields.insert("area_source".to_owned(), text("self_declared"));
            }
            save("contribution", fields, true)
        };
        vec![
            save("work", work, false),
            gift("land", "area_m2", 40 + i64::from(self.cell.unit.0 % 11) * 20, 5),
            gift("labour_day", "labour_days", 10 * (8 + i64::from(self.cell.unit.0 % 17)), 6),
        ]
    }
}

fn save(form: &str, fields: Typed, work: bool) -> Step {
    let record =
        NewRecord { form: form.to_owned(), fields, confirmed: true, ..NewRecord::default() };
    Step::Save { record: Box::new(record), work }
}

fn edit(find: &str, fields: &[(&str, &str)]) -> Step {
    let typed = fields.iter().map(|(name, value)| ((*name).to_owned(), text(*value)));
    Step::Edit { find: find.to_owned(), fields: typed.collect() }
}

/// An attendance that adds up: nobody exempt, so many absent with a reason.
fn attendance(find: &str, official: i64, excused: i64) -> Step {
    let fields = [
        ("total_official", official),
        ("total_probationary", 0),
        ("exempt", 0),
        ("present", official - excused),
        ("absent_excused", excused),
        ("absent_unexcused", 0),
    ];
    let typed = fields.map(|(name, value)| (name.to_owned(), Input::Int(value)));
    Step::Edit { find: find.to_owned(), fields: typed.into_iter().collect() }
}

fn text(words: impl Into<String>) -> Input {
    Input::Text(words.into())
}

fn clock_time(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// When a simulated phone's clock stands at in a phase: the demo's year, not ours.
pub(super) fn phase_date(phase: usize) -> Date {
    let dates = ["2012-06-28", "2012-06-30", "2012-12-27", "2013-01-04"];
    let date = dates.get(phase).and_then(|date| Date::from_str(date).ok());
    date.unwrap_or_default()
}

/// The villages that cells look after, by cell.
pub(super) fn villages(coverage: &[(OrgUnitId, OrgUnitId)]) -> BTreeMap<OrgUnitId, OrgUnitId> {
    let mut villages = BTreeMap::new();
    for (cell, village) in coverage {
        villages.entry(*cell).or_insert(*village);
    }
    villages
}
