//! Many phones at once on few cores: each with a connection that stays open and one request under
//! way, HTTP by hand.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::lean::{Lean, Ready};

/// An answered request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) at: Instant,
    pub(crate) took: Duration,
}

/// Sends every entry in a request of its own; the phones, and when each entry was answered, in order.
pub(crate) fn send_all(
    address: SocketAddr,
    entries: Vec<Vec<Ready>>,
    phones: Vec<Lean>,
) -> (Vec<Lean>, Vec<Answered>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let (phones, mut answered) = runtime.expect("a runtime").block_on(async {
        let senders = phones.into_iter().zip(entries);
        let tasks: Vec<_> = senders
            .map(|(phone, entries)| tokio::spawn(send_each(address, phone, entries)))
            .collect();
        let (mut phones, mut answered) = (Vec::new(), Vec::new());
        for task in tasks {
            let (phone, told) = task.await.expect("the connection holds");
            phones.push(phone);
            answered.extend(told);
        }
        (phones, answered)
    });
    answered.sort_by_key(|answered: &Answered| answered.at);
    (phones, answered)
}

async fn send_each(
    address: SocketAddr,
    mut phone: Lean,
    entries: Vec<Ready>,
) -> (Lean, Vec<Answered>) {
    let mut connection = Connection::open(address).await;
    let mut answered = Vec::new();
    for ready in entries {
        let begun = Instant::now();
        let body = phone.request(ready);
        let answer = connection.post(&phone.authorization, &body).await;
        phone.take(answer);
        let at = Instant::now();
        answered.push(Answered { at, took: at - begun });
    }
    (phone, answered)
}

struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        stream.set_nodelay(true).expect("an option of every socket");
        Self { stream, request: Vec::new(), answer: Vec::new() }
    }

    /// Posts a sync; the body of the answer.
    async fn post(&mut self, authorization: &str, body: &[u8]) -> &[u8] {
        let head = format!(
            "POST /v1/sync HTTP/1.1\r\nhost: soban\r\nauthorization: {authorization}\r\n\
             content-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        self.request.clear();
        self.request.extend_from_slice(head.as_bytes());
        self.request.extend_from_slice(body);
        self.stream.write_all(&self.request).await.expect("it is sent");
        self.answer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.answer).await.expect("it answers");
            assert!(read > 0, "the server closed the connection");
            if let Some(start) = whole(&self.answer) {
                return &self.answer[start..];
            }
        }
    }
}

/// Where the body of a whole answer begins.
fn whole(answer: &[u8]) -> Option<usize> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).expect("a head is text");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.expect("it says how long it is").parse().expect("a number");
    (answer.len() == end + 4 + length).then_some(end + 4)
}
