//! One exchange of version 1, read by every later version: what was asked and told over what both
//! sides held, papers, and what is reckoned alike on both sides. Were these to change together,
//! programs of one age would go on understanding each other, and nobody else.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use soban_core::base::{BookId, DeviceId, Instant, OrgUnitId, hex};
use soban_core::book::{Book, Entry};
use soban_core::store::Store;
use soban_core::sync::{
    Chain, Cursor, CursorTable, Delivery, Effort, EnrolRequest, EnrolResponse, Item, Lane,
    NoPrefixes, Prefix, Prefixes, ReturnRequest, SignedCertificate, Standing, SyncRequest,
    SyncResponse, verify_enrolment,
};
use soban_server::accept::word;
use soban_server::keys::Keys;
use soban_server::store::log;
use soban_tests::district::{CELL, District, open_phone};

use crate::golden::{bytes_of, entries, put_district, put_phone, text};
use crate::golden_story::{book, post};

/// The program that wrote the files.
const VERSION: &str = "soban 0.1.0";

/// The story's book, in the order of its positions.
pub(crate) struct Log(Vec<Vec<u8>>);

impl Log {
    pub(crate) fn of_district(district: &District) -> Self {
        let entries = district.app().store.read(|db| log::list_released(db, book())).unwrap();
        Self(entries.into_iter().map(|entry| entry.bytes).collect())
    }
}

impl Prefixes for Log {
    fn find(&self, asked: BookId, position: u64) -> Option<Arc<Prefix>> {
        let before = self.0.get(..usize::try_from(position).ok()?).filter(|_| asked == book())?;
        Some(Arc::new(Prefix::of(before.iter().rev().map(Vec::as_slice))))
    }
}

/// What the phone of a folder stands on; the phone is closed.
pub(crate) fn standing_in(dir: &Path) -> Standing {
    let store = Store::open(dir).unwrap().store;
    let cursor = |(book, generation, epoch, position, chain)| {
        (book, Cursor { generation, epoch, position, chain: Chain(chain) })
    };
    let cursors = CursorTable(store.cursors().unwrap().into_iter().map(cursor).collect());
    Standing { cursors, reference: store.reference_hashes().unwrap() }
}

fn lane(device: DeviceId, prefixes: &dyn Prefixes) -> Lane<'_> {
    Lane { device, prefixes, effort: Effort::Bytes }
}

/// What a request says.
pub(crate) fn what_was_asked(bytes: &[u8], device: DeviceId, prefixes: &dyn Prefixes) -> Value {
    let request = SyncRequest::from_bytes(bytes, &lane(device, prefixes)).unwrap();
    assert!(request.standing.is_none() && request.clocks.is_none() && request.given.is_empty());
    let entry = |sent: &soban_core::sync::SentEntry| {
        json!({
            "book": sent.book.to_string(),
            "generation": sent.generation,
            "hash": hex::encode(&sent.hash),
            "entry": hex::encode(&sent.entry),
        })
    };
    json!({
        "digest": hex::encode(&request.digest.0),
        "clock": request.status.clock.0,
        "free": request.status.free,
        "left": request.status.left,
        "entries": request.entries.iter().map(entry).collect::<Vec<_>>(),
        "budget": request.budget,
        "plain": request.plain,
        "spoilt": request.spoilt,
    })
}

/// What an answer says.
pub(crate) fn what_was_told(bytes: &[u8], device: DeviceId, prefixes: &dyn Prefixes) -> Value {
    let answer = SyncResponse::from_bytes(bytes, &lane(device, prefixes)).unwrap();
    assert!(answer.clocks.is_none() && answer.problems.is_empty() && answer.reference.is_empty());
    let stored = |stored: &soban_core::sync::Stored| {
        let (book, actor) = (stored.book.to_string(), stored.actor.to_string());
        json!({ "book": book, "actor": actor, "first": stored.first, "last": stored.last })
    };
    json!({
        "now": answer.now.0,
        "mac": hex::encode(&answer.mac.0),
        "stored": answer.stored.iter().map(stored).collect::<Vec<_>>(),
        "deliveries": answer.deliveries.iter().map(delivery).collect::<Vec<_>>(),
        "need": answer.need.is_any(),
        "more": answer.more,
        "spoilt": answer.spoilt,
    })
}

