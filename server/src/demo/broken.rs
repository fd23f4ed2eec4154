//! Requests that die on the way, as on a link in the mountains: half a request, or a whole one
//! whose answer nobody hears.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use soban_core::phone::Phone;

use crate::clock;
use crate::link::{APP_VERSION, CBOR, Traffic};

/// How a request dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Death {
    /// Half of it is sent.
    Halfway,
    /// All of it is sent, and the connection is closed before the answer.
    Unheard,
}

/// Sends a phone's next request in a way that brings no answer.
pub(super) fn send_in_vain(
    phone: &mut Phone,
    address: SocketAddr,
    death: Death,
    traffic: &Traffic,
) -> Result<(), Box<dyn std::error::Error>> {
    let body = phone.outgoing(APP_VERSION, None, clock::now())?;
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nHost: {address}\r\nAuthorization: {}\r\n\
         Content-Type: {CBOR}\r\nContent-Length: {}\r\n\r\n",
        phone.authorization()?,
        body.len()
    );
    let sent = match death {
        Death::Halfway => body.len() / 2,
        Death::Unheard => body.len(),
    };
    let mut stream = TcpStream::connect(address)?;
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.get(..sent).unwrap_or(&body))?;
    stream.flush()?;
    traffic.sent(sent);
    phone.request_failed();
    Ok(())
}
