//! Phones and a district over HTTP: links that die, sides that are killed, devices that are lost.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use soban_core::base::Instant;
use soban_core::form::{Form, Input, Policy};
use soban_core::phone::{Phone, RecordPatch};
use soban_core::store::ListQuery;
use soban_core::sync::SyncResponse;
use soban_server::check::check;
use soban_server::clock;
use soban_server::http::{App, Options};
use soban_server::link::LinkError;
use soban_server::store::{self, Store, device, read};
use soban_tests::district::{District, gift, open_phone};
use soban_tests::office::bytes_of;

fn ids(phone: &Phone) -> Vec<String> {
    let mut ids: Vec<String> =
        phone.list(&ListQuery::default()).unwrap().into_iter().map(|item| item.id).collect();
    ids.sort();
    ids
}

fn contests(district: &District) -> u64 {
    district.app().store.read(read::totals).unwrap().contests
}

#[test]
fn one_sync_is_one_request_and_the_other_phone_has_it_after_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let mut one = district.phone(&dir.path().join("one"), "bí thư");
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    let saved = one.save(&gift("ông Lục Thượng Cường", "5.200"), clock::now()).unwrap();
    let link = district.link();
    let outcome = link.sync(&mut one, None).unwrap();
    assert_eq!((outcome.stored, outcome.again), (1, false));
    assert_eq!(link.traffic().counts().requests, 1);
    assert_eq!(one.status().unwrap().unsent, 0);
    district.settle();
    assert_eq!(link.sync(&mut two, None).unwrap().received, 1);
    assert_eq!(ids(&two), [saved.record.to_string()]);
    // The own entry comes back as a position only, and then there is nothing new.
    link.sync(&mut one, None).unwrap();
    let before = link.traffic().counts();
    let outcome = link.sync(&mut one, None).unwrap();
    assert_eq!((outcome.stored, outcome.received), (0, 0));
    assert!(link.traffic().counts().bytes_down - before.bytes_down < 64);
    district.stop();
}

#[test]
fn two_phones_that_disagree_both_see_it_and_the_district_too() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let mut one = district.phone(&dir.path().join("one"), "bí thư");
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    let record = one.save(&gift("ông Ly Phát Tư", "600"), clock::now()).unwrap().record;
    let link = district.link();
    let round = |phones: &mut [&mut Phone]| {
        for phone in phones {
            link.sync(phone, None).unwrap();
            district.settle();
        }
    };
    round(&mut [&mut one, &mut two]);
    let area = |area: &str| {
        let mut patch = RecordPatch::new(record);
        patch.fields.insert("area_m2".to_owned(), Input::Text(area.to_owned()));
        patch.confirmed = true;
        patch
    };
    one.edit(&area("5.200"), clock::now()).unwrap();
    two.edit(&area("437"), clock::now()).unwrap();
    round(&mut [&mut two, &mut one]);
    round(&mut [&mut two]);
    for phone in [&mut one, &mut two] {
        let shown = phone.show(record).unwrap();
        assert_eq!(shown.contests.len(), 1);
        assert_eq!(shown.contests[0].policy, Policy::Critical);
        assert_eq!(shown.contests[0].sides.len(), 2);
        let authors: Vec<String> =
            phone.history(record).unwrap().into_iter().map(|step| step.author).collect();
        // The second phone was enrolled after the first: both know who holds the other.
        assert_eq!(authors.len(), 3);
        assert!(["bí thư", "phó bí thư"].iter().all(|name| authors.iter().any(|a| a == name)));
    }
    assert_eq!(one.show(record).unwrap().fields, two.show(record).unwrap().fields);
    assert_eq!(contests(&district), 1);
    assert!(check(&district.app().store, false).unwrap().findings.is_empty());
    district.stop();
}

