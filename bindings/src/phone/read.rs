//! What the phone holds.

use soban_core::phone as core;

use super::{Phone, Result, record_id};
use crate::{FormFigures, HistoryStep, Language, ListItem, ListQuery, Record};

#[uniffi::export]
impl Phone {
    /// Records that are not rows of others, the newest first.
    pub fn list(&self, query: ListQuery) -> Result<Vec<ListItem>> {
        let wanted = core::Listing {
            form: query.form,
            from: query.first_day,
            to: query.last_day,
            words: query.words.unwrap_or_default(),
            contested: query.contested,
            offset: query.offset,
            limit: query.limit,
        };
        let items = self.call("list", |phone| phone.list_by(&wanted))?;
        Ok(items.into_iter().map(ListItem::from).collect())
    }

    /// One record with its rows and what is contested of it.
    pub fn show(&self, record: &str) -> Result<Record> {
        let record = record_id(record)?;
        self.call("show", |phone| phone.show(record)).map(Record::from)
    }

    /// The same in a language: official papers are Vietnamese, whatever the holder reads.
    pub fn show_in(&self, record: &str, language: Language) -> Result<Record> {
        let record = record_id(record)?;
        self.call("show_in", |phone| phone.show_in(record, language.into())).map(Record::from)
    }

    /// The newest record of a form, for filling in another like it.
    pub fn last(&self, form: &str) -> Result<Option<Record>> {
        Ok(self.call("last", |phone| phone.last(form))?.map(Record::from))
    }

    /// The history of one record.
    pub fn history(&self, record: &str) -> Result<Vec<HistoryStep>> {
        let record = record_id(record)?;
        let steps = self.call("history", |phone| phone.history(record))?;
        Ok(steps.into_iter().map(HistoryStep::from).collect())
    }

    /// What each form of the year's books adds up to.
    pub fn figures(&self, year: u16) -> Result<Vec<FormFigures>> {
        let figures = self.call("figures", |phone| phone.figures(year))?;
        Ok(figures.into_iter().map(FormFigures::from).collect())
    }
}
