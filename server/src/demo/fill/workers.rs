//! A few phones at a time, since each waits for the disk now and then.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::job::Job;
use crate::demo::DemoError;
use crate::demo::plan::PhonePlan;

const WORKERS: usize = 4;

/// Takes every phone through the job; the first error ends it all.
pub(super) fn run(job: &Job<'_>, phones: Vec<&PhonePlan>) -> Result<(), DemoError> {
    let waiting = Mutex::new(phones);
    let stop = AtomicBool::new(false);
    let work = || -> Result<(), DemoError> {
        while !stop.load(Ordering::Relaxed) {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(phone) = next else { break };
            if let Err(error) = job.run(phone) {
                stop.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        let ended =
            workers.into_iter().map(|worker| worker.join().unwrap_or(Err(DemoError::Broken)));
        // Every one is waited for, whatever the others say.
        ended.collect::<Vec<_>>().into_iter().collect()
    })
}
