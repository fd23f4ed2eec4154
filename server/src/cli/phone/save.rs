//! `soban phone save FORM`: a new record from the standard input.

use serde::Serialize;
use soban_core::base::OrgUnitId;
use soban_core::phone::{NewRecord, Phone, Saved, ViolationView};

use super::{Failure, Home, Output, Voice, input, refuse};
use crate::clock;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The form's name, as `forms` lists it.
    form: String,
    /// Whose book, where this phone writes several.
    #[arg(long, value_parser = str::parse::<OrgUnitId>)]
    unit: Option<OrgUnitId>,
    /// Confirms what the form asks about.
    #[arg(long)]
    yes: bool,
}

/// What a save did.
#[derive(Debug, Serialize)]
struct SavedView {
    record: String,
    entries: usize,
    warnings: Vec<ViolationView>,
    same_as: Vec<String>,
}

pub(super) fn run(args: Args, home: &mut Home, output: &mut Output) -> Result<(), Failure> {
    let filled = input::read(home.phone.pack(), &args.form, home.voice)?;
    if let Some((Some(id), ..)) = filled.rows.first() {
        return Err(Failure::from(format!("{id}: a new record has no rows with an id yet")));
    }
    let new = NewRecord {
        form: args.form,
        org_unit: args.unit,
        fields: filled.fields,
        rows: filled.rows.into_iter().map(|(_, form, fields)| (form, fields)).collect(),
        confirmed: args.yes,
        draft: None,
    };
    let saved = home.phone.save(&new, clock::now());
    let saved = saved.map_err(|error| refuse::phone(&home.phone, error, home.voice, output))?;
    tell(&home.phone, &saved, home.voice, output)
}

/// The record's id; what the form still holds against it; others that are the same by their key.
pub(super) fn tell(
    phone: &Phone,
    saved: &Saved,
    voice: Voice,
    output: &mut Output,
) -> Result<(), Failure> {
    let warnings = saved.warnings.iter().map(|one| phone.violation_view(one)).collect();
    let view = SavedView {
        record: saved.record.to_string(),
        entries: saved.entries,
        warnings,
        same_as: saved.same_as.iter().map(ToString::to_string).collect(),
    };
    if voice.json {
        return output.json(&view);
    }
    refuse::warn(&view.warnings, voice);
    output.line(&view.record)
}
