//! What a device with a token can make of it: its own room full, and nothing else.

use std::sync::Arc;

use soban_core::base::{ActorId, BookId, DeviceId, OrgUnitId, Period};
use soban_core::book::Entry;
use soban_core::sync::{
    Chain, Cursor, Effort, Given, Lane, MAX_PREFIX_BYTES, Mac, Prefix, Prefixes, ProblemKind,
    Standing, SyncRequest, SyncResponse,
};

use super::restore::forgotten;
use super::stage::*;
use crate::store::delivery;

/// A standing at the end of an order that somebody made up.
fn made_up(book: BookId, order: &[[u8; 8]]) -> Standing {
    let position = u64::try_from(order.len()).unwrap();
    let cursor = Cursor { generation: 1, epoch: 1, position, chain: Chain::of(book, 1, order) };
    let mut standing = Standing::default();
    standing.cursors.0.insert(book, cursor);
    standing
}

/// An entry of somebody else that nobody wrote, and the hash it goes by.
fn forged(like: &Phone) -> ([u8; 8], Vec<u8>) {
    let mut entry = Entry::from_bytes(&like.own[0].entry).unwrap();
    let old = entry.actor;
    entry.actor = ActorId::new(DeviceId([0, 0, 0, 0, 9]), [0, 0, 1]);
    for write in entry.writes.iter_mut().filter(|write| write.record.actor == old) {
        write.record.actor = entry.actor;
    }
    ([9; 8], entry.to_bytes())
}

#[test]
fn the_server_gives_no_word_for_what_a_device_made_up_and_none_of_it_gets_in() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "true");
    stage.settle(&mut phone);
    let (hash, entry) = forged(&phone);
    let known = phone.order[&book_of(2012)].clone();
    let foreign = BookId::new(OrgUnitId(18), Period::Year(2012));
    let order = [known, vec![hash]].concat();
    for (book, order) in
        [(book_of(2012), order), (book_of(2013), vec![hash]), (foreign, vec![hash])]
    {
        let standing = made_up(book, &order);
        let shown = SyncRequest {
            standing: Some((standing.clone(), Mac::default())),
            digest: standing.digest(),
            ..SyncRequest::default()
        };
        let by_digest = SyncRequest { digest: standing.digest(), ..SyncRequest::default() };
        let mut words = vec![stage.sync(&phone.caller, &shown).mac];
        words.push(stage.sync(&phone.caller, &by_digest).mac);
        let given = Given { book, generation: 1, order, entries: vec![(hash, entry.clone())] };
        let word = words.iter().copied().find(|word| *word != Mac::default());
        let give = SyncRequest {
            standing: Some((standing, word.unwrap_or_default())),
            given: vec![given],
            ..SyncRequest::default()
        };
        words.push(stage.sync(&phone.caller, &give).mac);
        assert_eq!(words, [Mac::default(); 3], "{book}");
    }
    stage.projector.wait_until_idle();
    assert_eq!(stage.count("SELECT count(*) FROM log WHERE state < 4"), 1);
    assert_eq!(stage.store.read(crate::store::meta::epoch).unwrap(), 1);
    // The phone itself comes to rest under the server's word.
    stage.settle(&mut phone);
    assert_ne!(stage.sync(&phone.caller, &phone.request()).mac, Mac::default());
}

#[test]
fn what_is_shown_without_a_word_is_vouched_for_once_it_is_found_in_the_log() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "true");
    stage.settle(&mut phone);
    let standing = phone.standing();
    let shown = SyncRequest {
        standing: Some((standing.clone(), Mac::default())),
        digest: standing.digest(),
        ..SyncRequest::default()
    };
    assert_eq!(stage.sync(&phone.caller, &shown).mac, phone.mac);
}

#[test]
fn one_covered_hash_lets_in_one_entry() {
    let (mut stage, mut one, _, _) = forgotten();
    stage.round(&mut one);
    let mut request = one.request();
    let (hash, bytes) = request.given[0].entries[0].clone();
    let entry = Entry::from_bytes(&bytes).unwrap();
    let others = (10..60_u8).map(|n| {
        let actor = ActorId::new(DeviceId([0, 0, 0, 0, n]), [0, 0, 1]);
        let mut other = entry.clone();
        other.actor = actor;
        other.writes.iter_mut().for_each(|write| write.record.actor = actor);
        (hash, other.to_bytes())
    });
    request.given[0].entries.extend(others);
    stage.projector.stop();
    stage.sync(&one.caller, &request);
    let by_hash = "SELECT count(*) FROM log WHERE given_by IS NOT NULL AND state = ";
    assert_eq!(stage.count(&format!("{by_hash} 0")), 1);
    assert_eq!(stage.count(&format!("{by_hash} 4")), 50);
    assert!(stage.count("SELECT sealed_bytes FROM device WHERE id = x'0000000001'") > 0);
}

