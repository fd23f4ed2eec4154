//! One disagreement with every side, and the form that settles it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use soban_core::base::EntryRef;

use super::form::{Draft, decision_form};
use super::table::{rows, side_of};
use super::{policy_of, since, title};
use crate::access::Action;
use crate::conflict::{Books, Conflict};
use crate::console::frame::{frame, show};
use crate::console::history::history;
use crate::console::print::Printer;
use crate::console::view::{ContestPage, Crumb, Frame, Place};
use crate::console::{Failure, SignedIn};
use crate::http::App;
use crate::store::{Db, org, read};

pub(in crate::console) async fn page(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Contests, &format!("/contests/{id}"))?;
    show(&app, |db| {
        let card = card(&app, db, (&who, f), id, None)?;
        card.ok_or(Failure::NotFound)
    })
}

/// The card as it is now; nothing if the disagreement is closed.
pub(super) fn card(
    app: &App,
    db: &Db,
    (who, f): (&SignedIn, Frame),
    id: i64,
    draft: Option<&Draft>,
) -> Result<Option<ContestPage>, Failure> {
    let Some(row) = read::find_contest(db, id)? else { return Ok(None) };
    let unit = row.record.book.org_unit;
    who.permit(db, Action::Read, unit)?;
    let printer = Printer { db, pack: &app.pack, words: f.words, now: app.clock.now() };
    let mut books = Books::default();
    let Some(conflict) = Conflict::gather(db, &app.pack, &mut books, &row)? else {
        return Ok(None);
    };
    let form = match who.permit(db, Action::Decide, unit) {
        Ok(()) => Some(decision_form(&printer, &books, &conflict, draft)?),
        Err(_) => None,
    };
    let entries: Vec<EntryRef> = conflict.sides.iter().map(|side| side.entry).collect();
    let history = match books.find(row.record.book) {
        Some((book, origins)) if !conflict.kind.is_on_several() => {
            history(&printer, book, row.record, (origins, &entries))?
        }
        _ => Vec::new(),
    };
    let (policy, policy_class) = policy_of(f.words, row.policy);
    let crumb = Crumb { name: f.words.t("place-contests"), path: "/contests".to_owned() };
    Ok(Some(ContestPage {
        id,
        notice: draft.and_then(|draft| draft.notice.clone()),
        crumbs: vec![crumb],
        title: title(&printer, &books, &conflict)?,
        record_id: row.record.to_string(),
        record: printer.record_title(row.record)?,
        unit: org::find_name(db, unit)?.unwrap_or_default(),
        policy,
        policy_class,
        since: since(&printer, row.since),
        before: conflict.restorable().map(|_| ()),
        rows: rows(&printer, &books, &conflict)?,
        sides: conflict.sides.iter().map(|side| side_of(&printer, &books, side)).collect(),
        form,
        history,
        f,
    }))
}
