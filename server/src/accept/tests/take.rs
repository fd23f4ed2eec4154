//! What enters the log, and what is said of what does not.

use soban_core::base::{DeviceId, EntryRef, Instant, OrgUnitId};
use soban_core::book::Entry;
use soban_core::sync::{Problem, ProblemKind, SyncRequest, SyncResponse, WireError};

use super::stage::*;
use crate::accept::SyncError;

fn kinds(response: &SyncResponse) -> Vec<ProblemKind> {
    response.problems.iter().map(|problem| problem.kind).collect()
}

#[test]
fn what_is_acknowledged_is_in_the_log_and_a_repeat_changes_nothing() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    for title in ["Pạc Bo", "Na Vai", "Lao Chải"] {
        phone.create(book_of(2012), title);
    }
    let request = phone.request();
    for _ in 0..2 {
        let response = stage.sync(&phone.caller, &request);
        let [stored] = response.stored.as_slice() else { panic!("{:?}", response.stored) };
        assert_eq!((stored.first, stored.last, stored.actor), (1, 3, phone.actor));
        assert!(response.problems.is_empty());
        assert_eq!(stage.count("SELECT count(*) FROM log"), 3);
    }
    stage.projector.wait_until_idle();
    assert_eq!(stage.projector.counters().released, 3);
    assert_eq!(stage.count("SELECT count(*) FROM record"), 3);
}

#[test]
fn stored_ranges_leave_out_what_was_not_taken() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    for title in ["a", "b", "c", "d"] {
        phone.create(book_of(2012), title);
    }
    let mut request = phone.request();
    // One part more than an entry has.
    request.entries[2].entry[0] += 1;
    request.entries[2].entry.push(0);
    let response = stage.sync(&phone.caller, &request);
    let ranges: Vec<_> = response.stored.iter().map(|s| (s.first, s.last)).collect();
    assert_eq!(ranges, [(1, 2), (4, 4)]);
    let (book, actor) = (book_of(2012), phone.actor);
    let kind = ProblemKind::Malformed;
    assert_eq!(response.problems, [Problem { book, actor, seq: 3, kind }]);
    assert_eq!(stage.count("SELECT count(*) FROM refused WHERE seq = 3"), 1);
}

#[test]
fn bytes_without_a_name_are_reported_under_zeros() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "a");
    let mut request = phone.request();
    request.entries[0].entry = vec![0x80];
    let response = stage.sync(&phone.caller, &request);
    assert_eq!(response.problems[0].actor.0, [0; 8]);
    assert_eq!((response.problems[0].seq, response.problems[0].kind), (0, ProblemKind::Malformed));
}

#[test]
fn a_sequence_used_twice_is_refused_and_kept() {
    let mut stage = Stage::new();
    let phone = stage.phone(1);
    let (mut one, mut other) = (phone.clone(), phone);
    one.create(book_of(2012), "first");
    other.create(book_of(2012), "second");
    stage.round(&mut one);
    let response = stage.sync(&other.caller, &other.request());
    assert_eq!(kinds(&response), [ProblemKind::SequenceTaken]);
    assert!(response.stored.is_empty());
    assert_eq!(stage.count("SELECT count(*) FROM log"), 1);
    assert_eq!(stage.count("SELECT count(*) FROM refused WHERE problem = 5"), 1);
}

#[test]
fn another_devices_actor_is_refused_and_kept() {
    let mut stage = Stage::new();
    let (mut one, other) = (stage.phone(1), stage.phone(2));
    one.create(book_of(2012), "first");
    let response = stage.sync(&other.caller, &one.request());
    assert_eq!(kinds(&response), [ProblemKind::WrongActor]);
    assert_eq!(stage.count("SELECT count(*) FROM log"), 0);
    assert_eq!(stage.count("SELECT count(*) FROM refused WHERE problem = 2"), 1);
}

