//! Devices: who holds them, when they were last heard of, what they have not sent.

use std::sync::Arc;

use crate::store::Db;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use soban_core::base::Instant;

use super::asked::Asked;
use super::frame::{frame, show};
use super::moment::moment;
use super::units::{PAGE, SILENT_MS};
use super::view::{DeviceLine, DevicesPage, Frame, Pager, Place};
use super::words::Words;
use super::{Failure, SignedIn};
use crate::access::Action;
use crate::http::App;
use crate::store::device::{self, DeviceRow};

/// A clock that is further off stands out.
const WRONG_CLOCK_MS: i64 = 10 * 60_000;

#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    page: u32,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Asked(ListQuery { page }): Asked<ListQuery>,
) -> Result<Response, Failure> {
    let now = app.clock.now();
    let f = frame(&app, &who, Place::Devices, "/devices")?;
    show(&app, |db| view(db, &who, f, (page, now)))
}

fn view(
    db: &Db,
    who: &SignedIn,
    f: Frame,
    (page, now): (u32, Instant),
) -> Result<DevicesPage, Failure> {
    let offset = page.saturating_mul(PAGE);
    // One row more than fits says whether there is another page.
    let mut rows = device::list_devices(db, who.session.scope, (offset, PAGE + 1))?;
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let pager = Pager::new("/devices", page, rows.len() > shown);
    rows.truncate(shown);
    let mut devices = Vec::with_capacity(rows.len());
    for row in rows {
        let may_manage = who.permit(db, Action::ManageDevices, row.org_unit).is_ok();
        devices.push(line(f.words, row, may_manage, now));
    }
    Ok(DevicesPage { f, devices, pager })
}

fn line(words: &Words, row: DeviceRow, may_manage: bool, now: Instant) -> DeviceLine {
    let nothing = || words.t("nothing");
    let seen = row.seen_at.map_or_else(|| words.t("never"), |at| moment(words, at, now));
    let silent_ms = now.0.saturating_sub(row.seen_at.unwrap_or(row.enrolled_at).0);
    let wrong_clock = row.clock_offset_ms.filter(|offset| offset.abs() > WRONG_CLOCK_MS);
    let versions = row.app_version.zip(row.pack_version).map(|(app, pack)| {
        words.with_all("device-versions-value", &[("app", app.into()), ("pack", pack.into())])
    });
    let unsent = match (row.unsent, row.oldest_unsent) {
        (None, _) => nothing(),
        (Some(count), Some(oldest)) if count > 0 => {
            let when = moment(words, oldest, now);
            let values = [("count", count.into()), ("when", when.into())];
            words.with_all("device-unsent-since", &values)
        }
        (Some(count), _) => count.to_string(),
    };
    DeviceLine {
        id: row.id.to_string(),
        holder: row.holder,
        unit_id: row.org_unit.0,
        unit: row.unit_name,
        seen,
        silent: row.revoked_at.is_none() && silent_ms > SILENT_MS,
        clock: wrong_clock.map(|offset| words.with("device-clock", "gap", gap(offset))),
        unsent,
        versions: versions.unwrap_or_else(nothing),
        revoked: row.revoked_at.is_some(),
        pending: row.pending,
        may_manage,
    }
}

/// "+2:05": hours and minutes ahead of the server.
fn gap(offset_ms: i64) -> String {
    let minutes = offset_ms.abs() / 60_000;
    let sign = if offset_ms < 0 { '−' } else { '+' };
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_ahead_or_behind_by_hours_and_minutes() {
        assert_eq!(gap(7_500_000), "+2:05");
        assert_eq!(gap(-660_000), "−0:11");
    }
}
