//! One phone's part in a wave: switched on, enrolled if it is new, records written offline, synced,
//! switched off. Whatever of it has been done before is not done again.

use soban_core::phone::{NewRecord, Phone, PhoneError, RecordPatch, Saved, Typed};

use super::broken::{self, Break};
use super::known::Known;
use super::{Progress, Wave};
use crate::clock;
use crate::demo::plan::{Act, Given, GivenFields, PhonePlan, Rng, Round, Step};
use crate::demo::{DemoError, Folder};
use crate::enrol::give_code;
use crate::http::Running;
use crate::link::{Link, LinkError};
use crate::random::Platform;

/// So many syncs in a hundred break off before they succeed.
const BROKEN_PERCENT: i64 = 20;

/// What all phones of a wave share.
pub(super) struct Job<'a> {
    pub(super) folder: &'a Folder,
    pub(super) running: &'a Running,
    pub(super) link: &'a Link,
    pub(super) wave: Wave,
    pub(super) number: usize,
    pub(super) progress: &'a dyn Progress,
}

impl Job<'_> {
    /// Takes one phone through the wave.
    pub(super) fn run(&self, plan: &PhonePlan) -> Result<(), DemoError> {
        let dir = self.folder.phone(&plan.name);
        let mut phone = Phone::open(&dir, Box::new(Platform))?;
        let mut rng = self.chances(plan);
        if phone.identity().is_none() {
            self.enrol(&mut phone, plan, &mut rng)?;
        }
        if let Some(round) = self.wave.round {
            self.record(&mut phone, plan, round)?;
        }
        if rng.chance(BROKEN_PERCENT) {
            broken::sync(self.link, self.running.address, &mut phone, Break::any(&mut rng))?;
        }
        let free_bytes = u64::try_from(rng.between(200, 9_000)).unwrap_or(0) * 1_000_000;
        let synced = self.link.sync(&mut phone, Some(free_bytes));
        synced.map_err(|error| DemoError::Link(plan.name.clone(), error))?;
        self.progress.step();
        Ok(())
    }

    /// Writes what it has not written yet, offline.
    fn record(&self, phone: &mut Phone, plan: &PhonePlan, round: Round) -> Result<(), DemoError> {
        let mut known = Known::of(phone)?;
        for step in plan.steps.iter().filter(|step| step.round == round) {
            if !known.did(step.at) {
                take(phone, &mut known, step).map_err(|why| why.at(plan, step))?;
            }
            self.progress.step();
        }
        Ok(())
    }

    /// The same for one phone and wave at every start.
    fn chances(&self, plan: &PhonePlan) -> Rng {
        let wave = u64::try_from(self.number).unwrap_or(0);
        let name =
            plan.name.bytes().fold(0, |sum: u64, byte| sum.wrapping_mul(31) + u64::from(byte));
        Rng::new(wave, name)
    }

    /// The code is noted down first: with it, a phone that was switched off before the answer came
    /// asks again.
    fn enrol(&self, phone: &mut Phone, plan: &PhonePlan, rng: &mut Rng) -> Result<(), DemoError> {
        let file = self.folder.phone(&plan.name).join("code");
        let failed = |error: std::io::Error| DemoError::File(file.clone(), error.to_string());
        let noted = std::fs::read_to_string(&file).ok();
        let code = match noted {
            Some(code) => code,
            None => self.new_code(plan)?,
        };
        std::fs::write(&file, &code).map_err(failed)?;
        if rng.chance(BROKEN_PERCENT / 2) {
            let at = Break::of_enrolment(rng);
            broken::enrol(self.link, self.running.address, phone, &code, at)?;
        }
        let enrolled = match self.link.enrol(phone, &code) {
            Err(LinkError::Refused(refusal)) if refusal.kind == "/problems/expired-code" => {
                let code = self.new_code(plan)?;
                std::fs::write(&file, &code).map_err(failed)?;
                self.link.enrol(phone, &code)
            }
            enrolled => enrolled,
        };
        enrolled.map_err(|error| DemoError::Link(plan.name.clone(), error))?;
        std::fs::remove_file(&file).map_err(failed)
    }

    fn new_code(&self, plan: &PhonePlan) -> Result<String, DemoError> {
        let (code, _) = give_code(&self.running.app.store, plan.unit, &plan.holder, clock::now())?;
        Ok(code.printed())
    }
}

/// Why a step was not taken.
enum Why {
    Phone(PhoneError),
    Reason(String),
}

impl Why {
    fn at(self, plan: &PhonePlan, step: &Step) -> DemoError {
        match self {
            Self::Phone(error) => error.into(),
            Self::Reason(reason) => {
                DemoError::Step { phone: plan.name.clone(), at: step.at.0, reason }
            }
        }
    }
}

/// Takes one step by the phone's own clock of that moment.
fn take(phone: &mut Phone, known: &mut Known, step: &Step) -> Result<(), Why> {
    let lost = || Why::Reason("the record that it is about is not here".to_owned());
    let typed = |fields: &GivenFields| typed(known, fields).ok_or_else(lost);
    let done = match &step.act {
        Act::Save { form, fields, rows } => {
            let new = NewRecord {
                form: form.clone(),
                fields: typed(fields)?,
                rows: rows.clone(),
                ..NewRecord::default()
            };
            phone.save(&new, step.at)
        }
        Act::Edit { made, fields, rows } => {
            let mut patch = RecordPatch::new(known.made(*made).ok_or_else(lost)?);
            patch.fields = typed(fields)?;
            patch.new_rows.clone_from(rows);
            phone.edit(&patch, step.at)
        }
        Act::Void { made, reason } => {
            phone.void(known.made(*made).ok_or_else(lost)?, None, reason, step.at)
        }
    };
    let saved: Saved = done.map_err(|error| refused(phone, error))?;
    if matches!(step.act, Act::Save { .. }) {
        known.add(step.at, saved.record);
    }
    Ok(())
}

fn refused(phone: &Phone, error: PhoneError) -> Why {
    let PhoneError::Violations(found) = error else { return Why::Phone(error) };
    let words = found.iter().map(|violation| {
        let view = phone.violation_view(violation);
        format!("{}.{}: {}", view.form, view.field, view.en)
    });
    Why::Reason(words.collect::<Vec<_>>().join("; "))
}

fn typed(known: &Known, fields: &GivenFields) -> Option<Typed> {
    let input = |given: &Given| match given {
        Given::Typed(input) => Some(input.clone()),
        Given::Made(at) => Some(soban_core::form::Input::Text(known.made(*at)?.to_string())),
    };
    fields.iter().map(|(name, given)| Some((name.clone(), input(given)?))).collect()
}