#[test]
fn a_book_never_granted_is_refused_and_an_ended_grant_still_delivers() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "first");
    let mut stranger = phone.caller.clone();
    stranger.grants[0].org_unit = OrgUnitId(18);
    assert_eq!(kinds(&stage.sync(&stranger, &phone.request())), [ProblemKind::NoGrant]);

    phone.caller.grants[0].valid_to = Some(Instant(500));
    let response = stage.round(&mut phone);
    assert_eq!((response.stored.len(), response.problems.len()), (1, 0));
    // It may bring, and is told nothing.
    assert!(stage.round(&mut phone).deliveries.is_empty());
}

#[test]
fn another_generation_is_refused() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "first");
    let mut request = phone.request();
    request.entries[0].generation = 2;
    assert_eq!(kinds(&stage.sync(&phone.caller, &request)), [ProblemKind::OtherGeneration]);
}

#[test]
fn a_revoked_device_delivers_under_seal_and_is_told_nothing_else() {
    let mut stage = Stage::new();
    let (mut phone, mut other) = (stage.phone(1), stage.phone(2));
    other.create(book_of(2012), "theirs");
    stage.round(&mut other);
    phone.create(book_of(2012), "mine");
    phone.caller.revoked = true;
    for _ in 0..2 {
        let response = stage.sync(&phone.caller, &phone.request());
        assert!(response.revoked && response.deliveries.is_empty());
        assert_eq!((response.stored.len(), kinds(&response)), (1, vec![ProblemKind::Sealed]));
    }
    stage.projector.wait_until_idle();
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 4"), 1);
    assert_eq!(stage.count("SELECT count(*) FROM record"), 1);
    // Beyond what may be sealed nothing is acknowledged.
    stage.run("UPDATE device SET sealed_bytes = 64 * 1024 * 1024 - 10");
    phone.unsent.clear();
    phone.create(book_of(2012), "more");
    let response = stage.sync(&phone.caller, &phone.request());
    assert!(response.stored.is_empty() && response.problems.is_empty() && response.revoked);
}

#[test]
fn what_does_not_read_is_refused_whole() {
    let stage = Stage::new();
    let phone = stage.phone(1);
    let body = vec![0; 1024 * 1024 + 1];
    let answer = stage.answer(&phone.caller, &body);
    assert!(matches!(answer, Err(SyncError::Wire(WireError::TooLarge(_)))), "{answer:?}");
    let mut newer = SyncRequest::default().to_bytes(&lane(phone.caller.device), |_| 0);
    newer[1] = 9;
    let answer = stage.answer(&phone.caller, &newer);
    assert!(matches!(answer, Err(SyncError::Wire(WireError::Version(9)))), "{answer:?}");
}

#[test]
fn strange_numbers_of_a_phone_do_not_keep_its_entries_out() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "first");
    stage.settle(&mut phone);
    phone.create(book_of(2012), "second");
    let mut request = phone.request();
    request.status.free = Some(u8::MAX);
    request.status.clock = Instant(i64::MIN);
    let mut standing = phone.standing();
    standing.cursors.0.values_mut().for_each(|cursor| cursor.position = u64::MAX);
    request.standing = Some((standing, phone.mac));
    assert_eq!(stage.sync(&phone.caller, &request).stored.len(), 1);
}

#[test]
fn a_phone_fills_its_own_room_and_no_more() {
    let mut stage = Stage::new();
    let (mut greedy, mut other) = (stage.phone(1), stage.phone(2));
    stage.run("UPDATE device SET stored_bytes = 256 * 1024 * 1024 - 10 WHERE id = x'0000000001'");
    greedy.create(book_of(2012), "more");
    other.create(book_of(2012), "theirs");
    let response = stage.round(&mut greedy);
    assert_eq!((response.stored.len(), kinds(&response)), (0, vec![ProblemKind::Full]));
    assert_eq!(stage.round(&mut other).stored.len(), 1);
    assert_eq!(stage.count("SELECT count(*) FROM log"), 1);
}