fn delivery(told: &Delivery) -> Value {
    assert!(told.order.is_none());
    let item = |item: &Item| match item {
        Item::Own(actor, seq) => json!({ "own": actor.to_string(), "seq": seq }),
        Item::New(hash, entry) => {
            json!({ "hash": hex::encode(hash), "entry": hex::encode(entry) })
        }
    };
    let Cursor { generation, epoch, position, chain } = told.cursor;
    json!({
        "book": told.book.to_string(),
        "after": told.after,
        "items": told.items.iter().map(item).collect::<Vec<_>>(),
        "cursor": {
            "generation": generation,
            "epoch": epoch,
            "position": position,
            "chain": hex::encode(&chain.0),
        },
    })
}

/// What was kept of the exchange.
struct Kept(Value);

impl Kept {
    fn read() -> Self {
        Self(serde_json::from_str(&text("wire.json")).unwrap())
    }

    fn at(&self, place: &str) -> &Value {
        self.0.pointer(place).unwrap()
    }

    fn bytes(&self, place: &str) -> Vec<u8> {
        bytes_of(self.at(place).as_str().unwrap())
    }

    /// What the phone stood on before the exchange or after it.
    fn standing(&self, when: &str) -> Standing {
        let bytes = self.bytes(&format!("/sync/{when}/bytes"));
        let standing = Standing::from_bytes(&bytes).unwrap();
        assert_eq!(standing.to_bytes(), bytes);
        standing
    }

    fn enrolment(&self) -> EnrolResponse {
        EnrolResponse::from_bytes(&self.bytes("/enrol/response")).unwrap()
    }

    fn device(&self) -> DeviceId {
        let answer = self.enrolment();
        answer.certificate.open(&answer.server_key).unwrap().device
    }
}

fn keys(dir: &Path) -> Keys {
    put_district(dir);
    Keys::open(dir).unwrap()
}

#[test]
fn what_was_asked_and_told_in_version_1_says_what_it_said() {
    let (kept, log) = (Kept::read(), Log(entries()));
    let (request, response) = (kept.bytes("/sync/request"), kept.bytes("/sync/response"));
    let device = kept.device();
    assert_eq!(what_was_asked(&request, device, &log), *kept.at("/sync/asked"));
    assert_eq!(what_was_told(&response, device, &log), *kept.at("/sync/told"));
    // Both stand on the book: who does not hold it cannot read them.
    assert_eq!(what_was_asked(&request, device, &NoPrefixes)["spoilt"], true);
    assert_eq!(what_was_told(&response, device, &NoPrefixes)["spoilt"], true);
    let items = kept.at("/sync/told/deliveries/0/items").as_array().unwrap();
    assert!(items.iter().any(|item| item.get("own").is_some()), "{items:?}");
    assert!(items.iter().any(|item| item.get("entry").is_some()), "{items:?}");
}

#[test]
fn a_standing_of_version_1_has_the_digest_the_chains_and_the_servers_word_that_it_had() {
    let (kept, dir) = (Kept::read(), tempfile::tempdir().unwrap());
    let mut replayed = Book::new(book(), 1);
    let hash =
        |bytes: Vec<u8>| replayed.apply(&Entry::from_bytes(&bytes).unwrap(), None).unwrap().short();
    let hashes: Vec<[u8; 8]> = entries().into_iter().map(hash).collect();
    for when in ["before", "after"] {
        let standing = kept.standing(when);
        let digest = hex::encode(&standing.digest().0);
        assert_eq!(digest, *kept.at(&format!("/sync/{when}/digest")));
        let cursor = standing.cursors.0[&book()];
        let position = usize::try_from(cursor.position).unwrap();
        assert_eq!(cursor.chain, Chain::of(book(), cursor.generation, &hashes[..position]));
    }
    assert_eq!(kept.at("/sync/before/digest"), kept.at("/sync/asked/digest"));
    let key = keys(dir.path()).mac_key();
    let said = word(&key, kept.device(), &kept.standing("after").to_bytes());
    assert_eq!(hex::encode(&said.0), *kept.at("/sync/told/mac"));
}

