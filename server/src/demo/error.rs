//! Why a demo does not get on.

use std::path::PathBuf;

use soban_core::phone::PhoneError;
use soban_core::store::OpenError;
use thiserror::Error;

use super::plan::PlanError;
use crate::decide::DecideError;
use crate::enrol::EnrolError;
use crate::link::LinkError;
use crate::store::StoreError;

/// Why a demo does not get on. What has been filled stays, and the next start goes on from there.
#[derive(Debug, Error)]
pub enum DemoError {
    /// The folder holds something else.
    #[error("{0} holds no demo; name an empty folder with --data")]
    OtherData(PathBuf),
    /// The folder holds a demo of another size.
    #[error("{0} holds a demo of size {1}; name another folder with --data, or leave --size out")]
    OtherSize(PathBuf, &'static str),
    /// A file cannot be read or written.
    #[error("{0} cannot be read or written: {1}")]
    File(PathBuf, String),
    /// The program's own plan does not hold together.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A phone does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A phone refuses a step of the plan.
    #[error("phone {phone}, step {at}: {reason}")]
    Step {
        /// The name of its folder.
        phone: String,
        /// The step's moment.
        at: i64,
        /// What is wrong.
        reason: String,
    },
    /// A phone's file fails.
    #[error(transparent)]
    Phone(#[from] PhoneError),
    /// The way to the server fails.
    #[error("phone {0}: {1}")]
    Link(String, LinkError),
    /// The server has no address that a phone could use.
    #[error(transparent)]
    Address(LinkError),
    /// No code was given out.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// The server's folder fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The district did not take everything.
    #[error("the district keeps {0} entries apart or waiting; `soban check` says more")]
    NotTaken(u64),
    /// A decision of the demo's staff was refused.
    #[error("the district refuses a decision: {0}")]
    NotDecided(DecideError),
    /// A worker of the demo broke down.
    #[error("a phone of the demo broke down")]
    Broken,
}
