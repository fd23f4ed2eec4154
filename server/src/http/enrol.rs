//! `POST /v1/enrol`: a one-use code against a certificate. `POST /v1/return`: a certificate shown to
//! a server that has forgotten it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use soban_core::sync::{EnrolRequest, ReturnRequest};

use super::body::{CBOR, Message};
use super::{App, ClientAddress, Problem};
use crate::enrol::{self, EnrolError, enrol as enrol_phone};
use crate::store::{Db, StoreError};

pub(super) async fn enrol(
    State(app): State<Arc<App>>,
    ClientAddress(address): ClientAddress,
    Message(body): Message,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    if !app.enrol_tries.allow(&address, now) {
        return Err(Problem::too_many_tries());
    }
    let request = EnrolRequest::from_bytes(&body).map_err(EnrolError::from)?;
    let keys = app.keys.clone();
    let answer = ask(&app, move |db| enrol_phone(db, &keys, &request, now)).await?;
    let bytes = answer.to_bytes();
    app.forget_references();
    metrics::counter!("soban_enrolments_total").increment(1);
    Ok(([(header::CONTENT_TYPE, CBOR)], bytes).into_response())
}

pub(super) async fn come_back(
    State(app): State<Arc<App>>,
    ClientAddress(address): ClientAddress,
    Message(body): Message,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    if !app.enrol_tries.allow(&address, now) {
        return Err(Problem::too_many_tries());
    }
    let request = ReturnRequest::from_bytes(&body).map_err(EnrolError::from)?;
    let keys = app.keys.clone();
    ask(&app, move |db| enrol::come_back(db, &keys, &request, now)).await?;
    app.forget_references();
    Ok(([(header::CONTENT_TYPE, CBOR)], Vec::new()).into_response())
}

/// Asks in a transaction. A refusal is an answer, not a failed write: nothing was written before it
/// was made.
async fn ask<T: Send + 'static>(
    app: &App,
    job: impl FnOnce(&Db) -> Result<T, EnrolError> + Send + 'static,
) -> Result<T, Problem> {
    let answer = app.store.write_async(move |db| match job(db) {
        Err(EnrolError::Store(error)) => Err::<_, StoreError>(error),
        answer => Ok(answer),
    });
    Ok(answer.await??)
}
