//! `soban invite`: one-use enrolment codes, in the terminal or on sheets to be printed.

use std::path::PathBuf;

use askama::Template;
use serde::Serialize;
use soban_core::base::OrgUnitId;

use super::{Data, Failure, Output};
use crate::clock;
use crate::console::view::SheetsFile;
use crate::console::whole_style;
use crate::console::words::Words;
use crate::enrol::sheet::{
    MOST_DAYS, Sheet, SheetError, Terms, USUAL_DAYS, answered, make_sheets, read_address,
};
use crate::store::{Db, Store, meta, org};

/// Where a server listens that nobody has told where it is reached.
const USUAL_ADDRESS: &str = "http://127.0.0.1:8321";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,
    /// Whose books the phone will write; of a unit with cells below it, those of each.
    #[arg(long, value_parser = str::parse::<OrgUnitId>)]
    unit: OrgUnitId,
    /// Who will hold it; the secretary if absent.
    #[arg(long, default_value = "")]
    holder: String,
    /// For how many days the code may be used.
    #[arg(long, default_value_t = USUAL_DAYS, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_DAYS)))]
    days: u32,
    /// Of a unit with cells below it: only those that have no phone.
    #[arg(long)]
    unserved: bool,
    /// The address at which phones reach the district, if not the one that is kept in the folder.
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Writes the sheets into this file as a page to be printed, one A4 page each. It holds codes:
    /// remove it afterwards.
    #[arg(long, value_name = "FILE.html")]
    sheets: Option<PathBuf>,
    /// As one line of JSON each.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Invited<'a> {
    code: &'a str,
    org_unit: u32,
    unit: &'a str,
    holder: &'a str,
    /// What the QR code says.
    text: &'a str,
    expires_at: i64,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let store = Store::open(&args.data.data)?;
    let (unit, terms) = (args.unit, terms(args, &store)?);
    let unserved = args.unserved;
    let sheets = store
        .write(move |db| answered(make(db, unit, unserved, &terms)))?
        .map_err(Failure::from)?;
    if let Some(file) = &args.sheets {
        let (words, style) = (Words::vietnamese(), whole_style());
        let page = SheetsFile { words, style, sheets: sheets.clone() };
        std::fs::write(file, page.render().map_err(Failure::from)?)?;
    }
    if sheets.is_empty() {
        return output.line("every cell has a phone");
    }
    sheets.iter().try_for_each(|sheet| tell(sheet, args.json, output))
}

fn terms(args: &Args, store: &Store) -> Result<Terms, Failure> {
    let server = match &args.server {
        Some(told) => read_address(told).map_err(Failure::of_usage)?,
        None => {
            let kept = store.read(meta::public_address)?;
            kept.unwrap_or_else(|| USUAL_ADDRESS.to_owned())
        }
    };
    Ok(Terms { holder: args.holder.clone(), days: args.days, server })
}

fn make(db: &Db, unit: OrgUnitId, unserved: bool, terms: &Terms) -> Result<Vec<Sheet>, SheetError> {
    let below = org::cells_below(db, unit, false)?;
    let units = match below.as_slice() {
        // One that holds no cells may have a phone of its own all the same.
        [] => vec![unit],
        _ if unserved => org::cells_below(db, unit, true)?,
        _ => below,
    };
    make_sheets(db, &units, terms, clock::now())
}

fn tell(sheet: &Sheet, json: bool, output: &mut Output) -> Result<(), Failure> {
    if json {
        return output.json(&Invited {
            code: &sheet.code,
            org_unit: sheet.org_unit.0,
            unit: &sheet.unit,
            holder: &sheet.holder,
            text: &sheet.text,
            expires_at: sheet.expires_at.0,
        });
    }
    let Sheet { code, unit, until, text, .. } = sheet;
    output.line(format!("{code}  (until {until})  {unit}  {text}"))
}