/// A prefix that somebody has got hold of.
struct Stolen(Arc<Prefix>);

impl Prefixes for Stolen {
    fn find(&self, _: BookId, _: u64) -> Option<Arc<Prefix>> {
        Some(Arc::clone(&self.0))
    }
}

#[test]
fn a_guess_at_what_a_book_of_others_holds_is_answered_like_any_other() {
    let mut stage = Stage::new();
    let (mut owner, mut spy) = (stage.phone(1), stage.phone(2));
    owner.caller.grants[0].org_unit = OrgUnitId(18);
    let book = BookId::new(OrgUnitId(18), Period::Year(2012));
    for n in 0..9 {
        owner.create(book, &format!("điều chỉ chi bộ này biết {n}, không ai khác"));
    }
    stage.settle(&mut owner);
    let read = |db: &crate::store::Db| delivery::entries_before(db, book, 8, MAX_PREFIX_BYTES);
    let parts = stage.store.read(read).unwrap().unwrap();
    let prefix = Arc::new(Prefix::of(parts.iter().map(Vec::as_slice)));
    spy.create(book, "điều chỉ chi bộ này biết 3, không ai khác");
    let answer_over = |stage: &Stage, caller: &crate::accept::Caller, prefix: &Arc<Prefix>| {
        let device = caller.device;
        let stolen = Stolen(Arc::clone(prefix));
        let over = Lane { device, prefixes: &stolen, effort: Effort::Bytes };
        let request = SyncRequest { plain: false, ..spy.request() };
        let answer = stage.answer(caller, &request.to_bytes(&over, |_| 8)).unwrap();
        SyncResponse::from_bytes(&answer, &lane(device)).unwrap()
    };
    let other = |byte: &u8| if *byte == b'k' { b'x' } else { *byte };
    let wrong: Vec<u8> = prefix.bytes().iter().map(other).collect();
    let wrong = Arc::new(Prefix::of([wrong.as_slice()]));
    for guess in [&prefix, &wrong] {
        let answer = answer_over(&stage, &spy.caller, guess);
        assert!(answer.need.plain && answer.problems.is_empty(), "{answer:?}");
    }
    // Nor does a device that was withdrawn learn more of its own book.
    owner.caller.revoked = true;
    for guess in [&prefix, &wrong] {
        let answer = answer_over(&stage, &owner.caller, guess);
        assert!(answer.need.plain && answer.problems.is_empty());
    }
}

#[test]
fn a_device_begins_only_so_many_books_and_writes_under_only_so_many_names() {
    let mut stage = Stage::new();
    let (mut years, mut names) = (stage.phone(1), stage.phone(2));
    for year in 1..=257 {
        years.create(book_of(year), "a year");
    }
    let response = stage.sync(&years.caller, &years.request());
    let full = |response: &SyncResponse| {
        response.problems.iter().filter(|problem| problem.kind == ProblemKind::Full).count()
    };
    assert_eq!(full(&response), 1);
    for n in 0..=256_u16 {
        let [high, low] = n.to_be_bytes();
        names.actor = ActorId::new(names.caller.device, [1, high, low]);
        names.create(book_of(1), "a name");
    }
    let response = stage.sync(&names.caller, &names.request());
    assert_eq!(full(&response), 1);
    assert_eq!(stage.count("SELECT count(*) FROM log"), 256 + 256);
}

#[test]
fn a_repeat_takes_no_room_and_small_entries_take_more_than_their_bytes() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    phone.create(book_of(2012), "once");
    let request = phone.request();
    let brought = "SELECT stored_bytes FROM device WHERE id = x'0000000001'";
    stage.sync(&phone.caller, &request);
    let once = stage.count(brought);
    assert!(once > 1_024);
    stage.sync(&phone.caller, &request);
    assert_eq!(stage.count(brought), once);
}
