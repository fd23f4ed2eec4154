//! Forms, and what is filled into them.

use soban_core::base::{Instant, OrgUnitId};
use soban_core::phone as core;

use super::{Phone, Result, record_id};
use crate::filling::{rows, saved, typed};
use crate::{
    Checked, Draft, Filled, FormDetail, FormSummary, NewRecord, RecordPatch, Reference, RowPatch,
    Saved,
};

#[uniffi::export]
impl Phone {
    /// The forms that can be filled in.
    pub fn forms(&self, now_ms: i64) -> Result<Vec<FormSummary>> {
        let forms = self.call("forms", |phone| phone.list_forms(Instant(now_ms)))?;
        Ok(forms.into_iter().map(FormSummary::from).collect())
    }

    /// A form with all that is asked.
    pub fn form(&self, name: &str) -> Result<FormDetail> {
        self.call("form", |phone| phone.form(name)).map(FormDetail::from)
    }

    /// Reads a form as it is filled in so far. Nothing is written.
    pub fn check(&self, filled: Filled, now_ms: i64) -> Result<Checked> {
        let Filled { form, fields, rows: filled_rows } = filled;
        let (fields, rows) = (typed(fields), rows(filled_rows));
        let now = Instant(now_ms);
        self.call("check", |phone| phone.check(&form, &fields, &rows, now)).map(Checked::from)
    }

    /// What a field that names a unit or a record may name.
    pub fn references(
        &self,
        form: &str,
        field: &str,
        words: &str,
        now_ms: i64,
    ) -> Result<Vec<Reference>> {
        let now = Instant(now_ms);
        let found = self.call("references", |phone| phone.references(form, field, words, now))?;
        Ok(found.into_iter().map(Reference::from).collect())
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
        self.call("save", |phone| {
            let done = phone.save(&new, Instant(now_ms))?;
            Ok(saved(phone, &done))
        })
    }

    /// Changes a record and its rows.
    pub fn edit(&self, patch: RecordPatch, now_ms: i64) -> Result<Saved> {
        let row = |row: RowPatch| Ok((record_id(&row.record)?, typed(row.fields)));
        let patch = core::RecordPatch {
            record: record_id(&patch.record)?,
            opened_at: patch.opened_at,
            fields: typed(patch.fields),
            rows: patch.rows.into_iter().map(row).collect::<Result<_>>()?,
            new_rows: rows(patch.new_rows),
            confirmed: patch.confirmed,
            draft: patch.draft,
        };
        self.call("edit", |phone| {
            let done = phone.edit(&patch, Instant(now_ms))?;
            Ok(saved(phone, &done))
        })
    }

    /// Makes a record void, for a reason. `opened_at` is the state that the person saw; the
    /// present one if absent.
    pub fn void_record(
        &self,
        record: &str,
        opened_at: Option<String>,
        reason: &str,
        now_ms: i64,
    ) -> Result<Saved> {
        let record = record_id(record)?;
        self.call("void_record", |phone| {
            let done = phone.void(record, opened_at.as_deref(), reason, Instant(now_ms))?;
            Ok(saved(phone, &done))
        })
    }

    /// Keeps a half-filled form; its number.
    pub fn save_draft(&self, id: Option<i64>, form: &str, body: &str, now_ms: i64) -> Result<i64> {
        self.call("save_draft", |phone| phone.save_draft(id, form, body, Instant(now_ms)))
    }

    /// Half-filled forms, the newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        let drafts = self.call("drafts", |phone| phone.list_drafts())?;
        Ok(drafts.into_iter().map(Draft::from).collect())
    }

    /// Forgets a half-filled form.
    pub fn discard_draft(&self, id: i64) -> Result<()> {
        self.call("discard_draft", |phone| phone.discard_draft(id))
    }
}
