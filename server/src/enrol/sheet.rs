//! Enrolment sheets: a code as a person gets it on paper, with a QR code that holds the address too.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use soban_core::base::{DeviceId, Instant, OrgUnitId};
use thiserror::Error;

use super::{EnrolError, invite_until};
use crate::console::moment::exact;
use crate::store::{Db, StoreError, device, org};

/// Days for which a code may be used, if nobody says otherwise.
pub const USUAL_DAYS: u32 = 3;
/// The most days for which a code may be used.
pub const MOST_DAYS: u32 = 30;
const DAY_MS: i64 = 86_400_000;
/// The least side of a printed QR code, in the units of its drawing.
const LEAST_SIDE: u32 = 200;
/// The longest address, so that a QR code of it is never too dense for a cheap camera.
const MOST_ADDRESS: usize = 120;

/// Why there is no sheet.
#[derive(Debug, Error)]
pub enum SheetError {
    /// The address cannot be one that phones reach the district at.
    #[error("“{0}” is no address for phones: https://…, or http:// on this machine")]
    Address(String),
    /// There is no code.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
}

impl From<StoreError> for SheetError {
    fn from(error: StoreError) -> Self {
        Self::Enrol(error.into())
    }
}

/// A refusal is an answer, not a failed write: nothing was written before it was made.
///
/// # Errors
/// [`StoreError`].
pub fn answered<T>(made: Result<T, SheetError>) -> Result<Result<T, SheetError>, StoreError> {
    match made {
        Err(SheetError::Enrol(EnrolError::Store(error))) => Err(error),
        made => Ok(made),
    }
}

/// One sheet of paper. It opens the district for whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Whose books the phone will write.
    pub org_unit: OrgUnitId,
    /// What that is called.
    pub unit: String,
    /// What the unit above it is called; empty at the top.
    pub above: String,
    /// Who will hold the phone.
    pub holder: String,
    /// As it is typed.
    pub code: String,
    /// The district's address.
    pub server: String,
    /// What the QR code says.
    pub text: String,
    /// The QR code, as SVG.
    pub qr: String,
    /// When the code expires, as people read it.
    pub until: String,
    /// The same as an instant.
    pub expires_at: Instant,
}

/// What is to be printed on sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Who will hold the phone; the secretary of the unit if nothing.
    pub holder: String,
    /// For how many days the code may be used, at most [`MOST_DAYS`].
    pub days: u32,
    /// The district's address as phones reach it, without a slash at its end.
    pub server: String,
}

/// A sheet for each of these units, each with a code of its own.
///
/// # Errors
/// [`SheetError`].
pub fn make_sheets(
    db: &Db,
    units: &[OrgUnitId],
    terms: &Terms,
    now: Instant,
) -> Result<Vec<Sheet>, SheetError> {
    units.iter().map(|unit| make_sheet(db, *unit, terms, now)).collect()
}

/// Revokes a device that is lost, and makes the sheet for the one that takes its place.
///
/// # Errors
/// [`SheetError`]; [`EnrolError::Revoked`] if it is revoked already.
pub fn replace_device(
    db: &Db,
    lost: DeviceId,
    terms: &Terms,
    now: Instant,
) -> Result<Sheet, SheetError> {
    let row = device::find_device(db, lost)?;
    let row = row.ok_or_else(|| StoreError::Damaged(format!("there is no device {lost}")))?;
    if row.revoked_at.is_some() {
        return Err(EnrolError::Revoked.into());
    }
    let holder = if terms.holder.is_empty() { row.holder } else { terms.holder.clone() };
    let sheet = make_sheet(db, row.org_unit, &Terms { holder, ..terms.clone() }, now)?;
    device::revoke(db, lost, now)?;
    Ok(sheet)
}

fn make_sheet(
    db: &Db,
    org_unit: OrgUnitId,
    terms: &Terms,
    now: Instant,
) -> Result<Sheet, SheetError> {
    let (unit, above) = org::names_of(db, org_unit)?.ok_or(EnrolError::UnknownUnit(org_unit))?;
    let holder = match terms.holder.trim() {
        "" => format!("Bí thư {}", lower_first(&unit)),
        holder => holder.to_owned(),
    };
    let expires_at = Instant(now.0 + i64::from(terms.days.clamp(1, MOST_DAYS)) * DAY_MS);
    let code = invite_until(db, org_unit, &holder, (now, expires_at))?.printed();
    let text = format!("{}/enrol#{code}", terms.server);
    let qr = draw(&text).ok_or_else(|| SheetError::Address(terms.server.clone()))?;
    let (server, until) = (terms.server.clone(), exact(expires_at));
    Ok(Sheet { org_unit, unit, above, holder, code, server, text, qr, until, expires_at })
}

/// "chi bộ thôn Pạc Bo", behind another word.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A sheet is folded and gets dirty: a quarter of the drawing may be unreadable. Nothing for an
/// address that is too long.
fn draw(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(LEAST_SIDE, LEAST_SIDE).build();
    // The declaration has no place inside a page.
    drawing.find("<svg").and_then(|start| drawing.get(start..)).map(str::to_owned)
}

/// The district's address as phones reach it, tidied: https, or http on this machine alone.
///
/// # Errors
/// [`SheetError::Address`].
pub fn read_address(text: &str) -> Result<String, SheetError> {
    let wrong = || SheetError::Address(text.to_owned());
    let tidy = text.trim().trim_end_matches('/');
    let (scheme, host) = tidy.split_once("://").ok_or_else(wrong)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]/_~".contains(c);
    let here = ["127.0.0.1", "[::1]", "localhost"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    });
    let allowed = scheme == "https" || (scheme == "http" && here);
    if allowed && !host.is_empty() && tidy.len() <= MOST_ADDRESS && host.chars().all(plain) {
        Ok(tidy.to_owned())
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_this_machine() {
        for good in ["https://so.muongkhuong.example/", "http://127.0.0.1:8321", "http://localhost"]
        {
            assert_eq!(read_address(good).unwrap(), good.trim_end_matches('/'));
        }
        for bad in [
            "so.example",
            "http://so.example",
            "http://127.0.0.1.example",
            "https://",
            "https://a b",
            "https://x/<script>",
            "ftp://so.example",
        ] {
            assert!(read_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_drawing_stands_inside_a_page() {
        let drawing = draw("https://so.example/enrol#ABCD-EFGH").unwrap();
        assert!(drawing.starts_with("<svg") && drawing.trim_end().ends_with("</svg>"));
        assert!(draw(&"x".repeat(5_000)).is_none());
    }
}
