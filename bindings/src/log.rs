//! Where the app hears what the phone did. No line holds what people wrote, nor their names.

use std::fmt;
use std::sync::Arc;

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LogLevel {
    /// As it should be.
    Info,
    /// Something was not done; the caller was told why.
    Warn,
    /// The phone's file, or the phone, fails.
    Error,
}

/// The app's log did not take a line. Nothing else comes of it.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum LogError {
    /// It threw.
    #[error("the app's log failed: {what}")]
    Failed {
        /// What it said.
        what: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for LogError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { what: error.reason }
    }
}

/// The app's log.
#[uniffi::export(with_foreign)]
pub trait LogSink: Send + Sync {
    /// Takes one line. It may be called from any thread, and may call the phone.
    ///
    /// # Errors
    /// Whatever it throws; that is dropped.
    fn log(&self, level: LogLevel, message: String) -> Result<(), LogError>;
}

/// The sink that the app has set, if any.
#[derive(Clone, Default)]
pub(crate) struct Log(pub(crate) Option<Arc<dyn LogSink>>);

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Log").field(&self.0.is_some()).finish()
    }
}

impl Log {
    pub(crate) fn line(&self, level: LogLevel, message: String) {
        if let Some(sink) = &self.0 {
            // A log that fails must not make a save look failed.
            drop(sink.log(level, message));
        }
    }
}
