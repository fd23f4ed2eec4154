//! The demo's folder: the server's data folder, the phones, and a note of how far they have come.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{DemoError, Size, Summary};
use crate::link::TrafficCounts;

const NOTE: &str = "demo.json";
const VERSION: u32 = 1;

/// How far a demo has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Note {
    version: u32,
    pub(super) size: Size,
    /// How many waves every phone has been through.
    pub(super) waves: usize,
    /// What went over the ways in them.
    pub(super) traffic: TrafficCounts,
    /// How long they took.
    pub(super) seconds: f64,
    /// What staff settle, once that is chosen.
    #[serde(default)]
    pub(super) settled: Option<Vec<Settled>>,
    /// Once all is done.
    pub(super) summary: Option<Summary>,
}

/// Something that staff settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settled {
    /// The record's id.
    pub(super) record: String,
    /// The kind of disagreement, as the server's table numbers it.
    pub(super) kind: u8,
    /// The first field in question.
    pub(super) field: u16,
}

/// The demo's folder.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    pub(super) note: Note,
}

impl Folder {
    /// Opens a demo's folder, or begins one. Without a size, that of the folder, or full.
    ///
    /// # Errors
    /// [`DemoError::OtherData`], [`DemoError::OtherSize`], [`DemoError::File`].
    pub fn open(dir: &Path, size: Option<Size>) -> Result<Self, DemoError> {
        let failed = |error: std::io::Error| DemoError::File(dir.to_owned(), error.to_string());
        let file = dir.join(NOTE);
        if let Ok(text) = std::fs::read_to_string(&file) {
            let note: Note = serde_json::from_str(&text)
                .map_err(|error| DemoError::File(file, error.to_string()))?;
            if size.is_some_and(|size| size != note.size) {
                return Err(DemoError::OtherSize(dir.to_owned(), note.size.as_str()));
            }
            return Ok(Self { dir: dir.to_owned(), note });
        }
        std::fs::create_dir_all(dir).map_err(failed)?;
        if std::fs::read_dir(dir).map_err(failed)?.next().is_some() {
            return Err(DemoError::OtherData(dir.to_owned()));
        }
        let size = size.unwrap_or(Size::Full);
        let traffic = TrafficCounts::default();
        let note = Note {
            version: VERSION,
            size,
            waves: 0,
            traffic,
            seconds: 0.0,
            settled: None,
            summary: None,
        };
        let folder = Self { dir: dir.to_owned(), note };
        folder.keep()?;
        Ok(folder)
    }

    /// The server's data folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The demo's size.
    #[must_use]
    pub fn size(&self) -> Size {
        self.note.size
    }

    /// What the filled demo came to, if it is filled.
    #[must_use]
    pub fn summary(&self) -> Option<&Summary> {
        self.note.summary.as_ref()
    }

    /// The folder of a phone.
    pub(super) fn phone(&self, name: &str) -> PathBuf {
        self.dir.join("phones").join(name)
    }

    /// Writes the note beside the old one and puts it in its place.
    pub(super) fn keep(&self) -> Result<(), DemoError> {
        let file = self.dir.join(NOTE);
        let fresh = self.dir.join("demo.json.new");
        let text = serde_json::to_string_pretty(&self.note).unwrap_or_default();
        let write = || {
            let mut opened = File::create(&fresh)?;
            opened.write_all(text.as_bytes())?;
            opened.sync_all()?;
            std::fs::rename(&fresh, &file)
        };
        write().map_err(|error| DemoError::File(file.clone(), error.to_string()))
    }
}
