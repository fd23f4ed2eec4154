//! What the district does not take although nothing is wrong with it: it has no room, or it keeps
//! what a phone brings sealed. None of that is lost, and none of it comes in the way of the rest.

use std::path::Path;

use rusqlite::Connection;
use soban_core::base::{BookId, EntryRef};
use soban_core::book::Entry;
use soban_core::phone::{Phone, RefusedKind, SyncOutcome};
use soban_core::sync::{Problem, ProblemKind, Stored, SyncRequest, SyncResponse};
use soban_tests::office::{Office, bytes_of};
use soban_tests::phones::{NOW, meeting, open_phone, small_pack};

use super::ids;

/// A phone with two unsent records, and what it sends of them.
fn two_unsent(dir: &Path) -> (Office, Phone, Vec<(BookId, EntryRef)>) {
    let mut office = Office::new(&small_pack());
    let mut phone = office.phone(dir);
    for place in ["bản một", "bản hai"] {
        phone.save(&meeting(place, 1), NOW).unwrap();
    }
    let sent = names_in(&office.request(&mut phone));
    (office, phone, sent)
}

fn names_in(request: &SyncRequest) -> Vec<(BookId, EntryRef)> {
    let name = |bytes: &[u8]| Entry::from_bytes(bytes).unwrap().name();
    request.entries.iter().map(|sent| (sent.book, name(&sent.entry))).collect()
}

/// An answer that has this to say of entries; those that are sealed are on the district's disk.
fn hear(phone: &mut Phone, entries: &[(BookId, EntryRef)], kind: ProblemKind) -> SyncOutcome {
    let mut answer = SyncResponse::new(NOW);
    for (book, EntryRef { actor, seq }) in entries.iter().copied() {
        if kind == ProblemKind::Sealed {
            answer.stored.push(Stored { book, actor, first: seq, last: seq });
        }
        answer.problems.push(Problem { book, actor, seq, kind });
    }
    phone.incoming(&bytes_of(&answer, phone), NOW).unwrap()
}

fn counts(phone: &Phone) -> (u32, u32) {
    let status = phone.status().unwrap();
    (status.unsent, status.refused)
}

fn problems(phone: &Phone) -> Vec<RefusedKind> {
    phone.list_refused().unwrap().into_iter().map(|refused| refused.problem).collect()
}

#[test]
fn what_the_district_has_no_room_for_stays_unsent_and_is_sent_at_a_later_sync() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, mut phone, sent) = two_unsent(dir.path());
    let outcome = hear(&mut phone, &sent, ProblemKind::Full);
    assert_eq!((outcome.refused, outcome.unsent, outcome.again), (2, 2, false));
    assert_eq!((counts(&phone), problems(&phone)), ((2, 2), vec![RefusedKind::Full; 2]));
    drop(phone);
    let mut phone = open_phone(dir.path());
    // What has not been tried goes first.
    let third = phone.save(&meeting("bản ba", 1), NOW).unwrap().record;
    let again = names_in(&office.request(&mut phone));
    assert_eq!(again[0], (third.book, third.key.entry()));
    assert_eq!(again[1..], sent[..]);
    office.sync(&mut phone);
    assert_eq!((counts(&phone), problems(&phone)), ((0, 0), Vec::new()));
    assert_eq!((office.entries(third.book).len(), ids(&phone).len()), (3, 3));
}

#[test]
fn what_there_is_room_for_is_sent_although_there_was_none_for_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut phone, sent) = two_unsent(dir.path());
    let mut answer = SyncResponse::new(NOW);
    let (book, EntryRef { actor, seq }) = sent[0];
    answer.stored.push(Stored { book, actor, first: seq, last: seq });
    let (book, EntryRef { actor, seq }) = sent[1];
    answer.problems.push(Problem { book, actor, seq, kind: ProblemKind::Full });
    let outcome = phone.incoming(&bytes_of(&answer, &phone), NOW).unwrap();
    assert_eq!((outcome.stored, outcome.unsent, outcome.again), (1, 1, true));
    assert_eq!(counts(&phone), (1, 1));
    // The same again: it is not asked a third time.
    assert!(!hear(&mut phone, &sent[1..], ProblemKind::Full).again);
}

#[test]
fn what_a_district_kept_sealed_and_has_forgotten_is_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, mut phone, sent) = two_unsent(dir.path());
    hear(&mut phone, &sent, ProblemKind::Sealed);
    assert_eq!((counts(&phone), problems(&phone)), ((0, 2), vec![RefusedKind::Sealed; 2]));
    // A district that was restored, and says what it holds: nothing.
    let answer = SyncResponse { clocks: Some(Vec::new()), ..SyncResponse::new(NOW) };
    assert!(phone.incoming(&bytes_of(&answer, &phone), NOW).unwrap().again);
    assert_eq!((counts(&phone), problems(&phone)), ((2, 0), Vec::new()));
    office.sync(&mut phone);
    assert_eq!((counts(&phone), office.entries(sent[0].0).len()), ((0, 0), 2));
}

#[test]
fn what_an_earlier_version_gave_up_for_want_of_room_is_unsent_again() {
    let dir = tempfile::tempdir().unwrap();
    let (mut office, phone, sent) = two_unsent(dir.path());
    drop(phone);
    let file = Connection::open(dir.path().join("phone.db")).unwrap();
    file.execute_batch(
        "UPDATE entry SET state = 3, problem = 9 WHERE seq = 1; PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(file);
    let mut phone = open_phone(dir.path());
    assert_eq!(counts(&phone), (2, 1));
    office.sync(&mut phone);
    assert_eq!((counts(&phone), office.entries(sent[0].0).len()), ((0, 0), 2));
}
