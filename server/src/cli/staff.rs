//! `soban staff`: accounts.

use soban_core::base::OrgUnitId;

use super::{Data, Failure, Output};
use crate::access::{NewAccount, Role, create_account};
use crate::clock;
use crate::store::{Store, org};

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
    let scope = match unit {
        Some(unit) => unit,
        None => store.read(org::root)?.ok_or("the organisation tree has no top")?,
    };
    let new = NewAccount { login: login.clone(), name, role, scope };
    let password = create_account(&store, new, clock::now())?;
    output.line(format!("Account: {login} ({})", role.as_str()))?;
    output.line(format!("First password, shown once: {password}"))
}
