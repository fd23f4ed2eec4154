//! How large a demo is.

use serde::{Deserialize, Serialize};

use super::plan::Scale;

/// How large a demo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// All 251 cells.
    Full,
    /// 20 cells, those that the report names among them.
    Small,
}

impl Size {
    /// In numbers. Of 251 cells, 176 brought study into their meetings regularly and with quality.
    #[must_use]
    pub fn scale(self) -> Scale {
        match self {
            Self::Full => Scale { cells: usize::MAX, pairs: 40, weak: 75 },
            Self::Small => Scale { cells: 20, pairs: 4, weak: 6 },
        }
    }

    /// As it is written on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Small => "small",
        }
    }
}
