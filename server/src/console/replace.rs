//! A lost phone in one action: the old device is revoked and the sheet for the next one printed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use super::frame::{frame, show};
use super::invite::{Reached, sheets_page};
use super::revoke::find_permitted;
use super::view::{Place, ReplacePage, SheetsPage};
use super::{Failure, Posted, SignedIn};
use crate::enrol::sheet::{Terms, USUAL_DAYS, answered, replace_device};
use crate::http::App;

#[derive(Deserialize)]
pub(super) struct ReplaceForm {
    #[serde(default)]
    holder: String,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    who: SignedIn,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Devices, &format!("/devices/{id}/replace"))?;
    show(&app, |db| {
        let row = find_permitted(db, &who, &id)?;
        let title = f.words.with("replace-title", "holder", row.holder.clone());
        let (unit, holder) = (row.unit_name, row.holder);
        Ok(ReplacePage { f, title, id: row.id.to_string(), unit, holder })
    })
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    reached: Reached,
    Posted { who, form: ReplaceForm { holder } }: Posted<SignedIn, ReplaceForm>,
) -> Result<Response, Failure> {
    let read = app.store.read(|db| {
        let found = find_permitted(db, &who, &id);
        Ok(found.and_then(|row| Ok((row.id, reached.address(db)?))))
    });
    let (lost, server) = read??;
    let terms = Terms { holder, days: USUAL_DAYS, server };
    let now = app.clock.now();
    let made = app.store.write_async(move |db| answered(replace_device(db, lost, &terms, now)));
    // Revoked meanwhile, perhaps by the same button: its sheet was printed then.
    let sheet = made.await?.map_err(|_| Failure::Forbidden)?;
    tracing::info!(device = %lost, staff = who.session.staff, "a device was replaced");
    let f = frame(&app, &who, Place::Devices, "/devices")?;
    sheets_page(SheetsPage::of_one(f, sheet))
}
