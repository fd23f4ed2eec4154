//! `POST /v1/enrol`: a one-use code against a certificate.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use soban_core::sync::EnrolRequest;

use super::sync::CBOR;
use super::{App, Problem, client_address};
use crate::enrol::{EnrolError, enrol as enrol_phone};
use crate::{clock, store::StoreError};

pub(super) async fn enrol(
    State(app): State<Arc<App>>,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let now = clock::now();
    let connection = connection.map(|extension| extension.0);
    let address = client_address(&headers, connection.as_ref(), app.options.behind_proxy);
    if !app.enrol_tries.allow(&address, now) {
        return Err(Problem::too_many_tries());
    }
    let request = EnrolRequest::from_bytes(&body).map_err(EnrolError::from)?;
    let keys = app.keys.clone();
    // A refusal is an answer, not a failed write: nothing was written before it was made.
    let answer = app
        .store
        .write_async(move |db| match enrol_phone(db, &keys, &request, now) {
            Err(EnrolError::Store(error)) => Err::<_, StoreError>(error),
            answer => Ok(answer),
        })
        .await?;
    let bytes = answer?.to_bytes();
    metrics::counter!("soban_enrolments_total").increment(1);
    Ok(([(header::CONTENT_TYPE, CBOR)], bytes).into_response())
}
