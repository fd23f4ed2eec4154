//! Staff settle what disagrees.

use soban_core::book::Ruling;
use soban_core::record::{FieldNo, Fields, Value};
use soban_server::decide::{Order, Verdict, state_of};
use soban_server::store::read::{self, ContestRow, StoredRecord};

use super::write::ALL;
use super::{Failure, World};
use crate::phones::CELL;

impl World {
    /// Staff rule on one of the open disagreements, if there is any.
    pub(super) fn decide(&mut self) -> Result<(), Failure> {
        self.server.project();
        let open = self.server.store().read(|db| read::list_contests(db, CELL, (0, 50)));
        let open = open.map_err(|error| error.to_string())?;
        let Some(contest) = self.rng.pick(&open).cloned() else { return Ok(()) };
        let Some(verdict) = self.verdict(&contest)? else { return Ok(()) };
        let mut records = vec![contest.record];
        if !matches!(verdict, Verdict::One(..)) {
            records.extend(self.twin_of(&contest)?);
        }
        let token = self.tokens.make();
        let state = self.server.store().read(|db| state_of(db, &records));
        let state = state.map_err(|error| error.to_string())?;
        let what = format!("staff rule {verdict:?} on {} {token}", contest.record);
        let (reason, person) = (token, "bà Hoa".to_owned());
        let order = Order { records, state, verdict, reason, needs_reason: true, person };
        let decided = self.server.decide(order, self.now);
        self.now.0 += 1_000;
        self.tell(format!("{what}: {decided:?}"));
        self.server.project();
        Ok(())
    }

    fn twin_of(&self, contest: &ContestRow) -> Result<Option<soban_core::base::RecordId>, Failure> {
        if contest.other.is_some() {
            return Ok(contest.other);
        }
        let found = self.server.store().read(|db| {
            let Some(one) = read::find_record(db, contest.record)? else { return Ok(None) };
            let mut all = Vec::new();
            for book in read::list_all_books(db)? {
                all.extend(read::list_records(db, book, (0, ALL))?);
            }
            let twin = |other: &&StoredRecord| {
                other.id != one.id && other.row.natural_key == one.row.natural_key
            };
            Ok(all.iter().find(twin).map(|other| other.id))
        });
        found.map_err(|error| error.to_string())
    }

    fn verdict(&mut self, contest: &ContestRow) -> Result<Option<Verdict>, Failure> {
        let plain = |ruling| Verdict::One(ruling, Fields::new());
        if self.rng.chance(10) {
            return Ok(Some(plain(Ruling::Ask)));
        }
        let first = self.rng.chance(50);
        Ok(match contest.kind {
            1 | 4 => self.set(contest)?,
            2 if first => Some(plain(Ruling::Keep)),
            2 => Some(plain(Ruling::Void)),
            _ if self.twin_of(contest)?.is_none() => None,
            _ if first => Some(Verdict::Same(contest.record)),
            3 => Some(Verdict::Distinct),
            _ => Some(Verdict::Split),
        })
    }

    /// The unit as it is shown, with the field in question set anew.
    fn set(&mut self, contest: &ContestRow) -> Result<Option<Verdict>, Failure> {
        let found = self.server.store().read(|db| read::find_record(db, contest.record));
        let found = found.map_err(|error| error.to_string())?;
        let Some(row) = found.map(|found| found.row) else { return Ok(None) };
        let no = FieldNo(contest.field);
        let Some(form) = self.server.pack().find_form(row.form) else { return Ok(None) };
        let unit = form.group_of(no).map_or(vec![no], |group| group.fields.clone());
        let now = |field: &FieldNo| (*field, row.fields.get(field).cloned().unwrap_or(Value::Null));
        let mut values: Fields = unit.iter().map(now).collect();
        if self.rng.chance(60) {
            values.insert(no, Value::Text(self.tokens.make()));
        }
        Ok(Some(Verdict::One(Ruling::Set(no), values)))
    }
}
