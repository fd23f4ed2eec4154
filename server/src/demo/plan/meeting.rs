//! The meetings of 2012: twelve regular ones, better or worse kept.

use soban_core::base::{Date, Instant};

use super::agenda;
use super::cell::{Author, Cell, Grade, day_of, later};
use super::content::Place;
use super::step::Fill;

/// A regular meeting in the plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meeting {
    pub(super) month: i64,
    pub(super) held_on: Date,
    /// The moment that names its record.
    pub(super) made: Instant,
    pub(super) roll: Roll,
    /// Whether there was a vote, which ties the number of those present down.
    pub(super) voted: bool,
}

/// Who was there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roll {
    pub(super) official: i64,
    pub(super) probationary: i64,
    pub(super) exempt: i64,
    pub(super) present: i64,
    pub(super) excused: i64,
    pub(super) unexcused: i64,
}

impl Roll {
    pub(super) fn fill(self, fields: Fill) -> Fill {
        fields
            .number("total_official", self.official)
            .number("total_probationary", self.probationary)
            .number("exempt", self.exempt)
            .number("present", self.present)
            .number("absent_excused", self.excused)
            .number("absent_unexcused", self.unexcused)
    }

    /// How many may vote.
    pub(super) fn voters(self) -> i64 {
        (self.present - self.probationary).clamp(0, self.official)
    }
}

/// What stays the same in a cell all year.
struct Habits {
    day: i64,
    starts: i64,
    place: String,
    official: i64,
    probationary: i64,
    exempt: i64,
}

/// Records the year's meetings; what was planned of the regular ones.
pub(super) fn write(cell: &mut Cell<'_>) -> Vec<Meeting> {
    let habits = habits(cell);
    let missed = match cell.grade {
        Grade::MissesMonths => cell.rng.between(2, 4),
        _ => 0,
    };
    let mut months: Vec<i64> = (1..=12).collect();
    cell.rng.shuffle(&mut months);
    let mut held: Vec<i64> =
        months.into_iter().skip(usize::try_from(missed).unwrap_or(0)).collect();
    held.sort_unstable();
    let meetings = held.into_iter().map(|month| regular(cell, &habits, month)).collect();
    if cell.grade == Grade::Good && cell.rng.chance(25) {
        thematic(cell, &habits);
    }
    meetings
}

fn habits(cell: &mut Cell<'_>) -> Habits {
    let office = cell.facts.place() == Place::Office;
    let agenda = &cell.content.agenda;
    let places = if office { &agenda.office.places } else { &agenda.village.places };
    let name = cell.facts.villages.first().map_or(&cell.facts.noi, |village| &village.name);
    let place = cell.rng.word(places).replace("{noi}", name);
    let rng = &mut cell.rng;
    Habits {
        day: rng.between(3, 22),
        starts: if office { 14 * 60 } else { rng.between(38, 40) * 30 },
        place,
        official: if office { rng.between(5, 22) } else { rng.between(4, 14) },
        probationary: rng.between(0, 2),
        exempt: i64::from(rng.chance(30)),
    }
}

fn regular(cell: &mut Cell<'_>, habits: &Habits, month: i64) -> Meeting {
    let late = month == 7 && cell.rng.chance(20);
    let day = habits.day + if late { 5 } else { cell.rng.between(0, 2) };
    let held_on = day_of(month, day);
    let roll = roll(cell, habits, month);
    let mut fields = frame(cell, habits, "regular", month, held_on);
    fields = roll.fill(fields);
    if late {
        fields = fields.text("note", cell.content.agenda.words.late_note.clone());
    }
    if cell.rng.chance(12) {
        fields = fields.text("guests", cell.content.agenda.words.guests.clone());
    }
    let (rows, minutes) = agenda::items(cell, month, roll);
    let voted = rows.iter().any(|row| row.contains_key("votes_for"));
    fields = time(fields, habits.starts, minutes);
    fields = fields.text("conclusion", conclusion(cell));
    let day = later(held_on, cell.rng.between(0, 2));
    let made = cell.save(Author::Secretary, day, "meeting", fields, rows);
    Meeting { month, held_on, made, roll, voted }
}

