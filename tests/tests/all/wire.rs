//! Every message as bytes: pinned, and safe against whatever else comes.

use proptest::prelude::*;
use soban_core::base::{DeviceId, EntryRef, Instant, hex};
use soban_core::book::{Clock, Entry, EntryError};
use soban_core::record::{FieldNo, Fields, Value};
use soban_core::sync::{
    BookClock, Certificate, Chain, Cursor, CursorTable, Delivery, DeviceStatus, EnrolRequest,
    EnrolResponse, Item, Need, Problem, ProblemKind, ReferenceItem, SentEntry, SignedCertificate,
    Stored, SyncRequest, SyncResponse, WIRE_VERSION, WireError, verify_enrolment,
};
use soban_tests::books::{Copy, actor, book_id};

fn entry() -> Entry {
    let mut phone = Copy::new(1);
    let (key, _) = phone.create("ông Lục Thượng Cường");
    phone.set(key, Fields::from([(FieldNo(17), Value::Int(5200))]))
}

fn cursor() -> Cursor {
    Cursor { generation: 1, epoch: 2, position: 3, chain: Chain([4; 8]) }
}

fn request() -> SyncRequest {
    let sent =
        SentEntry { book: book_id(), generation: 1, hash: [7; 8], entry: entry().to_bytes() };
    let mut clock = Clock::default();
    clock.see(EntryRef { actor: actor(1), seq: 2 });
    SyncRequest {
        epoch: 2,
        status: DeviceStatus {
            app_version: "soban 0.1.0".to_owned(),
            pack_version: 1,
            clock: Instant(1_335_000_000_000),
            unsent: 1,
            oldest_unsent: Some(1_334_000_000_000),
            free_bytes: Some(500_000_000),
        },
        cursors: Some(CursorTable([(book_id(), cursor())].into())),
        clocks: Some(vec![BookClock { book: book_id(), generation: 1, clock }]),
        entries: vec![sent],
        reference: [9; 8],
        ..SyncRequest::default()
    }
}

fn response() -> SyncResponse {
    let (book, one) = (book_id(), actor(1));
    SyncResponse {
        need: Some(Need::Clocks),
        stored: vec![Stored { book, actor: one, first: 1, last: 2 }],
        problems: vec![Problem { book, actor: one, seq: 3, kind: ProblemKind::SequenceTaken }],
        deliveries: vec![Delivery {
            book,
            after: 1,
            items: vec![Item::Own(one, 1), Item::New([7; 8], entry().to_bytes())],
            cursor: cursor(),
        }],
        reference: Some(vec![ReferenceItem { name: "org".to_owned(), bytes: vec![0xa0] }]),
        more: true,
        ..SyncResponse::new(2, Instant(1_335_000_000_000))
    }
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
    insta::assert_snapshot!("entry", hex::encode(&entry().to_bytes()));
    insta::assert_snapshot!("sync_request", hex::encode(&request().to_bytes()));
    insta::assert_snapshot!(
        "sync_request_nothing_new",
        hex::encode(&SyncRequest::default().to_bytes())
    );
    insta::assert_snapshot!("sync_response", hex::encode(&response().to_bytes()));
    insta::assert_snapshot!("enrol_request", hex::encode(&asked.to_bytes()));
    insta::assert_snapshot!("enrol_response", hex::encode(&answered.to_bytes()));
}

#[test]
fn every_message_reads_back_as_it_was_written() {
    let (asked, answered) = enrolment();
    assert_eq!(SyncRequest::from_bytes(&request().to_bytes()), Ok(request()));
    assert_eq!(SyncResponse::from_bytes(&response().to_bytes()), Ok(response()));
    assert_eq!(EnrolRequest::from_bytes(&asked.to_bytes()), Ok(asked.clone()));
    assert_eq!(EnrolResponse::from_bytes(&answered.to_bytes()), Ok(answered));
    assert!(verify_enrolment(&asked));
    let forged = EnrolRequest { code: "00000".to_owned(), ..asked };
    assert!(!verify_enrolment(&forged));
}

#[test]
fn truncated_messages_are_refused_at_every_length() {
    for bytes in [request().to_bytes(), response().to_bytes()] {
        for cut in 0..bytes.len() {
            assert!(SyncRequest::from_bytes(&bytes[..cut]).is_err());
            assert!(SyncResponse::from_bytes(&bytes[..cut]).is_err());
        }
    }
}

#[test]
fn another_version_is_named_and_unknown_parts_are_skipped() {
    let newer = SyncRequest { version: 9, ..SyncRequest::default() };
    assert_eq!(SyncRequest::from_bytes(&newer.to_bytes()), Err(WireError::Version(9)));
    // One more part than this version knows: number 99, a list.
    let mut bytes = SyncRequest::default().to_bytes();
    bytes[0] += 1;
    bytes.extend([0x18, 99, 0x82, 1, 2]);
    assert_eq!(SyncRequest::from_bytes(&bytes), Ok(SyncRequest::default()));
}

#[test]
fn deep_endless_and_boastful_bytes_are_refused() {
    let deep = [vec![0x81; 100_000], vec![0]].concat();
    let head = [0xa2, 0x00, WIRE_VERSION, 0x18, 99];
    for tail in
        [deep, vec![0x9f, 1], vec![0x9b, 255, 255, 255, 255, 255, 255, 255, 255], vec![0x5f]]
    {
        let bytes = [head.as_slice(), &tail].concat();
        assert!(matches!(SyncRequest::from_bytes(&bytes), Err(WireError::Malformed(_))));
        assert!(Entry::from_bytes(&tail).is_err());
    }
    let large = vec![0; soban_core::book::MAX_ENTRY_BYTES + 1];
    assert_eq!(Entry::from_bytes(&large), Err(EntryError::TooLarge(large.len())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(SyncRequest::from_bytes(&bytes));
        drop(SyncResponse::from_bytes(&bytes));
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
        for mut bytes in [request().to_bytes(), response().to_bytes()] {
            let place = place.index(bytes.len());
            bytes[place] = byte;
            drop(SyncRequest::from_bytes(&bytes));
            drop(SyncResponse::from_bytes(&bytes));
        }
    }
}
