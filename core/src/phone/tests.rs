//! A phone whose disk is full.

use std::path::PathBuf;

use super::{Entropy, NewRecord, Phone, PhoneError, Typed};
use crate::base::{DeviceId, Instant, OrgUnitId};
use crate::form::{Field, FieldKind, Form, Home, Input, Pack};
use crate::record::{FieldNo, FormNo};
use crate::store::ListQuery;
use crate::sync::{
    Certificate, Effort, EnrolRequest, EnrolResponse, Lane, NoPrefixes, Problem, ProblemKind,
    ReferenceItem, SignedCertificate, SyncResponse, WIRE_VERSION,
};

struct Sevens;

impl Entropy for Sevens {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn note_pack() -> Pack {
    let form = Form {
        no: FormNo(1),
        name: "note".to_owned(),
        version: 1,
        parent: None,
        home: Home::Standing,
        title: Vec::new(),
        summary: Vec::new(),
        natural_key: Vec::new(),
        fields: vec![Field::new(FieldNo(16), "text", FieldKind::LongText)],
        groups: Vec::new(),
        rules: Vec::new(),
        totals: Vec::new(),
    };
    Pack { forms: [(form.no, form)].into(), ..Pack::default() }
}

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("soban-{name}-{}", std::process::id()));
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn enrolled(folder: &Folder) -> Phone {
    let mut phone = Phone::open(&folder.0, Box::new(Sevens)).unwrap();
    let request = phone.enrol_request("", "test").unwrap();
    let certificate = Certificate {
        device: DeviceId([0, 0, 0, 0, 1]),
        holder: String::new(),
        org_units: vec![OrgUnitId(17)],
        public_key: EnrolRequest::from_bytes(&request).unwrap().public_key,
        issued_at: Instant(0),
    };
    let secret = [5; 32];
    let answer = EnrolResponse {
        version: WIRE_VERSION,
        certificate: SignedCertificate::sign(&certificate, &secret),
        server_key: EnrolRequest::new("", &secret, "").public_key,
        token: String::new(),
        epoch: 1,
        now: Instant(0),
        reference: vec![ReferenceItem { name: "pack".to_owned(), bytes: note_pack().to_bytes() }],
    };
    phone.finish_enrolment(&answer.to_bytes(), Instant(0)).unwrap();
    phone
}

fn lane(phone: &Phone) -> Lane<'static> {
    let device = phone.identity().unwrap().device();
    Lane { device, prefixes: &NoPrefixes, effort: Effort::Bytes }
}

fn note(length: usize) -> NewRecord {
    let text = Input::Text("ă".repeat(length));
    let fields = Typed::from([("text".to_owned(), text)]);
    NewRecord { form: "note".to_owned(), fields, ..NewRecord::default() }
}

#[test]
fn a_save_on_a_full_disk_is_refused_whole_and_goes_through_once_there_is_room() {
    let folder = Folder::new("full-phone");
    let mut phone = enrolled(&folder);
    let first = phone.save(&note(10), Instant(1)).unwrap().record;
    phone.store.fill_up().unwrap();
    let draft = phone.save_draft(None, "note", &"ă".repeat(20_000), Instant(2));
    assert!(matches!(draft, Err(PhoneError::Full)), "{draft:?}");
    let refused = phone.save(&note(20_000), Instant(2));
    assert!(matches!(refused, Err(PhoneError::Full)), "{refused:?}");
    let listed = |phone: &Phone| phone.list(&ListQuery::default()).unwrap().len();
    assert_eq!((listed(&phone), phone.status().unwrap().unsent), (1, 1));
    assert!(phone.list_drafts().unwrap().is_empty());
    // The open book is not ahead of the disk either: the next entry takes the same sequence.
    assert_eq!(phone.history(first).unwrap().len(), 1);
    phone.store.make_room().unwrap();
    let second = phone.save(&note(20_000), Instant(3)).unwrap().record;
    assert_eq!(second.key.seq, first.key.seq + 1);
    drop(phone);
    let mut phone = Phone::open(&folder.0, Box::new(Sevens)).unwrap();
    assert_eq!((listed(&phone), phone.status().unwrap().unsent), (2, 2));
    assert_eq!(phone.show(second).unwrap().fields.len(), 1);
}

#[test]
fn a_reissue_that_does_not_fit_on_the_disk_leaves_everything_as_it_was_and_is_done_later() {
    let folder = Folder::new("full-reissue");
    let mut phone = enrolled(&folder);
    let record = phone.save(&note(20_000), Instant(1)).unwrap().record;
    let mut answer = SyncResponse::new(Instant(2));
    let (book, actor, kind) = (record.book, record.key.actor, ProblemKind::SequenceTaken);
    answer.problems.push(Problem { book, actor, seq: 1, kind });
    let answer = answer.to_bytes(&lane(&phone), false);
    phone.store.fill_up().unwrap();
    let refused = phone.incoming(&answer, Instant(2));
    assert!(matches!(refused, Err(PhoneError::Full)), "{refused:?}");
    assert_eq!(phone.status().unwrap().unsent, 1);
    assert_eq!(phone.show(record).unwrap().fields.len(), 1);
    phone.store.make_room().unwrap();
    assert_eq!(phone.incoming(&answer, Instant(3)).unwrap().reissued, 1);
    let listed = phone.list(&ListQuery::default()).unwrap();
    assert_eq!((listed.len(), phone.status().unwrap().unsent), (1, 1));
    assert_ne!(listed[0].id, record.to_string());
}

#[test]
fn a_phone_that_was_closed_on_a_bad_link_begins_as_small_as_it_ended() {
    let folder = Folder::new("bad-link");
    let mut phone = Phone::open(&folder.0, Box::new(Sevens)).unwrap();
    let usual = phone.budget.bytes();
    phone.request_failed().unwrap();
    phone.request_failed().unwrap();
    drop(phone);
    let phone = Phone::open(&folder.0, Box::new(Sevens)).unwrap();
    assert_eq!(phone.budget.bytes(), usual / 4);
}