#[test]
fn the_phone_of_version_1_asks_that_again_and_takes_that_answer() {
    let (kept, dir) = (Kept::read(), tempfile::tempdir().unwrap());
    put_phone(dir.path());
    assert_eq!(standing_in(dir.path()), kept.standing("before"));
    let mut phone = open_phone(dir.path());
    let clock = Instant(kept.at("/sync/asked/clock").as_i64().unwrap());
    let request = phone.outgoing(VERSION, Some(1 << 33), clock).unwrap();
    let asked = what_was_asked(&request, kept.device(), &Log(entries()));
    assert_eq!(asked, *kept.at("/sync/asked"));
    let outcome = phone.incoming(&kept.bytes("/sync/response"), clock).unwrap();
    assert_eq!((outcome.stored, outcome.received, outcome.again), (1, 2, false));
    let returned = phone.return_request().unwrap();
    assert_eq!(returned, kept.bytes("/return"));
    drop(phone);
    assert_eq!(standing_in(dir.path()), kept.standing("after"));
}

#[test]
fn the_district_of_version_1_answers_those_requests_alike() {
    let (kept, dir) = (Kept::read(), tempfile::tempdir().unwrap());
    put_district(dir.path());
    let district = District::open(dir.path());
    let token = format!("Bearer {}", kept.enrolment().token);
    let answer = post(&district, "/v1/sync", &token, &kept.bytes("/sync/request"));
    let told = what_was_told(&answer, kept.device(), &Log(entries()));
    for part in ["stored", "deliveries", "need", "more"] {
        assert_eq!(told[part], *kept.at(&format!("/sync/told/{part}")), "{part}");
    }
    // It lost the answer to its enrolment, and asks again with the same code.
    let answer = post(&district, "/v1/enrol", "", &kept.bytes("/enrol/request"));
    let (answer, first) = (EnrolResponse::from_bytes(&answer).unwrap(), kept.enrolment());
    assert_eq!(
        (answer.certificate, answer.token, answer.server_key, answer.epoch),
        (first.certificate, first.token, first.server_key, first.epoch)
    );
    assert_eq!(post(&district, "/v1/return", "", &kept.bytes("/return")), b"");
    district.stop();
}

#[test]
fn papers_of_version_1_are_signed_as_they_were() {
    let (kept, dir) = (Kept::read(), tempfile::tempdir().unwrap());
    let (keys, answer) = (keys(dir.path()), kept.enrolment());
    let asked = EnrolRequest::from_bytes(&kept.bytes("/enrol/request")).unwrap();
    assert!(verify_enrolment(&asked));
    assert_eq!(asked.app_version, VERSION);
    assert_eq!(answer.server_key, keys.public());
    let papers = answer.certificate.open(&keys.public()).unwrap();
    assert_eq!((papers.holder.as_str(), &*papers.org_units), ("bà Vàng Thị Mai", &[CELL][..]));
    assert_eq!(papers.public_key, asked.public_key);
    assert_eq!(SignedCertificate::sign(&papers, keys.secret()), answer.certificate);
    let names: Vec<&str> = answer.reference.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["org", "people", "pack"]);
    let held = kept.standing("before").reference;
    let known = answer.reference.iter().filter(|item| held.contains(&item.hash())).count();
    assert_eq!(known, 2, "forms and units are named as they were; who holds phones is newer");
    let returned = ReturnRequest::from_bytes(&kept.bytes("/return")).unwrap();
    assert_eq!(returned.open(&keys.public()).unwrap(), papers);
    assert_eq!(CELL, OrgUnitId(2035));
}
