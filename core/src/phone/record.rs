//! Reading records: lists and search from the record table, one record's history from its book.

use super::view::{HistoryView, ListItem, Listing};
use super::{Phone, PhoneError, RecordView, ViolationView};
use crate::base::{EntryRef, RecordId, text};
use crate::book::{Book, history_of};
use crate::form::{Language, Severity, Violation};
use crate::record::{FieldNo, Value};
use crate::store::{ListQuery, StoredRecord};

impl Phone {
    /// Records that are not rows of others, the newest first.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn list(&self, query: &ListQuery) -> Result<Vec<ListItem>, PhoneError> {
        let records = self.store.list_records(query)?;
        let unsent = self.store.unsent_among(&records)?;
        let item = |record: &StoredRecord| self.list_item(record, unsent.contains(&record.id));
        Ok(records.iter().map(item).collect())
    }

    /// Records as a screen asks for them.
    ///
    /// # Errors
    /// [`PhoneError::UnknownForm`], [`PhoneError::BadDate`], [`PhoneError::File`].
    pub fn list_by(&self, wanted: &Listing) -> Result<Vec<ListItem>, PhoneError> {
        let day = |text: &Option<String>| {
            let text = text.as_deref();
            let day = text.map(|text| text.parse().map_err(|_| PhoneError::BadDate(text.into())));
            day.transpose()
        };
        let form = wanted.form.as_deref().map(|name| Ok::<_, PhoneError>(self.find_form(name)?.no));
        self.list(&ListQuery {
            form: form.transpose()?,
            from: day(&wanted.from)?,
            to: day(&wanted.to)?,
            words: folded_words(&wanted.words),
            contested: wanted.contested,
            offset: wanted.offset,
            limit: wanted.limit,
        })
    }

    /// Records that hold each of these words, typed with or without their marks.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn search(&self, words: &str) -> Result<Vec<ListItem>, PhoneError> {
        self.list(&ListQuery { words: folded_words(words), ..ListQuery::default() })
    }

    /// The newest record of a form, for filling in another like it.
    ///
    /// # Errors
    /// [`PhoneError::UnknownForm`], [`PhoneError::File`].
    pub fn last(&mut self, form: &str) -> Result<Option<RecordView>, PhoneError> {
        let no = self.find_form(form)?.no;
        let newest = ListQuery { form: Some(no), limit: 1, ..ListQuery::default() };
        let newest = self.store.list_records(&newest)?;
        let newest = newest.into_iter().find(|record| record.row.void.is_none());
        newest.map(|record| self.show(record.id)).transpose()
    }

    /// The history of one record.
    ///
    /// # Errors
    /// [`PhoneError::UnknownRecord`], [`PhoneError::File`].
    pub fn history(&mut self, id: RecordId) -> Result<Vec<HistoryView>, PhoneError> {
        self.open_book(id.book)?;
        let book = self.books.get(&id.book).ok_or(PhoneError::UnknownRecord(id))?;
        let form = book.form_of(id.key).ok_or(PhoneError::UnknownRecord(id))?;
        let form = self.pack.find_form(form);
        let steps = history_of(book, id.key).into_iter().map(|step| HistoryView {
            entry: step.entry.to_string(),
            device: step.entry.actor.device().to_string(),
            author: self.author_of(book, step.entry),
            own: self.is_own(step.entry),
            written_at: step.time.0,
            changes: step
                .changes
                .iter()
                .filter(|change| change.field.belongs_to_form() || change.field == FieldNo::VOID)
                .map(|change| {
                    let print = |value: &Value| self.print(form, change.field, value);
                    let saw = change.saw.iter().map(print).collect();
                    (self.label(form, change.field), saw, print(&change.value))
                })
                .collect(),
            reason: reason_of(book, step.entry),
            unseen: step.unseen.iter().map(ToString::to_string).collect(),
        });
        Ok(steps.collect())
    }

    /// A violation in both languages.
    #[must_use]
    pub fn violation_view(&self, violation: &Violation) -> ViolationView {
        let form = self.pack.find_form(violation.form);
        ViolationView {
            form: form.map_or_else(|| violation.form.to_string(), |form| form.name.clone()),
            field: violation.field.clone(),
            row: violation.row.map(|(_, place)| place),
            severity: match violation.severity {
                Severity::Warn => "warn",
                Severity::Ask => "ask",
                Severity::Block => "block",
            }
            .to_owned(),
            vi: violation.message(&self.pack, Language::Vi),
            en: violation.message(&self.pack, Language::En),
        }
    }

    fn list_item(&self, record: &StoredRecord, unsent: bool) -> ListItem {
        let row = &record.row;
        let form = self.pack.find_form(row.form);
        let summary = form.into_iter().flat_map(|form| &form.summary);
        let printed = |no: &FieldNo| row.fields.get(no).map(|value| self.print(form, *no, value));
        ListItem {
            id: record.id.to_string(),
            form: form.map_or_else(|| row.form.to_string(), |form| form.name.clone()),
            title: self.title(form, row.form, &row.fields),
            summary: summary.filter_map(printed).collect(),
            occurred_on: row.occurred_on.map(|date| date.to_string()),
            void: row.void.clone(),
            contests: row.contests,
            unsent,
        }
    }
}

/// Words as lists are searched by: without their marks.
pub(super) fn folded_words(words: &str) -> Vec<String> {
    let folded = text::fold(words);
    folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Why staff decided, of an entry that carries a decision.
fn reason_of(book: &Book, entry: EntryRef) -> Option<String> {
    book.decisions_in(entry).first().and_then(|decision| decision.reason.clone())
}
