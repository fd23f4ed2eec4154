//! What can go wrong on the way, told apart by what one can do about it.

use serde::Deserialize;
use soban_core::form::Language;
use soban_core::phone::PhoneError;
use thiserror::Error;

/// The way did not lead through; the phone keeps what it has not been told is safe.
#[derive(Debug, Error)]
pub enum LinkError {
    /// No address of a server.
    #[error("“{0}” is no server's address; write it such as https://soban.example.vn")]
    BadServer(String),
    /// Nobody answers there, or the connection breaks every time.
    #[error("{server} cannot be reached: {reason}")]
    Unreachable {
        /// The server's address.
        server: String,
        /// What the system says.
        reason: String,
    },
    /// The server says no, and why.
    #[error("{0}")]
    Refused(Refusal),
    /// What answers there is no district server.
    #[error("{0} does not answer as a district server")]
    NotADistrict(String),
    /// The phone does not want to, or cannot read the answer.
    #[error(transparent)]
    Phone(#[from] PhoneError),
}

/// A problem document (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Error)]
#[error("{title}")]
pub struct Refusal {
    /// What programs tell it by.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// In English.
    pub title: String,
    /// In Vietnamese.
    #[serde(default)]
    pub title_vi: String,
}

impl Refusal {
    /// Whether the same request may succeed a little later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self.status, 408 | 429 | 500..=599)
    }
}

impl LinkError {
    /// Whether the same request may succeed a little later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused(refusal) => refusal.is_passing(),
            Self::BadServer(_) | Self::NotADistrict(_) | Self::Phone(_) => false,
        }
    }

    /// For the person in front of the screen.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        if language == Language::En {
            return self.to_string();
        }
        match self {
            Self::BadServer(text) => {
                format!("“{text}” không phải địa chỉ máy chủ; ghi như https://soban.example.vn")
            }
            Self::Unreachable { server, reason } => {
                format!("Không nối được tới {server}: {reason}. Sổ vẫn còn nguyên trên máy.")
            }
            Self::Refused(refusal) if !refusal.title_vi.is_empty() => refusal.title_vi.clone(),
            Self::NotADistrict(server) => format!("{server} không phải máy chủ Sổ Bản."),
            Self::Refused(_) | Self::Phone(_) => self.to_string(),
        }
    }
}
