//! Every message as bytes: pinned, and safe against whatever else comes.

use proptest::prelude::*;
use soban_core::base::{DeviceId, EntryRef, Instant, hex};
use soban_core::book::{Clock, Entry, EntryError};
use soban_core::phone::Phone;
use soban_core::record::{FieldNo, Fields, Value};
use soban_core::sync::{
    BookClock, Certificate, Chain, Cursor, CursorTable, Delivery, DeviceStatus, Effort,
    EnrolRequest, EnrolResponse, Given, Item, Lane, Mac, Need, NoPrefixes, Problem, ProblemKind,
    ReferenceItem, ReturnRequest, SentEntry, SignedCertificate, Standing, StandingDigest, Stored,
    SyncRequest, SyncResponse, Versions, WIRE_VERSION, WireError, verify_enrolment,
};
use soban_server::clock;
use soban_server::enrol::give_code;
use soban_tests::books::{Copy, actor, book_id};
use soban_tests::district::{CELL, District, gift, open_phone};
use soban_tests::office::{Office, bytes_of};
use soban_tests::phones::{NOW, meeting, small_pack};

use crate::golden_story::post;

fn entry() -> Entry {
    let mut phone = Copy::new(1);
    let (key, _) = phone.create("ông Lục Thượng Cường");
    phone.set(key, Fields::from([(FieldNo(17), Value::Int(5200))]))
}

fn lane() -> Lane<'static> {
    Lane { device: actor(1).device(), prefixes: &NoPrefixes, effort: Effort::Bytes }
}

fn sent(request: &SyncRequest) -> Vec<u8> {
    request.to_bytes(&lane(), |_| 0)
}

fn replied(response: &SyncResponse) -> Vec<u8> {
    response.to_bytes(&lane(), true)
}

fn cursor() -> Cursor {
    Cursor { generation: 1, epoch: 2, position: 3, chain: Chain([4; 8]) }
}

fn request() -> SyncRequest {
    let (book, hash) = (book_id(), [7; 8]);
    let entry = SentEntry { book, generation: 1, hash, entry: entry().to_bytes() };
    let mut clock = Clock::default();
    clock.see(EntryRef { actor: actor(1), seq: 2 });
    let cursors = CursorTable([(book, cursor())].into());
    SyncRequest {
        digest: StandingDigest([6; 8]),
        status: DeviceStatus {
            clock: Instant(1_335_000_000_000),
            free: Some(9),
            left: 3,
            oldest_left: Some(Instant(1_334_000_000_000)),
            versions: Some(Versions { app: "soban 0.1.0".to_owned(), pack: 1 }),
        },
        entries: vec![entry],
        standing: Some((Standing { cursors, reference: vec![[9; 8]] }, Mac([5; 8]))),
        clocks: Some(vec![BookClock { book, generation: 1, clock }]),
        by_clocks: true,
        given: vec![Given {
            book,
            generation: 1,
            order: vec![[7; 8], [8; 8]],
            entries: vec![([8; 8], self::entry().to_bytes())],
        }],
        plain: true,
        budget: 4_096,
        spoilt: false,
    }
}

fn response() -> SyncResponse {
    let (book, one) = (book_id(), actor(1));
    SyncResponse {
        mac: Mac([5; 8]),
        need: Need { standing: true, clocks: true, plain: true },
        stored: vec![Stored { book, actor: one, first: 1, last: 2 }],
        problems: vec![Problem { book, actor: one, seq: 3, kind: ProblemKind::SequenceTaken }],
        deliveries: vec![Delivery {
            book,
            after: 1,
            items: vec![Item::Own(one, 1), Item::New([7; 8], entry().to_bytes())],
            order: Some(vec![[7; 8], [8; 8]]),
            cursor: cursor(),
        }],
        reference: vec![ReferenceItem { name: "org".to_owned(), bytes: vec![0xa0] }],
        more: true,
        ..SyncResponse::new(Instant(1_335_000_000_000))
    }
}

/// Bytes as numbers and as what they say.
fn told(bytes: &[u8]) -> String {
    format!("{} bytes\n{}\n\n{}\n", bytes.len(), hex::encode(bytes), minicbor::display(bytes))
}

fn enrolment() -> (EnrolRequest, EnrolResponse) {
    let request = EnrolRequest::new("39Q0YKJ5JT", &[1; 32], "soban 0.1.0");
    let certificate = Certificate {
        device: DeviceId([0, 0, 0, 0, 1]),
        holder: "Bí thư thôn Pạc Bo".to_owned(),
        org_units: vec![book_id().org_unit],
        public_key: request.public_key,
        issued_at: Instant(1_335_000_000_000),
    };
    let response = EnrolResponse {
        version: WIRE_VERSION,
        certificate: SignedCertificate::sign(&certificate, &[2; 32]),
        server_key: [3; 32],
        token: "token".to_owned(),
        epoch: 1,
        now: Instant(1_335_000_000_000),
        reference: Vec::new(),
    };
    (request, response)
}

