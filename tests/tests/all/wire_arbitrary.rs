//! Whatever a message holds, it comes out of its bytes as it went in; whatever becomes of the
//! bytes, it is refused or reads, and never more.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use soban_core::base::{
    ActorId, BookId, DeviceId, EntryRef, Instant, OrgUnitId, Period, RecordKey,
};
use soban_core::book::{Clock, Entry, Write};
use soban_core::record::{FieldNo, Value};
use soban_core::sync::{
    BookClock, Certificate, Chain, Cursor, CursorTable, Delivery, DeviceStatus, Effort,
    EnrolRequest, EnrolResponse, Given, Item, Lane, Mac, Need, NoPrefixes, OrgSubtree, OrgUnitDef,
    Problem, ProblemKind, ReferenceItem, SentEntry, SignedCertificate, Standing, StandingDigest,
    Stored, SyncRequest, SyncResponse, Versions, WIRE_VERSION, WireError,
};

fn book() -> impl Strategy<Value = BookId> {
    (any::<u32>(), 0..10_000_u16)
        .prop_map(|(unit, period)| BookId::new(OrgUnitId(unit), Period::from_number(period)))
}

fn actor() -> impl Strategy<Value = ActorId> {
    any::<[u8; 8]>().prop_map(ActorId)
}

fn instant() -> impl Strategy<Value = Instant> {
    any::<i64>().prop_map(Instant)
}

/// A moment that a message can tell: to the second.
fn second() -> impl Strategy<Value = Instant> {
    any::<u32>().prop_map(|seconds| Instant(i64::from(seconds) * 1_000))
}

fn lane() -> Lane<'static> {
    Lane { device: DeviceId([1, 2, 3, 4, 5]), prefixes: &NoPrefixes, effort: Effort::Time }
}

fn sent(request: &SyncRequest) -> Vec<u8> {
    request.to_bytes(&lane(), |_| 0)
}

fn replied(response: &SyncResponse) -> Vec<u8> {
    response.to_bytes(&lane(), false)
}

fn asked(bytes: &[u8]) -> Result<SyncRequest, WireError> {
    SyncRequest::from_bytes(bytes, &lane())
}

fn answered(bytes: &[u8]) -> Result<SyncResponse, WireError> {
    SyncResponse::from_bytes(bytes, &lane())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..40)
}

fn cursor() -> impl Strategy<Value = Cursor> {
    (any::<u32>(), any::<u32>(), any::<u64>(), any::<[u8; 8]>()).prop_map(
        |(generation, epoch, position, chain)| Cursor {
            generation,
            epoch,
            position,
            chain: Chain(chain),
        },
    )
}

fn book_clock() -> impl Strategy<Value = BookClock> {
    (book(), any::<u32>(), btree_map(actor(), any::<u32>(), 0..4))
        .prop_map(|(book, generation, clock)| BookClock { book, generation, clock: Clock(clock) })
}

fn entry_bytes() -> impl Strategy<Value = Vec<u8>> {
    entry().prop_map(|entry| entry.to_bytes())
}

fn sent_entry() -> impl Strategy<Value = SentEntry> {
    (book(), any::<u32>(), any::<[u8; 8]>(), entry_bytes())
        .prop_map(|(book, generation, hash, entry)| SentEntry { book, generation, hash, entry })
}

fn status() -> impl Strategy<Value = DeviceStatus> {
    let versions = (".{0,12}", any::<u32>()).prop_map(|(app, pack)| Versions { app, pack });
    let of = (
        second(),
        option::of(any::<u8>()),
        any::<u32>(),
        option::of(second()),
        option::of(versions),
    );
    of.prop_map(|(clock, free, left, oldest_left, versions)| DeviceStatus {
        clock,
        free,
        left,
        oldest_left,
        versions,
    })
}

fn standing() -> impl Strategy<Value = Standing> {
    let table = btree_map(book(), cursor(), 0..4).prop_map(CursorTable);
    (table, vec(any::<[u8; 8]>(), 0..3))
        .prop_map(|(cursors, reference)| Standing { cursors, reference })
}

fn given() -> impl Strategy<Value = Given> {
    let entries = vec((any::<[u8; 8]>(), entry_bytes()), 0..3);
    (book(), any::<u32>(), vec(any::<[u8; 8]>(), 0..4), entries)
        .prop_map(|(book, generation, order, entries)| Given { book, generation, order, entries })
}

fn request() -> impl Strategy<Value = SyncRequest> {
    let word = (standing(), any::<[u8; 8]>().prop_map(Mac));
    let head = (any::<[u8; 8]>(), status(), any::<u32>(), any::<bool>(), any::<bool>());
    let rest = (
        option::of(word),
        option::of(vec(book_clock(), 0..3)),
        vec(sent_entry(), 0..4),
        vec(given(), 0..2),
    );
    (head, rest).prop_map(
        |((digest, status, budget, plain, by_clocks), (standing, clocks, entries, given))| {
            let digest = StandingDigest(digest);
            SyncRequest {
                digest,
                status,
                entries,
                standing,
                clocks,
                by_clocks,
                given,
                plain,
                budget,
                spoilt: false,
            }
        },
    )
}

