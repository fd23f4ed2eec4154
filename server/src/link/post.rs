//! One request and its answer.

use ureq::http::Response;
use ureq::{Body, Error};

use super::{CBOR, Link, LinkError, Refusal};

/// No answer is larger: half a megabyte of entries and the forms.
const MOST_ANSWER_BYTES: u64 = 16 * 1024 * 1024;

impl Link {
    /// Posts a message; the answer's bytes.
    pub(super) fn post(
        &self,
        path: &str,
        authorization: Option<&str>,
        body: &[u8],
    ) -> Result<Vec<u8>, LinkError> {
        let mut request =
            self.agent.post(format!("{}{path}", self.server)).header("content-type", CBOR);
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        self.traffic.sent(body.len());
        let mut answer = request.send(body).map_err(|error| self.unreachable(&error))?;
        let read = answer.body_mut().with_config().limit(MOST_ANSWER_BYTES).read_to_vec();
        let bytes = read.map_err(|error| self.unreachable(&error))?;
        self.traffic.received(bytes.len());
        self.judge(&answer, bytes)
    }

    fn judge(&self, answer: &Response<Body>, bytes: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let status = answer.status().as_u16();
        match (status, kind) {
            (200, Some(CBOR)) => Ok(bytes),
            (_, Some("application/problem+json")) => {
                let refusal: Result<Refusal, _> = serde_json::from_slice(&bytes);
                let refusal = refusal.map_err(|_| LinkError::NotADistrict(self.server.clone()))?;
                Err(LinkError::Refused(Refusal { status, ..refusal }))
            }
            // A proxy that is up before what is behind it.
            (408 | 429 | 502..=504, _) => Err(LinkError::Unreachable {
                server: self.server.clone(),
                reason: format!("HTTP {status}"),
            }),
            _ => Err(LinkError::NotADistrict(self.server.clone())),
        }
    }

    fn unreachable(&self, error: &Error) -> LinkError {
        LinkError::Unreachable { server: self.server.clone(), reason: error.to_string() }
    }
}
