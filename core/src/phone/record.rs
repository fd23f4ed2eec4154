//! Reading records: lists and search from the record table, one record from its book.

use super::filling::in_words;
use super::view::{ContestView, FieldView, HistoryView, ListItem, Listing, SideView};
use super::{Phone, PhoneError, RecordView, ViolationView};
use crate::base::{EntryRef, RecordId, text};
use crate::book::{Book, Contest, ContestKind, contests_of, history_of};
use crate::form::{
    Field, Form, Language, Policy, Severity, Violation, print_value, value_to_input,
};
use crate::record::{FieldNo, Fields, FormNo, Value};
use crate::store::{ListQuery, StoredRecord};

impl Phone {
    /// Records that are not rows of others, the newest first.
    ///
    /// # Errors
    /// [`PhoneError::File`].
    pub fn list(&self, query: &ListQuery) -> Result<Vec<ListItem>, PhoneError> {
        let records = self.store.list_records(query)?;
        let unsent = self.store.unsent_records()?;
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

    /// One record with its rows and what is contested of it.
    ///
    /// # Errors
    /// [`PhoneError::UnknownRecord`], [`PhoneError::File`].
    pub fn show(&mut self, id: RecordId) -> Result<RecordView, PhoneError> {
        self.open_book(id.book)?;
        let book = self.books.get(&id.book).ok_or(PhoneError::UnknownRecord(id))?;
        self.record_view(book, id).ok_or(PhoneError::UnknownRecord(id))
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

    fn record_view(&self, book: &Book, id: RecordId) -> Option<RecordView> {
        let form_no = book.form_of(id.key)?;
        let form = self.pack.find_form(form_no);
        let shown = book.shown(id.key, form);
        let contests = contests_of(book, id.key, form);
        let void = match shown.get(&FieldNo::VOID) {
            Some(Value::Text(reason)) => Some(reason.clone()),
            _ => None,
        };
        let row = |key| self.record_view(book, RecordId { book: id.book, key });
        Some(RecordView {
            id: id.to_string(),
            form: form.map_or_else(|| form_no.to_string(), |form| form.name.clone()),
            form_label: form.map_or_else(
                || form_no.to_string(),
                |form| self.pack.form_label(self.language, form),
            ),
            title: self.title(form, form_no, &shown),
            state: book.clock().to_string(),
            void,
            fields: self.field_views(form, &shown, &contests),
            rows: book.rows_of(id.key).into_iter().filter_map(row).collect(),
            contests: contests
                .iter()
                .map(|contest| self.contest_view(book, form, contest))
                .collect(),
        })
    }

    /// In the form's order; values of fields that this phone does not know come last, by number.
    fn field_views(
        &self,
        form: Option<&Form>,
        shown: &Fields,
        contests: &[Contest],
    ) -> Vec<FieldView> {
        let known: Vec<FieldNo> =
            form.into_iter().flat_map(|form| form.fields.iter().map(|field| field.no)).collect();
        let unknown = shown.keys().filter(|no| no.belongs_to_form() && !known.contains(no));
        let order = known.iter().chain(unknown);
        let contested = |no: FieldNo| {
            contests.iter().any(|contest| {
                matches!(&contest.kind, ContestKind::Values(fields) if fields.contains(&no))
            })
        };
        let view = |no: &FieldNo| {
            let value = shown.get(no)?;
            let contested = contested(*no);
            (!value.is_null() || contested).then(|| self.field_view(form, *no, value, contested))
        };
        order.filter_map(view).collect()
    }

    pub(super) fn field_view(
        &self,
        form: Option<&Form>,
        no: FieldNo,
        value: &Value,
        contested: bool,
    ) -> FieldView {
        let field = form.and_then(|form| form.find_field(no));
        FieldView {
            name: field.map_or_else(|| no.to_string(), |field| field.name.clone()),
            label: self.label(form, no),
            section: field.and_then(|field| field.section.clone()),
            text: self.print(form, no, value),
            words: field.and_then(|field| in_words(field, value)),
            value: match field {
                Some(field) => value_to_input(&self.pack, &field.kind, value),
                None => value_to_input(&self.pack, &crate::form::FieldKind::Text, value),
            },
            contested,
        }
    }

    fn contest_view(&self, book: &Book, form: Option<&Form>, contest: &Contest) -> ContestView {
        let (kind, fields) = match &contest.kind {
            ContestKind::Values(fields) => ("values", fields.clone()),
            ContestKind::Void => ("void", Vec::new()),
            ContestKind::Changed(fields) => ("changed", fields.clone()),
        };
        let policy = match contest.policy {
            Policy::Quiet => "quiet",
            Policy::Review => "review",
            Policy::Critical => "critical",
        };
        let sides = contest.sides.iter().map(|side| SideView {
            entry: side.entry.to_string(),
            device: side.entry.actor.device().to_string(),
            author: self.author_of(book, side.entry),
            own: self.is_own(side.entry),
            written_at: book.time_of(side.entry).unwrap_or_default().0,
            values: side
                .values
                .iter()
                .map(|(no, value)| (self.label(form, *no), self.print(form, *no, value)))
                .collect(),
        });
        ContestView {
            kind: kind.to_owned(),
            policy: policy.to_owned(),
            fields: fields.iter().map(|no| self.label(form, *no)).collect(),
            sides: sides.collect(),
        }
    }

    pub(super) fn is_own(&self, entry: EntryRef) -> bool {
        self.identity.as_ref().is_some_and(|own| own.device() == entry.actor.device())
    }

    pub(super) fn label(&self, form: Option<&Form>, no: FieldNo) -> String {
        let field = |form: &Form| {
            let field = form.find_field(no)?;
            Some(self.pack.field_label(self.language, form, field))
        };
        match (no, self.language) {
            (FieldNo::VOID, Language::Vi) => "Hủy vì".to_owned(),
            (FieldNo::VOID, Language::En) => "Void because".to_owned(),
            _ => form.and_then(field).unwrap_or_else(|| no.to_string()),
        }
    }

    pub(super) fn print(&self, form: Option<&Form>, no: FieldNo, value: &Value) -> String {
        let field: Option<&Field> = form.and_then(|form| form.find_field(no));
        match (value, field) {
            (Value::Record(id), _) => self.name_of_record(*id),
            (Value::OrgUnit(unit), _) => self.name_of_unit(*unit),
            (_, Some(field)) => print_value(&self.pack, &field.kind, value, self.language),
            (_, None) => {
                print_value(&self.pack, &crate::form::FieldKind::LongText, value, self.language)
            }
        }
    }

    /// What a record is called; its id where this phone does not hold it.
    pub(super) fn name_of_record(&self, id: RecordId) -> String {
        match self.store.find_record(id) {
            Ok(Some(record)) => {
                let form = self.pack.find_form(record.row.form);
                self.title(form, record.row.form, &record.row.fields)
            }
            _ => id.to_string(),
        }
    }

    /// Of a record: its form's label and the title fields that hold something.
    pub(super) fn title(&self, form: Option<&Form>, form_no: FormNo, fields: &Fields) -> String {
        let Some(form) = form else { return form_no.to_string() };
        let part = |no: &FieldNo| {
            let value = fields.get(no).filter(|value| !value.is_null())?;
            // A title that names a record would have to be told that record's title, and so on.
            match value {
                Value::Record(_) => None,
                value => Some(self.print(Some(form), *no, value)),
            }
        };
        let parts: Vec<String> = form.title.iter().filter_map(part).collect();
        if parts.is_empty() {
            self.pack.form_label(self.language, form)
        } else {
            parts.join(" · ")
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
