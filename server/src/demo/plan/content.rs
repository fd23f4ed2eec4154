//! The words that the demo's phones write, from the files beside the packs.

use serde::Deserialize;

const NAMES: &str = include_str!("../../../demo/names.toml");
const AGENDA: &str = include_str!("../../../demo/agenda.toml");
const GIFTS: &str = include_str!("../../../demo/gifts.toml");
const REPORT: &str = include_str!("../../../demo/report.toml");

/// Everything that the files hold.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) people: Vec<People>,
    pub(super) agenda: Agenda,
    pub(super) gifts: Gifts,
    pub(super) report: Report,
}

/// Parts of the names of one people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    pub(super) name: String,
    pub(super) family: Vec<String>,
    pub(super) middle_man: Vec<String>,
    pub(super) given_man: Vec<String>,
    pub(super) middle_woman: Vec<String>,
    pub(super) given_woman: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    people: Vec<People>,
}

/// What cells talk about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agenda {
    pub(super) topics: Vec<String>,
    pub(super) item: Vec<AgendaText>,
    pub(super) village: VillageWords,
    pub(super) office: OfficeWords,
    pub(super) words: MeetingWords,
}

/// One way to put an item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgendaText {
    pub(super) kind: String,
    pub(super) summary: String,
    pub(super) conclusion: Option<String>,
    #[serde(default, rename = "where")]
    pub(super) place: Place,
    /// The first month it makes sense in.
    #[serde(default)]
    pub(super) from: i64,
    #[serde(default)]
    pub(super) votes: bool,
}

/// Where something may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    #[default]
    Any,
    Village,
    Office,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VillageWords {
    pub(super) work: Vec<String>,
    pub(super) places: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeWords {
    pub(super) places: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeetingWords {
    pub(super) conclusion: Vec<String>,
    pub(super) short_conclusion: Vec<String>,
    pub(super) late_note: String,
    pub(super) extraordinary: String,
    pub(super) corrected: String,
    pub(super) added_item: String,
    pub(super) other_conclusion: String,
    pub(super) own_conclusion: String,
    pub(super) guests: String,
}

/// Works, gifts and drives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gifts {
    pub(super) work: Vec<WorkText>,
    pub(super) gift: Vec<GiftText>,
    pub(super) words: GiftWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkText {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) surface: Option<String>,
    pub(super) length: Option<[i64; 2]>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftText {
    pub(super) kind: String,
    pub(super) amount: [i64; 2],
    pub(super) step: i64,
    pub(super) unit: Option<String>,
    #[serde(default)]
    pub(super) goods: Vec<String>,
    pub(super) purpose: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GiftWords {
    pub(super) land_text: String,
    pub(super) drive_note: String,
    pub(super) void: Vec<String>,
    pub(super) remeasured: String,
}

/// What the report of 2013 names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    pub(super) note: String,
    pub(super) cell: Vec<ReportCell>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportCell {
    pub(super) cell: u32,
    pub(super) village: u32,
    pub(super) secretary: Option<String>,
    #[serde(default)]
    pub(super) record: Vec<ReportRecord>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportRecord {
    /// What later records call it.
    pub(super) name: Option<String>,
    pub(super) form: String,
    pub(super) at: String,
    pub(super) fields: toml::Table,
}

impl Content {
    /// What the program carries; an error is one of the program's own.
    pub(super) fn read() -> Result<Self, toml::de::Error> {
        let names: Names = toml::from_str(NAMES)?;
        Ok(Self {
            people: names.people,
            agenda: toml::from_str(AGENDA)?,
            gifts: toml::from_str(GIFTS)?,
            report: toml::from_str(REPORT)?,
        })
    }
}
