//! The one thread that writes: it gathers what waits into one transaction.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::StoreError;

/// The most jobs that share one transaction: what one flush can carry without anyone waiting
/// noticeably for the others.
const MOST_JOBS: usize = 256;

type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> Answer + Send>;

#[derive(Debug)]
pub(super) struct Writer {
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Self {
        let (jobs, waiting) = channel();
        let thread = std::thread::spawn(move || run(&connection, &waiting));
        Self { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)) }
    }

    /// Hands a job over; `answer` is called with what came of it once that is on disk.
    pub(super) fn submit<T, F, A>(&self, job: F, answer: A) -> Result<(), StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(Result<T, StoreError>) + Send + 'static,
    {
        let job: Job = Box::new(move |db| {
            let done = in_savepoint(db, job);
            Box::new(move |committed| answer(committed.and(done)))
        });
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).map_err(|_| StoreError::Closed)
    }
}

impl Drop for Writer {
    /// Waits for what is under way.
    fn drop(&mut self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            drop(thread.join());
        }
    }
}

fn in_savepoint<T>(
    db: &Connection,
    job: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    db.execute_batch("SAVEPOINT job")?;
    // A panic in a job is the job's fault alone; the transaction and the others go on.
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job(db)))
        .unwrap_or_else(|_| Err(StoreError::Damaged("a write panicked".to_owned())));
    if done.is_err() {
        db.execute_batch("ROLLBACK TO job")?;
    }
    db.execute_batch("RELEASE job")?;
    done
}

fn run(db: &Connection, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        if let Err(error) = db.execute_batch("BEGIN IMMEDIATE") {
            refuse(db, first, error);
            continue;
        }
        let jobs = std::iter::once(first).chain(waiting.try_iter()).take(MOST_JOBS);
        let answers: Vec<Answer> = jobs.map(|job| job(db)).collect();
        let committed = db.execute_batch("COMMIT").map_err(|error| {
            drop(db.execute_batch("ROLLBACK"));
            error.to_string()
        });
        let failure = committed.err();
        for answer in answers {
            answer(match &failure {
                None => Ok(()),
                Some(error) => Err(commit_error(error)),
            });
        }
    }
}

fn commit_error(error: &str) -> StoreError {
    let io = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR);
    StoreError::from(rusqlite::Error::SqliteFailure(io, Some(error.to_owned())))
}

/// The transaction cannot begin: whoever waits is told so. The job runs outside of any
/// transaction only to get at its answer, inside a savepoint that is rolled back.
fn refuse(db: &Connection, job: Job, error: rusqlite::Error) {
    drop(db.execute_batch("SAVEPOINT refused"));
    let answer = job(db);
    drop(db.execute_batch("ROLLBACK TO refused; RELEASE refused"));
    answer(Err(StoreError::from(error)));
}
