//! The table: what was measured, against what it may be.

use std::fmt::Write as _;
use std::path::Path;

/// What a value may be.
#[derive(Debug, Clone, Copy)]
enum Limit {
    AtMost(f64),
    AtLeast(f64),
    /// Shown beside the others to explain them.
    None,
}

use Limit::{AtLeast, AtMost};

/// A name, its unit and its limit.
type Line = (&'static str, &'static str, Limit);

/// Names, units and limits, group by group in the order of measuring.
const GROUPS: [(Group, &[Line]); 8] = [
    (
        Group::Bytes,
        &[
            ("gift_bytes", "B", AtMost(200.0)),
            ("gift_requests", "", AtMost(1.0)),
            ("apart_20_20_bytes", "B", AtMost(4_500.0)),
            ("apart_20_20_requests", "", AtMost(1.0)),
            ("nothing_new_bytes", "B", AtMost(40.0)),
            ("first_sync_bytes", "B", AtMost(22_000.0)),
            ("first_sync_requests", "", Limit::None),
        ],
    ),
    (
        Group::Phone,
        &[
            ("open_to_list_ms", "ms", AtMost(5.0)),
            ("save_ms", "ms", AtMost(10.0)),
            ("first_save_ms", "ms", Limit::None),
            // What is contested of all that an entry touches, rulings on pairs included; and at the
            // district with what is written of it: rows, twins, open disagreements.
            ("conflict_check_ms", "ms", AtMost(0.2)),
            ("conflict_write_ms", "ms", Limit::None),
            ("long_field_open_ms", "ms", AtMost(1_000.0)),
        ],
    ),
    (Group::Disk, &[("flush_ms", "ms", Limit::None)]),
    (
        Group::Serve,
        &[
            // Entries acknowledged by the time that took; apart from each other, parts of that time.
            ("syncs_per_s", "/s", AtLeast(15_000.0)),
            // Of those, the ones that the projector had not looked at when the last was acknowledged.
            ("sync_backlog", "", Limit::None),
            ("sync_p50_ms", "ms", Limit::None),
            ("sync_p99_ms", "ms", Limit::None),
            ("sync_server_cpu_us", "µs", Limit::None),
            ("sync_client_cpu_us", "µs", Limit::None),
            // Of the processor time in use, what went to other programs: with much, nothing of
            // this group can be believed.
            ("sync_others_percent", "%", Limit::None),
        ],
    ),
    (Group::Project, &[("projected_per_s", "/s", AtLeast(3_000.0))]),
    (Group::Drain, &[("drain_10000_s", "s", AtMost(5.0))]),
    (
        Group::Bridge,
        &[
            ("bridge_month_bytes", "B", Limit::None),
            ("bridge_month_requests", "", Limit::None),
            // The virtual machine's own start, which a start of the app does not count.
            ("bridge_jvm_ms", "ms", Limit::None),
            ("bridge_start_500_ms", "ms", Limit::None),
            ("bridge_home_500_ms", "ms", Limit::None),
            ("bridge_save_500_ms", "ms", Limit::None),
            ("bridge_list_500_ms", "ms", Limit::None),
            ("bridge_search_500_ms", "ms", Limit::None),
            ("bridge_start_5000_ms", "ms", AtMost(100.0)),
            ("bridge_home_5000_ms", "ms", AtMost(100.0)),
            ("bridge_save_5000_ms", "ms", AtMost(100.0)),
            ("bridge_list_5000_ms", "ms", AtMost(100.0)),
            ("bridge_search_5000_ms", "ms", AtMost(100.0)),
            // Of a whole program without a JVM that opens the folder and asks what screens ask:
            // its code, its heap, SQLite's pages. The next line is the same for an empty folder.
            ("bridge_core_memory_mb", "MB", AtMost(40.0)),
            ("bridge_core_empty_mb", "MB", Limit::None),
        ],
    ),
    (Group::Library, &[("mobile_lib_bytes", "B", AtMost(3_200_000.0))]),
];

/// What is measured together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Bytes,
    Phone,
    Disk,
    Serve,
    Project,
    Drain,
    /// Builds the whole app: only when asked for.
    Bridge,
    /// Builds for minutes.
    Library,
}

