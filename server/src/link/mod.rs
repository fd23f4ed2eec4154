//! A phone's way to the district over HTTP, for the command line and the demo. The platforms of
//! real phones have their own; nothing here decides what is sent.
//!
//! ```no_run
//! use soban_core::phone::Phone;
//! use soban_server::link::Link;
//! use soban_server::random::Platform;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut phone = Phone::open(std::path::Path::new("soban-phone"), Box::new(Platform))?;
//! let link = Link::new("http://127.0.0.1:8321")?;
//! link.enrol(&mut phone, "ABCDE-FGHJK")?;
//! assert_eq!(link.sync(&mut phone, None)?.refused, 0);
//! # Ok(())
//! # }
//! ```

mod enrol;
mod error;
mod post;
mod sync;
mod traffic;

pub use error::{LinkError, Refusal};
pub use traffic::{Traffic, TrafficCounts};

use std::time::Duration;

use ureq::Agent;

/// The media type of every message.
pub const CBOR: &str = "application/cbor";
/// What a phone of this program says that it is.
pub const APP_VERSION: &str = concat!("soban ", env!("CARGO_PKG_VERSION"));

/// Where the parts of the protocol are.
pub(crate) const ENROL: &str = "/v1/enrol";
pub(crate) const SYNC: &str = "/v1/sync";
pub(crate) const RETURN: &str = "/v1/return";

/// On a link of 50 kbit/s a request and its answer may take this long.
const LONGEST: Duration = Duration::from_secs(180);
const LONGEST_CONNECT: Duration = Duration::from_secs(20);

/// A way to one district server. Many phones may share it.
#[derive(Debug)]
pub struct Link {
    agent: Agent,
    server: String,
    traffic: Traffic,
}

impl Link {
    /// A way to the server of this address, such as `https://soban.example.vn`.
    ///
    /// # Errors
    /// [`LinkError::BadServer`] for what is no such address.
    pub fn new(server: &str) -> Result<Self, LinkError> {
        let server = server.trim().trim_end_matches('/');
        let host = ["http://", "https://"].iter().find_map(|scheme| server.strip_prefix(scheme));
        let plain = |host: &str| !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']);
        if !host.is_some_and(plain) {
            return Err(LinkError::BadServer(server.to_owned()));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(LONGEST_CONNECT))
            .timeout_global(Some(LONGEST))
            .build();
        let traffic = Traffic::default();
        Ok(Self { agent: config.into(), server: server.to_owned(), traffic })
    }

    /// The server's address.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// What has gone this way so far.
    #[must_use]
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked_before_anything_is_sent() {
        assert_eq!(
            Link::new(" http://127.0.0.1:8321/ ").unwrap().server(),
            "http://127.0.0.1:8321"
        );
        for bad in ["", "127.0.0.1:8321", "ftp://x", "http://", "https://a/b", "http://u@h"] {
            assert!(matches!(Link::new(bad), Err(LinkError::BadServer(_))), "{bad}");
        }
    }
}