/// Kind, month, day, place and who led.
fn frame(cell: &Cell<'_>, habits: &Habits, kind: &str, month: i64, held_on: Date) -> Fill {
    Fill::default()
        .text("kind", kind)
        .text("period_month", format!("{month}/2012"))
        .day("held_on", held_on)
        .text("place", habits.place.clone())
        .text("chair", cell.secretary.clone())
        .text("note_taker", cell.deputy.clone())
}

fn time(fields: Fill, starts: i64, minutes: i64) -> Fill {
    let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    fields.text("started_at", clock(starts)).text("ended_at", clock(starts + minutes))
}

fn roll(cell: &mut Cell<'_>, habits: &Habits, month: i64) -> Roll {
    // A probationary member becomes official, or one is admitted, in the middle of the year.
    let official = habits.official + i64::from(month > 6 && habits.probationary > 1);
    let probationary = habits.probationary - i64::from(official > habits.official);
    let due = official + probationary - habits.exempt;
    let away = cell.rng.between(0, (due / 3).max(1)).min(due - 1);
    let careless = i64::from(cell.grade != Grade::Good || cell.rng.chance(10));
    let unexcused = cell.rng.between(0, careless).min(away);
    Roll {
        official,
        probationary,
        exempt: habits.exempt,
        present: due - away,
        excused: away - unexcused,
        unexcused,
    }
}

fn conclusion(cell: &mut Cell<'_>) -> String {
    let words = &cell.content.agenda.words;
    match cell.grade {
        Grade::Short => cell.rng.word(&words.short_conclusion),
        _ => cell.rng.word(&words.conclusion),
    }
}

/// A meeting on one topic, in the month of Uncle Hồ's visit.
fn thematic(cell: &mut Cell<'_>, habits: &Habits) {
    let held_on = day_of(9, 26);
    let roll = roll(cell, habits, 9);
    let (row, minutes) = agenda::study_only(cell, 9);
    let fields = roll.fill(frame(cell, habits, "thematic", 9, held_on));
    let fields = time(fields, habits.starts, minutes).text("conclusion", conclusion(cell));
    cell.save(Author::Secretary, later(held_on, 1), "meeting", fields, vec![row]);
}

/// A meeting called after a landslide in June; the moment that names its record.
pub(super) fn extraordinary(cell: &mut Cell<'_>) -> Instant {
    let habits = habits(cell);
    let held_on = day_of(6, 26);
    let roll = roll(cell, &habits, 6);
    let fields = roll.fill(frame(cell, &habits, "extraordinary", 6, held_on));
    let text = cell.content.agenda.words.extraordinary.clone();
    let row = Fill::default().number("seq", 1).text("kind", "other").text("summary", text);
    let fields = time(fields, habits.starts, 45).text("conclusion", conclusion(cell));
    cell.save(Author::Secretary, later(held_on, 1), "meeting", fields, vec![row.typed()])
}

/// The deputy's own record of a meeting that the secretary has recorded too.
pub(super) fn record_again(cell: &mut Cell<'_>, meeting: Meeting) {
    let habits = habits(cell);
    let roll = Roll {
        present: meeting.roll.present - 1,
        excused: meeting.roll.excused + 1,
        ..meeting.roll
    };
    let (rows, minutes) = agenda::items(cell, meeting.month, roll);
    let fields = frame(cell, &habits, "regular", meeting.month, meeting.held_on);
    let fields = time(roll.fill(fields), habits.starts, minutes);
    let fields = fields.text("conclusion", conclusion(cell));
    let day = later(meeting.held_on, 1);
    cell.save(Author::Deputy, day, "meeting", fields, rows);
}
