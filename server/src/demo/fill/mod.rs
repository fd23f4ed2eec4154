//! Filling: wave after wave, each with every phone in any order, some at the same time.

mod broken;
mod job;
mod known;
mod settle;
mod workers;

use std::time::Instant as Stopwatch;

use super::plan::{PhonePlan, Rng, Round, plan};
use super::{DemoError, Folder, Summary};
use crate::http::{App, Running};
use crate::link::Link;
use crate::pack::OrgTree;
use crate::store::{org, projection, read};
use job::Job;
use soban_core::base::Date;
use soban_core::record::FormNo;

/// Told how far it has come; from several threads.
pub trait Progress: Sync {
    /// So many steps are ahead, those that were done before included.
    fn begin(&self, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// One pass over the phones. Within it no phone waits for another's news, so that a wave that was
/// broken off can begin again.
#[derive(Debug, Clone, Copy)]
struct Wave {
    /// What is recorded before the sync; only the sync if absent.
    round: Option<Round>,
    /// Only where two phones write the same books.
    only_pairs: bool,
    /// Staff settle a part of what is open before it, and it brings that to the phones.
    settled: bool,
}

impl Wave {
    const fn of(round: Option<Round>, only_pairs: bool) -> Self {
        Self { round, only_pairs, settled: false }
    }
}

const WAVES: [Wave; 6] = [
    Wave::of(Some(Round::Spring), false),
    Wave::of(None, true),
    Wave::of(Some(Round::Autumn), false),
    Wave::of(None, true),
    Wave::of(Some(Round::After), true),
    Wave { settled: true, ..Wave::of(None, true) },
];

/// Fills a demo's folder, or goes on filling it, against the server that runs on it.
///
/// # Errors
/// [`DemoError`]; what is filled stays, and the next call goes on from there.
pub fn fill(
    folder: &mut Folder,
    tree: &OrgTree,
    running: &Running,
    progress: &dyn Progress,
) -> Result<Summary, DemoError> {
    if let Some(summary) = &folder.note.summary {
        return Ok(summary.clone());
    }
    let started = Stopwatch::now();
    let (before, already) = (folder.note.traffic, folder.note.seconds);
    let phones = plan(tree, folder.size().scale())?;
    let link = Link::new(&format!("http://{}", running.address)).map_err(DemoError::Address)?;
    progress.begin(WAVES.iter().map(|wave| steps_in(&phones, *wave)).sum());
    for (number, wave) in WAVES.iter().enumerate() {
        if number < folder.note.waves {
            (0..steps_in(&phones, *wave)).for_each(|_| progress.step());
            continue;
        }
        if wave.settled {
            settle::settle(folder, &running.app)?;
        }
        let job = Job { folder, running, link: &link, wave: *wave, number, progress };
        workers::run(&job, order(&phones, *wave, number))?;
        // What arrived has to be in the books before others can be told of it.
        running.app.projector.wait_until_idle();
        folder.note.waves = number + 1;
        folder.note.traffic = before + link.traffic().counts();
        folder.note.seconds = already + started.elapsed().as_secs_f64();
        folder.keep()?;
    }
    let summary = sum_up(folder, &phones, &running.app)?;
    folder.note.summary = Some(summary.clone());
    folder.keep()?;
    Ok(summary)
}

/// The phones of a wave, in any order.
fn order(phones: &[PhonePlan], wave: Wave, number: usize) -> Vec<&PhonePlan> {
    let mut order: Vec<&PhonePlan> =
        phones.iter().filter(|phone| phone.paired || !wave.only_pairs).collect();
    let seed = u64::try_from(number).unwrap_or(0);
    Rng::new(seed, 3).shuffle(&mut order);
    order
}

/// The steps of a wave; a phone's sync counts as one.
fn steps_in(phones: &[PhonePlan], wave: Wave) -> usize {
    let of_round = |phone: &PhonePlan| {
        phone.steps.iter().filter(|step| Some(step.round) == wave.round).count() + 1
    };
    phones.iter().filter(|phone| phone.paired || !wave.only_pairs).map(of_round).sum()
}

fn sum_up(folder: &Folder, phones: &[PhonePlan], app: &App) -> Result<Summary, DemoError> {
    let counters = app.projector.counters();
    if counters.quarantined > 0 {
        return Err(DemoError::NotTaken(counters.quarantined));
    }
    let meeting = app.pack.find_form_named("meeting").map_or(FormNo(0), |form| form.no);
    let month = (Date::default(), Date::default());
    let (figures, entries) = app.store.read(|db| {
        let mut entries = 0;
        for book in read::list_all_books(db)? {
            entries += projection::find_head(db, book)?.map_or(0, |head| head.position);
        }
        let root = org::root(db)?.unwrap_or(soban_core::base::OrgUnitId(0));
        Ok((read::figures_of(db, root, meeting.0, month)?, entries))
    })?;
    let traffic = folder.note.traffic;
    Ok(Summary {
        phones: phones.len(),
        records: figures.records,
        entries,
        bytes_up: traffic.bytes_up,
        bytes_down: traffic.bytes_down,
        requests: traffic.requests,
        conflicts_open: figures.contests,
        conflicts_settled: folder.note.settled.as_ref().map_or(0, Vec::len),
        seconds: (folder.note.seconds * 10.0).round() / 10.0,
    })
}