#[test]
fn clocks_of_1970_and_2099_are_noted_and_nothing_depends_on_them() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    for (clock, title) in [(0, "1970"), (4_086_288_000_000, "2099"), (i64::MAX, "never")] {
        phone.create(book_of(2012), title);
        let mut request = phone.request();
        request.status.clock = Instant(clock);
        let response = stage.sync(&phone.caller, &request);
        phone.take(&response);
        assert!(response.problems.is_empty());
    }
    stage.settle(&mut phone);
    assert_eq!(stage.count("SELECT count(*) FROM record"), 3);
    assert!(stage.count("SELECT clock_offset_ms FROM device") < 0);
}

#[test]
fn a_block_over_another_prefix_is_asked_for_over_none() {
    use soban_core::sync::{Effort, Lane, Prefix, Prefixes, SyncResponse};
    /// A thousand characters that nothing repeats.
    fn noise() -> String {
        let mut state = 7_u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + u8::try_from((state >> 24) % 26).unwrap())
        };
        (0..1_000).map(next).collect()
    }
    struct Wrong;
    impl Prefixes for Wrong {
        fn find(&self, _: soban_core::base::BookId, _: u64) -> Option<std::sync::Arc<Prefix>> {
            Some(std::sync::Arc::new(Prefix::of([noise().as_bytes()])))
        }
    }
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    for n in 0..9 {
        phone.create(book_of(2012), &format!("một nghìn chữ {n}"));
        stage.round(&mut phone);
    }
    phone.create(book_of(2012), noise().get(100..200).unwrap());
    let device = phone.caller.device;
    let wrong = Lane { device, prefixes: &Wrong, effort: Effort::Bytes };
    let body = SyncRequest { plain: false, ..phone.request() }.to_bytes(&wrong, |_| 8);
    let answer = stage.answer(&phone.caller, &body).unwrap();
    let answer = SyncResponse::from_bytes(&answer, &lane(device)).unwrap();
    assert!(answer.need.plain && answer.stored.is_empty());
    assert_eq!(stage.sync(&phone.caller, &phone.request()).stored.len(), 1);
}

#[test]
fn a_full_disk_acknowledges_nothing_and_works_again_after() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    let pages = stage.count("PRAGMA page_count");
    stage.run(&format!("PRAGMA max_page_count = {pages}"));
    let long = "x".repeat(19_000);
    for _ in 0..10 {
        phone.create(book_of(2012), &long);
    }
    let answer = stage.try_sync(&phone.caller, &phone.request());
    assert!(matches!(&answer, Err(SyncError::Store(error)) if error.is_io()), "{answer:?}");
    assert_eq!(stage.count("SELECT count(*) FROM log"), 0);
    stage.run("PRAGMA max_page_count = 100000");
    stage.settle(&mut phone);
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 10);
}

#[test]
fn a_disk_that_fills_up_before_the_projection_loses_nothing() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    let long = "x".repeat(19_000);
    for n in 0..10 {
        phone.create(book_of(2012), &format!("{n}{long}"));
    }
    stage.projector.stop();
    stage.sync(&phone.caller, &phone.request());
    let pages = stage.count("PRAGMA page_count");
    stage.run(&format!("PRAGMA max_page_count = {pages}"));
    stage.projector =
        crate::project::Projector::start(stage.store.clone(), std::sync::Arc::new(pack()));
    while stage.projector.healthy() {
        std::thread::yield_now();
    }
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 0"), 10);
    stage.run("PRAGMA max_page_count = 100000");
    stage.projector.wait_until_idle();
    assert!(stage.projector.healthy());
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state = 1"), 10);
}

#[test]
fn an_entrys_claimed_name_is_read_from_its_head_alone() {
    let mut phone = Stage::new().phone(1);
    phone.create(book_of(2012), "first");
    let entry = Entry::from_bytes(&phone.own[0].entry).unwrap();
    let name = EntryRef { actor: phone.actor, seq: 1 };
    assert_eq!(entry.name(), name);
    assert_eq!(Entry::claimed_name(&phone.own[0].entry[..14]), Some(name));
    assert_eq!(Entry::claimed_name(&[]), None);
    assert_eq!(phone.actor.device(), DeviceId([0, 0, 0, 0, 1]));
}
