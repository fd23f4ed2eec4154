//! Where a request comes from: the proxy's word where there is one, else the connection's.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::App;

const FORWARDED: &str = "x-forwarded-for";

/// The caller's address, to count tries by. Never logged.
#[derive(Debug, Clone)]
pub(crate) struct ClientAddress(pub(crate) String);

impl FromRequestParts<Arc<App>> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let told = app.options.behind_proxy.then(|| last_hop(&parts.headers)).flatten();
        let connected = || connection(parts).map_or_else(String::new, |it| it.ip().to_string());
        Ok(Self(told.unwrap_or_else(connected)))
    }
}

/// Whether a request comes from this very machine, and not through a proxy on it.
pub(super) struct FromHere(pub(super) bool);

impl<S: Sync> FromRequestParts<S> for FromHere {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let near = connection(parts).is_some_and(|address| address.ip().is_loopback());
        Ok(Self(near && !parts.headers.contains_key(FORWARDED)))
    }
}

fn connection(parts: &Parts) -> Option<SocketAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0)
}

/// Only the last hop was written by our own proxy; what stands before it is the caller's word.
fn last_hop(headers: &HeaderMap) -> Option<String> {
    let line = headers.get_all(FORWARDED).iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next().map(|hop| hop.trim().to_owned()).filter(|hop| !hop.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_caller_claims_before_the_proxys_own_hop_does_not_count() {
        let mut headers = HeaderMap::new();
        assert_eq!(last_hop(&headers), None);
        headers.append(FORWARDED, "1.1.1.1".parse().unwrap());
        headers.append(FORWARDED, "2.2.2.2, 203.0.113.9".parse().unwrap());
        assert_eq!(last_hop(&headers), Some("203.0.113.9".to_owned()));
    }
}
