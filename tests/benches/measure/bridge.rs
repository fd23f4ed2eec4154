//! What screens wait for: the app on a desk as it is shipped, asked through its bridge over
//! loopback, on a phone that holds some hundred and some thousand records.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use soban_core::phone::{Listing, Phone};
use soban_server::clock;
use soban_server::enrol::give_code;
use soban_tests::district::{CELL, District, open_phone};

use crate::report::{Measured, Report};

/// How this program is told to hold a phone's folder and say what that takes.
pub(crate) const ROLE: &str = "hold";

const ROUNDS: usize = 21;
const STARTS: usize = 15;
/// How many records the phone holds, and what its times are called then.
const STEPS: [(usize, [&str; 5]); 2] = [
    (
        500,
        [
            "bridge_start_500_ms",
            "bridge_home_500_ms",
            "bridge_save_500_ms",
            "bridge_list_500_ms",
            "bridge_search_500_ms",
        ],
    ),
    (
        5_000,
        [
            "bridge_start_5000_ms",
            "bridge_home_5000_ms",
            "bridge_save_5000_ms",
            "bridge_list_5000_ms",
            "bridge_search_5000_ms",
        ],
    ),
];

pub(crate) fn measure(report: &mut Report) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let built = Command::new(root.join("mobile-demo/run")).arg("--build-only").status();
    assert!(built.expect("it starts").success(), "the app is built");
    let dir = tempfile::tempdir().expect("a folder");
    let district = District::start(&dir.path().join("district"));
    let phone = dir.path().join("desk");
    let app = district.app();
    let (code, _) = give_code(&app.store, CELL, "bà Vàng Thị Mai", clock::now()).expect("a code");
    let desk = Desk::start(root, &phone);
    let text = format!("{}/enrol#{}", district.link().server(), code.printed());
    desk.call("enrol", &json!({ "text": text, "server": null }));
    month(report, &desk);
    drop(desk);
    let mut held = 4;
    for (records, names) in STEPS {
        held = step(report, root, &phone, (held, records), names);
    }
    report.add("bridge_core_memory_mb", Measured::of([memory_mb(&phone.join("phone-1"))]));
    report.add("bridge_core_empty_mb", Measured::of([memory_mb(&dir.path().join("empty"))]));
}

