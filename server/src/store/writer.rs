//! The one thread that writes: it gathers what waits into one transaction.
//!
//! Jobs that may be run again need no savepoint, which cost a quarter of this thread's time: where
//! one of them fails the whole transaction is undone, and they are run again, each in a savepoint
//! of its own. That nothing fails is what happens all day.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::ffi::{self, SQLITE_ERROR, SQLITE_IOERR};

use super::StoreError;

/// The most jobs that share one transaction: what one flush can carry without anyone waiting
/// noticeably for the others.
const MOST_JOBS: usize = 512;
/// So many in one transaction are many: with fewer, nobody waits for others to ask.
const MANY_JOBS: usize = 16;
/// How long a transaction stays open for others then: about what a flush takes, and one flush does
/// for all of them.
const GATHERING: Duration = Duration::from_millis(3);
/// How often it looks for them meanwhile: to be woken by each costs more than to do what it asks.
const LOOK: Duration = Duration::from_micros(100);

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
    /// Until it is dropped.
    jobs: Option<Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Self {
        let (jobs, waiting) = channel();
        let thread = std::thread::spawn(move || run(&connection, &waiting));
        let requests = AtomicU64::new(0);
        Self { requests, jobs: Some(jobs), thread: Some(thread) }
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
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(Box::new(job)).map_err(|_| StoreError::Closed)
    }
}

impl Drop for Writer {
    /// Waits for what is under way.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn run(db: &Connection, waiting: &Receiver<Box<dyn Job>>) {
    let mut many = false;
    while let Ok(first) = waiting.recv() {
        let mut jobs = Vec::new();
        let arriving = Arriving::new(first, waiting, many);
        let failure = write_all(db, arriving, &mut jobs).err().map(|error| failure_of(&error));
        if failure.is_some() && !db.is_autocommit() {
            drop(db.execute_batch("ROLLBACK"));
        }
        many = jobs.len() >= MANY_JOBS;
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

/// The jobs that one transaction may have: those that wait, and where many asked just now those that
/// come a little later.
struct Arriving<'a> {
    first: Option<Box<dyn Job>>,
    waiting: &'a Receiver<Box<dyn Job>>,
    until: Option<Instant>,
}

impl<'a> Arriving<'a> {
    fn new(first: Box<dyn Job>, waiting: &'a Receiver<Box<dyn Job>>, many: bool) -> Self {
        let until = many.then(|| Instant::now() + GATHERING);
        Self { first: Some(first), waiting, until }
    }
}

impl Iterator for Arriving<'_> {
    type Item = Box<dyn Job>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(job) = self.first.take().or_else(|| self.waiting.try_recv().ok()) {
                return Some(job);
            }
            self.until.filter(|until| Instant::now() < *until)?;
            std::thread::sleep(LOOK);
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

/// One transaction. It ends early with a job that cannot be run again or that fails: what follows
/// such a one has a transaction that can be undone as a whole.
fn write_all(
    db: &Connection,
    arriving: Arriving<'_>,
    jobs: &mut Vec<Box<dyn Job>>,
) -> rusqlite::Result<()> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    for job in arriving.take(MOST_JOBS) {
        let job = jobs.push_mut(job);
        if !job.repeats() {
            in_savepoint(db, || job.run(db))?;
            break;
        }
        if !job.run(db) {
            db.execute_batch("ROLLBACK; BEGIN IMMEDIATE")?;
            write_each(db, jobs)?;
            break;
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

    #[test]
    fn a_job_that_is_done_once_takes_nothing_back_but_itself() {
        let (writer, _dir) = writer();
        let (answer, answered) = channel();
        for (n, repeats) in [(1, true), (1, false), (2, true), (3, false), (-1, false), (4, true)] {
            let answer = answer.clone();
            let said = move |done| drop(answer.send(done));
            let job = move |db: &Connection| insert(db, n);
            match repeats {
                true => writer.submit_repeatable(job, said).unwrap(),
                false => writer.submit(job, said).unwrap(),
            }
        }
        drop(answer);
        assert_eq!(answered.into_iter().flatten().collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(stored(&writer), [1, 2, 3, 4]);
    }

    #[test]
    fn where_many_ask_a_transaction_waits_for_those_that_come_a_little_later() {
        let job = || -> Box<dyn Job> {
            Box::new(Work {
                work: |_: &Connection| Ok(()),
                repeats: true,
                done: None,
                answer: drop,
            })
        };
        let (jobs, waiting) = channel();
        let arriving = |until| Arriving { first: Some(job()), waiting: &waiting, until };
        assert_eq!(arriving(None).count(), 1);
        let until = Instant::now() + Duration::from_secs(60);
        let later = std::thread::spawn(move || {
            std::thread::sleep(GATHERING);
            jobs.send(job()).is_ok()
        });
        assert_eq!(arriving(Some(until)).take(2).count(), 2);
        assert!(later.join().unwrap());
    }
}