/// A median, and how far the runs were from it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    value: f64,
    least: f64,
    most: f64,
    runs: usize,
}

impl Measured {
    /// The median of some runs.
    pub(crate) fn of(runs: impl IntoIterator<Item = f64>) -> Self {
        let mut runs: Vec<f64> = runs.into_iter().collect();
        runs.sort_by(f64::total_cmp);
        let (least, most) = (*runs.first().unwrap(), *runs.last().unwrap());
        Self { value: runs[runs.len() / 2], least, most, runs: runs.len() }
    }

    /// A value of the whole, and how far its parts were from it.
    pub(crate) fn of_whole(value: f64, parts: impl IntoIterator<Item = f64>) -> Self {
        Self { value, ..Self::of(parts) }
    }
}

/// What was asked for, and what was found so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    filter: Option<String>,
    found: Vec<(&'static str, Measured)>,
}

impl Report {
    pub(crate) fn new(filter: Option<String>) -> Self {
        Self { filter, found: Vec::new() }
    }

    fn wants_name(&self, name: &str) -> bool {
        self.filter.as_ref().is_none_or(|filter| name.contains(filter.as_str()))
    }

    /// The groups that have something that was asked for.
    pub(crate) fn groups(&self) -> Vec<Group> {
        let named =
            |start: &str| self.filter.as_ref().is_some_and(|filter| filter.starts_with(start));
        let app = named("bridge") || std::env::var_os("SOBAN_BENCH_BRIDGE").is_some();
        let wanted = GROUPS.iter().filter(|(group, names)| {
            (*group != Group::Bridge || app) && names.iter().any(|(name, ..)| self.wants_name(name))
        });
        wanted.map(|(group, _)| *group).collect()
    }

    pub(crate) fn add(&mut self, name: &'static str, measured: Measured) {
        self.found.push((name, measured));
    }

    fn rows(&self) -> impl Iterator<Item = (&'static str, &'static str, Limit, Measured)> {
        let names = GROUPS.iter().flat_map(|(_, names)| names.iter());
        names.filter(|(name, ..)| self.wants_name(name)).filter_map(|(name, unit, limit)| {
            let (_, measured) = self.found.iter().find(|(found, _)| found == name)?;
            Some((*name, *unit, *limit, *measured))
        })
    }

    /// One line per name, as people read it.
    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "{:<22} {:>12} {:<3} {:>14}  {:<4}  {}\n",
            "name", "value", "", "limit", "", "spread"
        );
        for (name, unit, limit, measured) in self.rows() {
            let within = match limit {
                AtMost(limit) => measured.value <= limit,
                AtLeast(limit) => measured.value >= limit,
                Limit::None => true,
            };
            let (limit, verdict) = match limit {
                AtMost(limit) => (format!("≤ {}", number(limit)), verdict(within)),
                AtLeast(limit) => (format!("≥ {}", number(limit)), verdict(within)),
                Limit::None => (String::new(), ""),
            };
            let value = number(measured.value);
            write!(table, "{name:<22} {value:>12} {unit:<3} {limit:>14}  {verdict:<4}  ").unwrap();
            let (least, most) = (number(measured.least), number(measured.most));
            writeln!(table, "{least} – {most}, {} runs", measured.runs).unwrap();
        }
        table
    }

    /// `{"name": {"value": …, "unit": "…"}}`.
    pub(crate) fn write_json(&self, file: &Path) {
        let values = self.rows().map(|(name, unit, _, measured)| {
            (name.to_owned(), serde_json::json!({ "value": measured.value, "unit": unit }))
        });
        let values: serde_json::Map<String, serde_json::Value> = values.collect();
        let text = serde_json::to_string_pretty(&values).unwrap();
        std::fs::write(file, text + "\n").expect("the file can be written");
    }
}

fn verdict(within: bool) -> &'static str {
    if within { "ok" } else { "over" }
}

/// Large numbers whole and in groups of three, small ones with three digits that count.
fn number(value: f64) -> String {
    let places = match value.abs() {
        0.0 => 0,
        small if small < 1.0 => 3,
        small if small < 100.0 && small.fract() != 0.0 => 2,
        _ => 0,
    };
    let text = format!("{value:.places$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}
