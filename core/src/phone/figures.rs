//! The cell's own year: what it has recorded and what that adds up to.

use serde::Serialize;

use super::forms::month_field;
use super::{Phone, PhoneError};
use crate::form::{Form, Home};
use crate::record::{FieldNo, Value};
use crate::store::{ListQuery, StoredRecord, year_days};

/// Lists are read in one go: a cell writes some hundred records a year.
const ALL: u32 = u32::MAX;

/// What a cell's records of one form add up to in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormFigures {
    /// The form's identifier.
    pub form: String,
    /// What people call it.
    pub label: String,
    /// Records, voided ones left out.
    pub records: u32,
    /// Labels and sums of what the form adds up, with their units; nothing for what nobody wrote.
    pub totals: Vec<(String, String)>,
    /// Of a monthly form, the months of the year that are recorded, ISO.
    pub months: Vec<String>,
}

impl Phone {
    /// What each form of the year's books adds up to. Records that staff ruled to be the same as
    /// another are counted once.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn figures(&self, year: u16) -> Result<Vec<FormFigures>, PhoneError> {
        let forms = self.pack.forms.values();
        let of_year = forms.filter(|form| matches!(form.home, Home::Year(_)));
        of_year.map(|form| self.form_figures(form, year)).collect()
    }

    fn form_figures(&self, form: &Form, year: u16) -> Result<FormFigures, PhoneError> {
        let (from, to) = year_days(year).unzip();
        let query = ListQuery { form: Some(form.no), from, to, limit: ALL, ..ListQuery::default() };
        let mut records = self.store.list_records(&query)?;
        records.retain(|record| record.row.void.is_none() && record.row.same_as.is_none());
        let total = |no: &FieldNo| {
            let sum = sum(&records, *no)?;
            Some((self.label(Some(form), *no), self.print(Some(form), *no, &Value::Int(sum))))
        };
        let months = match month_field(form) {
            Some(field) => self.months_of(form, field, year)?,
            None => Default::default(),
        };
        Ok(FormFigures {
            form: form.name.clone(),
            label: self.pack.form_label(self.language, form),
            records: u32::try_from(records.len()).unwrap_or(u32::MAX),
            totals: form.totals.iter().filter_map(total).collect(),
            months: months
                .into_iter()
                .filter(|month| month.year() == year)
                .map(|month| month.to_string())
                .collect(),
        })
    }
}

/// Nothing where no record holds it, or it does not fit.
fn sum(records: &[StoredRecord], no: FieldNo) -> Option<i64> {
    let values = records.iter().filter_map(|record| match record.row.fields.get(&no) {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    });
    values.map(Some).reduce(|sum, number| sum?.checked_add(number?)).flatten()
}
