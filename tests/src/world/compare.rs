//! Everybody has everything, and it is the same everywhere.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::base::{BookId, RecordId};
use soban_core::book::Book;
use soban_core::phone::{DecisionView, ListItem, RecordView};
use soban_core::record::Value;
use soban_core::store::ListQuery;
use soban_server::check::check;
use soban_server::store::StoreError;
use soban_server::store::read::{self, StoredRecord};

use super::write::{ALL, id_of};
use super::{Failure, Site, World};
use crate::phones::CELL;

/// What a phone shows, without what differs from phone to phone on purpose.
#[derive(Debug, PartialEq)]
struct Shown {
    listed: Vec<ListItem>,
    records: Vec<RecordView>,
    decisions: Vec<DecisionView>,
}

/// What the district has.
struct Kept {
    books: BTreeMap<BookId, Book>,
    records: BTreeMap<RecordId, StoredRecord>,
    contests: BTreeMap<RecordId, usize>,
}

impl World {
    /// Compares all phones with each other and with the district, and looks for what was written.
    pub(super) fn compare(&mut self) -> Result<(), Failure> {
        let report = check(self.server.store(), false).map_err(|error| error.to_string())?;
        if !report.findings.is_empty() {
            return Err(format!("the check finds {:?}", report.findings));
        }
        let kept = self.kept().map_err(|error| error.to_string())?;
        let mut first: Option<Shown> = None;
        for (place, site) in self.sites.iter_mut().enumerate() {
            let failed = |what: String| format!("phone {place}: {what}");
            let status = site.phone().status().map_err(|error| failed(error.to_string()))?;
            if (status.unsent, status.refused) != (0, 0) {
                return Err(failed(format!("{status:?}")));
            }
            let shown = shown(site).map_err(failed)?;
            same_as_kept(&shown, &kept).map_err(failed)?;
            match &first {
                None => first = Some(shown),
                Some(first) => same(first, &shown).map_err(failed)?,
            }
        }
        let missing = self.tokens.missing(&self.log());
        if !missing.is_empty() {
            return Err(format!("saved, and not at the district: {missing:?}"));
        }
        Ok(())
    }

    fn kept(&self) -> Result<Kept, StoreError> {
        self.server.store().read(|db| {
            let mut kept = Kept {
                books: BTreeMap::new(),
                records: BTreeMap::new(),
                contests: BTreeMap::new(),
            };
            for id in read::list_all_books(db)? {
                let mut book = Book::new(id, 1);
                for entry in read::entries_of_book(db, id)? {
                    let entered = book.apply(&entry, None);
                    entered.map_err(|refusal| StoreError::Damaged(refusal.to_string()))?;
                }
                for record in read::list_records(db, id, (0, ALL))? {
                    let rows = read::list_rows(db, record.id)?;
                    let all = rows.into_iter().chain([record]);
                    kept.records.extend(all.map(|record| (record.id, record)));
                }
                kept.books.insert(id, book);
            }
            for contest in read::list_contests(db, CELL, (0, ALL))? {
                // Twins and rulings on two are the district's alone to find.
                if matches!(contest.kind, 1 | 2 | 4) {
                    *kept.contests.entry(contest.record).or_default() += 1;
                }
            }
            Ok(kept)
        })
    }
}

fn shown(site: &mut Site) -> Result<Shown, Failure> {
    let query = ListQuery { limit: ALL, ..ListQuery::default() };
    let phone = site.phone();
    let listed = phone.list(&query).map_err(|error| error.to_string())?;
    let mut records = Vec::new();
    for item in &listed {
        let shown = phone.show(id_of(&item.id));
        let mut view = shown.map_err(|error| format!("{} is not shown: {error}", item.id))?;
        if (&item.title, &item.void) != (&view.title, &view.void) {
            return Err(format!("listed as {item:?}, shown as {view:?}"));
        }
        disown(&mut view);
        records.push(view);
    }
    let mut decisions = phone.list_decisions(false).map_err(|error| error.to_string())?;
    for decision in &mut decisions {
        (decision.own, decision.read) = (false, false);
        decision.before.iter_mut().for_each(|side| side.own = false);
    }
    decisions.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Shown { listed, records, decisions })
}

