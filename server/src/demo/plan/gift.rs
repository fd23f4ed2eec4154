//! Works, gifts and drives beside those of the report, and what became of them later.

use soban_core::base::{Date, Instant};

use super::cell::{Author, Cell, Village, day_of, later};
use super::content::GiftText;
use super::step::Fill;

/// Records what a village did for its roads and houses in 2012.
pub(super) fn write(cell: &mut Cell<'_>) {
    let Some(village) = cell.village() else { return };
    let work = cell.rng.chance(55).then(|| work(cell, village)).flatten();
    for _ in 0..cell.rng.between(0, 3) {
        let author =
            if cell.paired && cell.rng.chance(40) { Author::Deputy } else { Author::Secretary };
        gift(cell, author, village, work.as_ref());
    }
    if cell.rng.chance(12) {
        drive(cell, village, work.as_ref());
    }
}

/// A work in the plan.
struct Work {
    made: Instant,
    begun_on: Date,
    name: String,
}

fn work(cell: &mut Cell<'_>, village: &Village) -> Option<Work> {
    let text = cell.rng.pick(&cell.content.gifts.work)?;
    let begun_on = day_of(cell.rng.between(2, 9), cell.rng.between(2, 25));
    let name = text.name.replace("{noi}", &village.name);
    let mut fields = Fill::default()
        .text("kind", text.kind.clone())
        .text("name", name.clone())
        .unit("village", village.unit)
        .text("status", if cell.rng.chance(50) { "mobilising" } else { "under_way" });
    if let Some([least, most]) = text.length {
        fields = fields.number("length_m", cell.rng.between(least, most));
    }
    if let Some(surface) = &text.surface {
        fields = fields.text("surface", surface.clone());
    }
    let made = cell.save(Author::Secretary, begun_on, "work", fields, Vec::new());
    if cell.rng.chance(45) {
        let done_on = day_of(cell.rng.between(11, 12), cell.rng.between(2, 25));
        let done = Fill::default().text("status", "done").day("completed_on", done_on);
        cell.edit(Author::Secretary, later(done_on, 2), made, done);
    }
    Some(Work { made, begun_on, name })
}

fn gift(cell: &mut Cell<'_>, author: Author, village: &Village, work: Option<&Work>) {
    let Some(text) = cell.rng.pick(&cell.content.gifts.gift) else { return };
    let from = work.map_or(day_of(2, 1), |work| work.begun_on);
    let given_on = later(from, cell.rng.between(3, 75));
    let written_on = later(given_on, cell.rng.between(0, 4));
    let household = author == Author::Secretary && cell.rng.chance(35);
    let donor = cell.people.next(&mut cell.rng).name;
    let mut fields = Fill::default()
        .text("donor_kind", if household { "household" } else { "individual" })
        .text("donor_name", donor.clone());
    if household {
        let head = Fill::default().unit("village", village.unit).text("head_name", donor);
        let made = cell.save(Author::Secretary, given_on, "household", head, Vec::new());
        fields = fields.made("donor_household", made);
    }
    // The deputy's phone has not heard of the work yet.
    fields = match (author, work) {
        (Author::Secretary, Some(work)) => fields.made("work", work.made),
        (Author::Deputy, Some(work)) => fields.text("work_name", work.name.clone()),
        (_, None) => fields.text("work_name", format!("Đường thôn {}", village.name)),
    };
    fields = common(cell, fields, village, given_on);
    fields = quantity(cell, fields, text).list("purpose", &some_purposes(cell, text));
    let pledged = cell.rng.chance(40);
    fields = fields.text("stage", if pledged { "pledged" } else { "minuted" });
    let made = cell.save(author, later(written_on, 1), "contribution", fields, Vec::new());
    afterwards(cell, author, made, given_on);
}

/// Where, when, and who went from door to door.
fn common(cell: &Cell<'_>, fields: Fill, village: &Village, given_on: Date) -> Fill {
    fields
        .unit("village", village.unit)
        .day("occurred_on", given_on)
        .text("mobilised_by", cell.secretary.clone())
        .text("mobilised_by_role", "secretary")
}

