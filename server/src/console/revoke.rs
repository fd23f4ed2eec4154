//! Revoking a device, after having been asked once more.

use std::sync::Arc;

use crate::store::Db;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use soban_core::base::DeviceId;

use super::frame::{frame, show};
use super::view::{Place, RevokePage};
use super::{Failure, Posted, SignedIn};
use crate::access::Action;
use crate::http::App;
use crate::store::device::{self, DeviceRow};

#[derive(Deserialize)]
pub(super) struct RevokeForm {}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    who: SignedIn,
) -> Result<Response, Failure> {
    let f = frame(&app, &who, Place::Devices, &format!("/devices/{id}/revoke"))?;
    show(&app, |db| {
        let row = find_permitted(db, &who, &id)?;
        let title = f.words.with("revoke-title", "holder", row.holder);
        Ok(RevokePage { f, title, id: row.id.to_string(), unit: row.unit_name })
    })
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Posted { who, form: RevokeForm {} }: Posted<SignedIn, RevokeForm>,
) -> Result<Response, Failure> {
    let id = app.store.read(|db| Ok(find_permitted(db, &who, &id)))??.id;
    let now = app.clock.now();
    app.store.write_async(move |db| device::revoke(db, id, now)).await?;
    tracing::info!(device = %id, staff = who.session.staff, "a device was revoked");
    Ok(Redirect::to("/devices").into_response())
}

/// The device, if this person may manage it in every unit that it was granted.
pub(super) fn find_permitted(db: &Db, who: &SignedIn, id: &str) -> Result<DeviceRow, Failure> {
    let id: DeviceId = id.parse().map_err(|_| Failure::NotFound)?;
    let row = device::find_device(db, id)?.ok_or(Failure::NotFound)?;
    for grant in device::list_grants(db, id)? {
        who.permit(db, Action::ManageDevices, grant.org_unit)?;
    }
    Ok(row)
}
