//! The folders that every world begins with: a district, and phones that have enrolled with it.

use std::path::Path;
use std::sync::Arc;

use soban_core::form::{Field, FieldKind, Form, Group, Home, Pack, Policy};
use soban_core::phone::Phone;
use soban_core::record::{FieldNo, FormNo};
use soban_core::sync::EnrolRequest;
use soban_server::decide;
use soban_server::enrol::{enrol, invite};
use soban_server::keys::Keys;
use soban_server::store::{Store, org};

use super::files::{Scratch, copy_files};
use super::rng::Rng;
use crate::phones::{CELL, NOW};

/// Phones that are enrolled; a world has two of them or more.
pub(super) const MOST_PHONES: usize = 4;
const FILES: [&str; 4] = ["phone.db", "marker", "soban.db", "keys"];

/// The folders that every world begins with.
#[derive(Debug)]
pub struct Template {
    dir: Scratch,
    /// The forms.
    pub pack: Arc<Pack>,
}

impl Template {
    /// Makes a district and enrols its phones, in the order of their names, so that a seed comes
    /// to the same end with the names of every day.
    #[must_use]
    pub fn new() -> Self {
        let (dir, pack) = (Scratch::new(), Arc::new(pack()));
        let folder = dir.path().join("server");
        let store = Store::create(&folder).expect("a folder");
        let keys = Keys::open_or_create(&folder).expect("keys");
        let bytes = pack.to_bytes();
        let begin = move |db: &_| {
            org::put_pack(db, &bytes)?;
            add_cell(db)?;
            decide::office(db)
        };
        store.write(begin).expect("it is written");
        let phones = (0..MOST_PHONES).map(|place| {
            let folder = dir.path().join(format!("new-{place}"));
            let device = enrol_phone(&store, &keys, &folder, place);
            (device, folder)
        });
        let mut phones: Vec<_> = phones.collect();
        phones.sort();
        for (place, (_, folder)) in phones.into_iter().enumerate() {
            std::fs::rename(folder, dir.path().join(format!("phone-{place}"))).expect("it moves");
        }
        Self { dir, pack }
    }

    /// Copies all of it.
    pub fn copy_to(&self, dir: &Path) {
        let phones = (0..MOST_PHONES).map(|place| format!("phone-{place}"));
        for folder in phones.chain(["server".to_owned()]) {
            copy_files(&self.dir.path().join(&folder), &dir.join(&folder), &FILES);
        }
    }
}

impl Default for Template {
    fn default() -> Self {
        Self::new()
    }
}

fn add_cell(db: &soban_server::store::Db) -> Result<(), soban_server::store::StoreError> {
    let sql = "INSERT INTO org_unit (id, kind, name, short_name, aliases, fold, sort)
               VALUES (?1, 'cell', 'bản', 'bản', '', '', x'')";
    db.execute(sql, [CELL.0])?;
    Ok(())
}

fn enrol_phone(store: &Store, keys: &Keys, dir: &Path, place: usize) -> soban_core::base::DeviceId {
    let seed = u64::try_from(place).unwrap_or(0);
    let mut phone = Phone::open(dir, Box::new(Rng::new(seed))).expect("it opens");
    let holder = format!("người thứ {place}");
    let keys = keys.clone();
    let answer = store.write(move |db| {
        let (code, _) = invite(db, CELL, &holder, NOW).expect("a code");
        let request = phone.enrol_request(&code.printed(), "world").expect("it asks");
        let request = EnrolRequest::from_bytes(&request).expect("it reads");
        let answer = enrol(db, &keys, &request, NOW).expect("it is let in");
        phone.finish_enrolment(&answer.to_bytes(), NOW).expect("it enrols");
        Ok(phone.identity().expect("it is enrolled").device())
    });
    answer.expect("it is written")
}

fn text(no: u16, name: &str, policy: Policy) -> Field {
    Field { policy, ..Field::new(FieldNo(no), name, FieldKind::Text) }
}

fn form(no: u16, name: &str, home: Home, fields: Vec<Field>) -> Form {
    Form {
        no: FormNo(no),
        name: name.to_owned(),
        version: 1,
        parent: None,
        home,
        title: vec![FieldNo(16)],
        summary: Vec::new(),
        natural_key: Vec::new(),
        fields,
        groups: Vec::new(),
        rules: Vec::new(),
        totals: Vec::new(),
    }
}

/// Gifts with a quiet field, one under review and a critical group, the rows of gifts, and the
/// works that gifts go to.
fn pack() -> Pack {
    let day = Field { required: true, ..Field::new(FieldNo(17), "given_on", FieldKind::Date) };
    let work_of = Field::new(FieldNo(22), "work", FieldKind::Record(FormNo(4)));
    let fields = vec![
        text(16, "donor", Policy::Review),
        day,
        text(18, "note", Policy::Quiet),
        text(19, "area", Policy::Review),
        text(20, "what", Policy::Critical),
        text(21, "how_much", Policy::Critical),
        work_of,
    ];
    let mut gift = form(3, "gift", Home::Year(FieldNo(17)), fields);
    let fields = vec![FieldNo(20), FieldNo(21)];
    gift.groups.push(Group { name: "content".to_owned(), fields, policy: Policy::Critical });
    gift.natural_key = vec![FieldNo(16), FieldNo(17)];
    let fields = vec![text(16, "subject", Policy::Quiet), text(17, "days", Policy::Review)];
    let mut row = form(2, "work_day", Home::Parent, fields);
    row.parent = Some(FormNo(3));
    let fields = vec![text(16, "name", Policy::Quiet), text(17, "place", Policy::Quiet)];
    let mut work = form(4, "work", Home::Standing, fields);
    work.natural_key = vec![FieldNo(16)];
    let mut pack = Pack { id: "world".to_owned(), version: 1, ..Pack::default() };
    pack.forms = [gift, row, work].map(|form| (form.no, form)).into();
    pack
}