fn some_purposes(cell: &mut Cell<'_>, text: &GiftText) -> Vec<String> {
    vec![cell.rng.word(&text.purpose)]
}

fn quantity(cell: &mut Cell<'_>, fields: Fill, text: &GiftText) -> Fill {
    let [least, most] = text.amount;
    let amount = cell.rng.between(least / text.step, most / text.step) * text.step;
    let fields = fields.text("kind", text.kind.clone());
    match (text.kind.as_str(), &text.unit) {
        ("land", _) => land(cell, fields.number("area_m2", amount)),
        ("cash", _) => fields.number("amount_vnd", amount),
        ("labour_day", _) => fields.number("labour_days", amount),
        (_, unit) => fields
            .text("goods_name", cell.rng.word(&text.goods))
            .number("goods_qty", amount)
            .text("goods_unit", unit.clone().unwrap_or_default()),
    }
}

fn land(cell: &mut Cell<'_>, fields: Fill) -> Fill {
    let source = if cell.rng.chance(60) { "self_declared" } else { "tape_measured" };
    let kind = if cell.rng.chance(70) { "upland_field" } else { "garden" };
    let fields = fields
        .text("area_source", source)
        .text("land_type", kind)
        .text("recipient", "village_community")
        .yes("co_users_agree", true)
        .yes("no_compensation", true);
    if source == "self_declared" && cell.rng.chance(50) {
        fields.text("note", cell.content.gifts.words.land_text.clone())
    } else {
        fields
    }
}

/// Some are handed over, a few were written by mistake.
fn afterwards(cell: &mut Cell<'_>, author: Author, made: Instant, given_on: Date) {
    let day = later(given_on, cell.rng.between(40, 90));
    if cell.rng.chance(30) {
        let fields = Fill::default().text("stage", "handed_over").day("handed_over_on", day);
        cell.edit(author, later(day, 1), made, fields);
    } else if cell.rng.chance(7) {
        let reason = cell.rng.word(&cell.content.gifts.words.void);
        cell.void(author, day, made, reason);
    }
}

fn drive(cell: &mut Cell<'_>, village: &Village, work: Option<&Work>) {
    let decided_on = day_of(cell.rng.between(3, 10), cell.rng.between(2, 25));
    let households = cell.rng.between(24, 75);
    let mut fields = Fill::default()
        .unit("village", village.unit)
        .day("decided_on", decided_on)
        .text("decided_in", "village_meeting")
        .list("purpose", &["construction".to_owned()])
        .number("rate_vnd_per_household", cell.rng.between(2, 12) * 50_000)
        .number("rate_days_per_household", cell.rng.between(1, 5) * 10)
        .number("households_expected", households)
        .number("households_agreed", households - cell.rng.between(0, 3))
        .text("note", cell.content.gifts.words.drive_note.clone());
    fields = match work.filter(|work| work.begun_on <= decided_on) {
        Some(work) => fields.made("work", work.made),
        None => fields.text("work_name", format!("Đường nội thôn {}", village.name)),
    };
    let written_on = later(decided_on, 2);
    let made = cell.save(Author::Secretary, written_on, "contribution_drive", fields, Vec::new());
    if cell.rng.chance(60) {
        let paid = Fill::default().number("households_paid", households - cell.rng.between(3, 12));
        cell.edit(Author::Secretary, later(decided_on, 60), made, paid);
    }
}

/// A gift that the secretary and the deputy will disagree on; the moment that names its record.
pub(super) fn disputed(cell: &mut Cell<'_>, village: &Village, kind: &str, amount: i64) -> Instant {
    let given_on = day_of(cell.rng.between(4, 5), cell.rng.between(2, 25));
    let donor = cell.people.next(&mut cell.rng).name;
    let fields = Fill::default()
        .text("kind", kind)
        .text("donor_kind", "individual")
        .text("donor_name", donor)
        .text("work_name", format!("Đường nội thôn {}", village.name))
        .text("stage", "minuted");
    let fields = common(cell, fields, village, given_on);
    let fields = match kind {
        "land" => land(cell, fields.number("area_m2", amount)),
        _ => fields.number("amount_vnd", amount),
    };
    cell.save(Author::Secretary, later(given_on, 3), "contribution", fields, Vec::new())
}
