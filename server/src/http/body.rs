//! A message that came: CBOR of a bearable size.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use super::Problem;

/// The media type of every message.
pub(super) const CBOR: &str = "application/cbor";

/// The bytes of a message.
pub(super) struct Message(pub(super) Bytes);

impl<S: Send + Sync> FromRequest<S> for Message {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        if kind.is_none_or(|kind| kind.as_bytes() != CBOR.as_bytes()) {
            return Err(Problem::other_media_type());
        }
        Bytes::from_request(request, state).await.map(Self).map_err(refused)
    }
}

fn refused(rejection: BytesRejection) -> Problem {
    match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
        _ => Problem::malformed("the request broke off"),
    }
}
