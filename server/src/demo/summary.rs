//! What a filled demo comes to.

use serde::{Deserialize, Serialize};

/// What a filled demo comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Simulated phones.
    pub phones: usize,
    /// Records that are not rows of others and not void.
    pub records: u32,
    /// Entries in the district's books.
    pub entries: u64,
    /// Bytes of messages that phones sent, the broken ones included.
    pub bytes_up: u64,
    /// Bytes of messages that phones received.
    pub bytes_down: u64,
    /// Requests that phones began.
    pub requests: u64,
    /// Open disagreements.
    pub conflicts_open: u32,
    /// Disagreements that staff settled.
    #[serde(default)]
    pub conflicts_settled: usize,
    /// How long the filling took, all starts together.
    pub seconds: f64,
}