#[test]
fn every_message_has_the_bytes_it_always_had() {
    let (asked, answered) = enrolment();
    insta::assert_snapshot!("entry", told(&entry().to_bytes()));
    insta::assert_snapshot!("sync_request", told(&sent(&request())));
    let clock = Instant(1_335_000_000_000);
    let status = DeviceStatus { clock, free: Some(9), ..DeviceStatus::default() };
    let digest = StandingDigest([6; 8]);
    let quiet = SyncRequest { status, digest, ..SyncRequest::default() };
    insta::assert_snapshot!("sync_request_nothing_new", told(&sent(&quiet)));
    let quiet = SyncResponse { mac: Mac([5; 8]), ..SyncResponse::new(clock) };
    insta::assert_snapshot!("sync_response_nothing_new", told(&replied(&quiet)));
    insta::assert_snapshot!("sync_response", told(&replied(&response())));
    insta::assert_snapshot!("enrol_request", told(&asked.to_bytes()));
    insta::assert_snapshot!("enrol_response", told(&answered.to_bytes()));
    // What is signed, and what the digest and the server's word are made over.
    insta::assert_snapshot!("certificate", told(&answered.certificate.certificate));
    let returned = ReturnRequest::new(answered.certificate, &[1; 32]);
    insta::assert_snapshot!("return_request", told(&returned.to_bytes()));
    let (standing, _) = request().standing.unwrap_or_default();
    insta::assert_snapshot!("standing", told(&standing.to_bytes()));
}

/// Where the messages are written for a tool that knows nothing of this program to read
/// (`tests/wire/check.py`); nowhere unless somebody asks.
#[test]
fn messages_are_written_for_another_tool_to_read() {
    let Some(folder) = std::env::var_os("SOBAN_WIRE_DIR") else { return };
    let folder = std::path::Path::new(&folder);
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(format!("{name}.cbor")), bytes).unwrap();
    };
    let (asked, answered) = enrolment();
    let signed = answered.certificate.clone();
    write("entry.gift", &entry().to_bytes());
    write("enrol-request.first", &asked.to_bytes());
    write("enrol-response.first", &answered.to_bytes());
    write("certificate.first", &signed.certificate);
    write("return-request.first", &ReturnRequest::new(signed, &[1; 32]).to_bytes());
    write("phone-standing.one-book", &request().standing.unwrap().0.to_bytes());
    write("sync-request.nothing-new", &sent(&SyncRequest::default()));
    write("sync-request.everything", &sent(&request()));
    write("sync-response.nothing-new", &replied(&SyncResponse::default()));
    write("sync-response.everything", &replied(&response()));
    // And what a real phone and a real office say to each other.
    let dir = tempfile::tempdir().unwrap();
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir.path());
    for n in 0..3 {
        phone.save(&meeting(&format!("bản {n}"), 2), NOW).unwrap();
        write(
            &format!("sync-request.real-{n}"),
            &phone.outgoing("test", Some(1 << 33), NOW).unwrap(),
        );
        let answer = bytes_of(&office.answer(&mut phone), &phone);
        write(&format!("sync-response.real-{n}"), &answer);
        phone.incoming(&answer, NOW).unwrap();
    }
    write_real(&write);
}

/// And what phones and a district say: papers, blocks over prefixes both ways, and what is given
/// back to a district that was put back from a copy.
fn write_real(write: &dyn Fn(&str, &[u8])) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let mut one = open_phone(&dir.path().join("one"));
    let (code, _) = give_code(&district.app().store, CELL, "bí thư", clock::now()).unwrap();
    let asked = one.enrol_request(&code.printed(), "test").unwrap();
    let answer = post(&district, "/v1/enrol", "", &asked);
    one.finish_enrolment(&answer, clock::now()).unwrap();
    write("enrol-request.district", &asked);
    write("enrol-response.district", &answer);
    write("return-request.district", &one.return_request().unwrap());
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    let sync = |district: &District, phone: &mut Phone, name: &str| {
        for n in 0.. {
            let request = phone.outgoing("test", Some(1 << 33), clock::now()).unwrap();
            let token = phone.authorization().unwrap();
            let answer = post(district, "/v1/sync", &token, &request);
            write(&format!("sync-request.{name}-{n}"), &request);
            write(&format!("sync-response.{name}-{n}"), &answer);
            district.settle();
            if !phone.incoming(&answer, clock::now()).unwrap().again {
                break;
            }
        }
    };
    let mut copy = Vec::new();
    let mut district = district;
    for n in 0..12 {
        for (phone, name) in [(&mut one, "one"), (&mut two, "two")] {
            phone.save(&gift(&format!("ông Ly Phát {n}"), "600"), clock::now()).unwrap();
            sync(&district, phone, &format!("{name}-{n}"));
        }
        if n == 6 {
            district.stop();
            copy = std::fs::read(folder.join("soban.db")).unwrap();
            district = District::start(&folder);
        }
    }
    sync(&district, &mut one, "one-heard");
    district.stop();
    std::fs::write(folder.join("soban.db"), copy).unwrap();
    let district = District::start(&folder);
    sync(&district, &mut one, "put-back");
    district.stop();
}

