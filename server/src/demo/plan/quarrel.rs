//! Where two phones of one cell disagree without knowing it: one case of each kind of contest.

use soban_core::base::{Date, Instant};

use super::cell::{Author, Cell, Village, day_of};
use super::gift;
use super::meeting::{self, Meeting};
use super::step::{Act, Fill, Round};

/// A way to disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quarrel {
    /// A land area measured twice: critical.
    Area,
    /// A roll call corrected twice: review, a group.
    Attendance,
    /// Void here, corrected there.
    VoidAgainstEdit,
    /// The July meeting recorded by both.
    Twins,
    /// Whether the donor's name may be printed: critical.
    Consent,
    /// Who mobilised: quiet.
    Mobiliser,
    /// A meeting void here, given another item there.
    VoidAgainstRow,
    /// A conclusion worded twice: review.
    Conclusion,
}

const ALL: [Quarrel; 8] = [
    Quarrel::Area,
    Quarrel::Attendance,
    Quarrel::VoidAgainstEdit,
    Quarrel::Twins,
    Quarrel::Consent,
    Quarrel::Mobiliser,
    Quarrel::VoidAgainstRow,
    Quarrel::Conclusion,
];

/// Writes two of them for the so-manieth pair of phones; four pairs have one of each.
pub(super) fn write(cell: &mut Cell<'_>, pair: usize, meetings: &[Meeting]) {
    let Some(village) = cell.village() else { return };
    let kinds = ALL.iter().cycle().skip(pair % ALL.len());
    for quarrel in kinds.step_by(4).take(2) {
        write_one(cell, *quarrel, village, meetings, pair);
    }
}

fn write_one(
    cell: &mut Cell<'_>,
    quarrel: Quarrel,
    village: &Village,
    meetings: &[Meeting],
    pair: usize,
) {
    let of_month = |month| meetings.iter().find(|meeting| meeting.month == month).copied();
    let words = &cell.content.agenda.words;
    match quarrel {
        Quarrel::Area => area(cell, village),
        Quarrel::Attendance => {
            let spring = meetings.iter().rev().filter(|meeting| meeting.month <= 6);
            if let Some(meeting) = spring.copied().find(|meeting| !meeting.voted) {
                attendance(cell, meeting);
            }
        }
        Quarrel::VoidAgainstEdit => void_against_edit(cell, village),
        Quarrel::Twins => {
            if let Some(meeting) = of_month(7) {
                meeting::record_again(cell, meeting);
            }
        }
        Quarrel::Consent => {
            let made = gift::disputed(cell, village, "land", 240);
            let consent = |truth| Fill::default().yes("consent_publication", truth);
            differ(cell, made, consent(true), consent(false));
        }
        Quarrel::Mobiliser => mobiliser(cell, village, pair),
        Quarrel::VoidAgainstRow => void_against_row(cell),
        Quarrel::Conclusion => {
            let one = Fill::default().text("conclusion", words.own_conclusion.clone());
            let other = Fill::default().text("conclusion", words.other_conclusion.clone());
            if let Some(meeting) = of_month(4) {
                differ(cell, meeting.made, one, other);
            }
        }
    }
}

/// The same record, written to by both in July.
fn differ(cell: &mut Cell<'_>, made: Instant, secretary: Fill, deputy: Fill) {
    let (early, late) = (cell.rng.between(8, 17), cell.rng.between(18, 28));
    cell.edit(Author::Secretary, day_of(7, early), made, secretary);
    cell.edit(Author::Deputy, day_of(7, late), made, deputy);
}

fn area(cell: &mut Cell<'_>, village: &Village) {
    let amount = cell.rng.between(20, 90) * 10;
    let made = gift::disputed(cell, village, "land", amount);
    let measured =
        |area: i64| Fill::default().number("area_m2", area).text("area_source", "tape_measured");
    let note = cell.content.gifts.words.remeasured.clone();
    let (secretary, deputy) = (measured(amount + 35).text("note", note), measured(amount - 20));
    differ(cell, made, secretary, deputy);
}

fn attendance(cell: &mut Cell<'_>, meeting: Meeting) {
    let note = cell.content.agenda.words.corrected.clone();
    let present = meeting.roll.present - 1;
    let fewer = |field: &str, absent: i64| {
        Fill::default().number("present", present).number(field, absent + 1)
    };
    let secretary = fewer("absent_excused", meeting.roll.excused).text("note", note);
    let deputy = fewer("absent_unexcused", meeting.roll.unexcused);
    differ(cell, meeting.made, secretary, deputy);
}

fn void_against_edit(cell: &mut Cell<'_>, village: &Village) {
    let amount = cell.rng.between(4, 30) * 50_000;
    let made = gift::disputed(cell, village, "cash", amount);
    let reason = cell.rng.word(&cell.content.gifts.words.void);
    cell.void(Author::Secretary, day_of(7, 12), made, reason);
    let more = Fill::default().number("amount_vnd", amount + 100_000);
    cell.edit(Author::Deputy, day_of(7, 20), made, more);
}

fn void_against_row(cell: &mut Cell<'_>) {
    let made = meeting::extraordinary(cell);
    let reason = cell.rng.word(&cell.content.gifts.words.void);
    cell.void(Author::Secretary, day_of(7, 9), made, reason);
    let text = cell.content.agenda.words.added_item.clone();
    let row = Fill::default().number("seq", 2).text("kind", "mobilisation").text("summary", text);
    let rows = vec![("agenda_item".to_owned(), row.typed())];
    let at = cell.evening(day_of(7, 15));
    let act = Act::Edit { made, fields: Fill::default().0, rows };
    cell.write(Author::Deputy, at, Round::Autumn, act);
}

fn mobiliser(cell: &mut Cell<'_>, village: &Village, pair: usize) {
    let made = gift::disputed(cell, village, "cash", 500_000);
    let by = |name: &str, role: &str| {
        Fill::default().text("mobilised_by", name.to_owned()).text("mobilised_by_role", role)
    };
    let (deputy, head) = (cell.deputy.clone(), cell.people.next(&mut cell.rng).name);
    differ(cell, made, by(&head, "village_head"), by(&deputy, "deputy_secretary"));
    // In every other such cell the secretary sees both in the end and settles it.
    if pair % 8 == 5 {
        let at = cell.evening(Date::new(2013, 1, 12).unwrap_or_default());
        let fields = by(&head, "village_head").0;
        let act = Act::Edit { made, fields, rows: Vec::new() };
        cell.write(Author::Secretary, at, Round::After, act);
    }
}
