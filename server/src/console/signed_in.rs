//! Who asks for a page: found by the session's cookie, before any handler runs.

use std::sync::Arc;

use crate::store::Db;
use axum::body::{Body, Bytes};
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use soban_core::base::OrgUnitId;
use soban_core::form::Language;

use super::Failure;
use super::cookie;
use super::language::Reads;
use crate::access::{Action, Session, find_session, may};
use crate::http::App;
use crate::store::org;

/// A person who is signed in and has a password of their own.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    /// Who.
    pub(crate) session: Session,
    /// What they read.
    pub(crate) language: Language,
}

/// A person who is signed in, perhaps still with their first password.
#[derive(Debug, Clone)]
pub(super) struct Arrived(pub(super) SignedIn);

/// A form that a signed-in person sent from a page of their own session.
#[derive(Debug)]
pub(crate) struct Posted<W, T> {
    /// Who.
    pub(crate) who: W,
    /// What they sent.
    pub(crate) form: T,
}

impl SignedIn {
    /// Whether this person may do this with what a unit owns; the page that says no, if not.
    /// Somebody who may not even read learns nothing of what is there.
    ///
    /// # Errors
    /// [`Failure::NotFound`], [`Failure::Forbidden`], or the data folder fails.
    pub(crate) fn permit(&self, db: &Db, action: Action, unit: OrgUnitId) -> Result<(), Failure> {
        let above = org::list_above(db, unit)?;
        let Session { role, scope, .. } = self.session;
        match (may(role, scope, action, &above), may(role, scope, Action::Read, &above)) {
            (true, _) => Ok(()),
            (false, true) => Err(Failure::Forbidden),
            (false, false) => Err(Failure::NotFound),
        }
    }
}

impl FromRequestParts<Arc<App>> for Arrived {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let to_login = || Redirect::to("/login").into_response();
        let token = cookie::find(&parts.headers, cookie::SESSION).ok_or_else(to_login)?;
        let session = find_session(&app.store, token, app.clock.now());
        let session = session.map_err(|error| Failure::from(error).into_response())?;
        let session = session.ok_or_else(to_login)?;
        let language = parts.extensions.get().map_or(Language::default(), |Reads(it)| *it);
        Ok(Self(SignedIn { session, language }))
    }
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let Arrived(person) = Arrived::from_request_parts(parts, app).await?;
        if person.session.must_change {
            return Err(Redirect::to("/password").into_response());
        }
        Ok(person)
    }
}

#[derive(Deserialize)]
struct Token {
    csrf: String,
}

trait Person {
    fn session(&self) -> &Session;
}

impl Person for SignedIn {
    fn session(&self) -> &Session {
        &self.session
    }
}

impl Person for Arrived {
    fn session(&self) -> &Session {
        &self.0.session
    }
}

// A handler that takes a form takes it this way, so that none can forget the token.
impl<W, T> FromRequest<Arc<App>> for Posted<W, T>
where
    W: Person + Send + FromRequestParts<Arc<App>, Rejection = Response>,
    T: DeserializeOwned + Send,
{
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let who = W::from_request_parts(&mut parts, app).await?;
        let whole = Request::from_parts(parts.clone(), body);
        let body = Bytes::from_request(whole, app).await.map_err(IntoResponse::into_response)?;
        let Token { csrf } = parse(&parts, &body).await.map_err(|_| stale())?;
        if !who.session().csrf.matches(&csrf) {
            return Err(stale());
        }
        let form = parse(&parts, &body).await.map_err(IntoResponse::into_response)?;
        Ok(Self { who, form })
    }
}

fn stale() -> Response {
    Failure::StaleForm.into_response()
}

async fn parse<T: DeserializeOwned>(parts: &Parts, body: &Bytes) -> Result<T, Failure> {
    let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
    let form = Form::from_request(request, &()).await;
    form.map(|Form(form)| form).map_err(|_| Failure::BadForm)
}