#[test]
fn a_pack_with_other_policies_is_followed_when_the_server_starts_again() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let mut one = district.phone(&dir.path().join("one"), "bí thư");
    let mut two = district.phone(&dir.path().join("two"), "phó bí thư");
    let record = one.save(&gift("ông Ly Phát Tư", "600"), clock::now()).unwrap().record;
    let link = district.link();
    let sync = |phone: &mut Phone| {
        link.sync(phone, None).unwrap();
        district.settle();
    };
    sync(&mut one);
    sync(&mut two);
    let mut patch = RecordPatch::new(record);
    patch.confirmed = true;
    for (phone, area) in [(&mut one, "500"), (&mut two, "700")] {
        patch.fields.insert("area_m2".to_owned(), Input::Text(area.to_owned()));
        phone.edit(&patch, clock::now()).unwrap();
    }
    sync(&mut one);
    sync(&mut two);
    sync(&mut one);
    patch.fields.insert("area_m2".to_owned(), Input::Text("650".to_owned()));
    one.edit(&patch, clock::now()).unwrap();
    sync(&mut one);
    // Critical: a later write that saw both does not settle it.
    assert_eq!(contests(&district), 1);
    district.stop();
    let app = open_with(&folder, |form| {
        form.fields.iter_mut().for_each(|field| field.policy = Policy::Quiet);
        form.groups.iter_mut().for_each(|group| group.policy = Policy::Quiet);
    });
    assert_eq!(app.store.read(read::totals).unwrap().contests, 0);
    assert!(check(&app.store, false).unwrap().findings.is_empty());
}

/// The folder of a stopped district, opened under a pack whose forms are changed.
fn open_with(folder: &Path, change: impl Fn(&mut Form)) -> Arc<App> {
    let mut pack = soban_server::pack::read_pack(&soban_server::pack::embedded()).unwrap();
    pack.forms.values_mut().for_each(change);
    let store = Store::create(folder).unwrap();
    let bytes = pack.to_bytes();
    store.write(move |db| store::org::put_pack(db, &bytes)).unwrap();
    drop(store);
    App::open(folder, Options::default()).unwrap()
}

#[test]
fn a_pack_with_another_natural_key_opens_and_closes_twins_when_the_server_starts_again() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let mut phone = district.phone(&dir.path().join("phone"), "bí thư");
    let mut later = gift("ông Ly Phát Tư", "600");
    later.fields.insert("occurred_on".to_owned(), Input::Text("13/4/2012".to_owned()));
    for gift in [gift("ông Ly Phát Tư", "600"), later] {
        phone.save(&gift, clock::now()).unwrap();
    }
    district.link().sync(&mut phone, None).unwrap();
    district.settle();
    assert_eq!(contests(&district), 0);
    district.stop();
    let app = open_with(&folder, |form| {
        let donor = form.find_field_named("donor_name").map(|field| field.no);
        form.natural_key = donor.into_iter().collect();
    });
    assert_eq!(app.store.read(read::totals).unwrap().contests, 1);
    drop(app);
    let app = open_with(&folder, |form| form.natural_key.clear());
    assert_eq!(app.store.read(read::totals).unwrap().contests, 0);
    assert!(check(&app.store, false).unwrap().findings.is_empty());
}

#[test]
fn a_phone_enrolled_after_the_backup_comes_back_and_waits_for_staff() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let early = district.phone(&dir.path().join("early"), "bí thư");
    drop(early);
    district.stop();
    let backup = std::fs::read(folder.join("soban.db")).unwrap();
    let district = District::start(&folder);
    let mut late = district.phone(&dir.path().join("late"), "phó bí thư");
    late.save(&gift("ông Ly Phát Tư", "600"), clock::now()).unwrap();
    district.link().sync(&mut late, None).unwrap();
    district.settle();
    district.link().sync(&mut late, None).unwrap();
    district.stop();
    for suffix in ["-wal", "-shm"] {
        drop(std::fs::remove_file(folder.join(format!("soban.db{suffix}"))));
    }
    std::fs::write(folder.join("soban.db"), backup).unwrap();
    let district = District::start(&folder);
    let store = district.app().store.clone();
    late.save(&gift("ông Lục Thượng Cường", "5.200"), clock::now()).unwrap();
    district.link().sync(&mut late, None).unwrap();
    district.settle();
    assert!(late.status().unwrap().pending);
    assert_eq!(store.read(read::totals).unwrap().records, 0);
    // Staff confirm it: what it brought is let in, and what it brings from now on too.
    let id = late.identity().unwrap().device();
    store.write(move |db| soban_server::enrol::release(db, id)).unwrap();
    for _ in 0..3 {
        district.settle();
        district.link().sync(&mut late, None).unwrap();
    }
    let status = late.status().unwrap();
    assert_eq!((status.pending, status.unsent, status.refused), (false, 0, 0));
    assert_eq!(store.read(read::totals).unwrap().records, 2);
    assert!(check(&store, false).unwrap().findings.is_empty());
    district.stop();
}

