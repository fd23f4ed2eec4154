//! `soban conflicts`: what is open, who wrote what, and what each of them had seen.

use std::collections::BTreeMap;

use serde::Serialize;
use soban_core::base::OrgUnitId;
use soban_core::book::Book;
use soban_core::form::{Form, Input, Language, Pack, value_to_input};
use soban_core::record::{FieldNo, Fields, Value};

use super::{Data, Failure, Output};
use crate::clock;
use crate::conflict::{Books, Conflict, Side, form_of};
use crate::console::moment::exact;
use crate::console::words::Words;
use crate::console::{Printer, contest_title, side_of, side_said};
use crate::store::read::{self, ContestRow};
use crate::store::{Db, Store, StoreError, org};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,
    /// As one line of JSON each.
    #[arg(long)]
    json: bool,
    /// Only at and below this unit.
    #[arg(long, value_parser = str::parse::<OrgUnitId>)]
    unit: Option<OrgUnitId>,
}

/// One disagreement for programs: fields by their identifiers, values as they are typed, times in
/// milliseconds.
#[derive(Debug, Serialize)]
struct Listed {
    id: i64,
    kind: &'static str,
    policy: &'static str,
    record: String,
    title: String,
    form: Option<String>,
    org_unit: u32,
    unit: String,
    fields: Vec<String>,
    since: i64,
    before: Option<BTreeMap<String, Input>>,
    sides: Vec<ListedSide>,
}

#[derive(Debug, Serialize)]
struct ListedSide {
    record: String,
    entry: String,
    who: Option<String>,
    device: String,
    written_at: Option<i64>,
    received_at: Option<i64>,
    /// The entries of the other sides that its writer had seen.
    saw: Vec<String>,
    /// Per field in question what its writer had before them: several values where they
    /// contradicted each other. Of a whole record nothing.
    saw_values: BTreeMap<String, Vec<Input>>,
    values: BTreeMap<String, Input>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let store = Store::open(&args.data.data)?;
    let lines = list_conflicts(&store, args.unit, args.json)?;
    lines.iter().try_for_each(|line| output.line(line))
}

/// What `soban conflicts` prints of a data folder, line by line.
///
/// # Errors
/// [`Failure`] where the folder has no pack or no such unit, or cannot be read.
pub fn list_conflicts(
    store: &Store,
    unit: Option<OrgUnitId>,
    json: bool,
) -> Result<Vec<String>, Failure> {
    let bytes = store.read(org::pack_bytes)?.ok_or("the folder has no pack: run soban init")?;
    let pack = Pack::from_bytes(&bytes)?;
    let scope = match unit {
        Some(unit) => unit,
        None => store.read(org::root)?.ok_or("the organisation tree has no top")?,
    };
    if store.read(|db| org::find_name(db, scope))?.is_none() {
        return Err(Failure::from(format!("there is no org unit {scope}")));
    }
    // All of it from one state of the data.
    Ok(store.read(|db| lines(db, &pack, scope, json))?)
}

fn lines(db: &Db, pack: &Pack, scope: OrgUnitId, json: bool) -> Result<Vec<String>, StoreError> {
    let words = Words::of(Language::Vi);
    let printer = Printer { db, pack, words, now: clock::now() };
    let mut books = Books::default();
    let mut lines = Vec::new();
    for row in read::list_contests(db, scope, (0, u32::MAX))? {
        let Some(conflict) = Conflict::gather(db, pack, &mut books, &row)? else { continue };
        if json {
            let listed = listed(&printer, &books, &conflict)?;
            lines.push(serde_json::to_string(&listed).unwrap_or_default());
        } else {
            lines.extend(printed(&printer, &books, &conflict)?);
        }
    }
    if lines.is_empty() && !json {
        lines.push(words.t("contests-none"));
    }
    Ok(lines)
}

fn printed(
    printer: &Printer<'_>,
    books: &Books,
    conflict: &Conflict,
) -> Result<Vec<String>, StoreError> {
    let (row, words) = (&conflict.row, printer.words);
    let policy = match row.policy {
        0 => "contest-quiet",
        1 => "contest-review",
        _ => "contest-critical",
    };
    let mut lines = vec![
        format!("{}  {}", row.id, contest_title(printer, books, conflict)?),
        format!("   {} · {}", printer.record_title(row.record)?, unit_of(printer.db, row)?),
        format!("   {} · {} · {}", row.record, words.t(policy), since(words, row)),
    ];
    if let Some(before) = conflict.restorable() {
        let before =
            conflict.sides.first().map(|side| Side { values: before.clone(), ..side.clone() });
        let said = before.map(|side| side_said(printer, books, (conflict, &side), usize::MAX));
        let said = said.transpose()?.unwrap_or_default();
        lines.push(format!("   {}: {said}", words.t("contest-before")));
    }
    for side in &conflict.sides {
        let made = side_of(printer, books, side);
        let said = side_said(printer, books, (conflict, side), usize::MAX)?;
        let (who, device) = (made.who, made.device);
        lines.push(format!("   {who} ({device}, {}, {}): {said}", made.written, made.received));
        let saw = side.saw.iter().filter_map(|place| conflict.sides.get(*place));
        let saw: Vec<String> = saw.map(|other| side_of(printer, books, other).who).collect();
        if !saw.is_empty() {
            lines.push(format!("      {}", words.with("contest-saw", "who", saw.join(", "))));
        }
    }
    lines.push(String::new());
    Ok(lines)
}