/// Fills the phone up to so many records and measures it there; how many it holds then.
fn step(
    report: &mut Report,
    root: &Path,
    phone: &Path,
    (held, records): (usize, usize),
    [start, home, save, list, search]: [&'static str; 5],
) -> usize {
    let desk = Desk::start(root, phone);
    let saves: Vec<f64> =
        (held..records).map(|n| timed(|| drop(desk.call("save", &gift(n))))).collect();
    report.add(save, Measured::of(saves.into_iter().rev().take(ROUNDS)));
    drop(desk);
    let starts: Vec<(f64, f64)> = (0..STARTS).map(|_| time_start(root, phone)).collect();
    report.add(start, Measured::of(starts.iter().map(|(app, _)| *app)));
    if records == STEPS[0].0 {
        report.add("bridge_jvm_ms", Measured::of(starts.iter().map(|(_, jvm)| *jvm)));
    }
    let desk = Desk::start(root, phone);
    let mut rounds = |name, job: &dyn Fn()| {
        job();
        report.add(name, Measured::of((0..ROUNDS).map(|_| timed(job))));
    };
    rounds(home, &|| desk.home());
    rounds(list, &|| drop(desk.call("list", &json!({ "from": "2010-01-01" }))));
    rounds(search, &|| drop(desk.call("list", &json!({ "words": "sung seo pao 44" }))));
    records
}

/// From the program's own beginning until its first page has all it asks, as it times that in its own
/// process; and what the process takes besides, which is the virtual machine's.
fn time_start(root: &Path, data: &Path) -> (f64, f64) {
    let begun = Instant::now();
    let said = desk(root, data).arg("--time-start").output().expect("java starts");
    let all = begun.elapsed().as_secs_f64() * 1_000.0;
    let app = String::from_utf8(said.stdout).expect("text").trim().parse().expect("a number");
    (app, all - app)
}

/// What a program of its own, this one without a JVM, needs at the most to hold a phone's folder:
/// all of its memory, whatever it is for.
fn memory_mb(dir: &Path) -> f64 {
    let mut holder = Command::new(std::env::current_exe().expect("a program"));
    let said = holder.arg(ROLE).arg(dir).output().expect("it holds").stdout;
    let kib: f64 = String::from_utf8(said).expect("text").trim().parse().expect("a number");
    kib / 1_024.0
}

/// Opens a phone, asks it what screens ask, and prints the most memory that took, in KiB.
pub(crate) fn hold(dir: &Path) {
    let mut phone = open_phone(dir);
    ask(&mut phone);
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("{}", most.expect("it says").trim().trim_end_matches(" kB"));
}

fn ask(phone: &mut Phone) {
    drop(phone.list_forms(clock::now()));
    drop(phone.figures(2026));
    let list = phone.list_by(&Listing::default()).expect("it lists");
    drop(phone.search("sung seo pao 44"));
    if let Some(id) = list.first().and_then(|item| item.id.parse().ok()) {
        phone.show(id).expect("it is there");
        phone.history(id).expect("it has one");
    }
}

/// A meeting and three gifts, and the sync that takes them to the district.
fn month(report: &mut Report, desk: &Desk) {
    desk.call("save", &meeting());
    for n in 0..3 {
        desk.call("save", &gift(n));
    }
    let said = desk.call("sync", &Value::Null);
    let number = |name: &str| said[name].as_f64().expect("a number");
    assert!(said["failure"].is_null() && number("waiting") == 0.0, "{said}");
    report.add("bridge_month_bytes", Measured::of([number("bytesUp") + number("bytesDown")]));
    report.add("bridge_month_requests", Measured::of([number("requests")]));
}

fn timed(job: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    job();
    begun.elapsed().as_secs_f64() * 1_000.0
}

/// Five hundred a year, this year's first: every year of a cell is a book of its own.
fn gift(n: usize) -> Value {
    let names = ["Páo", "Chẻo", "Dín", "Sào", "Lìn"];
    let (year, month, day) = (2026 - n / 500, n % 10 + 1, n / 10 % 28 + 1);
    json!({ "form": "contribution", "rows": [], "confirmed": true, "draft": null, "fields": {
        "kind": "land", "donor_kind": "individual", "village": "1034", "stage": "pledged",
        "donor_name": format!("Sùng Seo {} {n}", names[n % names.len()]),
        "area_m2": (100 + n).to_string(), "occurred_on": format!("{year}-{month:02}-{day:02}"),
        "work_name": "đường liên thôn Pạc Bo",
    } })
}

fn meeting() -> Value {
    let item = |seq: u8, summary: &str| {
        let fields = json!({ "seq": seq, "kind": "next_month", "summary": summary });
        json!({ "form": "agenda_item", "fields": fields })
    };
    json!({ "form": "meeting", "confirmed": true, "draft": null, "fields": {
        "kind": "regular", "period_month": "2026-10", "held_on": "2026-10-18",
        "place": "nhà văn hóa thôn", "chair": "Vàng Thị Mai", "note_taker": "Sùng Seo Páo",
        "total_official": 7, "total_probationary": 0, "exempt": 0,
        "present": 6, "absent_excused": 1, "absent_unexcused": 0,
    }, "rows": [
        item(1, "Thông báo thời sự trong tháng."),
        item(2, "Vận động hiến đất làm đường liên thôn, mỗi hộ hai ngày công."),
        item(3, "Kiểm điểm việc thả rông gia súc."),
        item(4, "Thu đảng phí."),
        item(5, "Nhiệm vụ tháng tới."),
    ] })
}

/// The app on a desk, as `mobile-demo/run` starts it.
fn desk(root: &Path, data: &Path) -> Command {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let mut desk = Command::new(root.join("mobile-demo/desk/start"));
    desk.arg(target.join("mobile"))
        .arg("--page")
        .arg(root.join("mobile-demo/ui/dist"))
        .arg("--data")
        .arg(data)
        .args(["--port", "0", "--by-hand"]);
    desk
}

/// The phone on a desk.
struct Desk {
    process: Child,
    origin: String,
    token: String,
}

impl Desk {
    fn start(root: &Path, data: &Path) -> Self {
        let mut process = desk(root, data).stdout(Stdio::piped()).spawn().expect("java starts");
        let mut line = String::new();
        let said = process.stdout.take().expect("it is piped");
        BufReader::new(said).read_line(&mut line).expect("it says where it is");
        let (origin, token) = line.trim().split_once("/#token=").expect("an address");
        Self { origin: origin.to_owned(), token: token.to_owned(), process }
    }

    /// What the answer holds.
    fn call(&self, method: &str, argument: &Value) -> Value {
        let answer = ureq::post(&format!("{}/bridge/{method}", self.origin))
            .header("X-Soban-Token", &self.token)
            .header("Origin", &self.origin)
            .header("Content-Type", "application/json")
            .send(argument.to_string())
            .expect("it answers");
        let text = answer.into_body().read_to_string().expect("text");
        let mut said: Value = serde_json::from_str(&text).expect("JSON");
        assert!(said.get("error").is_none(), "{method}: {said}");
        said["ok"].take()
    }

    /// What the first page asks.
    fn home(&self) {
        for (method, argument) in [
            ("status", json!({})),
            ("forms", json!({})),
            ("drafts", json!({})),
            ("figures", json!({ "year": 2026 })),
            ("decisions", json!({ "unread": true })),
        ] {
            self.call(method, &argument);
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
