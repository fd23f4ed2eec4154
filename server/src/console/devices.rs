//! Devices: who holds them, when they were last heard of, what they have not sent; revoking one.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use soban_core::base::{DeviceId, Instant};
use soban_core::form::Language;

use super::{Failure, Posted, SignedIn};
use crate::access::{Action, Role};
use crate::http::App;
use crate::store::device::{self, DeviceRow};

/// Rows on a page.
const PAGE: u32 = 50;

#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    page: u32,
}

#[derive(Deserialize)]
pub(super) struct RevokeForm {}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% let vi = language == Language::Vi %}<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% if vi %}Máy{% else %}Devices{% endif %} · Sổ Bản</title>
<link rel="stylesheet" href="/assets/console.css">
</head>
<body>
<main>
<h1>{% if vi %}Máy{% else %}Devices{% endif %}</h1>
<table>
<thead><tr><th>{% if vi %}Người giữ{% else %}Holder{% endif %}</th><th>{% if vi %}Chi bộ{% else %}Cell{% endif %}</th><th>{% if vi %}Lần gửi cuối{% else %}Last seen{% endif %}</th><th>{% if vi %}Chưa gửi{% else %}Unsent{% endif %}</th><th></th></tr></thead>
<tbody>
{% for row in rows %}<tr>
<td>{{ row.holder }}</td>
<td>{{ row.unit_name }}</td>
<td>{% if let Some(at) = row.seen_at %}{{ Self::moment(at) }}{% else %}–{% endif %}</td>
<td>{% if let Some(unsent) = row.unsent %}{{ unsent }}{% else %}–{% endif %}</td>
<td>{% if row.revoked_at.is_some() %}{% if vi %}Đã thu hồi{% else %}Revoked{% endif %}{% else if may_revoke %}<form method="post" action="/devices/{{ row.id }}/revoke"><input type="hidden" name="csrf" value="{{ csrf }}"><button>{% if vi %}Thu hồi máy{% else %}Revoke{% endif %}</button></form>{% endif %}</td>
</tr>
{% endfor %}</tbody>
</table>
<p>{% if page > 0 %}<a href="/devices?page={{ page - 1 }}">{% if vi %}Trang trước{% else %}Previous{% endif %}</a> {% endif %}{% if more %}<a href="/devices?page={{ page + 1 }}">{% if vi %}Trang sau{% else %}Next{% endif %}</a>{% endif %}</p>
</main>
</body>
</html>
"#
)]
struct DevicesPage<'a> {
    language: Language,
    csrf: &'a str,
    rows: &'a [DeviceRow],
    may_revoke: bool,
    page: u32,
    more: bool,
}

impl DevicesPage<'_> {
    fn moment(at: &Instant) -> String {
        let date = at.local_date().map(|date| date.in_figures()).unwrap_or_default();
        format!("{date} {}", at.local_time())
    }
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    who: SignedIn,
    query: Result<Query<ListQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Failure> {
    let Ok(Query(ListQuery { page })) = query else { return Err(Failure::NotFound) };
    let scope = who.session.scope;
    let offset = page.saturating_mul(PAGE);
    // One row more than fits says whether there is another page.
    let mut rows = app.store.read(|db| device::list_devices(db, scope, (offset, PAGE + 1)))?;
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    let html = DevicesPage {
        language: who.language,
        csrf: &who.session.csrf.text(),
        rows: &rows,
        may_revoke: who.session.role >= Role::Administrator,
        page,
        more,
    };
    Ok(Html(html.render()?).into_response())
}

pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    posted: Posted<SignedIn, RevokeForm>,
) -> Result<Response, Failure> {
    let id: DeviceId = id.parse().map_err(|_| Failure::NotFound)?;
    let units = app.store.read(|db| device::list_units_of(db, id))?;
    if units.is_empty() {
        return Err(Failure::NotFound);
    }
    for unit in units {
        app.store.read(|db| Ok(posted.who.permit(db, Action::ManageDevices, unit)))??;
    }
    let now = app.clock.now();
    app.store.write_async(move |db| device::revoke(db, id, now)).await?;
    tracing::info!(device = %id, staff = posted.who.session.staff, "a device was revoked");
    Ok(Redirect::to("/devices").into_response())
}