fn since(words: &Words, row: &ContestRow) -> String {
    words.with("contest-since", "when", exact(row.since))
}

fn unit_of(db: &Db, row: &ContestRow) -> Result<String, StoreError> {
    Ok(org::find_name(db, row.record.book.org_unit)?.unwrap_or_default())
}

fn find_form<'a>(
    pack: &'a Pack,
    books: &Books,
    record: soban_core::base::RecordId,
) -> Option<&'a Form> {
    let (book, _) = books.find(record.book)?;
    form_of(book, record, pack)
}

fn listed(printer: &Printer<'_>, books: &Books, conflict: &Conflict) -> Result<Listed, StoreError> {
    let row = &conflict.row;
    let form = find_form(printer.pack, books, row.record);
    let name = |no: &FieldNo| name_of(form, *no);
    let fill = |values: &Fields| -> BTreeMap<String, Input> {
        let filled = values.iter().map(|(no, value)| (name(no), typed(printer, form, *no, value)));
        filled.collect()
    };
    let entry = |side: &Side| side.entry.to_string();
    let fields = if conflict.kind.is_on_several() { Vec::new() } else { conflict.fields() };
    let seen = |book: &Book, side: &Side| -> BTreeMap<String, Vec<Input>> {
        let past = book.past_of(side.entry);
        let values = |no: &FieldNo| {
            let seen = book.values_at(side.record.key, *no, &past).into_iter();
            let seen = seen.map(|seen| typed(printer, form, *no, &seen.value));
            (name(no), seen.collect::<Vec<_>>())
        };
        fields.iter().map(values).filter(|(_, seen)| !seen.is_empty()).collect()
    };
    let side = |side: &Side| {
        let known = books.find(side.record.book);
        let (time, origins) =
            known.map_or((None, None), |(book, origins)| (book.time_of(side.entry), Some(origins)));
        let saw = side.saw.iter().filter_map(|place| conflict.sides.get(*place));
        let who = origins.and_then(|origins| origins.writer(side.entry));
        let arrived = origins.and_then(|origins| origins.find(side.entry));
        ListedSide {
            record: side.record.to_string(),
            entry: entry(side),
            who: who.map(str::to_owned),
            device: side.entry.actor.device().to_string(),
            written_at: time.map(|at| at.0),
            received_at: arrived.map(|origin| origin.received_at.0),
            saw: saw.map(entry).collect(),
            saw_values: known.map(|(book, _)| seen(book, side)).unwrap_or_default(),
            values: fill(&side.values),
        }
    };
    Ok(Listed {
        id: row.id,
        kind: conflict.kind.as_str(),
        policy: match row.policy {
            0 => "quiet",
            1 => "review",
            _ => "critical",
        },
        record: row.record.to_string(),
        title: printer.record_title(row.record)?,
        form: form.map(|form| form.name.clone()),
        org_unit: row.record.book.org_unit.0,
        unit: unit_of(printer.db, row)?,
        fields: conflict.differing().iter().map(name).collect(),
        since: row.since.0,
        before: conflict.before.as_ref().map(fill),
        sides: conflict.sides.iter().map(side).collect(),
    })
}

/// A field's identifier; its number where the pack does not know it.
fn name_of(form: Option<&Form>, no: FieldNo) -> String {
    match form.and_then(|form| form.find_field(no)) {
        Some(field) => field.name.clone(),
        None if no == FieldNo::VOID => "void".to_owned(),
        None => no.0.to_string(),
    }
}

fn typed(printer: &Printer<'_>, form: Option<&Form>, no: FieldNo, value: &Value) -> Input {
    match form.and_then(|form| form.find_field(no)) {
        Some(field) => value_to_input(printer.pack, &field.kind, value),
        None => value_to_input(printer.pack, &soban_core::form::FieldKind::LongText, value),
    }
}
