//! Who belongs to the cell, and a few households that give.

use soban_core::base::OrgUnitId;

use super::cell::{Author, Cell, day_of};
use super::names::Person;
use super::step::Fill;

/// Records the cell's leaders, some members and, in villages, the head of the village.
pub(super) fn write(cell: &mut Cell<'_>) {
    let village = cell.facts.villages.first().map(|village| village.unit);
    let leaders =
        [(cell.secretary.clone(), "secretary"), (cell.deputy.clone(), "deputy_secretary")];
    for (name, role) in leaders {
        let person = Person { name, honorific: "comrade" };
        write_person(cell, &person, Some("official"), role, village);
    }
    if village.is_some() {
        let head = cell.people.next(&mut cell.rng);
        let membership = if cell.rng.chance(60) { "official" } else { "not_member" };
        write_person(cell, &head, Some(membership), "village_head", village);
    }
    for _ in 0..cell.rng.between(0, 2) {
        let member = cell.people.next(&mut cell.rng);
        let membership = if cell.rng.chance(80) { "official" } else { "probationary" };
        write_person(cell, &member, Some(membership), "party_member", village);
    }
}

fn write_person(
    cell: &mut Cell<'_>,
    person: &Person,
    membership: Option<&str>,
    role: &str,
    village: Option<OrgUnitId>,
) {
    let mut fields = Fill::default()
        .text("honorific", person.honorific)
        .text("display_name", person.name.clone())
        .list("roles", &[role.to_owned()]);
    if let Some(membership) = membership {
        fields = fields.text("membership", membership);
    }
    if let Some(village) = village {
        fields = fields.unit("village", village);
    }
    let day = day_of(1, cell.rng.between(4, 20));
    cell.save(Author::Secretary, day, "person", fields, Vec::new());
}
