//! What is contested: the list, and one card.

use askama::Template;

use super::{Control, Crumb, DecisionForm, Frame, HistoryLine, Pager, Place};

/// One side in the list.
#[derive(Debug, Clone)]
pub struct SideLine {
    /// Who.
    pub who: String,
    /// What they wrote.
    pub values: String,
    /// When.
    pub written: String,
}

/// One disagreement in the list.
#[derive(Debug, Clone)]
pub struct ContestItem {
    /// Its number.
    pub id: i64,
    /// What is the matter.
    pub title: String,
    /// The record.
    pub record: String,
    /// Whose it is.
    pub unit: String,
    /// What closes it.
    pub policy: String,
    /// How that is coloured.
    pub policy_class: &'static str,
    /// Since when it is open.
    pub since: String,
    /// Its sides.
    pub sides: Vec<SideLine>,
}

/// What is contested.
#[derive(Debug, Template)]
#[template(path = "contests.html")]
pub struct ContestsPage {
    /// Around the page.
    pub f: Frame,
    /// How much there is.
    pub title: String,
    /// What somebody who has just decided is told.
    pub told: Option<String>,
    /// How many entries are kept apart or wait.
    pub apart: u32,
    /// The critical first, then the oldest.
    pub items: Vec<ContestItem>,
    /// The pages beside this one.
    pub pager: Pager,
}

/// One side on the card.
#[derive(Debug, Clone, Default)]
pub struct ContestSide {
    /// Who.
    pub who: String,
    /// With which device.
    pub device: String,
    /// When, by that device's clock.
    pub written: String,
    /// When it arrived.
    pub received: String,
}

/// One value on the card.
#[derive(Debug, Clone, Default)]
pub struct ContestCell {
    /// As people read it.
    pub text: String,
    /// A quantity in words.
    pub spoken: Option<String>,
    /// Whether it is a longer text.
    pub long: bool,
    /// Whether all sides agree on it.
    pub same: bool,
    /// Who says so, for a screen too narrow for columns.
    pub whose: String,
}

/// One field on the card.
#[derive(Debug, Clone)]
pub struct ContestRowView {
    /// What it is called.
    pub label: String,
    /// Before, if that is shown, and then side by side.
    pub cells: Vec<ContestCell>,
}

/// One disagreement.
#[derive(Debug, Template)]
#[template(path = "contest.html")]
pub struct ContestPage {
    /// Around the page.
    pub f: Frame,
    /// Its number.
    pub id: i64,
    /// Why nothing was decided just now.
    pub notice: Option<String>,
    /// The way to it.
    pub crumbs: Vec<Crumb>,
    /// What is the matter.
    pub title: String,
    /// The record's id.
    pub record_id: String,
    /// What it is called.
    pub record: String,
    /// Whose it is.
    pub unit: String,
    /// What closes it.
    pub policy: String,
    /// How that is coloured.
    pub policy_class: &'static str,
    /// Since when it is open.
    pub since: String,
    /// Whether there is a column for what held before.
    pub before: Option<()>,
    /// Its sides.
    pub sides: Vec<ContestSide>,
    /// The fields in question.
    pub rows: Vec<ContestRowView>,
    /// What may be decided, by whoever may.
    pub form: Option<DecisionForm>,
    /// The record's history, the newest first.
    pub history: Vec<HistoryLine>,
}
