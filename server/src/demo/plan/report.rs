//! What the report of 2013 names, recorded by the cells it happened in.

use std::collections::BTreeMap;

use soban_core::base::{Date, Instant};
use soban_core::form::Input;

use super::PlanError;
use super::cell::{Author, Cell};
use super::content::{ReportCell, ReportRecord};
use super::step::{Fill, Given};

/// Records what the report says of this cell.
pub(super) fn write(cell: &mut Cell<'_>) -> Result<(), PlanError> {
    let content = cell.content;
    let Some(named) = content.report.cell.iter().find(|one| one.cell == cell.facts.unit.0) else {
        return Ok(());
    };
    let mut made: BTreeMap<&str, Instant> = BTreeMap::new();
    for record in &named.record {
        let day: Date = record.at.parse().map_err(|_| PlanError::Report(record.at.clone()))?;
        let fields = fields(named, record, &content.report.note, &made)?;
        let at = cell.save(Author::Secretary, day, &record.form, fields, Vec::new());
        if let Some(name) = &record.name {
            made.insert(name, at);
        }
    }
    Ok(())
}

fn fields(
    cell: &ReportCell,
    record: &ReportRecord,
    note: &str,
    made: &BTreeMap<&str, Instant>,
) -> Result<Fill, PlanError> {
    let bad = |name: &str| PlanError::Report(format!("{} {}: {name}", cell.cell, record.form));
    let mut fill = Fill::default();
    for (name, value) in &record.fields {
        let text = |text: &str| Ok(Given::Typed(Input::Text(text.to_owned())));
        let given = match value {
            toml::Value::Integer(number) => Ok(Given::Typed(Input::Int(*number))),
            toml::Value::Array(items) => {
                let items = items.iter().map(|item| item.as_str().map(str::to_owned));
                let items = items.collect::<Option<_>>().ok_or_else(|| bad(name))?;
                Ok(Given::Typed(Input::List(items)))
            }
            toml::Value::String(value) => match value.strip_prefix('@') {
                None => text(value),
                Some("village") => text(&cell.village.to_string()),
                Some("note") => text(note),
                Some(other) => made.get(other).copied().map(Given::Made).ok_or_else(|| bad(name)),
            },
            _ => Err(bad(name)),
        }?;
        fill.0.insert(name.clone(), given);
    }
    Ok(fill)
}
