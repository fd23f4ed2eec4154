//! Staff settle about half of what the phones disagree on, by the same way as on a card.

use serde::Deserialize;
use soban_core::base::{Instant, OrgUnitId};

use crate::conflict::{Books, Choice, Conflict, Kind};
use crate::decide::decide;
use crate::demo::DemoError;
use crate::demo::folder::{Folder, Settled};
use crate::http::App;
use crate::store::read::{self, ContestRow};
use crate::store::{Db, StoreError, org};

const DECISIONS: &str = include_str!("../../../demo/decisions.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    people: Vec<String>,
    reasons: Reasons,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reasons {
    values: Vec<String>,
    void: Vec<String>,
    keep: Vec<String>,
    same: Vec<String>,
}

/// Settles them. What is to be settled is noted before the first decision, so that a demo that was
/// killed goes on with the same.
pub(super) fn settle(folder: &mut Folder, app: &App) -> Result<(), DemoError> {
    let words: Words = toml::from_str(DECISIONS).map_err(crate::demo::plan::PlanError::from)?;
    if folder.note.settled.is_none() {
        folder.note.settled = Some(app.store.read(|db| chosen(db, app))?);
        folder.keep()?;
    }
    for (number, settled) in folder.note.settled.iter().flatten().enumerate() {
        settle_one(app, &words, (number, settled))?;
    }
    Ok(())
}

/// Of each cell one, by turns its first and its second: in an order that follows from the plan,
/// and not from the ids of devices, which differ from demo to demo.
fn chosen(db: &Db, app: &App) -> Result<Vec<Settled>, StoreError> {
    let mut books = Books::default();
    let mut open = Vec::new();
    for row in rows(db)? {
        let Some(conflict) = Conflict::gather(db, &app.pack, &mut books, &row)? else { continue };
        let book = books.open(db, row.record.book)?;
        let times = conflict.sides.iter().filter_map(|side| book.time_of(side.entry));
        let unit = row.record.book.org_unit;
        let key: (OrgUnitId, u8, u16, Option<Instant>) = (unit, row.kind, row.field, times.min());
        open.push((
            key,
            Settled { record: row.record.to_string(), kind: row.kind, field: row.field },
        ));
    }
    open.sort_by_key(|(key, _)| *key);
    let by_turns = open.into_iter().enumerate().filter(|(place, _)| matches!(place % 4, 0 | 3));
    Ok(by_turns.map(|(_, (_, settled))| settled).collect())
}

fn rows(db: &Db) -> Result<Vec<ContestRow>, StoreError> {
    let root = org::root(db)?.unwrap_or(OrgUnitId(0));
    read::list_contests(db, root, (0, u32::MAX))
}

/// Settles one that is still open.
fn settle_one(
    app: &App,
    words: &Words,
    (number, settled): (usize, &Settled),
) -> Result<(), DemoError> {
    let order = app.store.read(|db| {
        let Ok(record) = settled.record.parse() else { return Ok(None) };
        let mut open = read::contests_on(db, record)?.into_iter();
        let Some(row) = open.find(|row| (row.kind, row.field) == (settled.kind, settled.field))
        else {
            return Ok(None);
        };
        let mut books = Books::default();
        let Some(conflict) = Conflict::gather(db, &app.pack, &mut books, &row)? else {
            return Ok(None);
        };
        let (choice, reasons) = choice(&conflict, number, &words.reasons);
        let of = |texts: &[String]| texts.iter().cycle().nth(number).cloned().unwrap_or_default();
        let (person, reason) = (of(&words.people), of(reasons));
        Ok(conflict.order(&choice, conflict.state(db)?, (&person, &reason)))
    })?;
    let Some(order) = order else { return Ok(()) };
    let (office, now) = (app.office, app.clock.now());
    let decided = app.store.write(move |db| decide(db, office, &order, now))?;
    // The next one is decided on the books as they are after this one.
    app.projector.wait_until_idle();
    decided.map_err(DemoError::NotDecided)
}

/// Among values the side that came first or last by turns; twins are one meeting.
fn choice<'a>(conflict: &Conflict, number: usize, reasons: &'a Reasons) -> (Choice, &'a [String]) {
    let even = number.is_multiple_of(2);
    match conflict.kind {
        Kind::Void | Kind::VoidedAgain if even => (Choice::Void, &reasons.void),
        Kind::Void | Kind::VoidedAgain => (Choice::Keep, &reasons.keep),
        Kind::Twins | Kind::Disputed => (Choice::Side(0), &reasons.same),
        Kind::Values | Kind::Changed if even => (Choice::Side(0), &reasons.values),
        Kind::Values | Kind::Changed => {
            (Choice::Side(conflict.sides.len().saturating_sub(1)), &reasons.values)
        }
    }
}
