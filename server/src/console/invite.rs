//! Enrolment sheets: for one cell, or for all below a unit. Codes are kept hashed, so a sheet is
//! shown once, where it is made.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use soban_core::base::OrgUnitId;

use super::asked::Asked;
use super::frame::{frame, show};
use super::units::{unit_crumb, way_to};
use super::view::{InvitePage, Place, SheetsPage};
use super::words::Words;
use super::{Failure, Posted, SignedIn};
use crate::access::Action;
use crate::enrol::sheet::{MOST_DAYS, Sheet, Terms, answered, make_sheets, read_address};
use crate::http::App;
use crate::store::{Db, org, read};

#[derive(Deserialize)]
pub(super) struct InviteQuery {
    unit: u32,
}

/// What the form on the page sends.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct InviteForm {
    unit: u32,
    #[serde(default)]
    holder: String,
    /// Of a unit with cells below it: `all`, or only those without a phone.
    #[serde(default)]
    which: String,
    days: u32,
}

/// The district's address as the browser that asks reached it: what is printed where the operator
/// has not set another.
#[derive(Debug, Clone)]
pub(super) struct Reached(Option<String>);

impl FromRequestParts<Arc<App>> for Reached {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let scheme = if app.options.behind_proxy { "https" } else { "http" };
        Ok(Self(host.and_then(|host| read_address(&format!("{scheme}://{host}")).ok())))
    }
}

impl Reached {
    /// The address to print.
    pub(super) fn address(self, db: &Db) -> Result<String, Failure> {
        let set = crate::store::meta::public_address(db)?;
        set.or(self.0).ok_or(Failure::NotFound)
    }
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    who: SignedIn,
    reached: Reached,
    Asked(InviteQuery { unit }): Asked<InviteQuery>,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Devices, &format!("/invite?unit={unit}"))?;
    let unit = OrgUnitId(unit);
    show(&app, |db| {
        who.permit(db, Action::ManageDevices, unit)?;
        let row = read::find_unit(db, unit)?.ok_or(Failure::NotFound)?;
        let crumbs = way_to(db, &who, unit)?.iter().map(unit_crumb).collect();
        let unserved = org::cells_below(db, unit, true)?.len();
        let address = reached.address(db)?;
        Ok(InvitePage {
            crumbs,
            unit: row.id.0,
            name: row.name,
            is_cell: row.is_cell,
            cells: row.cells,
            unserved,
            address,
            f,
        })
    })
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    reached: Reached,
    Posted { who, form }: Posted<SignedIn, InviteForm>,
) -> Result<Response, Failure> {
    if !(1..=MOST_DAYS).contains(&form.days) {
        return Err(Failure::NotFound);
    }
    let unit = OrgUnitId(form.unit);
    let (units, server) = app.store.read(|db| Ok(wanted(db, &who, &form, reached)))??;
    let terms = Terms { holder: form.holder, days: form.days, server };
    let now = app.clock.now();
    let count = units.len();
    let sheets = app
        .store
        .write_async(move |db| answered(make_sheets(db, &units, &terms, now)))
        .await?
        .map_err(|_| Failure::NotFound)?;
    tracing::info!(unit = unit.0, count, staff = who.session.staff, "sheets were made");
    let f = frame(&app, &who, Place::Devices, &format!("/invite?unit={unit}"))?;
    sheets_page(SheetsPage { f, words: Words::vietnamese(), sheets })
}

/// For whom, and which address is printed.
fn wanted(
    db: &Db,
    who: &SignedIn,
    form: &InviteForm,
    reached: Reached,
) -> Result<(Vec<OrgUnitId>, String), Failure> {
    let unit = OrgUnitId(form.unit);
    who.permit(db, Action::ManageDevices, unit)?;
    let row = read::find_unit(db, unit)?.ok_or(Failure::NotFound)?;
    let units = match row.is_cell {
        true => vec![unit],
        false => org::cells_below(db, unit, form.which != "all")?,
    };
    Ok((units, reached.address(db)?))
}

/// Codes are for whoever made them, and for no cache.
pub(super) fn sheets_page(page: SheetsPage) -> Result<Response, Failure> {
    let headers = [(header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::OK, headers, Html(page.render()?)).into_response())
}

impl SheetsPage {
    /// A page with one sheet.
    pub(super) fn of_one(f: super::view::Frame, sheet: Sheet) -> Self {
        Self { f, words: Words::vietnamese(), sheets: vec![sheet] }
    }
}
