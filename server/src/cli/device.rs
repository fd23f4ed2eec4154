//! `soban device`: enrolled devices.

use serde::Serialize;
use soban_core::base::{DeviceId, Instant};

use super::{Data, Failure, Output};
use crate::clock;
use crate::console::moment::exact;
use crate::enrol::{self, Released};
use crate::store::Store;
use crate::store::device::{self, DeviceRow};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists devices by unit: when each was last heard of, and how much it had not sent.
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
    /// Lets in a device that came back to a server that had forgotten it, and what is sealed of
    /// it. A running server takes that up when a phone next
    /// sends something.
    Release {
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
    pending: bool,
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
            pending: row.pending,
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
        Command::Release { data, id } => release(&Store::open(&data.data)?, id, output),
    }
}

fn release(store: &Store, id: DeviceId, output: &mut Output) -> Result<(), Failure> {
    let Some(row) = store.read(|db| device::find_device(db, id))? else {
        return Err(Failure::from(format!("there is no device {id}")));
    };
    let Released { confirmed, entries } = store.write(move |db| enrol::release(db, id))?;
    if !confirmed && entries == 0 {
        return Err(Failure::from(format!("nothing of device {id} waits for staff")));
    }
    let (now, holder, unit) = (exact(clock::now()), row.holder, row.unit_name);
    output
        .line(format!("{now}  {id} is released ({holder}, {unit}); entries let in: {entries}"))?;
    if entries == 0 {
        return Ok(());
    }
    output.line("A running server takes them up when a phone next sends something.")
}

fn list(store: &Store, json: bool, output: &mut Output) -> Result<(), Failure> {
    for row in store.read(device::list_all_devices)? {
        let listed = Listed::from(row);
        if json {
            output.json(&listed)?;
        } else {
            output.line(printed(&listed))?;
        }
    }
    Ok(())
}

fn printed(device: &Listed) -> String {
    let unsent = device.unsent.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let seen = device.seen_at.map_or_else(|| "–".to_owned(), |at| exact(Instant(at)));
    let state = match (device.revoked_at, device.pending) {
        (Some(_), _) => "  revoked",
        (None, true) => "  waits for staff",
        (None, false) => "",
    };
    format!("{}  {seen:>16}  {unsent:>5}  {}{state}", device.id, device.unit)
}