fn problem() -> impl Strategy<Value = Problem> {
    (book(), actor(), any::<u32>(), any::<u8>()).prop_map(|(book, actor, seq, code)| {
        // Kinds that this version does not know among them.
        Problem { book, actor, seq, kind: ProblemKind::from_code(code) }
    })
}

fn delivery() -> impl Strategy<Value = Delivery> {
    let item = prop_oneof![
        (actor(), any::<u32>()).prop_map(|(actor, seq)| Item::Own(actor, seq)),
        any::<u32>().prop_map(|seq| Item::Own(ActorId([1, 2, 3, 4, 5, 0, 0, 1]), seq)),
        (any::<[u8; 8]>(), entry_bytes()).prop_map(|(hash, bytes)| Item::New(hash, bytes)),
    ];
    let order = option::of(vec(any::<[u8; 8]>(), 0..4));
    (book(), any::<u64>(), vec(item, 0..5), order, cursor()).prop_map(
        |(book, after, items, order, cursor)| Delivery { book, after, items, order, cursor },
    )
}

fn reference_item() -> impl Strategy<Value = ReferenceItem> {
    ("[a-z]{1,8}", bytes()).prop_map(|(name, bytes)| ReferenceItem { name, bytes })
}

fn response() -> impl Strategy<Value = SyncResponse> {
    let stored = (book(), actor(), 1..1_000_000_u32, 0..9_u32)
        .prop_map(|(book, actor, first, n)| Stored { book, actor, first, last: first + n });
    let need = (any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(standing, clocks, plain)| Need { standing, clocks, plain });
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let head = (second(), need, flags, any::<[u8; 8]>());
    let lists = (vec(stored, 0..3), vec(problem(), 0..3), vec(delivery(), 0..3));
    let rest = (option::of(vec(book_clock(), 0..3)), vec(reference_item(), 0..3));
    (head, lists, rest).prop_map(|(head, (stored, problems, deliveries), (clocks, reference))| {
        let (now, need, (revoked, pending, more), mac) = head;
        SyncResponse {
            now,
            mac: Mac(mac),
            stored,
            deliveries,
            need,
            revoked,
            pending,
            problems,
            clocks,
            reference,
            more,
            spoilt: false,
        }
    })
}

fn enrolment() -> impl Strategy<Value = (EnrolRequest, EnrolResponse, Certificate)> {
    let papers = (any::<[u8; 5]>(), ".{0,20}", vec(any::<u32>(), 0..4), instant());
    let rest = (any::<[u8; 32]>(), "[0-9A-Z]{10}", any::<u32>(), vec(reference_item(), 0..3));
    (papers, rest).prop_map(
        |((device, holder, units, issued_at), (secret, code, epoch, reference))| {
            let request = EnrolRequest::new(&code, &secret, "1.0");
            let certificate = Certificate {
                device: DeviceId(device),
                holder,
                org_units: units.into_iter().map(OrgUnitId).collect(),
                public_key: request.public_key,
                issued_at,
            };
            let response = EnrolResponse {
                version: WIRE_VERSION,
                certificate: SignedCertificate::sign(&certificate, &secret),
                server_key: request.public_key,
                token: code,
                epoch,
                now: issued_at,
                reference,
            };
            (request, response, certificate)
        },
    )
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        ".{0,20}".prop_map(Value::Text),
        any::<i64>().prop_map(Value::Int),
        any::<bool>().prop_map(Value::Bool),
        // Whatever bytes: known kinds, and opaque ones.
        bytes().prop_map(|bytes| Value::from_bytes(&bytes)),
    ]
}

/// An entry that makes a record and writes to earlier ones.
fn entry() -> impl Strategy<Value = Entry> {
    let earlier = (actor(), 1..9_u32, 0..3_u16);
    let others = btree_map((earlier, 16..2_000_u16), value(), 0..6);
    let deps = btree_map(actor(), 1..1_000_u32, 0..4);
    let own = btree_map(16..40_u16, value(), 0..6);
    // Form 0 is the office's.
    (actor(), 10..u32::MAX, deps, 0..(1_i64 << 45), 1..=u16::MAX, own, others).prop_map(
        |(actor, seq, deps, time, form, own, others)| {
            let deps = deps.into_iter().map(|(actor, seq)| EntryRef { actor, seq }).collect();
            let mut entry = Entry { actor, seq, deps, time: Instant(time), writes: Vec::new() };
            let record = entry.new_record(0);
            let write = |field, value| Write { record, field: FieldNo(field), value };
            entry.writes.push(write(0, Value::Int(form.into())));
            entry.writes.extend(own.into_iter().map(|(field, value)| write(field, value)));
            let others = others.into_iter().map(|(((actor, seq, index), field), value)| Write {
                record: RecordKey { actor, seq, index },
                field: FieldNo(field),
                value,
            });
            entry.writes.extend(others);
            entry
        },
    )
}

