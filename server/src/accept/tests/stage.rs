//! A server in a temporary folder.

use std::path::Path;
use std::sync::Arc;

use soban_core::base::{ActorId, BookId, DeviceId, Instant, OrgUnitId, Period};
use soban_core::form::{Field, FieldKind, Form, Home, Pack, Policy};
use soban_core::record::{FieldNo, FormNo, Value};
use soban_core::sync::{Effort, Lane, NoPrefixes, SyncRequest, SyncResponse};
use tempfile::TempDir;

pub(crate) use super::phone::{Phone, name_of};
use crate::accept::{Caller, Desk, Grant, Reference, SyncError};
use crate::project::Projector;
use crate::store::enrolment::{NewDevice, add_device};
use crate::store::{Store, org};

pub(crate) const UNIT: OrgUnitId = OrgUnitId(17);
pub(crate) const FORM: FormNo = FormNo(3);
pub(crate) const ROW: FormNo = FormNo(4);
pub(crate) const TITLE: FieldNo = FieldNo(16);
pub(crate) const AREA: FieldNo = FieldNo(17);

pub(crate) fn book_of(year: u16) -> BookId {
    BookId::new(UNIT, Period::Year(year))
}

pub(crate) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// A gift, whose title makes it the same as another and whose area is critical; and its rows.
pub(crate) fn pack() -> Pack {
    let area = Field { policy: Policy::Critical, ..Field::new(AREA, "area", FieldKind::Integer) };
    let form = Form {
        no: FORM,
        name: "gift".to_owned(),
        version: 2,
        parent: None,
        home: Home::Standing,
        title: vec![TITLE],
        summary: Vec::new(),
        natural_key: vec![TITLE],
        fields: vec![Field::new(TITLE, "title", FieldKind::Text), area],
        groups: Vec::new(),
        rules: Vec::new(),
        totals: Vec::new(),
    };
    let row = Form {
        no: ROW,
        name: "row".to_owned(),
        parent: Some(FORM),
        home: Home::Parent,
        natural_key: Vec::new(),
        ..form.clone()
    };
    Pack { forms: [(form.no, form), (row.no, row)].into(), ..Pack::default() }
}

pub(crate) fn lane(device: DeviceId) -> Lane<'static> {
    Lane { device, prefixes: &NoPrefixes, effort: Effort::Time }
}

pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) desk: Desk,
    pub(crate) projector: Projector,
    pub(crate) reference: Arc<Reference>,
    pub(crate) now: Instant,
    pub(crate) dir: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::at(tempfile::tempdir().unwrap())
    }

    pub(crate) fn at(dir: TempDir) -> Self {
        let store = Store::create(dir.path()).unwrap();
        let bytes = pack().to_bytes();
        store
            .write(move |db| {
                db.execute("INSERT OR IGNORE INTO reference VALUES ('pack', ?1)", [bytes])?;
                db.execute(
                    "INSERT OR IGNORE INTO org_unit (id, kind, name, short_name, aliases, fold, sort)
                     VALUES (17, 'cell', 'Pạc Bo', 'Pạc Bo', '', '', x'')",
                    [],
                )?;
                Ok(())
            })
            .unwrap();
        assert!(store.read(org::pack_bytes).unwrap().is_some());
        let projector = Projector::start(store.clone(), Arc::new(pack()));
        let (reference, now) = (Arc::default(), Instant(1_000));
        let desk = Desk::new(store.clone(), projector.clone(), [7; 32]);
        Self { store, desk, projector, reference, now, dir }
    }

    pub(crate) fn phone(&self, n: u8) -> Phone {
        let device = DeviceId([0, 0, 0, 0, n]);
        let new = NewDevice {
            id: device,
            holder: "Bí thư".to_owned(),
            public_key: [n; 32],
            certificate: Vec::new(),
            token_hash: [n; 32],
            org_unit: UNIT,
        };
        self.store.write(move |db| add_device(db, &new, Instant(0))).unwrap();
        let grant = Grant { org_unit: UNIT, valid_from: Instant(0), valid_to: None };
        let caller =
            Caller { device, revoked: false, grants: vec![grant], as_of: None, pending: false };
        Phone::new(ActorId::new(device, [0, 0, 1]), caller)
    }

    pub(crate) fn try_sync(
        &mut self,
        caller: &Caller,
        request: &SyncRequest,
    ) -> Result<SyncResponse, SyncError> {
        self.now.0 += 1_000;
        let lane = lane(caller.device);
        let body = request.to_bytes(&lane, |_| 0);
        let answer = self.answer(caller, &body)?;
        Ok(SyncResponse::from_bytes(&answer, &lane).unwrap())
    }

    pub(crate) fn answer(&self, caller: &Caller, body: &[u8]) -> Result<Vec<u8>, SyncError> {
        let reference = Arc::clone(&self.reference);
        let answer = self.desk.sync(reference, caller.clone(), body, self.now);
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer)
    }

    pub(crate) fn sync(&mut self, caller: &Caller, request: &SyncRequest) -> SyncResponse {
        self.try_sync(caller, request).unwrap()
    }

    /// A phone's request, answered and taken in, and everything projected.
    pub(crate) fn round(&mut self, phone: &mut Phone) -> SyncResponse {
        let response = self.sync(&phone.caller, &phone.request());
        phone.take(&response);
        self.projector.wait_until_idle();
        response
    }

    /// Rounds until nothing is left to say.
    pub(crate) fn settle(&mut self, phone: &mut Phone) {
        for _ in 0..20 {
            let brought = !phone.unsent.is_empty();
            let response = self.round(phone);
            let quiet = !brought
                && !response.need.is_any()
                && !response.more
                && response.deliveries.is_empty()
                && phone.unsent.is_empty();
            if quiet {
                return;
            }
        }
        panic!("the phone and the server do not come to rest");
    }

    /// Rows of a query, printed.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        self.store
            .read(|db| {
                let mut select = db.prepare(sql)?;
                let columns = select.column_count();
                let mut rows = select.query([])?;
                let mut printed = Vec::new();
                while let Some(row) = rows.next()? {
                    let values: Vec<String> =
                        (0..columns).map(|c| format!("{:?}", row.get_ref(c).unwrap())).collect();
                    printed.push(values.join(" "));
                }
                Ok(printed)
            })
            .unwrap()
    }

    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.store.read(|db| Ok(db.query_row(sql, [], |row| row.get(0))?)).unwrap()
    }

    pub(crate) fn run(&self, sql: &str) {
        let sql = sql.to_owned();
        self.store.write(move |db| Ok(db.execute_batch(&sql)?)).unwrap();
    }

    /// Everything that follows from the log and not from the order of arrival.
    pub(crate) fn tables(&self) -> Vec<String> {
        let mut rows = self.rows("SELECT * FROM writes ORDER BY 1, 2, 3, 4, 5, 6, 7");
        rows.extend(self.rows("SELECT * FROM record ORDER BY 1, 2, 3, 4"));
        rows.extend(self.rows(
            "SELECT book, actor, seq, idx, org_unit, kind, field, policy FROM contest
             ORDER BY 1, 2, 3, 4, 6, 7",
        ));
        rows.extend(
            self.rows("SELECT book, actor, seq, hash FROM log WHERE state = 1 ORDER BY 1, 2, 3"),
        );
        rows
    }

    /// The database's files, as a backup has them.
    pub(crate) fn copy_to(&self, dir: &Path) {
        self.projector.wait_until_idle();
        for file in ["soban.db", "soban.db-wal"] {
            std::fs::copy(self.dir.path().join(file), dir.join(file)).unwrap();
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.projector.stop();
    }
}