fn disown(view: &mut RecordView) {
    view.contests.iter_mut().flat_map(|contest| &mut contest.sides).for_each(|s| s.own = false);
    view.rows.iter_mut().for_each(disown);
}

fn same(first: &Shown, other: &Shown) -> Result<(), Failure> {
    let differ = |what: &str, a: String, b: String| format!("{what}: phone 0 has {a}, this {b}");
    if first.listed != other.listed {
        return Err(differ(
            "lists differ",
            format!("{:#?}", first.listed),
            format!("{:#?}", other.listed),
        ));
    }
    let mut pairs = first.records.iter().zip(&other.records);
    if let Some((a, b)) = pairs.find(|(a, b)| a != b) {
        return Err(differ("records differ", format!("{a:#?}"), format!("{b:#?}")));
    }
    if first.decisions != other.decisions {
        let (a, b) = (&first.decisions, &other.decisions);
        return Err(differ("decisions differ", format!("{a:#?}"), format!("{b:#?}")));
    }
    Ok(())
}

fn same_as_kept(shown: &Shown, kept: &Kept) -> Result<(), Failure> {
    let mut seen = BTreeSet::new();
    for view in &shown.records {
        record_as_kept(view, kept, &mut seen)?;
    }
    if let Some(id) = kept.records.keys().find(|id| !seen.contains(*id)) {
        return Err(format!("record {id} of the district is not here"));
    }
    let in_book = |book: &Book| {
        let decisions = book.entries().flat_map(|entry| book.decisions_in(entry));
        decisions.map(|decision| decision.id.to_string()).collect::<Vec<_>>()
    };
    let made: BTreeSet<String> = kept.books.values().flat_map(in_book).collect();
    let here: BTreeSet<String> = shown.decisions.iter().map(|made| made.id.clone()).collect();
    if made != here {
        return Err(format!("decisions: the district has {made:?}, this {here:?}"));
    }
    Ok(())
}

fn record_as_kept(
    view: &RecordView,
    kept: &Kept,
    seen: &mut BTreeSet<RecordId>,
) -> Result<(), Failure> {
    let id = id_of(&view.id);
    seen.insert(id);
    let Some(stored) = kept.records.get(&id) else {
        return Err(format!("the district does not have record {id}"));
    };
    let state = kept.books.get(&id.book).map(|book| book.clock().to_string());
    if state.as_ref() != Some(&view.state) {
        return Err(format!("{}: the district is at {state:?}, this at {}", id.book, view.state));
    }
    for field in &view.fields {
        let value =
            stored.row.fields.iter().find_map(|(no, value)| {
                (kept_name(&view.form, no.0) == field.name).then_some(value)
            });
        if let Some(Value::Text(text)) = value
            && *text != field.text
        {
            return Err(format!(
                "{id}: the district shows {text} in {}, this {field:?}",
                field.name
            ));
        }
    }
    let contests = kept.contests.get(&id).copied().unwrap_or(0);
    if view.void != stored.row.void || view.contests.len() != contests {
        let (row, here) = (&stored.row, &view.contests);
        return Err(format!("{id}: the district has {contests} contests, {row:?}, this {here:?}"));
    }
    view.rows.iter().try_for_each(|row| record_as_kept(row, kept, seen))
}

/// The name of a text field of the world's forms.
fn kept_name(form: &str, no: u16) -> &'static str {
    match (form, no) {
        ("gift", 16) => "donor",
        ("gift", 18) => "note",
        ("gift", 19) => "area",
        ("gift", 20) => "what",
        ("gift", 21) => "how_much",
        ("work_day", 16) => "subject",
        ("work_day", 17) => "days",
        ("work", 16) => "name",
        ("work", 17) => "place",
        _ => "",
    }
}
