//! The one object: a phone behind a lock.

mod exchange;
mod fill;
mod needs;
mod read;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use soban_core::base::{Instant, RecordId};
use soban_core::phone::{self as core, Entropy};

use crate::log::Log;
use crate::{Language, LogLevel, LogSink, PhoneError, Status};

/// The platform's own randomness.
struct Platform;

impl Entropy for Platform {
    fn fill(&mut self, bytes: &mut [u8]) {
        // Without randomness there are no keys: UniFFI turns the panic into an exception.
        #[expect(clippy::expect_used, reason = "no key may be made of anything else")]
        getrandom::fill(bytes).expect("the platform gives no randomness");
    }
}

/// One phone. Calls may come from any thread; each waits for the one before it.
#[derive(Debug, uniffi::Object)]
pub struct Phone {
    inner: Mutex<core::Phone>,
    log: Mutex<Log>,
}

type Result<T> = std::result::Result<T, PhoneError>;

#[uniffi::export]
impl Phone {
    /// Opens the phone whose file is in this folder, or a new one.
    #[uniffi::constructor]
    pub fn open(dir: &str) -> Result<Self> {
        Ok(Self::of(core::Phone::open(Path::new(dir), Box::new(Platform))?))
    }

    /// Opens the phone to practise on that goes with this one, in a folder of its own. What is
    /// written there can never be sent.
    pub fn open_practice(&self, dir: &str, now_ms: i64) -> Result<Arc<Self>> {
        let platform = Box::new(Platform);
        let practice = self.lock().open_practice(Path::new(dir), platform, Instant(now_ms))?;
        Ok(Arc::new(Self::of(practice)))
    }

    /// Sets where the phone tells what it did; nowhere if absent.
    pub fn set_log(&self, sink: Option<Arc<dyn LogSink>>) {
        *self.log.lock().unwrap_or_else(PoisonError::into_inner) = Log(sink);
    }

    /// What this phone says of itself.
    pub fn status(&self, now_ms: i64) -> Result<Status> {
        let now = Instant(now_ms);
        self.call("status", |phone| {
            Ok(Status::new(phone.status()?, phone.language(), phone.today(now)?))
        })
    }

    /// Sets the language of everything that people read.
    pub fn set_language(&self, language: Language) -> Result<()> {
        self.call("set_language", |phone| phone.set_language(language.into()))
    }

    /// What support needs to know: counts, versions and positions, a line each, and nothing that
    /// people wrote.
    pub fn support_report(&self) -> Result<Vec<String>> {
        self.call("support_report", |phone| phone.support_report())
    }
}

/// For the foreign tests alone; no app is built with it.
#[cfg(feature = "probe")]
#[uniffi::export]
impl Phone {
    /// Lets the next change panic in its transaction, when all of it is written and none of it
    /// committed.
    pub fn panic_at_next_change(&self) {
        self.lock().panic_at_next_change();
    }
}

impl Phone {
    fn of(phone: core::Phone) -> Self {
        Self { inner: Mutex::new(phone), log: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, core::Phone> {
        self.inner.lock().unwrap_or_else(|poisoned| {
            // A call that panicked left the file whole, but perhaps an open book ahead of it.
            let mut phone = PoisonError::into_inner(poisoned);
            phone.close_books();
            self.inner.clear_poison();
            phone
        })
    }

    fn call<T>(
        &self,
        name: &str,
        job: impl FnOnce(&mut core::Phone) -> std::result::Result<T, core::PhoneError>,
    ) -> Result<T> {
        let done = {
            let mut phone = self.lock();
            let done = job(&mut phone);
            done.map_err(|error| PhoneError::from_phone(&phone, error))
        };
        if let Err(error) = &done {
            self.note(error.level(), || format!("{name}: {error}"));
        }
        done
    }

    /// A line for the app's log. The phone is not locked meanwhile.
    fn note(&self, level: LogLevel, line: impl FnOnce() -> String) {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner).clone();
        log.line(level, line());
    }
}

fn record_id(text: &str) -> Result<RecordId> {
    text.parse().map_err(|_| PhoneError::UnknownRecord { id: text.to_owned() })
}