/// A sync whose answer is never heard, and one of which only half arrives.
fn send_in_vain(district: &District, phone: &mut Phone, share: usize) {
    let body = phone.outgoing("test", None, clock::now()).unwrap();
    let server = district.link().server().replace("http://", "");
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nHost: {server}\r\nAuthorization: {}\r\n\
         Content-Type: application/cbor\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        phone.authorization().unwrap(),
        body.len()
    );
    let mut stream = TcpStream::connect(server).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body[..body.len() * share / 100]).unwrap();
    if share == 100 {
        // The server answers; the phone is killed before it reads.
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
    }
}

#[test]
fn a_request_cut_off_and_an_answer_not_heard_are_repeated_to_the_same_end() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let mut phone = district.phone(&dir.path().join("phone"), "bí thư");
    for donor in ["bà Tráng Lền Dín", "ông Lục Thượng Cường", "ông Ly Phát Tư"] {
        phone.save(&gift(donor, "400"), clock::now()).unwrap();
    }
    for share in [0, 10, 50, 99, 100, 100] {
        send_in_vain(&district, &mut phone, share);
    }
    assert_eq!(phone.status().unwrap().unsent, 3);
    district.settle();
    let outcome = district.link().sync(&mut phone, None).unwrap();
    assert_eq!((outcome.stored, phone.status().unwrap().unsent), (3, 0));
    district.settle();
    let totals = district.app().store.read(read::totals).unwrap();
    assert_eq!((totals.entries, totals.records), (3, 3));
    district.stop();
}

#[test]
fn a_server_started_anew_and_a_phone_opened_anew_go_on_where_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("district");
    let district = District::start(&folder);
    let mut phone = district.phone(&dir.path().join("phone"), "bí thư");
    phone.save(&gift("ông Cường", "1"), clock::now()).unwrap();
    district.link().sync(&mut phone, None).unwrap();
    phone.save(&gift("ông Tư", "2"), clock::now()).unwrap();
    send_in_vain(&district, &mut phone, 100);
    drop(phone);
    district.stop();
    let district = District::start(&folder);
    let mut phone = open_phone(&dir.path().join("phone"));
    district.link().sync(&mut phone, None).unwrap();
    district.settle();
    let totals = district.app().store.read(read::totals).unwrap();
    assert_eq!((totals.entries, phone.status().unwrap().unsent), (2, 0));
    assert!(check(&district.app().store, false).unwrap().findings.is_empty());
    district.stop();
}

#[test]
fn a_revoked_phone_delivers_sealed_receives_nothing_and_keeps_its_books() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let mut phone = district.phone(&dir.path().join("phone"), "bí thư");
    let id = phone.identity().unwrap().device();
    phone.save(&gift("ông Cường", "1"), clock::now()).unwrap();
    let store = district.app().store.clone();
    assert!(store.write(move |db| device::revoke(db, id, clock::now())).unwrap());
    let outcome = district.link().sync(&mut phone, None).unwrap();
    assert!(outcome.revoked && phone.status().unwrap().revoked);
    district.settle();
    assert_eq!(store.read(read::totals).unwrap().entries, 0);
    assert_eq!(ids(&phone).len(), 1);
    district.stop();
}

