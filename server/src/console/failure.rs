//! What a person sees who does not get the page they asked for: what happened, and a way out.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::store::StoreError;

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// There is no such page, record or device; or none that this person may know of.
    NotFound,
    /// The person may not do this.
    Forbidden,
    /// The form does not come from a page of this session.
    StaleForm,
    /// The form lacks something that the page always sends.
    BadForm,
    /// Too many tries.
    TooManyTries,
    /// The data folder fails.
    Unavailable,
    /// A mistake in the program.
    Broken,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ vi }} · Sổ Bản</title>
<link rel="stylesheet" href="/assets/console.css">
</head>
<body>
<main class="failure">
<h1>{{ vi }}</h1>
<p lang="en">{{ en }}</p>
<p><a href="/">Về trang đầu</a> · <a href="/" lang="en">To the first page</a></p>
</main>
</body>
</html>
"#
)]
struct Page {
    vi: &'static str,
    en: &'static str,
}

impl Failure {
    fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(self) -> Page {
        let (vi, en) = match self {
            Self::NotFound => ("Không có trang này", "There is no such page."),
            Self::Forbidden => {
                ("Tài khoản này không được làm việc đó", "This account may not do that.")
            }
            Self::StaleForm => (
                "Trang đã cũ, chưa có gì thay đổi; mở lại trang rồi làm lại",
                "The page was out of date and nothing was changed; open it again.",
            ),
            Self::BadForm => ("Biểu gửi lên không đọc được", "What was sent could not be read."),
            Self::TooManyTries => (
                "Thử quá nhiều lần; chờ một phút rồi thử lại",
                "Too many tries; wait a minute and try again.",
            ),
            Self::Unavailable => (
                "Máy chủ chưa đọc hoặc ghi được dữ liệu; hãy thử lại sau",
                "The server cannot read or write its data now; try again later.",
            ),
            Self::Broken => (
                "Máy chủ gặp lỗi; dữ liệu đã ghi vẫn còn nguyên",
                "The server made a mistake; what was stored is safe.",
            ),
        };
        Page { vi, en }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let page = self.words();
        let html = page.render().unwrap_or_else(|_| page.vi.to_owned());
        (self.status(), Html(html)).into_response()
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a page failed");
        Self::Unavailable
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be written");
        Self::Broken
    }
}
