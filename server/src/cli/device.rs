//! `soban device`: enrolled devices.

use serde::Serialize;
use soban_core::base::DeviceId;

use super::{Data, Failure, Output};
use crate::clock;
use crate::store::device::{self, DeviceRow};
use crate::store::{Store, org};

/// Devices printed at a time.
const PAGE: u32 = 500;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists devices, those longest silent first.
    List {
        #[command(flatten)]
        data: Data,
        /// As one line of JSON each.
        #[arg(long)]
        json: bool,
    },
    /// Revokes a device: it may still deliver what it holds, sealed, and receives nothing.
    Revoke {
        #[command(flatten)]
        data: Data,
        /// The device.
        #[arg(value_parser = str::parse::<DeviceId>)]
        id: DeviceId,
    },
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    org_unit: u32,
    unit: String,
    seen_at: Option<i64>,
    revoked_at: Option<i64>,
    unsent: Option<u32>,
    app_version: Option<String>,
    pack_version: Option<u32>,
}

impl From<DeviceRow> for Listed {
    fn from(row: DeviceRow) -> Self {
        Self {
            id: row.id.to_string(),
            org_unit: row.org_unit.0,
            unit: row.unit_name,
            seen_at: row.seen_at.map(|at| at.0),
            revoked_at: row.revoked_at.map(|at| at.0),
            unsent: row.unsent,
            app_version: row.app_version,
            pack_version: row.pack_version,
        }
    }
}

pub(super) fn run(command: Command, output: &mut Output) -> Result<(), Failure> {
    match command {
        Command::List { data, json } => list(&Store::open(&data.data)?, json, output),
        Command::Revoke { data, id } => {
            let store = Store::open(&data.data)?;
            if store.write(move |db| device::revoke(db, id, clock::now()))? {
                output.line(format!("{id} is revoked"))
            } else {
                Err(Failure::from(format!("there is no device {id} that is not revoked")))
            }
        }
    }
}

fn list(store: &Store, json: bool, output: &mut Output) -> Result<(), Failure> {
    let root = store.read(org::root)?.ok_or("the organisation tree has no top")?;
    for page in 0_u32.. {
        let rows = store.read(|db| device::list_devices(db, root, (page * PAGE, PAGE)))?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let listed = Listed::from(row);
            if json {
                output.json(&listed)?;
            } else {
                let unsent = listed.unsent.map_or_else(|| "–".to_owned(), |n| n.to_string());
                let state = if listed.revoked_at.is_some() { "  revoked" } else { "" };
                output.line(format!("{}  {unsent:>5}  {}{state}", listed.id, listed.unit))?;
            }
        }
    }
    Ok(())
}
