//! One simulated phone: a real one, with a folder of its own.
//!
//! How far it has come is kept in its drafts, as a secretary's half-filled forms are: a save ends
//! the draft of its own step in the same transaction, so that a demo killed at any instant goes on
//! without doing anything twice.

use std::path::Path;

use soban_core::base::{Instant, RecordId, TimeOfDay, text};
use soban_core::form::Input;
use soban_core::phone::{NewRecord, Phone, PhoneError, RecordPatch};
use soban_core::store::ListQuery;

use super::DemoError;
use super::plan::{PhonePlan, Step, phase_date};
use crate::random::Platform;

/// The form that progress is kept under: none that the pack has.
const PROGRESS: &str = "demo";

pub(super) struct Simulated<'a> {
    pub(super) plan: &'a PhonePlan,
    pub(super) phone: Phone,
}

impl<'a> Simulated<'a> {
    pub(super) fn open(dir: &Path, plan: &'a PhonePlan) -> Result<Self, DemoError> {
        let dir = dir.join("phones").join(&plan.name);
        let phone = Phone::open(&dir, Box::new(Platform));
        let phone = phone.map_err(|error| DemoError::Phone(dir, error.to_string()))?;
        Ok(Self { plan, phone })
    }

    pub(super) fn failure(&self, error: &dyn std::fmt::Display) -> DemoError {
        DemoError::Phone(self.plan.name.clone().into(), error.to_string())
    }

    /// Does what this phase still asks for, offline. How many steps that were.
    pub(super) fn record(&mut self, phase: usize) -> Result<usize, DemoError> {
        let before: usize = self.plan.phases.iter().take(phase).map(Vec::len).sum();
        let steps = self.plan.phases.get(phase).map_or(&[][..], Vec::as_slice);
        let mut done = 0;
        for (place, step) in steps.iter().enumerate() {
            let number = before + place;
            let (next, draft) = self.progress().map_err(|error| self.failure(&error))?;
            if next > number {
                continue;
            }
            let made = self.step(step, number, draft, phase, place);
            made.map_err(|error| self.failure(&describe(&self.phone, &error)))?;
            done += 1;
        }
        Ok(done)
    }

    /// The step that comes next, and the draft that says so.
    fn progress(&self) -> Result<(usize, Option<i64>), PhoneError> {
        let drafts = self.phone.list_drafts()?;
        let own = drafts.iter().filter(|draft| draft.form == PROGRESS);
        let numbered = own.filter_map(|draft| Some((draft.body.parse().ok()?, Some(draft.id))));
        Ok(numbered.min().unwrap_or((0, None)))
    }

    fn step(
        &mut self,
        step: &Step,
        number: usize,
        draft: Option<i64>,
        phase: usize,
        place: usize,
    ) -> Result<(), PhoneError> {
        let now = moment(phase, place);
        // The next step's draft is there before this one's ends: one of the two always is.
        self.phone.save_draft(None, PROGRESS, &(number + 1).to_string(), now)?;
        match step {
            Step::Save { record, work } => {
                let mut record = NewRecord { draft, ..record.as_ref().clone() };
                if let Some(id) = self.last_work(*work)? {
                    record.fields.insert("work".to_owned(), Input::Text(id.to_string()));
                }
                self.phone.save(&record, now)?;
                return Ok(());
            }
            Step::Edit { find, fields } => {
                if let Some(record) = self.find(find)? {
                    let patch = RecordPatch {
                        fields: fields.clone(),
                        confirmed: true,
                        ..RecordPatch::new(record)
                    };
                    self.phone.edit(&patch, now)?;
                }
            }
            Step::Void { find, reason } => {
                if let Some(record) = self.find(find)? {
                    self.phone.void(record, reason, now)?;
                }
            }
        }
        draft.map_or(Ok(()), |draft| self.phone.discard_draft(draft))
    }

    fn find(&self, words: &str) -> Result<Option<RecordId>, PhoneError> {
        let found = self.phone.search(words)?;
        let wanted = text::fold(words);
        // "2/2012" is part of "12/2012" too: the title that is the words comes first.
        let exact = found.iter().find(|item| text::fold(&item.title) == wanted);
        Ok(exact.or(found.last()).and_then(|item| item.id.parse().ok()))
    }

    fn last_work(&self, wanted: bool) -> Result<Option<RecordId>, PhoneError> {
        if !wanted {
            return Ok(None);
        }
        let form = self.phone.pack().find_form_named("work").map(|form| form.no);
        let works = self.phone.list(&ListQuery { form, ..ListQuery::default() })?;
        Ok(works.first().and_then(|item| item.id.parse().ok()))
    }
}

/// What a form holds against a record, in words; other errors as they are.
fn describe(phone: &Phone, error: &PhoneError) -> String {
    match error {
        PhoneError::Violations(found) => {
            let said = found
                .iter()
                .map(|violation| violation.message(phone.pack(), soban_core::form::Language::En));
            said.collect::<Vec<_>>().join("; ")
        }
        error => error.to_string(),
    }
}

/// What the phone's clock says at a step: evenings of the demo's years.
fn moment(phase: usize, place: usize) -> Instant {
    let minutes = 18 * 60 + u16::try_from(place % 200).unwrap_or(0);
    let time = TimeOfDay::from_minutes(minutes).unwrap_or_else(|| Instant(0).local_time());
    Instant::from_local(phase_date(phase), time)
}
