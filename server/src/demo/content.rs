//! What the demo's cells write, as data.

use std::collections::BTreeMap;

use serde::Deserialize;
use soban_core::form::Input;

use super::DemoError;
use super::dice::Dice;

/// Names and phrases to choose from.
#[derive(Debug, Deserialize)]
pub(super) struct Content {
    surnames: Vec<String>,
    middles: Vec<String>,
    given: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) studies: Vec<String>,
    pub(super) affairs: Vec<String>,
    pub(super) reviews: Vec<String>,
    pub(super) nexts: Vec<String>,
    pub(super) issues: Vec<String>,
    pub(super) conclusions: Vec<String>,
    pub(super) works: Vec<[String; 3]>,
    pub(super) void_reasons: Vec<String>,
}

/// A record that the report names.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    pub(super) cell: u32,
    pub(super) form: String,
    /// Whether it is for the work recorded just before it.
    #[serde(default)]
    pub(super) work: bool,
    pub(super) fields: BTreeMap<String, Input>,
}

#[derive(Debug, Deserialize)]
struct Gifts {
    record: Vec<Named>,
}

impl Content {
    pub(super) fn load() -> Result<(Self, Vec<Named>), DemoError> {
        let content = toml::from_str(include_str!("../../demo/content.toml"))?;
        let gifts: Gifts = toml::from_str(include_str!("../../demo/gifts.toml"))?;
        Ok((content, gifts.record))
    }

    /// An invented person's name.
    pub(super) fn name(&self, dice: &mut Dice) -> String {
        let (surname, middle) = (dice.pick(&self.surnames), dice.pick(&self.middles));
        format!("{surname} {middle} {}", dice.pick(&self.given))
    }
}
