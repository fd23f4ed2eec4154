//! A district in a temporary folder, called without a port.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use soban_core::base::{Instant, OrgUnitId};
use soban_core::sync::EnrolRequest;
use tower::ServiceExt;

use crate::access::{NewAccount, Role, create_account};
use crate::clock::Clock;
use crate::http::{App, Options, app};
use crate::pack::{embedded, read_org, read_pack};
use crate::{cli, enrol};

/// A cell of the embedded organisation tree.
pub(crate) const CELL: OrgUnitId = OrgUnitId(2001);
/// The district's Party organisation, which every cell lies below.
pub(crate) const DISTRICT: OrgUnitId = OrgUnitId(1);
/// A code as a phone sends it, and a stranger's key.
pub(crate) const KEY: [u8; 32] = [7; 32];

/// Runs what waits for the disk, which may not be done on a thread that serves requests.
pub(crate) fn waiting<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(job).join().unwrap())
}

/// A data folder with the embedded pack and tree; the first administrator's password.
pub(crate) fn initialised() -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let (pack, tree) = (read_pack(&embedded()).unwrap(), read_org(&embedded()).unwrap());
    let password = waiting(|| cli::initialise(dir.path(), pack, tree).unwrap().unwrap());
    (dir, password)
}

pub(crate) struct District {
    pub(crate) app: Arc<App>,
    pub(crate) administrators_password: String,
    router: Router,
    now: Arc<AtomicI64>,
    dir: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The `type` of a problem document.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let problem: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        assert!(!problem["title"].as_str().unwrap().is_empty());
        assert!(!problem["title_vi"].as_str().unwrap().is_empty());
        assert_eq!(problem["status"], self.status.as_u16());
        problem["type"].as_str().unwrap().to_owned()
    }

    pub(crate) fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The value of a cookie that was set.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter();
        let mut pairs = lines.filter_map(|line| line.to_str().unwrap().split(';').next());
        pairs.find_map(|pair| pair.strip_prefix(&format!("{name}="))).map(str::to_owned)
    }

    /// The token in a page's first form.
    pub(crate) fn csrf(&self) -> String {
        let text = self.text();
        let (_, rest) = text.split_once("name=\"csrf\" value=\"").expect("the page has a form");
        rest.split('"').next().unwrap().to_owned()
    }
}

impl District {
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let (dir, password) = initialised();
        let mut state = App::open(dir.path(), options).unwrap();
        // 15 May 2013, 09:00 in Vietnam.
        let now = Arc::new(AtomicI64::new(1_368_583_200_000));
        let told = Arc::clone(&now);
        Arc::get_mut(&mut state).unwrap().clock =
            Clock::new(move || Instant(told.load(Ordering::Relaxed)));
        let router = app(Arc::clone(&state));
        Self { app: state, administrators_password: password, router, now, dir }
    }

    /// Ends everything; the folder stays.
    pub(crate) fn closed(self) -> tempfile::TempDir {
        self.dir
    }

    pub(crate) fn now(&self) -> Instant {
        self.app.clock.now()
    }

    pub(crate) fn hours_later(&self, hours: i64) {
        self.now.fetch_add(hours * 3_600_000, Ordering::Relaxed);
    }

    /// A code for the cell, as a phone sends it.
    pub(crate) fn code(&self) -> String {
        self.code_for(CELL)
    }

    pub(crate) fn code_for(&self, unit: OrgUnitId) -> String {
        let given = waiting(|| enrol::give_code(&self.app.store, unit, "Bí thư", self.now()));
        let (code, _) = given.unwrap();
        code.printed().replace('-', "")
    }

    /// Makes an account; its first password.
    pub(crate) fn account(&self, login: &str, role: Role, scope: OrgUnitId) -> String {
        let (login, name) = (login.to_owned(), "Cán bộ".to_owned());
        let new = NewAccount { login, name, role, scope };
        waiting(|| create_account(&self.app.store, new, self.now())).unwrap()
    }

    pub(crate) async fn call(&self, request: Request<Body>) -> Answer {
        let mut request = request;
        let from: SocketAddr = "127.0.0.1:50000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(from));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.call(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.call(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    pub(crate) async fn post_cbor(&self, path: &str, token: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/cbor");
        self.call(request.body(Body::from(body)).unwrap()).await
    }

    pub(crate) async fn enrol(&self, code: &str, key: &[u8; 32]) -> Answer {
        let request = EnrolRequest::new(code, key, "test");
        self.post_cbor("/v1/enrol", "", request.to_bytes()).await
    }
}

/// The way of messages without prefixes.
fn lane() -> soban_core::sync::Lane<'static> {
    use soban_core::sync::{Effort, Lane, NoPrefixes};
    let device = soban_core::base::DeviceId([0; 5]);
    Lane { device, prefixes: &NoPrefixes, effort: Effort::Time }
}

/// A request of a phone that has nothing.
#[must_use]
pub(crate) fn nothing_new() -> Vec<u8> {
    soban_core::sync::SyncRequest::default().to_bytes(&lane(), |_| 0)
}

/// What a response says, if it is one.
#[must_use]
pub(crate) fn read_response(bytes: &[u8]) -> Option<soban_core::sync::SyncResponse> {
    soban_core::sync::SyncResponse::from_bytes(bytes, &lane()).ok()
}