/// A place, and what becomes of the byte there: another, gone, or doubled.
fn spoil(bytes: &mut Vec<u8>, changes: &[(prop::sample::Index, u8, u8)]) {
    for (place, how, byte) in changes {
        if bytes.is_empty() {
            return;
        }
        let place = place.index(bytes.len());
        match how % 3 {
            0 => bytes[place] = *byte,
            1 => drop(bytes.remove(place)),
            _ => bytes.insert(place, *byte),
        }
    }
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 1..4)
}

/// Bytes that read must read the same once they are written again.
fn is_stable<T: PartialEq>(
    bytes: &[u8],
    read: impl Fn(&[u8]) -> Result<T, WireError>,
    write: impl Fn(&T) -> Vec<u8>,
) -> bool {
    read(bytes).map_or(true, |once| read(&write(&once)) == Ok(once))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_message_comes_out_as_it_went_in(
        request in request(),
        response in response(),
        (ask, answer, certificate) in enrolment(),
    ) {
        prop_assert_eq!(answer.certificate.open(&ask.public_key), Ok(certificate));
        prop_assert_eq!(asked(&sent(&request)), Ok(request));
        prop_assert_eq!(answered(&replied(&response)), Ok(response));
        prop_assert_eq!(EnrolRequest::from_bytes(&ask.to_bytes()), Ok(ask));
        prop_assert_eq!(EnrolResponse::from_bytes(&answer.to_bytes()), Ok(answer));
    }

    #[test]
    fn every_entry_comes_out_as_it_went_in(entry in entry()) {
        prop_assert_eq!(entry.validate(), Ok(()));
        let bytes = entry.to_bytes();
        prop_assert_eq!(Entry::claimed_name(&bytes), Some(entry.name()));
        prop_assert_eq!(Entry::from_bytes(&bytes), Ok(entry));
    }

    #[test]
    fn the_subtree_and_the_standing_come_out_as_they_went_in(
        standing in standing(),
        units in vec((any::<u32>(), ".{0,9}", option::of(any::<u32>()), option::of(any::<i32>())), 0..5),
    ) {
        prop_assert_eq!(Standing::from_bytes(&standing.to_bytes()), Some(standing));
        let units = units.into_iter().map(|(id, name, parent, valid_to)| OrgUnitDef {
            id,
            kind: "cell".to_owned(),
            parent,
            short_name: name.clone(),
            name,
            valid_from: None,
            valid_to,
        });
        let subtree = OrgSubtree { units: units.collect() };
        prop_assert_eq!(OrgSubtree::from_bytes(&subtree.to_bytes()), Some(subtree));
    }

    #[test]
    fn a_message_cut_off_or_with_something_after_it_is_refused(
        request in request(), response in response(), cut in any::<prop::sample::Index>(),
    ) {
        for mut bytes in [sent(&request), replied(&response)] {
            let short = &bytes[..cut.index(bytes.len())];
            let refused = (asked(short), answered(short));
            prop_assert!(matches!(refused, (Err(WireError::Malformed(_)), Err(WireError::Malformed(_)))));
            bytes.push(0);
            prop_assert!(matches!(asked(&bytes), Err(WireError::Malformed(_))));
        }
    }

    #[test]
    fn a_part_of_the_future_is_skipped_however_deep_it_is(response in response(), depth in 1..8_usize) {
        // All six parts are there, so that a seventh comes behind them.
        let response = SyncResponse { more: true, ..response };
        let mut bytes = replied(&response);
        prop_assert_eq!(bytes[0], 0x86);
        bytes[0] += 1;
        bytes.extend(vec![0x81; depth]);
        bytes.push(0xf6);
        prop_assert_eq!(answered(&bytes), Ok(response));
    }

    #[test]
    fn spoilt_messages_are_refused_or_read_and_stay_what_they_were_read_as(
        request in request(), response in response(), changes in changes(),
    ) {
        for mut bytes in [sent(&request), replied(&response)] {
            spoil(&mut bytes, &changes);
            // What does not open is left out, and said to be; it is not said again.
            let ask = |bytes: &[u8]| asked(bytes).map(|r| SyncRequest { spoilt: false, ..r });
            let answer = |bytes: &[u8]| answered(bytes).map(|r| SyncResponse { spoilt: false, ..r });
            prop_assert!(is_stable(&bytes, ask, sent));
            prop_assert!(is_stable(&bytes, answer, replied));
            prop_assert!(is_stable(&bytes, EnrolRequest::from_bytes, EnrolRequest::to_bytes));
            prop_assert!(is_stable(&bytes, EnrolResponse::from_bytes, EnrolResponse::to_bytes));
            drop(Standing::from_bytes(&bytes));
            drop(OrgSubtree::from_bytes(&bytes));
        }
    }

    #[test]
    fn spoilt_entries_are_refused_or_have_one_spelling(entry in entry(), changes in changes()) {
        let mut bytes = entry.to_bytes();
        spoil(&mut bytes, &changes);
        if let Ok(read) = Entry::from_bytes(&bytes) {
            prop_assert_eq!(read.to_bytes(), bytes);
        }
    }
}
