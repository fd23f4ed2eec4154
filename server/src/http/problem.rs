//! Problem documents for machines (RFC 9457), in both languages.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::accept::SyncError;
use crate::enrol::EnrolError;
use crate::store::StoreError;

/// What went wrong, for a machine to act on by its `type`.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// A stable identifier.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The HTTP status.
    status: u16,
    /// In English.
    title: String,
    /// In Vietnamese.
    title_vi: &'static str,
    /// What is for the log alone.
    #[serde(skip)]
    cause: Option<Cause>,
}

/// Why a request could not be answered, on its way to the request's line in the log.
#[derive(Debug, Clone)]
pub(super) struct Cause(pub(super) Arc<str>);

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: &str, title_vi: &'static str) -> Self {
        Self { kind, status: status.as_u16(), title: title.to_owned(), title_vi, cause: None }
    }

    /// Nobody holds this token.
    #[must_use]
    pub fn unknown_device() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "/problems/unknown-device",
            "the district does not know this phone",
            "Huyện chưa biết máy này.",
        )
    }

    /// Too many tries.
    #[must_use]
    pub fn too_many_tries() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "/problems/too-many-tries",
            "too many tries; wait a minute",
            "Thử quá nhiều lần; chờ một phút rồi thử lại.",
        )
    }

    fn unavailable() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "/problems/unavailable",
            "the district's server cannot write now; nothing was taken, try again later",
            "Máy chủ đang bận; chưa nhận gì, hãy gửi lại sau.",
        )
    }

    /// More bytes than a message may have.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "/problems/too-large",
            "the message has more than 1 MiB; send less at once",
            "Gói tin lớn quá 1 MiB; hãy gửi ít hơn mỗi lần.",
        )
    }

    /// Not CBOR.
    #[must_use]
    pub fn other_media_type() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "/problems/media-type",
            "messages are application/cbor",
            "Gói tin phải có kiểu application/cbor.",
        )
    }

    /// Nothing is at this address.
    #[must_use]
    pub fn unknown_address() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "/problems/unknown-address",
            "there is nothing at this address",
            "Không có gì ở địa chỉ này.",
        )
    }

    /// A mistake in the program.
    #[must_use]
    pub fn broken() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "/problems/internal",
            "the server made a mistake; what it acknowledged is safe, try again later",
            "Máy chủ gặp lỗi; dữ liệu đã nhận vẫn còn nguyên, hãy gửi lại sau.",
        )
    }

    pub(super) fn malformed(title: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "/problems/malformed",
            title,
            "Gói tin gửi lên không đọc được.",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, kind, body).into_response();
        if let Some(cause) = self.cause {
            response.extensions_mut().insert(cause);
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let cause = format!("the data folder fails: {error}");
        Self { cause: Some(Cause(cause.into())), ..Self::unavailable() }
    }
}

impl From<SyncError> for Problem {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Wire(error) => Self::malformed(&error.to_string()),
            SyncError::Store(error) => error.into(),
            // It was tried again, and changed again.
            SyncError::Outdated => Self::unavailable(),
        }
    }
}

impl From<EnrolError> for Problem {
    fn from(error: EnrolError) -> Self {
        let title = error.to_string();
        let code = |kind, title_vi| Self::new(StatusCode::FORBIDDEN, kind, &title, title_vi);
        match error {
            EnrolError::Wire(_) => Self::malformed(&title),
            EnrolError::BadSignature => {
                code("/problems/bad-signature", "Yêu cầu nhận sổ không có chữ ký đúng.")
            }
            EnrolError::UnknownCode => code("/problems/unknown-code", "Mã nhận sổ không đúng."),
            EnrolError::Expired => {
                code("/problems/expired-code", "Mã nhận sổ đã hết hạn; xin mã mới.")
            }
            EnrolError::Used => code("/problems/used-code", "Mã nhận sổ đã được máy khác dùng."),
            EnrolError::Revoked => {
                code("/problems/revoked", "Máy này đã bị thu hồi; huyện phải cho phép lại.")
            }
            EnrolError::UnknownUnit(_) => code("/problems/unknown-unit", "Không có tổ chức này."),
            EnrolError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn why_the_folder_fails_is_for_the_log_and_not_for_phones() {
        let failing = StoreError::Damaged("page 7".to_owned());
        let response = Problem::from(failing).into_response();
        let Cause(cause) = response.extensions().get().unwrap();
        assert!(cause.ends_with("page 7"), "{cause}");
        let body = axum::body::to_bytes(response.into_body(), 4_096).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("page 7"));
    }
}
