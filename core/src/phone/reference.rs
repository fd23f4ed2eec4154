//! What a field that names a unit or a record may name.

use serde::Serialize;

use super::record::folded_words;
use super::{Phone, PhoneError};
use crate::base::{Date, Instant, text};
use crate::form::FieldKind;
use crate::store::ListQuery;

/// How many are offered at once.
const MOST: u32 = 50;

/// Something that a field may name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferenceView {
    /// As the field takes it.
    pub value: String,
    /// What people call it.
    pub label: String,
    /// What tells it from others of that name.
    pub detail: String,
}

impl Phone {
    /// What a field may name, of that only what holds each of these words.
    ///
    /// # Errors
    /// [`PhoneError::UnknownForm`] also for a field that the form does not have;
    /// [`PhoneError::File`].
    pub fn references(
        &self,
        form: &str,
        field: &str,
        words: &str,
        now: Instant,
    ) -> Result<Vec<ReferenceView>, PhoneError> {
        let asked = self.find_form(form)?.find_field_named(field);
        let asked = asked.ok_or_else(|| PhoneError::UnknownForm(format!("{form}.{field}")))?;
        let words = folded_words(words);
        match &asked.kind {
            FieldKind::OrgUnit(kinds) => Ok(self.units(kinds, &words, self.today(now)?)),
            FieldKind::Record(target) => {
                let query =
                    ListQuery { form: Some(*target), words, limit: MOST, ..ListQuery::default() };
                let items = self.list(&query)?.into_iter();
                let named = items.filter(|item| item.void.is_none()).map(|item| ReferenceView {
                    value: item.id,
                    label: item.title,
                    detail: item.summary.join(" · "),
                });
                Ok(named.collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    fn units(&self, kinds: &[String], words: &[String], today: Date) -> Vec<ReferenceView> {
        let today = today.days();
        let units = self.org.units.iter().filter(|unit| {
            let folded = text::fold(&unit.name);
            (kinds.is_empty() || kinds.contains(&unit.kind))
                && unit.valid_from.is_none_or(|from| from <= today)
                && unit.valid_to.is_none_or(|to| today <= to)
                && words.iter().all(|word| folded.contains(word.as_str()))
        });
        let view = |unit: &crate::sync::OrgUnitDef| {
            let above = self.org.units.iter().find(|above| Some(above.id) == unit.parent);
            ReferenceView {
                value: unit.id.to_string(),
                label: unit.name.clone(),
                detail: above.map_or_else(String::new, |above| above.name.clone()),
            }
        };
        units.map(view).collect()
    }
}
