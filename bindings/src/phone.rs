//! The one object: a phone behind a lock.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use soban_core::base::{Instant, OrgUnitId, RecordId};
use soban_core::phone::{self as core, Entropy};
use soban_core::store::ListQuery;

use crate::PhoneError;
use crate::convert::{rows, saved, typed};
use crate::types::{
    Draft, Form, HistoryStep, ListItem, NewRecord, Record, RecordPatch, Saved, Status, SyncOutcome,
};

/// The platform's own randomness.
struct Platform;

impl Entropy for Platform {
    fn fill(&mut self, bytes: &mut [u8]) {
        // Without randomness there are no keys: UniFFI turns the panic into an exception.
        #[expect(clippy::expect_used, reason = "no key may be made of anything else")]
        getrandom::fill(bytes).expect("the platform gives no randomness");
    }
}

/// One phone. Calls may come from any thread; each waits for the one before it.
#[derive(Debug, uniffi::Object)]
pub struct Phone {
    inner: Mutex<core::Phone>,
}

type Result<T> = std::result::Result<T, PhoneError>;

#[uniffi::export]
impl Phone {
    /// Opens the phone whose file is in this folder, or a new one.
    #[uniffi::constructor]
    pub fn open(dir: &str) -> Result<Self> {
        let phone = core::Phone::open(Path::new(dir), Box::new(Platform))?;
        Ok(Self { inner: Mutex::new(phone) })
    }

    /// The bytes to send with an enrolment code.
    pub fn enrol_request(&self, code: &str, app_version: &str) -> Result<Vec<u8>> {
        self.call(|phone| phone.enrol_request(code, app_version))
    }

    /// Takes the district's answer to an enrolment.
    pub fn finish_enrolment(&self, answer: &[u8], now_ms: i64) -> Result<()> {
        self.call(|phone| phone.finish_enrolment(answer, Instant(now_ms)))
    }

    /// The value of the `Authorization` header of every sync.
    pub fn authorization(&self) -> Result<String> {
        self.call(|phone| phone.authorization())
    }

    /// The bytes to send in a sync.
    pub fn outgoing(
        &self,
        app_version: &str,
        free_bytes: Option<u64>,
        now_ms: i64,
    ) -> Result<Vec<u8>> {
        self.call(|phone| phone.outgoing(app_version, free_bytes, Instant(now_ms)))
    }

    /// Takes the district's answer to a sync.
    pub fn incoming(&self, answer: &[u8], now_ms: i64) -> Result<SyncOutcome> {
        self.call(|phone| phone.incoming(answer, Instant(now_ms))).map(SyncOutcome::from)
    }

    /// Says that a request did not return.
    pub fn request_failed(&self) {
        self.lock().request_failed();
    }

    /// The forms that can be filled in.
    pub fn forms(&self) -> Result<Vec<Form>> {
        let forms = self.call(|phone| phone.list_forms())?;
        Ok(forms.into_iter().map(Form::from).collect())
    }

    /// Makes a record and its rows.
    pub fn save(&self, record: NewRecord, now_ms: i64) -> Result<Saved> {
        let new = core::NewRecord {
            form: record.form,
            org_unit: record.org_unit.map(OrgUnitId),
            fields: typed(record.fields),
            rows: rows(record.rows),
            confirmed: record.confirmed,
            draft: record.draft,
        };
        let done = self.call(|phone| phone.save(&new, Instant(now_ms)))?;
        Ok(saved(&self.lock(), &done))
    }

    /// Changes a record and its rows.
    pub fn edit(&self, patch: RecordPatch, now_ms: i64) -> Result<Saved> {
        let row = |row: crate::RowPatch| Ok((record_id(&row.record)?, typed(row.fields)));
        let patch = core::RecordPatch {
            record: record_id(&patch.record)?,
            opened_at: patch.opened_at,
            fields: typed(patch.fields),
            rows: patch.rows.into_iter().map(row).collect::<Result<_>>()?,
            new_rows: rows(patch.new_rows),
            confirmed: patch.confirmed,
        };
        let done = self.call(|phone| phone.edit(&patch, Instant(now_ms)))?;
        Ok(saved(&self.lock(), &done))
    }

    /// Makes a record void, for a reason.
    pub fn void_record(&self, record: &str, reason: &str, now_ms: i64) -> Result<Saved> {
        let record = record_id(record)?;
        let done = self.call(|phone| phone.void(record, reason, Instant(now_ms)))?;
        Ok(saved(&self.lock(), &done))
    }

    /// Records of a form, or of all, the newest first.
    pub fn list(&self, form: Option<String>, offset: u32, limit: u32) -> Result<Vec<ListItem>> {
        let items = self.call(|phone| {
            let named = form.as_deref().map(|name| {
                let found = phone.pack().find_form_named(name).map(|form| form.no);
                found.ok_or_else(|| core::PhoneError::UnknownForm(name.to_owned()))
            });
            let form = named.transpose()?;
            phone.list(&ListQuery { form, offset, limit, ..ListQuery::default() })
        })?;
        Ok(items.into_iter().map(ListItem::from).collect())
    }

    /// Records that hold each of these words.
    pub fn search(&self, words: &str) -> Result<Vec<ListItem>> {
        let items = self.call(|phone| phone.search(words))?;
        Ok(items.into_iter().map(ListItem::from).collect())
    }

    /// One record with its rows and what is contested of it.
    pub fn show(&self, record: &str) -> Result<Record> {
        let record = record_id(record)?;
        self.call(|phone| phone.show(record)).map(Record::from)
    }

    /// The history of one record.
    pub fn history(&self, record: &str) -> Result<Vec<HistoryStep>> {
        let record = record_id(record)?;
        let steps = self.call(|phone| phone.history(record))?;
        Ok(steps.into_iter().map(HistoryStep::from).collect())
    }

    /// Keeps a half-filled form; its number.
    pub fn save_draft(&self, id: Option<i64>, form: &str, body: &str, now_ms: i64) -> Result<i64> {
        self.call(|phone| phone.save_draft(id, form, body, Instant(now_ms)))
    }

    /// Half-filled forms, the newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        let drafts = self.call(|phone| phone.list_drafts())?;
        Ok(drafts.into_iter().map(Draft::from).collect())
    }

    /// Forgets a half-filled form.
    pub fn discard_draft(&self, id: i64) -> Result<()> {
        self.call(|phone| phone.discard_draft(id))
    }

    /// What this phone says of itself.
    pub fn status(&self) -> Result<Status> {
        self.call(|phone| phone.status()).map(Status::from)
    }
}

impl Phone {
    fn lock(&self) -> MutexGuard<'_, core::Phone> {
        self.inner.lock().unwrap_or_else(|poisoned| {
            // A call that panicked left the file whole, but perhaps an open book ahead of it.
            let mut phone = PoisonError::into_inner(poisoned);
            phone.close_books();
            self.inner.clear_poison();
            phone
        })
    }

    fn call<T>(
        &self,
        job: impl FnOnce(&mut core::Phone) -> std::result::Result<T, core::PhoneError>,
    ) -> Result<T> {
        let mut phone = self.lock();
        let done = job(&mut phone);
        done.map_err(|error| PhoneError::from_phone(&phone, error))
    }
}

fn record_id(text: &str) -> Result<RecordId> {
    text.parse().map_err(|_| PhoneError::UnknownRecord { id: text.to_owned() })
}
