//! What somebody sent from a card.

use std::collections::BTreeMap;

use serde::Deserialize;
use soban_core::base::text;
use soban_core::form::{FieldKind, Input};
use soban_core::record::FieldNo;

/// What somebody sent from a card, as names and values: a field may be there several times.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(in crate::console) struct Pairs(Vec<(String, String)>);

/// The same in its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    /// What was chosen.
    pub(super) take: String,
    /// What the page said of the records' state.
    pub(super) state: String,
    /// Why.
    pub(super) reason: String,
    /// What was typed into each field.
    pub(super) typed: BTreeMap<FieldNo, Vec<String>>,
}

/// What a field is called in the form.
pub(super) fn name_of(no: FieldNo) -> String {
    format!("field-{}", no.0)
}

impl From<Pairs> for Sent {
    fn from(pairs: Pairs) -> Self {
        let mut sent = Self::default();
        for (name, value) in pairs.0 {
            match name.as_str() {
                "take" => sent.take = value,
                "state" => sent.state = value,
                "reason" => sent.reason = text::normalise(&value),
                name => {
                    let no = name.strip_prefix("field-").and_then(|no| no.parse().ok());
                    if let Some(no) = no.map(FieldNo) {
                        sent.typed.entry(no).or_default().push(value);
                    }
                }
            }
        }
        sent
    }
}

impl Sent {
    /// What was typed into a field of this kind.
    pub(super) fn input(&self, no: FieldNo, kind: &FieldKind) -> Input {
        let typed = self.typed.get(&no).cloned().unwrap_or_default();
        match kind {
            FieldKind::Choices(_) if typed.is_empty() => Input::Null,
            FieldKind::Choices(_) => Input::List(typed),
            _ => Input::Text(typed.into_iter().next().unwrap_or_default()),
        }
    }
}
