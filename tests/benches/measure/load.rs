//! Many phones at once on few cores: connections that stay open, one request under way on each,
//! HTTP by hand.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::lean::{Lean, Ready};

const CONNECTIONS: usize = 256;

/// A phone and what it has to send, the next one last.
type Sender = (Lean, Vec<Ready>);

/// An answered request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) at: Instant,
    pub(crate) took: Duration,
}

/// Sends every entry in a request of its own; the phones, in another order, and when each entry was
/// answered, in order.
pub(crate) fn send_all(
    address: SocketAddr,
    entries: Vec<Vec<Ready>>,
    phones: Vec<Lean>,
) -> (Vec<Lean>, Vec<Answered>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let mut connections: Vec<Vec<Sender>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    for (place, (phone, mut entries)) in phones.into_iter().zip(entries).enumerate() {
        entries.reverse();
        connections[place % CONNECTIONS].push((phone, entries));
    }
    let (phones, mut answered) = runtime.expect("a runtime").block_on(async {
        let tasks = connections.into_iter().filter(|senders| !senders.is_empty());
        let tasks: Vec<_> =
            tasks.map(|senders| tokio::spawn(take_turns(address, senders))).collect();
        let (mut phones, mut answered) = (Vec::new(), Vec::new());
        for task in tasks {
            let (theirs, told) = task.await.expect("the connection holds");
            phones.extend(theirs);
            answered.extend(told);
        }
        (phones, answered)
    });
    answered.sort_by_key(|answered: &Answered| answered.at);
    (phones, answered)
}

async fn take_turns(address: SocketAddr, mut senders: Vec<Sender>) -> (Vec<Lean>, Vec<Answered>) {
    let stream = TcpStream::connect(address).await.expect("the server listens");
    stream.set_nodelay(true).expect("an option of every socket");
    let mut connection = Connection { stream, request: Vec::new(), answer: Vec::new() };
    let mut answered = Vec::new();
    while senders.iter().any(|(_, entries)| !entries.is_empty()) {
        for (phone, entries) in &mut senders {
            let Some(ready) = entries.pop() else { continue };
            let begun = Instant::now();
            let body = phone.request(ready);
            let answer = connection.post(&phone.authorization, &body).await;
            phone.take(answer);
            let at = Instant::now();
            answered.push(Answered { at, took: at - begun });
        }
    }
    (senders.into_iter().map(|(phone, _)| phone).collect(), answered)
}

struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Connection {
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
