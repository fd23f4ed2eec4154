//! The real server as `soban serve` starts it, in a process of its own on the same cores, and
//! phones that sync with it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use soban_core::sync::SentEntry;
use soban_server::store::{Store, log};

use crate::lean::{Lean, Ready, make_folder, write_gifts};
use crate::load::{Answered, send_all};
use crate::report::{Measured, Report};
use crate::words::Words;

/// How this program is told that it is to be the server.
pub(crate) const ROLE: &str = "serve";

const PHONES: usize = 1_000;
const SYNCS_EACH: usize = 45;
/// Entries that every phone has written before: some dozen in every book.
const HISTORY_EACH: usize = 4;
/// The load in equal parts; the first warms up, and in the last some phones are done.
const PARTS: usize = 9;
const DRAINED: usize = 10_000;
const DRAIN_RUNS: usize = 3;
/// As Linux counts it for every program.
const TICKS_PER_S: f64 = 100.0;

/// A server in a process of its own.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    pub(crate) fn start(dir: &Path) -> Self {
        let log = std::fs::File::create(dir.join("log")).expect("a file");
        let mut process = Command::new(std::env::current_exe().expect("a program"))
            .args([ROLE, "--listen", "127.0.0.1:0", "--data"])
            .arg(dir)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let said = process.stdout.take().expect("it is piped");
        BufReader::new(said).read_line(&mut line).expect("it says where it listens");
        let address = line.trim().rsplit_once("http://").expect("an address").1;
        Self { process, address: address.parse().expect("an address") }
    }

    /// Processor seconds that it has used.
    fn cpu_s(&self) -> f64 {
        cpu_s(&self.process.id().to_string())
    }

    /// Entries that nobody has looked at yet.
    fn waiting(&self) -> u64 {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        let request = "GET /metrics HTTP/1.1\r\nhost: soban\r\nconnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let line = answer
            .lines()
            .find_map(|line| line.strip_prefix("soban_log_entries{state=\"accepted\"} "));
        line.expect("it counts").parse().expect("a number")
    }

    fn settle(&self) {
        while self.waiting() > 0 {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it as a power cut would; how many entries are in its log.
    fn kill(self, dir: &Path) -> u64 {
        drop(self);
        let store = Store::open(dir).expect("the folder opens");
        store.read(log::count_by_state).expect("it counts").iter().sum()
    }
}

impl Drop for Server {
    /// It does not outlive a bench that stops halfway.
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn cpu_s(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
    let (_, fields) = stat.rsplit_once(')').expect("a name");
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.map(|ticks| ticks.parse::<f64>().expect("a number")).sum::<f64>() / TICKS_PER_S
}

/// Processor seconds that everything on this machine has used.
fn machine_cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/stat").expect("Linux");
    let fields = stat.lines().next().unwrap_or_default().split_whitespace().skip(1);
    let ticks: Vec<f64> = fields.map(|ticks| ticks.parse().expect("a number")).collect();
    // Neither idle nor waiting for the disk.
    (ticks.iter().take(8).sum::<f64>() - ticks[3] - ticks[4]) / TICKS_PER_S
}

pub(crate) fn measure(report: &mut Report, words: &Words) {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut phones, pack) = make_folder(dir.path(), PHONES);
    let begun = write_gifts(&mut phones, &pack, words, HISTORY_EACH);
    let server = Server::start(dir.path());
    // A history in every book, which all hold before the clock runs: what follows stands on it.
    let (mut phones, _) = send_all(server.address, ready(&phones, begun), phones);
    server.settle();
    let begun = write_gifts(&mut phones, &pack, words, 1);
    let (mut phones, _) = send_all(server.address, ready(&phones, begun), phones);
    server.settle();
    let entries = write_gifts(&mut phones, &pack, words, SYNCS_EACH);
    let entries = ready(&phones, entries);
    let cpu = || [server.cpu_s(), cpu_s("self"), machine_cpu_s()];
    let before = cpu();
    let (_, answered) = send_all(server.address, entries, phones);
    let (after, backlog) = (cpu(), server.waiting());
    let logged = server.kill(dir.path());
    let sent = PHONES * SYNCS_EACH;
    let all = sent + PHONES * (HISTORY_EACH + 1);
    assert_eq!(usize::try_from(logged).unwrap(), all, "what was acknowledged is on disk");
    let parts: Vec<&[Answered]> =
        answered.chunks(answered.len().div_ceil(PARTS)).skip(1).take(PARTS - 2).collect();
    let rates = parts.iter().map(|part| rate(part));
    report.add("syncs_per_s", Measured::of_whole(rate_from_the_first(&answered), rates));
    report.add("sync_backlog", Measured::of([backlog as f64]));
    report.add("sync_p50_ms", Measured::of(parts.iter().map(|part| took_ms(part, 50))));
    report.add("sync_p99_ms", Measured::of(parts.iter().map(|part| took_ms(part, 99))));
    let names = ["sync_server_cpu_us", "sync_client_cpu_us"];
    let [used_server, used_client, used] = [0, 1, 2].map(|place| after[place] - before[place]);
    for (name, used) in names.into_iter().zip([used_server, used_client]) {
        report.add(name, Measured::of([used * 1e6 / sent as f64]));
    }
    let others = (used - used_server - used_client) / used * 100.0;
    report.add("sync_others_percent", Measured::of([others.max(0.0)]));
}

/// Entries compressed over what their phones hold.
fn ready(phones: &[Lean], entries: Vec<Vec<SentEntry>>) -> Vec<Vec<Ready>> {
    let make = |(phone, entries): (&Lean, Vec<SentEntry>)| {
        entries.into_iter().map(|sent| phone.make_ready(sent)).collect()
    };
    phones.iter().zip(entries).map(make).collect()
}

fn rate(part: &[Answered]) -> f64 {
    let (first, last) = (part.first().unwrap(), part.last().unwrap());
    (part.len() - 1) as f64 / (last.at - first.at).as_secs_f64()
}

/// From when the first was sent to when the last was acknowledged.
fn rate_from_the_first(answered: &[Answered]) -> f64 {
    let sent = answered.iter().map(|answered| answered.at - answered.took).min().unwrap();
    answered.len() as f64 / (answered.last().unwrap().at - sent).as_secs_f64()
}

fn took_ms(part: &[Answered], percent: usize) -> f64 {
    let mut took: Vec<Duration> = part.iter().map(|answered| answered.took).collect();
    took.sort_unstable();
    took[(took.len() - 1) * percent / 100].as_secs_f64() * 1_000.0
}

/// From the first of ten thousand entries that come at once to the last one's position.
pub(crate) fn drain(report: &mut Report, words: &Words) {
    let run = |_| {
        let dir = tempfile::tempdir().expect("a folder");
        let (mut phones, pack) = make_folder(dir.path(), PHONES);
        let entries = write_gifts(&mut phones, &pack, words, DRAINED / PHONES);
        let server = Server::start(dir.path());
        let begun = Instant::now();
        send_all(server.address, ready(&phones, entries), phones);
        server.settle();
        let took = begun.elapsed().as_secs_f64();
        assert_eq!(usize::try_from(server.kill(dir.path())).unwrap(), DRAINED);
        took
    };
    report.add("drain_10000_s", Measured::of((0..DRAIN_RUNS).map(run)));
}
