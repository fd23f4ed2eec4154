//! `soban phone needs`: what needs the holder: what is contested, what staff decided, what the
//! district did not take.

use serde::Serialize;
use soban_core::base::{Instant, RecordId};
use soban_core::phone::{DecisionView, ListItem, PhoneError, RefusedView};
use soban_core::store::ListQuery;

use super::print::moment;
use super::{Failure, Home, Output, Voice, list, refuse};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Notes that the holder has read this decision.
    #[arg(long, value_name = "DECISION", value_parser = str::parse::<RecordId>)]
    read: Option<RecordId>,
}

#[derive(Debug, Serialize)]
struct Needs {
    contested: Vec<ListItem>,
    decisions: Vec<DecisionView>,
    refused: Vec<RefusedView>,
}

pub(super) fn run(args: &Args, home: &mut Home, output: &mut Output) -> Result<(), Failure> {
    let found = find(args, home);
    let voice = home.voice;
    let needs = found.map_err(|error| refuse::phone(&home.phone, error, voice, output))?;
    if voice.json { output.json(&needs) } else { tell(&needs, voice, output) }
}

fn find(args: &Args, home: &mut Home) -> Result<Needs, PhoneError> {
    if let Some(decision) = args.read {
        home.phone.mark_read(decision)?;
    }
    let contested = ListQuery { contested: true, ..ListQuery::default() };
    Ok(Needs {
        contested: home.phone.list(&contested)?,
        decisions: home.phone.list_decisions(true)?,
        refused: home.phone.list_refused()?,
    })
}

fn tell(needs: &Needs, voice: Voice, output: &mut Output) -> Result<(), Failure> {
    if !needs.contested.is_empty() {
        list::tell(&needs.contested, voice, output)?;
    }
    for decision in &needs.decisions {
        output.line(format!(
            "{}: {} ({}, {})",
            voice.say("Huyện đã quyết định", "The district has decided"),
            decision.title,
            decision.person,
            moment(Instant(decision.decided_at))
        ))?;
        for side in &decision.before {
            let values = side.values.iter().map(|(label, value)| format!("{label} {value}"));
            let values = values.collect::<Vec<_>>().join("; ");
            output.line(format!(
                "  {} {}: {values}",
                voice.say("trước:", "before:"),
                side.author
            ))?;
        }
        for (label, value) in &decision.after {
            output.line(format!("  {} {label} {value}", voice.say("nay:", "now:")))?;
        }
        if let Some(reason) = &decision.reason {
            output.line(format!("  {} {reason}", voice.say("lý do:", "because:")))?;
        }
        output.line(format!("  {}", decision.id))?;
    }
    for refused in &needs.refused {
        output.line(format!(
            "{} {} ({})",
            voice.say("Huyện chưa nhận:", "Not taken by the district:"),
            moment(Instant(refused.written_at)),
            refused.problem
        ))?;
        for record in &refused.records {
            let values =
                record.fields.iter().map(|field| format!("{} {}", field.label, field.text));
            let values = values.collect::<Vec<_>>().join("; ");
            output.line(format!("  {}: {values}", record.form_label))?;
        }
    }
    if needs.contested.is_empty() && needs.decisions.is_empty() && needs.refused.is_empty() {
        output.line(voice.say("Không có việc gì cần xem.", "Nothing needs you."))?;
    }
    Ok(())
}