#[test]
fn a_used_code_and_a_wrong_one_are_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let mut stranger = open_phone(&dir.path().join("stranger"));
    let refused = district.link().enrol(&mut stranger, "00000-00000");
    let Err(LinkError::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.kind, "/problems/unknown-code");
    assert!(!refusal.title_vi.is_empty());
    district.stop();
}

#[test]
fn a_phone_restored_from_an_old_copy_writes_under_a_new_name_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let folder = dir.path().join("phone");
    let mut phone = district.phone(&folder, "bí thư");
    phone.save(&gift("ông Một", "1"), clock::now()).unwrap();
    let actor = phone.identity().unwrap().actor();
    drop(phone);
    let copy = dir.path().join("copy.db");
    std::fs::copy(folder.join("phone.db"), &copy).unwrap();
    let mut phone = open_phone(&folder);
    phone.save(&gift("ông Hai", "2"), clock::now()).unwrap();
    district.link().sync(&mut phone, None).unwrap();
    drop(phone);
    // The backup holds the file but never the marker.
    let restored = dir.path().join("restored");
    std::fs::create_dir(&restored).unwrap();
    std::fs::copy(&copy, restored.join("phone.db")).unwrap();
    let mut phone = open_phone(&restored);
    assert_ne!(phone.identity().unwrap().actor(), actor);
    phone.save(&gift("ông Ba", "3"), clock::now()).unwrap();
    district.settle();
    for _ in 0..3 {
        district.link().sync(&mut phone, None).unwrap();
        district.settle();
    }
    assert_eq!(ids(&phone).len(), 3);
    assert_eq!(district.app().store.read(read::totals).unwrap().records, 3);
    district.stop();
}

#[test]
fn a_sequence_used_twice_is_written_anew_and_shown_once() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let folder = dir.path().join("phone");
    let phone = district.phone(&folder, "bí thư");
    drop(phone);
    // Two running copies of one phone, marker and all: only the sequence can tell.
    let twin = dir.path().join("twin");
    std::fs::create_dir(&twin).unwrap();
    for file in ["phone.db", "marker"] {
        std::fs::copy(folder.join(file), twin.join(file)).unwrap();
    }
    let (mut one, mut two) = (open_phone(&folder), open_phone(&twin));
    one.save(&gift("ông Một", "1"), clock::now()).unwrap();
    two.save(&gift("ông Hai", "2"), clock::now()).unwrap();
    district.link().sync(&mut one, None).unwrap();
    district.settle();
    let outcome = district.link().sync(&mut two, None).unwrap();
    assert_eq!(outcome.reissued, 1);
    district.settle();
    for _ in 0..2 {
        district.link().sync(&mut two, None).unwrap();
        district.settle();
        district.link().sync(&mut one, None).unwrap();
    }
    assert_eq!(ids(&two).len(), 2);
    assert_eq!(ids(&one), ids(&two));
    district.stop();
}

#[test]
fn an_answer_that_is_garbage_or_half_is_refused_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let district = District::start(&dir.path().join("district"));
    let mut phone = district.phone(&dir.path().join("phone"), "bí thư");
    phone.save(&gift("ông Cường", "1"), clock::now()).unwrap();
    let request = phone.outgoing("test", None, clock::now()).unwrap();
    assert!(!request.is_empty());
    let answer = bytes_of(&SyncResponse::new(Instant(0)), &phone);
    for cut in 0..answer.len() {
        assert!(phone.incoming(&answer[..cut], clock::now()).is_err());
    }
    assert!(phone.incoming(b"<html>502</html>", clock::now()).is_err());
    assert_eq!(phone.status().unwrap().unsent, 1);
    // An answer that confirms nothing confirms nothing.
    phone.incoming(&answer, clock::now()).unwrap();
    assert_eq!(phone.status().unwrap().unsent, 1);
    district.stop();
}
