//! Requests that break off: half of one is sent, or its answer is never read. The same request on
//! a connection of its own, so that it can be dropped at the wrong moment.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use soban_core::phone::Phone;

use crate::clock;
use crate::demo::DemoError;
use crate::demo::plan::Rng;
use crate::link::{APP_VERSION, CBOR, ENROL, Link, SYNC};

/// Where a request breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// In the middle of what is sent.
    Half,
    /// Once all is sent.
    Unread,
    /// In the middle of the answer: the server has taken everything, and the phone does not know.
    Answered,
}

impl Break {
    pub(super) fn any(rng: &mut Rng) -> Self {
        let all = [Self::Half, Self::Unread, Self::Answered];
        rng.pick(&all).copied().unwrap_or(Self::Half)
    }

    /// Not once all is sent: a server that comes to it late gives out a token after the one that
    /// the phone has got by then, and only the last one counts.
    pub(super) fn of_enrolment(rng: &mut Rng) -> Self {
        let all = [Self::Half, Self::Answered];
        rng.pick(&all).copied().unwrap_or(Self::Half)
    }
}

/// A sync that breaks off.
pub(super) fn sync(
    link: &Link,
    server: SocketAddr,
    phone: &mut Phone,
    at: Break,
) -> Result<(), DemoError> {
    let body = phone.outgoing(APP_VERSION, None, clock::now())?;
    let authorization = format!("authorization: {}\r\n", phone.authorization()?);
    post(link, server, (SYNC, &authorization), &body, at);
    Ok(phone.request_failed()?)
}

/// An enrolment that breaks off.
pub(super) fn enrol(
    link: &Link,
    server: SocketAddr,
    phone: &mut Phone,
    code: &str,
    at: Break,
) -> Result<(), DemoError> {
    let body = phone.enrol_request(code, APP_VERSION)?;
    post(link, server, (ENROL, ""), &body, at);
    Ok(())
}

/// Whether anything of it arrives is not asked: the phone could not know either.
fn post(
    link: &Link,
    server: SocketAddr,
    (path, authorization): (&str, &str),
    body: &[u8],
    at: Break,
) {
    let part = match at {
        Break::Half => body.get(..body.len() / 2).unwrap_or_default(),
        Break::Unread | Break::Answered => body,
    };
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {server}\r\ncontent-type: {CBOR}\r\n{authorization}\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    link.traffic().sent(part.len());
    let send = || -> std::io::Result<()> {
        let mut way = TcpStream::connect(server)?;
        way.set_read_timeout(Some(Duration::from_secs(10)))?;
        way.write_all(head.as_bytes())?;
        way.write_all(part)?;
        if at == Break::Answered {
            way.read_exact(&mut [0; 1])?;
        }
        Ok(())
    };
    drop(send());
}
