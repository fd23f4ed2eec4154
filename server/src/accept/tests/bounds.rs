//! What one request may ask for.

use soban_core::base::{BookId, Period};
use soban_core::book::{Clock, Entry, Write};
use soban_core::record::{FieldNo, Value};
use soban_core::sync::{BookClock, Cursor, CursorTable, Given, Mac, Standing, SyncRequest};

use super::stage::*;
use crate::accept::MOST_ENTRIES;
use crate::accept::told::MOST_BOOKS;

/// More books than are looked at.
fn books() -> impl Iterator<Item = BookId> {
    (1_000..).take(MOST_BOOKS * 3).map(|year| BookId::new(UNIT, Period::Year(year)))
}

fn holding(cursors: CursorTable) -> Standing {
    Standing { cursors, reference: Vec::new() }
}

#[test]
fn of_the_books_that_a_request_names_so_many_are_looked_at_and_all_that_the_log_has() {
    let mut stage = Stage::new();
    let mut phone = stage.phone(1);
    let last = books().last().unwrap();
    phone.create(last, "Pạc Bo");
    stage.round(&mut phone);
    let clock = Clock::default();
    let named = |book| BookClock { book, generation: 1, clock: clock.clone() };
    let clocks = Some(books().map(named).collect());
    let request =
        SyncRequest { clocks, by_clocks: true, budget: phone.budget, ..SyncRequest::default() };
    let response = stage.sync(&phone.caller, &request);
    let told = response.clocks.unwrap();
    assert_eq!(told.len(), MOST_BOOKS + 1);
    assert!(told.iter().any(|held| held.book == last));
    assert!(response.deliveries.len() <= MOST_BOOKS + 1);
    assert!(response.deliveries.iter().any(|delivery| delivery.book == last));
    // Of another unit's books nothing is said at all.
    let elsewhere = soban_core::base::OrgUnitId(18);
    let clocks = vec![named(BookId::new(elsewhere, Period::Year(2012)))];
    let request = SyncRequest { clocks: Some(clocks), ..SyncRequest::default() };
    let told = stage.sync(&phone.caller, &request).clocks.unwrap();
    assert!(told.iter().all(|held| held.book.org_unit == UNIT));
}

#[test]
fn a_standing_of_more_books_than_anybody_has_gets_no_word_and_is_not_kept() {
    let mut stage = Stage::new();
    let phone = stage.phone(1);
    let cursors = books().map(|book| (book, Cursor::start(book, 1, 1)));
    let standing = holding(CursorTable(cursors.collect()));
    let request = SyncRequest {
        digest: standing.digest(),
        standing: Some((standing, Mac([5; 8]))),
        clocks: Some(Vec::new()),
        ..SyncRequest::default()
    };
    assert_eq!(stage.sync(&phone.caller, &request).mac, Mac::default());
    let kept = "SELECT count(*) FROM device WHERE length(last_standing) > 1000";
    assert_eq!(stage.count(kept), 0);
}

#[test]
fn of_what_is_given_back_so_many_entries_are_taken_of_one_request() {
    let mut stage = Stage::new();
    let phone = stage.phone(1);
    let nobody = stage.phone(2).actor;
    let entry = |seq| {
        let (deps, time, writes) = (Vec::new(), stage.now, Vec::new());
        let mut entry = Entry { actor: nobody, seq, deps, time, writes };
        let record = entry.new_record(0);
        let form = Value::Int(i64::from(FORM.0));
        entry.writes.push(Write { record, field: FieldNo::FORM, value: form });
        ([9; 8], entry.to_bytes())
    };
    let given = |year| {
        let entries = (1..).take(MOST_ENTRIES * 2 / 3).map(entry).collect();
        Given { book: book_of(year), generation: 1, order: Vec::new(), entries }
    };
    let request = SyncRequest {
        standing: Some((Standing::default(), Mac([5; 8]))),
        given: vec![given(2012), given(2013)],
        plain: true,
        ..SyncRequest::default()
    };
    stage.sync(&phone.caller, &request);
    let sealed = stage.count("SELECT count(*) FROM log WHERE state = 4");
    assert_eq!(usize::try_from(sealed).unwrap(), MOST_ENTRIES);
}
