//! `soban invite`: a one-use enrolment code.

use serde::Serialize;
use soban_core::base::OrgUnitId;

use super::{Data, Failure, Output};
use crate::clock;
use crate::enrol::give_code;
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,
    /// Whose books the phone will write.
    #[arg(long, value_parser = str::parse::<OrgUnitId>)]
    unit: OrgUnitId,
    /// Who will hold it.
    #[arg(long)]
    holder: String,
    /// As one line of JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Invited {
    code: String,
    org_unit: u32,
    expires_at: i64,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let store = Store::open(&args.data.data)?;
    let unit = args.unit;
    let (code, expires_at) = give_code(&store, unit, &args.holder, clock::now())?;
    let code = code.printed();
    if args.json {
        return output.json(&Invited { code, org_unit: unit.0, expires_at: expires_at.0 });
    }
    let until = expires_at.local_date().map(|date| date.in_figures()).unwrap_or_default();
    output.line(format!("{code}  (until {} {until})", expires_at.local_time()))
}
