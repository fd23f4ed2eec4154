//! `soban phone show ID`: one record, and how it came to be.

use serde::Serialize;
use soban_core::base::{Instant, RecordId};
use soban_core::phone::{ContestView, ContestedKind, FieldView, HistoryView, RecordView};

use super::print::{Table, moment};
use super::{Failure, Home, Output, Voice, refuse};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The record's id.
    #[arg(value_parser = str::parse::<RecordId>)]
    id: RecordId,
    /// With who wrote what, when, over what they had seen.
    #[arg(long)]
    history: bool,
}

/// A record, and its history where that was asked for.
#[derive(Debug, Serialize)]
struct Shown {
    #[serde(flatten)]
    record: RecordView,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<HistoryView>>,
}

pub(super) fn run(args: &Args, home: &mut Home, output: &mut Output) -> Result<(), Failure> {
    let voice = home.voice;
    let shown = home.phone.show(args.id).and_then(|record| {
        let history = args.history.then(|| home.phone.history(args.id)).transpose()?;
        Ok(Shown { record, history })
    });
    let shown = shown.map_err(|error| refuse::phone(&home.phone, error, voice, output))?;
    if voice.json {
        return output.json(&shown);
    }
    tell(&shown.record, voice, output)?;
    for row in &shown.record.rows {
        output.line("")?;
        tell(row, voice, output)?;
    }
    if let Some(history) = &shown.history {
        output.line(format!("\n{}", voice.say("Các lần ghi", "History")))?;
        history.iter().try_for_each(|step| tell_step(step, voice, output))?;
    }
    Ok(())
}

fn tell(record: &RecordView, voice: Voice, output: &mut Output) -> Result<(), Failure> {
    output.line(format!("{}: {}", record.form_label, record.title))?;
    output.line(format!("  {}", record.id))?;
    if let Some(reason) = &record.void {
        output.line(format!("  {}: {reason}", voice.say("ĐÃ HỦY", "VOID")))?;
    }
    let mut table = Table::indented();
    record.fields.iter().for_each(|field| table.row(line(field, voice)));
    table.print(output)?;
    record.contests.iter().try_for_each(|contest| tell_contest(contest, voice, output))
}

fn line(field: &FieldView, voice: Voice) -> [String; 2] {
    let mark =
        if field.contested { voice.say("  (đang xem xét)", "  (under review)") } else { "" };
    [field.label.clone(), format!("{}{mark}", field.text)]
}

fn tell_contest(contest: &ContestView, voice: Voice, output: &mut Output) -> Result<(), Failure> {
    let about = match contest.kind {
        ContestedKind::Void => {
            voice.say("Có máy hủy, có máy vẫn ghi", "Void here, written there").to_owned()
        }
        _ => contest.fields.join(", "),
    };
    output.line(format!("  {}: {about}", voice.say("Đang xem xét", "Under review")))?;
    for side in &contest.sides {
        let values = side.values.iter().map(|(label, value)| format!("{label} {value}"));
        let values = values.collect::<Vec<_>>().join("; ");
        let who = whose(side.own, &side.author, &side.device, voice);
        let when = moment(Instant(side.written_at));
        output.line(format!("    {who}, {when}: {values}"))?;
    }
    Ok(())
}

fn tell_step(step: &HistoryView, voice: Voice, output: &mut Output) -> Result<(), Failure> {
    let who = whose(step.own, &step.author, &step.device, voice);
    output.line(format!("  {}  {who}  {}", moment(Instant(step.written_at)), step.entry))?;
    let mut table = Table::indented();
    for (label, saw, wrote) in &step.changes {
        let saw = saw.join(" | ");
        let values = match (saw.as_str(), wrote.as_str()) {
            // A member of a group that stays empty is written with the group.
            ("", "") => continue,
            ("", wrote) => wrote.to_owned(),
            (saw, wrote) if saw == wrote => wrote.to_owned(),
            (saw, "") => format!("{saw} → –"),
            (saw, wrote) => format!("{saw} → {wrote}"),
        };
        table.row([format!("  {label}"), values]);
    }
    table.print(output)
}

fn whose(own: bool, author: &str, device: &str, voice: Voice) -> String {
    match (own, author) {
        (true, _) => voice.say("máy này", "this phone").to_owned(),
        (false, "") => format!("{} {device}", voice.say("máy", "phone")),
        (false, author) => author.to_owned(),
    }
}
