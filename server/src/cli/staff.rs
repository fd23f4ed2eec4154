//! `soban staff`: accounts.

use soban_core::base::OrgUnitId;

use super::{Data, Failure, Output, init};
use crate::access::Role;
use crate::clock;
use crate::store::{Store, org, staff};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Makes an account; its first password is shown once.
    Add {
        #[command(flatten)]
        data: Data,
        /// What is typed to log in.
        login: String,
        /// What the person is called.
        #[arg(long)]
        name: String,
        /// What the person may do: administrator, reviewer or reader.
        #[arg(long, default_value = "reader", value_parser = role)]
        role: Role,
        /// The unit at and below which the person works; the whole tree if absent.
        #[arg(long, value_parser = str::parse::<OrgUnitId>)]
        unit: Option<OrgUnitId>,
    },
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| "must be administrator, reviewer or reader".to_owned())
}

pub(super) fn run(command: Command, output: &mut Output) -> Result<(), Failure> {
    let Command::Add { data, login, name, role, unit } = command;
    let store = Store::open(&data.data)?;
    let (taken, scope) = store.read(|db| {
        let scope = match unit {
            Some(unit) => org::find_name(db, unit)?.map(|_| unit),
            None => org::root(db)?,
        };
        Ok((staff::find(db, &login)?.is_some(), scope))
    })?;
    if taken {
        return Err(Failure::from(format!("there is an account “{login}” already")));
    }
    let scope = scope.ok_or_else(|| match unit {
        Some(unit) => format!("there is no org unit {unit}"),
        None => "the organisation tree has no top".to_owned(),
    })?;
    let (password, new) = init::new_account(&login, &name, role, scope)?;
    store.write(move |db| staff::add(db, &new, clock::now()))?;
    output.line(format!("Account: {login} ({})", role.as_str()))?;
    output.line(format!("First password, shown once: {password}"))
}
