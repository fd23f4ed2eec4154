//! How a record came to be, step by step: what devices wrote and what staff decided.

use soban_core::base::{EntryRef, RecordId};
use soban_core::book::{Book, Decision, Ruling, Step, StepChange, history_of};
use soban_core::form::Form;
use soban_core::record::FieldNo;

use super::moment::exact;
use super::print::Printer;
use super::view::{ChangeLine, HistoryLine};
use super::words::Words;
use crate::conflict::{Origins, Tool, form_of};
use crate::store::StoreError;

/// Who wrote an entry.
pub(crate) fn writer(words: &Words, origins: &Origins, entry: EntryRef) -> String {
    origins.writer(entry).map_or_else(|| words.t("holder-unknown"), str::to_owned)
}

/// With what an entry was written.
pub(crate) fn tool(words: &Words, origins: &Origins, entry: EntryRef) -> String {
    match origins.tool(entry) {
        Tool::Device(number) => words.with("history-device", "number", number),
        Tool::OtherDevice => words.t("history-device-other"),
        Tool::Console => words.t("history-console"),
    }
}

/// The history of a record, the newest first. `apart` are the sides of what is contested.
pub(super) fn history(
    printer: &Printer<'_>,
    book: &Book,
    id: RecordId,
    (origins, apart): (&Origins, &[EntryRef]),
) -> Result<Vec<HistoryLine>, StoreError> {
    let form = form_of(book, id, printer.pack);
    let mut lines = Vec::new();
    for step in steps(book, id) {
        let words = printer.words;
        let decision = book.decisions_in(step.entry).first();
        let told = step.changes.iter().filter(|change| is_told(change));
        let changes = told.map(|change| line(printer, form, change)).collect::<Result<_, _>>()?;
        let origin = origins.find(step.entry);
        let unseen = step.unseen.len();
        lines.push(HistoryLine {
            what: match decision {
                Some(decision) => ruled(printer, decision, id)?,
                None => words.t(what(&step)),
            },
            holder: writer(words, origins, step.entry),
            device: tool(words, origins, step.entry),
            written: words.with("contest-written", "when", exact(step.time)),
            received: origin
                .filter(|_| decision.is_none())
                .map(|origin| words.with("history-received", "when", exact(origin.received_at))),
            unseen: (unseen > 0).then(|| words.with("history-unseen", "count", unseen)),
            apart: apart.contains(&step.entry),
            reason: decision.and_then(|decision| decision.reason.clone()),
            changes,
        });
    }
    lines.reverse();
    Ok(lines)
}

/// What was written to the record, and what was ruled on it without writing to it: each after all
/// that its writer had seen.
fn steps(book: &Book, id: RecordId) -> Vec<Step> {
    let mut steps = history_of(book, id.key);
    for (entry, _) in book.decisions_on(id.key) {
        if steps.iter().any(|step| step.entry == entry) {
            continue;
        }
        let saw = |step: &Step| book.clock_of(entry).is_some_and(|clock| clock.saw(step.entry));
        let place = steps.iter().rposition(saw).map_or(0, |last| last + 1);
        let time = book.time_of(entry).unwrap_or_default();
        steps.insert(place, Step { entry, time, changes: Vec::new(), unseen: Vec::new() });
    }
    steps
}

fn what(step: &Step) -> &'static str {
    let changes = |field| step.changes.iter().any(|change| change.field == field);
    match (changes(FieldNo::FORM), changes(FieldNo::VOID)) {
        (true, _) => "history-created",
        (_, true) => "history-void",
        _ => "history-changed",
    }
}

fn ruled(printer: &Printer<'_>, decision: &Decision, id: RecordId) -> Result<String, StoreError> {
    let key = match decision.ruling {
        Ruling::Set(_) => "decided-set",
        Ruling::Void => "decided-void",
        Ruling::Keep => "decided-keep",
        Ruling::Same(other) if other == id => "decided-away",
        Ruling::Same(_) => "decided-same",
        Ruling::Distinct(_) | Ruling::Split(_) => "decided-distinct",
        Ruling::Ask => "decided-ask",
    };
    let other = match decision.ruling.other() {
        None => return Ok(printer.words.t(key)),
        Some(other) if other == id => decision.record,
        Some(other) => other,
    };
    Ok(printer.words.with(key, "record", printer.record_title(other)?))
}

fn line(
    printer: &Printer<'_>,
    form: Option<&Form>,
    change: &StepChange,
) -> Result<ChangeLine, StoreError> {
    let before = change.saw.iter().map(|value| printer.value(form, change.field, value));
    Ok(ChangeLine {
        label: printer.label(form, change.field),
        before: before.collect::<Result<Vec<_>, _>>()?.join(" / "),
        after: printer.value(form, change.field, &change.value)?,
    })
}

/// Whether people are told of a change: not of the system's fields, nor of what stays as it was.
fn is_told(change: &StepChange) -> bool {
    let theirs = change.field.belongs_to_form() || change.field == FieldNo::VOID;
    let same = match change.saw.as_slice() {
        [] => change.value.is_null(),
        [one] => *one == change.value,
        _ => false,
    };
    theirs && !same
}
