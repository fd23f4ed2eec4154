//! `soban demo`: a district filled with simulated phones, to look at.

use std::net::SocketAddr;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use soban_core::base::OrgUnitId;
use soban_core::base::quantity::group;

use super::serve::{StopWord, log_to_stderr, until_told_to_stop};
use super::{Failure, Output, initialise};
use crate::access::{Role, hash_password, random_password};
use crate::clock;
use crate::demo::{Folder, Progress, Size, Summary, fill};
use crate::enrol::sheet::{Sheet, Terms, USUAL_DAYS, answered, make_sheets};
use crate::http::{Options, Running, start};
use crate::pack::{OrgTree, embedded, read_org, read_pack};
use crate::store::staff::NewStaff;
use crate::store::{Store, StoreError, org, staff};

/// What is typed to log in.
const LOGIN: &str = "demo";
/// The cell of Pạc Bo, whose gifts the report names.
const TRIED: OrgUnitId = OrgUnitId(2035);

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The demo's folder.
    #[arg(long, default_value = "soban-demo")]
    data: PathBuf,
    /// All 251 cells, or 20 of them; by itself that of the folder, else full.
    #[arg(long)]
    size: Option<Size>,
    /// Ends once it is filled; the last line is the summary as JSON.
    #[arg(long)]
    once: bool,
    /// The address to listen on; it must be one that only this machine reaches.
    #[arg(long)]
    listen: Option<SocketAddr>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let address = address(args)?;
    let mut folder = Folder::open(&args.data, args.size)?;
    let source = embedded();
    let tree = read_org(&source)?;
    initialise(folder.dir(), read_pack(&source)?, tree.clone())?;
    log_to_stderr("warn");
    let runtime = tokio::runtime::Runtime::new()?;
    let options = Options { unlimited_tries: true, ..Options::default() };
    let running = runtime.block_on(start(folder.dir(), address, options))?;
    let summary = filled(&mut folder, &tree, &running);
    // Not before it is filled: until then Ctrl-C ends it at once.
    let word = runtime.block_on(async { StopWord::listen() })?;
    let told = summary.and_then(|summary| tell(args.once, &summary, &running, output));
    if told.is_err() || args.once {
        runtime.block_on(running.stop());
        return told;
    }
    runtime.block_on(until_told_to_stop(word, running));
    Ok(())
}

/// A free port where nobody is to look at it.
fn address(args: &Args) -> Result<SocketAddr, Failure> {
    let port = if args.once { 0 } else { 8321 };
    let address = args.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], port)));
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(Failure::from(format!(
        "{address} can be reached by others, and the demo's login is shown to everyone; \
         --listen takes an address such as 127.0.0.1:8321"
    )))
}

fn filled(folder: &mut Folder, tree: &OrgTree, running: &Running) -> Result<Summary, Failure> {
    let bar = Bar(ProgressBar::new(0));
    let style = ProgressStyle::with_template("{msg} {bar:40} {percent:>3}%  {elapsed}");
    bar.0.set_style(style?);
    bar.0.set_message("Các chi bộ đang ghi sổ");
    let summary = fill(folder, tree, running, &bar);
    bar.0.finish_and_clear();
    Ok(summary?)
}

/// Shown on a terminal only; indicatif stays quiet elsewhere.
struct Bar(ProgressBar);

impl Progress for Bar {
    fn begin(&self, steps: usize) {
        self.0.set_length(u64::try_from(steps).unwrap_or(0));
    }

    fn step(&self) {
        self.0.inc(1);
    }
}

fn tell(
    once: bool,
    summary: &Summary,
    running: &Running,
    output: &mut Output,
) -> Result<(), Failure> {
    let password = new_password(&running.app.store)?;
    output.line(format!("Trang huyện     http://{}", running.address))?;
    output.line(format!("Tên đăng nhập   {LOGIN}"))?;
    output.line(format!("Mật khẩu        {password}   (chỉ cho lần chạy này)"))?;
    if once {
        return output.json(summary);
    }
    for (number, sheet) in (1..).zip(invitations(running)?) {
        let said = format!("Nhận sổ, máy {number}  {}   ({}, một lần)", sheet.text, sheet.holder);
        output.line(said)?;
    }
    let number = |number: u64| group(i64::try_from(number).unwrap_or(i64::MAX));
    let phones = u64::try_from(summary.phones).unwrap_or(0);
    output.line(format!(
        "\n{} máy đã ghi {} bản ghi trong {} lần ghi; {} chỗ đang xem xét, \
         {} chỗ đã quyết định.",
        number(phones),
        number(summary.records.into()),
        number(summary.entries),
        number(summary.conflicts_open.into()),
        number(u64::try_from(summary.conflicts_settled).unwrap_or(0)),
    ))?;
    output.line(format!(
        "{} lượt gửi, {} KB lên, {} KB xuống, {} giây.",
        number(summary.requests),
        number(summary.bytes_up / 1000),
        number(summary.bytes_down / 1000),
        summary.seconds.to_string().replace('.', ","),
    ))?;
    output.line("Ctrl-C để dừng.")
}

/// Codes for whoever wants to try two phones that disagree: the secretary's and the deputy's.
fn invitations(running: &Running) -> Result<Vec<Sheet>, Failure> {
    let server = format!("http://{}", running.address);
    let terms = |holder: &str| Terms {
        holder: holder.to_owned(),
        days: USUAL_DAYS,
        server: server.clone(),
    };
    let (first, second) = (terms(""), terms("Phó bí thư chi bộ thôn Pạc Bo"));
    let now = clock::now();
    let made = running.app.store.write(move |db| {
        let sheets = [first, second].map(|terms| make_sheets(db, &[TRIED], &terms, now));
        answered(sheets.into_iter().collect::<Result<Vec<_>, _>>())
    });
    Ok(made??.into_iter().flatten().collect())
}

/// A password for this start, of an administrator of the whole district.
fn new_password(store: &Store) -> Result<String, Failure> {
    let password = random_password();
    let hash = hash_password(&password)?;
    store.write(move |db| {
        let scope = org::root(db)?.unwrap_or(OrgUnitId(0));
        if !staff::exists(db, LOGIN)? {
            let new = NewStaff {
                login: LOGIN.to_owned(),
                name: "Cán bộ dùng thử".to_owned(),
                password: hash.clone(),
                role: Role::Administrator.as_str().to_owned(),
                scope,
            };
            staff::add(db, &new, clock::now())?;
        }
        let account = staff::find(db, LOGIN)?;
        let account = account.ok_or_else(|| StoreError::Damaged("no demo account".to_owned()))?;
        staff::set_password(db, account.id, &hash, false)
    })?;
    Ok(password)
}
