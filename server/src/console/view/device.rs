//! Devices, and revoking one.

use askama::Template;

use super::{Frame, Pager, Place};

/// A device in the list.
#[derive(Debug, Clone)]
pub struct DeviceLine {
    /// Its id.
    pub id: String,
    /// Who holds it.
    pub holder: String,
    /// The number of its unit.
    pub unit_id: u32,
    /// What that is called.
    pub unit: String,
    /// When it was last heard of.
    pub seen: String,
    /// Whether that is too long ago.
    pub silent: bool,
    /// How wrong its clock is, if it is.
    pub clock: Option<String>,
    /// What it had not sent.
    pub unsent: String,
    /// Its program's and its pack's versions.
    pub versions: String,
    /// Whether it is revoked.
    pub revoked: bool,
    /// Whether it waits for staff.
    pub pending: bool,
    /// Whether whoever looks may revoke it or let it in.
    pub may_manage: bool,
}

/// Devices.
#[derive(Debug, Template)]
#[template(path = "devices.html")]
pub struct DevicesPage {
    /// Around the page.
    pub f: Frame,
    /// Those longest silent first.
    pub devices: Vec<DeviceLine>,
    /// The pages beside this one.
    pub pager: Pager,
}

/// Asks once more before a device is revoked.
#[derive(Debug, Template)]
#[template(path = "revoke.html")]
pub struct RevokePage {
    /// Around the page.
    pub f: Frame,
    /// The question.
    pub title: String,
    /// The device.
    pub id: String,
    /// Whose books it writes.
    pub unit: String,
}
