//! `soban quarantine`: what is kept apart or waits, and letting a branch of it in.

use serde::Serialize;
use soban_core::base::OrgUnitId;
use soban_core::book::Entry;
use soban_core::form::{Language, Pack};

use super::{Data, Failure, Output};
use crate::clock;
use crate::console::moment::exact;
use crate::console::words::Words;
use crate::console::{Printer, entry_title, reason_said, state_said};
use crate::quarantine::{Fate, apply_release, plan_release};
use crate::store::apart::{self, ApartRow};
use crate::store::{Db, Store, StoreError, org};

/// Who the log names where nobody says so.
const SOMEBODY: &str = "soban quarantine";

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists what is quarantined or held: its number, book, writer, times and reason.
    List {
        #[command(flatten)]
        data: Data,
        /// As one line of JSON each.
        #[arg(long)]
        json: bool,
        /// Only at and below this unit.
        #[arg(long, value_parser = str::parse::<OrgUnitId>)]
        unit: Option<OrgUnitId>,
    },
    /// Lets in a quarantined entry and what is held on it. What still cannot enter stays, and says
    /// why. A running server takes the rest up when a phone next sends something.
    Release {
        #[command(flatten)]
        data: Data,
        /// Says what would become of each entry, and changes nothing.
        #[arg(long)]
        dry_run: bool,
        /// Who lets it in; the log keeps the name.
        #[arg(long, default_value = SOMEBODY)]
        by: String,
        /// The quarantined entry, by the number that the list shows.
        no: i64,
    },
}

/// An entry for programs: times in milliseconds, the reason in the log's words.
#[derive(Debug, Serialize)]
struct Listed {
    no: i64,
    book: String,
    unit: String,
    entry: String,
    state: &'static str,
    reason: Option<String>,
    holder: String,
    device: String,
    written_at: Option<i64>,
    received_at: i64,
}

impl From<ApartRow> for Listed {
    fn from(row: ApartRow) -> Self {
        Self {
            no: row.no,
            book: row.book.to_string(),
            unit: row.unit,
            entry: row.entry.to_string(),
            state: row.state.as_str(),
            reason: row.reason,
            holder: row.holder,
            device: row.device.to_string(),
            written_at: Entry::from_bytes(&row.bytes).ok().map(|entry| entry.time.0),
            received_at: row.received_at.0,
        }
    }
}

pub(super) fn run(command: Command, output: &mut Output) -> Result<(), Failure> {
    match command {
        Command::List { data, json, unit } => {
            let store = Store::open(&data.data)?;
            list(&store, unit, json, output)
        }
        Command::Release { data, dry_run, by, no } => {
            let store = Store::open(&data.data)?;
            release(&store, no, (!dry_run).then_some(by), output)
        }
    }
}

fn list(
    store: &Store,
    unit: Option<OrgUnitId>,
    json: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let scope = match unit {
        Some(unit) => unit,
        None => store.read(org::root)?.ok_or("the organisation tree has no top")?,
    };
    if store.read(|db| org::find_name(db, scope))?.is_none() {
        return Err(Failure::from(format!("there is no org unit {scope}")));
    }
    let rows = store.read(|db| apart::list_apart(db, scope, (0, u32::MAX)))?;
    if json {
        return rows.into_iter().try_for_each(|row| output.json(&Listed::from(row)));
    }
    if rows.is_empty() {
        return output.line(Words::of(Language::Vi).t("quarantine-none"));
    }
    let pack = pack_of(store)?;
    let lines = store.read(|db| rows.iter().map(|row| printed(db, &pack, row)).collect());
    let lines: Vec<String> = lines?;
    lines.iter().try_for_each(|line| output.line(line))
}

fn release(store: &Store, no: i64, by: Option<String>, output: &mut Output) -> Result<(), Failure> {
    let words = Words::of(Language::Vi);
    let plan = store.read(|db| plan_release(db, no))?;
    let plan = plan.ok_or_else(|| format!("there is no quarantined entry {no}"))?;
    let pack = pack_of(store)?;
    for planned in &plan.entries {
        let row = store.read(|db| apart::find_apart(db, planned.no))?;
        let row = row.map(|row| store.read(|db| printed(db, &pack, &row))).transpose()?;
        output.line(row.unwrap_or_else(|| planned.entry.to_string()))?;
        output.line(match &planned.fate {
            Fate::Enters => format!("   {}", words.t("quarantine-enters")),
            Fate::Stays(reason) => {
                let said = reason_said(words, Some(reason));
                format!("   {} ({reason})", words.with("quarantine-stays", "reason", said))
            }
        })?;
    }
    if let Some(reason) = plan.obstacle() {
        return Err(Failure::from(format!("{no} cannot be let in: {reason}")));
    }
    let Some(by) = by else { return Ok(()) };
    let now = clock::now();
    match store.write(move |db| apply_release(db, &plan, &by, now))? {
        0 => Err(Failure::from(format!("{no} has just been let in by somebody else"))),
        entries => {
            output.line(format!("{}  entries let in: {entries}", exact(now)))?;
            output.line("A running server takes them up when a phone next sends something.")
        }
    }
}

fn pack_of(store: &Store) -> Result<Pack, Failure> {
    let bytes = store.read(org::pack_bytes)?.ok_or("the folder has no pack: run soban init")?;
    Ok(Pack::from_bytes(&bytes)?)
}

fn printed(db: &Db, pack: &Pack, row: &ApartRow) -> Result<String, StoreError> {
    let words = Words::of(Language::Vi);
    let printer = Printer { db, pack, words, now: clock::now() };
    let title = entry_title(&printer, row)?;
    let (state, received) = (state_said(words, row.state), exact(row.received_at));
    let reason = reason_said(words, row.reason.as_deref());
    let (holder, device) = (&row.holder, row.device);
    Ok(format!(
        "{}  {received}  {state}: {reason}\n   {title} · {} {} · {holder} ({device})",
        row.no, row.unit, row.book.period
    ))
}
