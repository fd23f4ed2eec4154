//! The one thread that writes: it gathers what waits into one transaction.
//!
//! Jobs that may be run again are undone together if one of them fails, and then run each in a
//! savepoint of its own. That nothing fails is what happens all day, and a savepoint for each job
//! cost a quarter of this thread's time. Those that a transaction begins with need none at all: the
//! whole transaction is undone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::ffi::{self, SQLITE_ERROR, SQLITE_IOERR};

use super::StoreError;

/// The most jobs that share one transaction: what one flush can carry without anyone waiting
/// noticeably for the others.
const MOST_JOBS: usize = 256;
/// So many in one transaction are many: with fewer, nobody waits for others to ask.
const MANY_JOBS: usize = 16;
/// What they wait for others, a fraction of what they wait for the disk then.
const GATHERING: Duration = Duration::from_millis(1);

/// Work for the writer.
trait Job: Send {
    /// Whether it may be run again after what it wrote was undone.
    fn repeats(&self) -> bool;
    /// Does it, and keeps what came of it; whether that is to stay.
    fn run(&mut self, db: &Connection) -> bool;
    /// Says what came of it, once it is on disk or why it is not.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// A closure as a job, and what came of it.
struct Work<T, F, A> {
    work: F,
    repeats: bool,
    done: Option<Result<T, StoreError>>,
    answer: A,
}

impl<T, F, A> Job for Work<T, F, A>
where
    T: Send,
    F: FnMut(&Connection) -> Result<T, StoreError> + Send,
    A: FnOnce(Result<T, StoreError>) + Send,
{
    fn repeats(&self) -> bool {
        self.repeats
    }

    /// A panic is the job's fault alone; the transaction and the others go on.
    fn run(&mut self, db: &Connection) -> bool {
        let done = catch_unwind(AssertUnwindSafe(|| (self.work)(db)))
            .unwrap_or_else(|_| Err(StoreError::Damaged("a write panicked".to_owned())));
        self.done.insert(done).is_ok()
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let done = self.done.unwrap_or(Err(StoreError::Closed));
        // What the job itself says comes before what became of the others.
        (self.answer)(done.and_then(|done| committed.map(|()| done)));
    }
}

#[derive(Debug)]
pub(super) struct Writer {
    /// Repeatable jobs that were ever handed over.
    requests: AtomicU64,
    jobs: Mutex<Option<Sender<Box<dyn Job>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Self {
        let (jobs, waiting) = channel();
        let thread = std::thread::spawn(move || run(&connection, &waiting));
        let requests = AtomicU64::new(0);
        Self { requests, jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)) }
    }

    /// How many repeatable jobs were ever handed over.
    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Hands over a job that is done once; `answer` is called with what came of it once that is on
    /// disk.
    pub(super) fn submit<T, F, A>(&self, job: F, answer: A) -> Result<(), StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(Result<T, StoreError>) + Send + 'static,
    {
        let mut job = Some(job);
        let work = move |db: &Connection| match job.take() {
            Some(job) => job(db),
            None => Err(StoreError::Damaged("a write was begun twice".to_owned())),
        };
        self.send(Work { work, repeats: false, done: None, answer })
    }

    /// As [`Writer::submit`], of a job that may have to be run again after what it wrote was
    /// undone.
    pub(super) fn submit_repeatable<T, F, A>(&self, work: F, answer: A) -> Result<(), StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(Result<T, StoreError>) + Send + 'static,
    {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.send(Work { work, repeats: true, done: None, answer })
    }

    fn send(&self, job: impl Job + 'static) -> Result<(), StoreError> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(Box::new(job)).map_err(|_| StoreError::Closed)
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

fn run(db: &Connection, waiting: &Receiver<Box<dyn Job>>) {
    let mut many = false;
    while let Ok(first) = waiting.recv() {
        // Where many asked just now, many are about to: they come along.
        if many {
            std::thread::sleep(GATHERING);
        }
        let jobs = std::iter::once(first).chain(waiting.try_iter()).take(MOST_JOBS);
        let mut jobs: Vec<Box<dyn Job>> = jobs.collect();
        many = jobs.len() >= MANY_JOBS;
        let failure = write_all(db, &mut jobs).err().map(|error| failure_of(&error));
        if failure.is_some() && !db.is_autocommit() {
            drop(db.execute_batch("ROLLBACK"));
        }
        for job in jobs {
            job.answer(match &failure {
                None => Ok(()),
                Some((code, error)) => Err(StoreError::from(rusqlite::Error::SqliteFailure(
                    ffi::Error::new(*code),
                    Some(error.clone()),
                ))),
            });
        }
    }
}

/// What everybody is told who waits for a transaction that failed: it may be tried again.
fn failure_of(error: &rusqlite::Error) -> (i32, String) {
    let code = error.sqlite_error().map(|error| error.extended_code);
    // That there is no transaction any more is said by no code of its own.
    let code = code.filter(|code| *code != SQLITE_ERROR).unwrap_or(SQLITE_IOERR);
    (code, error.to_string())
}

fn write_all(db: &Connection, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    let first = jobs.iter().take_while(|job| job.repeats()).count();
    let (first, rest) = jobs.split_at_mut(first);
    if !first.iter_mut().all(|job| job.run(db)) {
        db.execute_batch("ROLLBACK; BEGIN IMMEDIATE")?;
        write_each(db, first)?;
    }
    for together in rest.chunk_by_mut(|a, b| a.repeats() && b.repeats()) {
        if !in_savepoint(db, || together.iter_mut().all(|job| job.run(db)))? {
            write_each(db, together)?;
        }
    }
    db.execute_batch("COMMIT")
}

/// Runs again, each in a savepoint of its own, jobs that were undone since one of them failed. One
/// alone has failed by itself.
fn write_each(db: &Connection, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    if let [_] = jobs {
        return Ok(());
    }
    jobs.iter_mut().try_for_each(|job| in_savepoint(db, || job.run(db)).map(drop))
}

/// What the work writes stays only if it says so. An error means that the transaction is lost: a
/// full disk, for one, ends it.
fn in_savepoint(db: &Connection, work: impl FnOnce() -> bool) -> rusqlite::Result<bool> {
    db.execute_batch("SAVEPOINT job")?;
    let kept = work();
    if !kept {
        db.execute_batch("ROLLBACK TO job")?;
    }
    db.execute_batch("RELEASE job")?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    fn writer() -> (Writer, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let db = Connection::open(dir.path().join("file")).unwrap();
        db.execute_batch("CREATE TABLE number (n INTEGER PRIMARY KEY) STRICT").unwrap();
        (Writer::start(db), dir)
    }

    fn insert(db: &Connection, n: i64) -> Result<i64, StoreError> {
        assert!(n >= 0, "no such number");
        db.execute("INSERT INTO number VALUES (?1)", [n])?;
        Ok(n)
    }

    /// Has the writer do these in one transaction; the numbers of those that succeeded.
    fn together(writer: &Writer, numbers: &[i64]) -> Vec<i64> {
        let (go, gone) = sync_channel::<()>(0);
        let wait = move |_: &Connection| Ok(gone.recv().is_err());
        writer.submit(wait, drop).unwrap();
        let (answer, answered) = channel();
        for n in numbers {
            let (n, answer) = (*n, answer.clone());
            let said = move |done| drop(answer.send(done));
            writer.submit_repeatable(move |db| insert(db, n), said).unwrap();
        }
        drop((go, answer));
        answered.into_iter().flatten().collect()
    }

    fn stored(writer: &Writer) -> Vec<i64> {
        let (answer, answered) = sync_channel(1);
        let list = |db: &Connection| {
            let mut list = db.prepare("SELECT n FROM number ORDER BY n")?;
            let rows = list.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<Vec<i64>, _>>()?)
        };
        writer.submit(list, move |done| drop(answer.send(done))).unwrap();
        answered.recv().unwrap().unwrap()
    }

    #[test]
    fn jobs_that_fail_and_jobs_that_panic_keep_nothing_of_the_others_out() {
        let (writer, _dir) = writer();
        assert_eq!(together(&writer, &[1, 2, 3]), [1, 2, 3]);
        assert_eq!(together(&writer, &[4, 2, 5, -1, 6, 3]), [4, 5, 6]);
        assert!(together(&writer, &[-1]).is_empty());
        assert_eq!(stored(&writer), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn of_two_that_exclude_each_other_the_first_stays() {
        let (writer, _dir) = writer();
        assert_eq!(together(&writer, &[1, 1, 2]), [1, 2]);
        assert_eq!(stored(&writer), [1, 2]);
    }
}
