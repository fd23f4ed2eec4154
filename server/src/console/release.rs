//! Letting in a device that came back to a server that had forgotten it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::revoke::find_permitted;
use super::{Failure, Posted, SignedIn};
use crate::enrol;
use crate::http::App;

#[derive(Deserialize)]
pub(super) struct ReleaseForm {}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Posted { who, form: ReleaseForm {} }: Posted<SignedIn, ReleaseForm>,
) -> Result<Response, Failure> {
    let row = app.store.read(|db| Ok(find_permitted(db, &who, &id)))??;
    // What is sealed of a revoked device is for whoever looks after the server to let in.
    if row.revoked_at.is_some() {
        return Err(Failure::Forbidden);
    }
    let id = row.id;
    let released = app.store.write_async(move |db| enrol::release(db, id)).await?;
    app.projector.wake();
    let (staff, entries) = (who.session.staff, released.entries);
    tracing::info!(device = %id, staff, entries, "a device was let in");
    Ok(Redirect::to("/devices").into_response())
}
