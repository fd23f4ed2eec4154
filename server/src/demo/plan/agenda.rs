//! What a meeting talks about.

use soban_core::phone::Typed;

use super::cell::{Cell, Grade};
use super::content::{AgendaText, Place};
use super::meeting::Roll;
use super::step::Fill;

/// In the order in which minutes have them.
const ORDER: [&str; 12] = [
    "current_affairs",
    "superior_resolution",
    "study",
    "month_review",
    "cadre_assessment",
    "criticism",
    "pressing_issue",
    "mobilisation",
    "member_development",
    "commendation",
    "next_month",
    "dues",
];

/// A meeting's items, and how many minutes it took.
pub(super) fn items(cell: &mut Cell<'_>, month: i64, roll: Roll) -> (Vec<Typed>, i64) {
    let kinds = kinds(cell, month);
    let short = cell.grade == Grade::Short;
    let mut minutes = 0;
    let mut rows = Vec::new();
    for (seq, kind) in (1..).zip(kinds) {
        let took = if short { cell.rng.between(8, 15) } else { cell.rng.between(3, 6) * 5 };
        minutes += took;
        rows.extend(item(cell, (seq, kind), month, took, Some(roll)));
    }
    // The opening, the roll call, the minutes read out.
    let around = if short { 5 } else { 95 - minutes.min(85) };
    (rows, minutes + around)
}

/// The one item of a meeting on a topic, and how many minutes it took.
pub(super) fn study_only(cell: &mut Cell<'_>, month: i64) -> (Typed, i64) {
    let minutes = cell.rng.between(15, 20) * 5;
    let row = item(cell, (1, "study"), month, minutes, None);
    (row.unwrap_or_default(), minutes + 15)
}

fn kinds(cell: &mut Cell<'_>, month: i64) -> Vec<&'static str> {
    let studies = match cell.grade {
        Grade::Good => true,
        Grade::MissesMonths => cell.rng.chance(50),
        Grade::LacksStudy => cell.rng.chance(30),
        Grade::Short => cell.rng.chance(60),
    };
    let mut wanted = vec!["month_review", "next_month"];
    if studies {
        wanted.push("study");
    }
    let least = i64::from(!studies && cell.grade != Grade::Short);
    let most = if cell.grade == Grade::Short { 0 } else { 3 };
    let mut others: Vec<&str> =
        ORDER.iter().copied().filter(|kind| !wanted.contains(kind) && *kind != "study").collect();
    cell.rng.shuffle(&mut others);
    let count = usize::try_from(cell.rng.between(least, most)).unwrap_or(0);
    let possible = others.into_iter().filter(|kind| !texts(cell, kind, month).is_empty());
    wanted.extend(possible.take(count));
    ORDER.into_iter().filter(|kind| wanted.contains(kind)).collect()
}

/// The ways to put an item of this kind, here and in this month.
fn texts<'a>(cell: &Cell<'a>, kind: &str, month: i64) -> Vec<&'a AgendaText> {
    let place = cell.facts.place();
    let fits = |text: &&AgendaText| {
        text.kind == kind && (text.place == Place::Any || text.place == place) && text.from <= month
    };
    cell.content.agenda.item.iter().filter(fits).collect()
}

fn item(
    cell: &mut Cell<'_>,
    (seq, kind): (i64, &str),
    month: i64,
    minutes: i64,
    roll: Option<Roll>,
) -> Option<Typed> {
    let texts = texts(cell, kind, month);
    let text = *cell.rng.pick(&texts)?;
    let mut row = Fill::default()
        .number("seq", seq)
        .text("kind", kind)
        .text("summary", fill_in(cell, &text.summary, month))
        .number("minutes", minutes);
    if kind == "study" {
        row = row.text("topic", cell.rng.word(&cell.content.agenda.topics));
    }
    if let Some(conclusion) = &text.conclusion {
        row = row.text("conclusion", fill_in(cell, conclusion, month));
    }
    if let Some(roll) = roll.filter(|_| text.votes) {
        let abstain = i64::from(roll.voters() > 3 && cell.rng.chance(20));
        row = row
            .number("votes_for", roll.voters() - abstain)
            .number("votes_against", 0)
            .number("votes_abstain", abstain);
    }
    Some(row.typed())
}

fn fill_in(cell: &Cell<'_>, text: &str, month: i64) -> String {
    let next = month % 12 + 1;
    let work = usize::try_from(next - 1).ok();
    let work = work.and_then(|month| cell.content.agenda.village.work.get(month));
    text.replace("{noi}", &cell.facts.noi)
        .replace("{thang}", &month.to_string())
        .replace("{thang_sau}", &next.to_string())
        .replace("{viec}", work.map_or("", String::as_str))
}
