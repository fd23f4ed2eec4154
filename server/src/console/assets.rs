//! Styles, fonts and scripts, which are part of the program.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use include_dir::{Dir, File, include_dir};
use sha2::{Digest, Sha256};
use soban_core::base::hex;

use super::Failure;

static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets");

/// How the style sheet begins to name a font.
const FONT: &str = "url(\"fonts/";

/// Asked for again by every page, and answered with no content while it is the same: a new
/// program's styles show at once, and nothing travels twice on a slow line.
const KEPT: &str = "public, max-age=3600, must-revalidate";

/// The style sheet with its fonts inside, for a page that stands alone.
pub(crate) fn whole_style() -> String {
    let file = |path: &str| ASSETS.get_file(path).map(File::contents).unwrap_or_default();
    let style = String::from_utf8_lossy(file("console.css"));
    let mut parts = style.split(FONT);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('"').unwrap_or((part, ""));
        let font = STANDARD.encode(file(&format!("fonts/{name}")));
        whole.push_str(&format!("url(\"data:font/woff2;base64,{font}\"{rest}"));
    }
    whole
}

pub(super) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = ASSETS.get_file(&path) else { return Failure::NotFound.into_response() };
    let hash: [u8; 32] = Sha256::digest(file.contents()).into();
    let tag = format!("\"{}\"", hex::encode(&hash).chars().take(16).collect::<String>());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let tag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""));
    let kept = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, HeaderValue::from_static(KEPT)),
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(&path))),
    ];
    match unchanged {
        true => (StatusCode::NOT_MODIFIED, kept).into_response(),
        false => (kept, file.contents()).into_response(),
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