#[test]
fn every_message_reads_back_as_it_was_written() {
    let (asked, answered) = enrolment();
    assert_eq!(SyncRequest::from_bytes(&sent(&request()), &lane()), Ok(request()));
    assert_eq!(SyncResponse::from_bytes(&replied(&response()), &lane()), Ok(response()));
    assert_eq!(EnrolRequest::from_bytes(&asked.to_bytes()), Ok(asked.clone()));
    assert_eq!(EnrolResponse::from_bytes(&answered.to_bytes()), Ok(answered));
    assert!(verify_enrolment(&asked));
    let forged = EnrolRequest { code: "00000".to_owned(), ..asked };
    assert!(!verify_enrolment(&forged));
}

#[test]
fn truncated_messages_are_refused_at_every_length() {
    for bytes in [sent(&request()), replied(&response())] {
        for cut in 0..bytes.len() {
            assert!(SyncRequest::from_bytes(&bytes[..cut], &lane()).is_err());
            assert!(SyncResponse::from_bytes(&bytes[..cut], &lane()).is_err());
        }
    }
}

#[test]
fn another_version_is_named_and_unknown_parts_are_skipped() {
    let mut newer = sent(&SyncRequest::default());
    newer[1] = 9;
    assert_eq!(SyncRequest::from_bytes(&newer, &lane()), Err(WireError::Version(9)));
    // One more part than this version knows, a list; and one in the map of what is rare.
    let mut bytes = sent(&SyncRequest { plain: true, ..SyncRequest::default() });
    let plain = SyncRequest::from_bytes(&bytes, &lane()).unwrap();
    bytes[0] += 1;
    bytes.extend([0x82, 1, 2]);
    assert_eq!(SyncRequest::from_bytes(&bytes, &lane()), Ok(plain.clone()));
    let mut bytes = sent(&SyncRequest { plain: true, ..SyncRequest::default() });
    let rest = bytes.len() - 3;
    bytes[rest] += 1;
    bytes.extend([0x18, 99, 0x82, 1, 2]);
    assert_eq!(SyncRequest::from_bytes(&bytes, &lane()), Ok(plain));
}

#[test]
fn deep_endless_and_boastful_bytes_are_refused() {
    let deep = [vec![0x81; 100_000], vec![0]].concat();
    let head = [0x82, WIRE_VERSION];
    for tail in
        [deep, vec![0x9f, 1], vec![0x9b, 255, 255, 255, 255, 255, 255, 255, 255], vec![0x5f]]
    {
        let bytes = [head.as_slice(), &tail].concat();
        assert!(matches!(SyncRequest::from_bytes(&bytes, &lane()), Err(WireError::Malformed(_))));
        assert!(Entry::from_bytes(&tail).is_err());
    }
    let large = vec![0; soban_core::book::MAX_ENTRY_BYTES + 1];
    assert_eq!(Entry::from_bytes(&large), Err(EntryError::TooLarge(large.len())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(SyncRequest::from_bytes(&bytes, &lane()));
        drop(SyncResponse::from_bytes(&bytes, &lane()));
        drop(EnrolRequest::from_bytes(&bytes));
        drop(EnrolResponse::from_bytes(&bytes));
        prop_assert!(Entry::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_changed_entry_is_refused_or_has_one_spelling(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = entry().to_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(read) = Entry::from_bytes(&bytes) {
            prop_assert_eq!(read.to_bytes(), bytes);
        }
    }

    #[test]
    fn a_changed_message_never_panics(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        for mut bytes in [sent(&request()), replied(&response())] {
            let place = place.index(bytes.len());
            bytes[place] = byte;
            drop(SyncRequest::from_bytes(&bytes, &lane()));
            drop(SyncResponse::from_bytes(&bytes, &lane()));
        }
    }
}
