//! `soban init`: from nothing to a server that can start.

use std::path::{Path, PathBuf};

use soban_core::form::Pack;

use super::{Data, Failure, Output};
use crate::access::{NewAccount, Role, create_account};
use crate::pack::{OrgTree, Source, embedded, read_org, read_pack};
use crate::store::{Store, org, staff};
use crate::{clock, keys::Keys};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,
    /// A folder with a pack; the pack of Mường Khương if absent.
    #[arg(long)]
    pack: Option<PathBuf>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let source = match &args.pack {
        None => embedded(),
        Some(dir) => Source::from_dir(dir)
            .map_err(|error| format!("the pack {} cannot be read: {error}", dir.display()))?,
    };
    let (pack, tree) = (read_pack(&source)?, read_org(&source)?);
    let password = initialise(&args.data.data, pack, tree)?;
    output.line(format!("Data folder: {}", args.data.data.display()))?;
    match password {
        Some(password) => output
            .line(format!("First administrator: admin\nFirst password, shown once: {password}")),
        None => output.line("Forms and organisation tree brought up to date; accounts unchanged."),
    }
}

/// Makes a data folder, or brings its pack and organisation tree up to date. The first
/// administrator's password, if there was none yet.
///
/// # Errors
/// [`Failure`] naming what cannot be made.
pub fn initialise(dir: &Path, pack: Pack, tree: OrgTree) -> Result<Option<String>, Failure> {
    let store = Store::create(dir)?;
    Keys::open_or_create(dir)?;
    store.write(move |db| {
        org::load(db, &tree.kinds, &tree.units, &tree.coverage)?;
        org::put_pack(db, &pack.to_bytes())
    })?;
    let (accounts, root) = store.read(|db| Ok((staff::count(db)?, org::root(db)?)))?;
    let root = root.ok_or("the organisation tree has no top")?;
    if accounts > 0 {
        return Ok(None);
    }
    let (login, name) = ("admin".to_owned(), "Quản trị".to_owned());
    let first = NewAccount { login, name, role: Role::Administrator, scope: root };
    Ok(Some(create_account(&store, first, clock::now())?))
}
