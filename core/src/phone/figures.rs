//! The cell's own year: what it has recorded and what that adds up to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::forms::month_field;
use super::{Phone, PhoneError};
use crate::form::{Form, Home};
use crate::record::{FieldNo, Fields, FormNo, Value};
use crate::store::year_days;

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
        let mut added: BTreeMap<FormNo, Added<'_>> =
            of_year.map(|form| (form.no, Added::new(form))).collect();
        if let Some((first, last)) = year_days(year) {
            self.store.each_record(None, first..=last, |form, same, fields| {
                if let Some(added) = added.get_mut(&form).filter(|_| !same) {
                    added.add(fields);
                }
            })?;
        }
        added.into_values().map(|added| self.form_figures(&added, year)).collect()
    }

    fn form_figures(&self, added: &Added<'_>, year: u16) -> Result<FormFigures, PhoneError> {
        let form = added.form;
        let total = |(no, sum): (&FieldNo, &Sum)| {
            let Sum::Of(sum) = sum else { return None };
            Some((self.label(Some(form), *no), self.print(Some(form), *no, &Value::Int(*sum))))
        };
        let months = match month_field(form) {
            Some(field) => self.months_of(form, field, year)?,
            None => Default::default(),
        };
        Ok(FormFigures {
            form: form.name.clone(),
            label: self.pack.form_label(self.language, form),
            records: added.records,
            totals: form.totals.iter().zip(&added.sums).filter_map(total).collect(),
            months: months
                .into_iter()
                .filter(|month| month.year() == year)
                .map(|month| month.to_string())
                .collect(),
        })
    }
}

/// A form's records, added up so far.
struct Added<'a> {
    form: &'a Form,
    records: u32,
    sums: Vec<Sum>,
}

impl<'a> Added<'a> {
    fn new(form: &'a Form) -> Self {
        Self { form, records: 0, sums: vec![Sum::Nothing; form.totals.len()] }
    }

    fn add(&mut self, fields: &Fields) {
        self.records = self.records.saturating_add(1);
        let sums = self.form.totals.iter().zip(&mut self.sums);
        sums.for_each(|(no, sum)| sum.add(fields.get(no)));
    }
}

/// What a field adds up to.
#[derive(Debug, Clone, Copy)]
enum Sum {
    /// No record holds it.
    Nothing,
    Of(i64),
    /// It does not fit, and is not told.
    TooLarge,
}

impl Sum {
    fn add(&mut self, value: Option<&Value>) {
        let Some(Value::Int(number)) = value else { return };
        *self = match self {
            Self::Nothing => Self::Of(*number),
            Self::Of(sum) => sum.checked_add(*number).map_or(Self::TooLarge, Self::Of),
            Self::TooLarge => Self::TooLarge,
        };
    }
}
