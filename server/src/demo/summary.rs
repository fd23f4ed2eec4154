//! What a filling came to; kept in the data folder.

use crate::store::Db;
use serde::{Deserialize, Serialize};

use crate::store::{StoreError, meta};

const KEY: &str = "demo_summary";

/// What a filling came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Phones that took part.
    pub phones: u64,
    /// Records in the district's books, rows included.
    pub records: u64,
    /// Entries in the district's books.
    pub entries: u64,
    /// Bytes of messages up.
    pub bytes_up: u64,
    /// Bytes of messages down.
    pub bytes_down: u64,
    /// Requests, those that died on the way included.
    pub requests: u64,
    /// Disagreements that are open.
    pub conflicts_open: u64,
    /// How long it took.
    pub seconds: f64,
}

pub(super) fn load(db: &Db) -> Result<Option<Summary>, StoreError> {
    let bytes = meta::find(db, KEY)?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

pub(super) fn save(db: &Db, summary: &Summary) -> Result<(), StoreError> {
    meta::put(db, KEY, &serde_json::to_vec(summary).unwrap_or_default())
}
