//! One entry that is kept apart with what is held on it: what letting it in would do, and doing it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{holder, said};
use crate::access::Action;
use crate::console::frame::{frame, show};
use crate::console::moment::exact;
use crate::console::print::Printer;
use crate::console::units::{PAGE, book_name, unit_crumb, way_to};
use crate::console::view::{ApartPage, FateLine, Place};
use crate::console::waiting::reason_said;
use crate::console::{Failure, Posted, SignedIn};
use crate::http::App;
use crate::quarantine::{Fate, Planned, ReleasePlan, apply_release, plan_release};
use crate::store::{Db, StoreError, apart};

#[derive(Deserialize)]
pub(in crate::console) struct ReleaseForm {}

pub(in crate::console) async fn page(
    State(app): State<Arc<App>>,
    Path(no): Path<String>,
    who: SignedIn,
) -> Result<Response, Failure> {
    let no = read_no(&no)?;
    let f = frame(&app, &who, Place::Contests, &format!("/quarantine/{no}"))?;
    let words = f.words;
    show(&app, |db| {
        let plan = find_permitted(db, &who, Action::Read, no)?;
        let row = &plan.root;
        let printer = Printer { db, pack: &app.pack, words, now: app.clock.now() };
        let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let branch = plan.entries.iter().take(shown).map(|planned| line(&printer, planned));
        let permitted = who.permit(db, Action::Decide, row.book.org_unit).is_ok();
        Ok(ApartPage {
            crumbs: way_to(db, &who, row.book.org_unit)?.iter().map(unit_crumb).collect(),
            no,
            title: said::title(&printer, row)?,
            book: book_name(words, row.book.period),
            who: holder(&printer, row),
            device: words.with("device-id", "id", row.device.to_string()),
            written: said::written(&printer, row),
            received: words.with("history-received", "when", exact(row.received_at)),
            reason: reason_said(words, row.reason.as_deref()),
            detail: row.reason.clone().unwrap_or_default(),
            records: said::records(&printer, row)?,
            branch: branch.collect::<Result<_, _>>()?,
            more: plan.entries.len().saturating_sub(shown),
            obstacle: plan.obstacle().map(|reason| reason_said(words, Some(reason))),
            entering: plan.entering(),
            permitted,
            f,
        })
    })
}

pub(in crate::console) async fn submit(
    State(app): State<Arc<App>>,
    Path(no): Path<String>,
    Posted { who, form: ReleaseForm {} }: Posted<SignedIn, ReleaseForm>,
) -> Result<Response, Failure> {
    let no = read_no(&no)?;
    let plan = app.store.read(|db| Ok(find_permitted(db, &who, Action::Decide, no)))?;
    let plan = match plan {
        // Somebody else has let it in, and the list says what is left.
        Err(Failure::NotFound) => return Ok(to_list(0)),
        plan => plan?,
    };
    let (person, now) = (who.session.name.clone(), app.clock.now());
    let done = app.store.write_async(move |db| apply_release(db, &plan, &person, now)).await?;
    app.settle().await;
    let staff = who.session.staff;
    tracing::info!(no, staff, entries = done, "a branch was let in");
    Ok(to_list(done))
}

fn read_no(no: &str) -> Result<i64, Failure> {
    no.parse().map_err(|_| Failure::NotFound)
}

fn to_list(released: usize) -> Response {
    Redirect::to(&format!("/quarantine?released={released}")).into_response()
}

/// What letting it in would do, if this person may do this with its book.
fn find_permitted(
    db: &Db,
    who: &SignedIn,
    action: Action,
    no: i64,
) -> Result<ReleasePlan, Failure> {
    let row = apart::find_apart(db, no)?.ok_or(Failure::NotFound)?;
    who.permit(db, action, row.book.org_unit)?;
    plan_release(db, no)?.ok_or(Failure::NotFound)
}

fn line(printer: &Printer<'_>, planned: &Planned) -> Result<FateLine, StoreError> {
    let words = printer.words;
    let row = apart::find_apart(printer.db, planned.no)?;
    let said = |row: &_| Ok::<_, StoreError>((said::title(printer, row)?, holder(printer, row)));
    let (title, who) = row.as_ref().map(said).transpose()?.unwrap_or_default();
    let written = row.as_ref().map(|row| said::written(printer, row)).unwrap_or_default();
    let (enters, fate) = match &planned.fate {
        Fate::Enters => (true, words.t("quarantine-enters")),
        Fate::Stays(reason) => {
            let reason = reason_said(words, Some(reason));
            (false, words.with("quarantine-stays", "reason", reason))
        }
    };
    Ok(FateLine { title, who, written, enters, fate })
}
