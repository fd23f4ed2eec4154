//! Filling: all phones of a phase in shuffled order, a few at a time, and a pause between phases
//! until the district has looked at everything.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant as Stopwatch;

use indicatif::ProgressBar;
use soban_core::base::OrgUnitId;

use super::broken::{Death, send_in_vain};
use super::dice::Dice;
use super::phone::Simulated;
use super::plan::{Cell, PhonePlan, Size, plan, villages};
use super::{DemoError, Summary, summary};
use crate::clock;
use crate::enrol::{EnrolError, invite};
use crate::http::App;
use crate::link::Link;
use crate::store::{Db, StoreError, org, read};

const PHASES: usize = 4;
/// The phase whose syncs come in shuffled order, some of them cut off.
const SHUFFLED: usize = 2;
/// Phones at a time.
const WORKERS: usize = 4;

/// Fills a data folder through its own server.
pub(super) fn fill(
    app: &App,
    dir: &Path,
    size: Size,
    address: SocketAddr,
    progress: &ProgressBar,
) -> Result<Summary, DemoError> {
    let started = Stopwatch::now();
    let cells = app.store.read(cells)?;
    let plans = plan(&cells, size)?;
    let phones: Vec<&PhonePlan> = plans.iter().flat_map(|cell| &cell.phones).collect();
    progress.set_length(u64::try_from(phones.len() * PHASES).unwrap_or(0));
    let link = Link::new(&format!("http://{address}"))
        .map_err(|error| DemoError::Other(error.to_string()))?;
    let filling = Filling { app, dir, link, address, progress };
    for phase in 0..PHASES {
        let mut order = phones.clone();
        Dice::new(u64::try_from(phase).unwrap_or(0)).shuffle(&mut order);
        filling.phase(phase, order)?;
        app.projector.wait_until_idle();
    }
    let counts = filling.link.traffic().counts();
    let totals = app.store.read(read::totals)?;
    let summary = Summary {
        phones: u64::try_from(phones.len()).unwrap_or(0),
        records: totals.records,
        entries: totals.entries,
        bytes_up: counts.bytes_up,
        bytes_down: counts.bytes_down,
        requests: counts.requests,
        conflicts_open: totals.contests,
        seconds: (started.elapsed().as_secs_f64() * 10.0).round() / 10.0,
    };
    let kept = summary.clone();
    app.store.write(move |db| summary::save(db, &kept))?;
    progress.finish_and_clear();
    Ok(summary)
}

fn cells(db: &Db) -> Result<Vec<Cell>, StoreError> {
    let villages = villages(&org::list_coverage(db)?);
    let cell = |(unit, name): (OrgUnitId, String)| {
        let village = villages.get(&unit).copied();
        Cell { unit, name, village }
    };
    Ok(org::list_all_cells(db)?.into_iter().map(cell).collect())
}

struct Filling<'a> {
    app: &'a App,
    dir: &'a Path,
    link: Link,
    address: SocketAddr,
    progress: &'a ProgressBar,
}

impl Filling<'_> {
    /// All phones of a phase; the first failure ends it.
    fn phase(&self, phase: usize, order: Vec<&PhonePlan>) -> Result<(), DemoError> {
        let waiting = Mutex::new(order);
        let next = || waiting.lock().ok().and_then(|mut waiting| waiting.pop());
        let work = || {
            while let Some(plan) = next() {
                self.phone(phase, plan)?;
                self.progress.inc(1);
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
            let done = workers.into_iter().map(|worker| {
                worker.join().unwrap_or_else(|_| Err(DemoError::Other("a worker died".to_owned())))
            });
            done.collect::<Result<Vec<()>, DemoError>>().map(drop)
        })
    }

    fn phone(&self, phase: usize, plan: &PhonePlan) -> Result<(), DemoError> {
        if phase < plan.from {
            return Ok(());
        }
        let mut simulated = Simulated::open(self.dir, plan)?;
        if simulated.phone.identity().is_none() {
            let code = self.invite(plan)?;
            let enrolled = self.link.enrol(&mut simulated.phone, &code);
            enrolled.map_err(|error| simulated.failure(&error))?;
        }
        simulated.record(phase)?;
        if plan.cut && phase == SHUFFLED {
            let death = if plan.unit.0.is_multiple_of(2) { Death::Halfway } else { Death::Unheard };
            let phone = &mut simulated.phone;
            let sent = send_in_vain(phone, self.address, death, self.link.traffic());
            sent.map_err(|error| simulated.failure(&error))?;
        }
        let synced = self.link.sync(&mut simulated.phone, None);
        synced.map_err(|error| simulated.failure(&error))?;
        Ok(())
    }

    fn invite(&self, plan: &PhonePlan) -> Result<String, DemoError> {
        let (unit, holder) = (plan.unit, plan.holder.clone());
        let now = clock::now();
        let code = self.app.store.write(move |db| match invite(db, unit, &holder, now) {
            Err(EnrolError::Store(error)) => Err::<_, StoreError>(error),
            answer => Ok(answer),
        })?;
        let (code, _) = code.map_err(|error| DemoError::Other(error.to_string()))?;
        Ok(code.printed())
    }
}
