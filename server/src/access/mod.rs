//! Who may do what: passwords, sessions, roles. Every right is decided in [`may`].

mod account;
mod callers;
mod csrf;
mod password;
mod secret;
mod session;
mod throttle;

pub use account::{AccountError, NewAccount, create_account};
pub use callers::Callers;
pub use csrf::Csrf;
pub use password::{PasswordError, hash_password, random_password, verify_password};
pub use secret::{Code, Token, hash_secret};
pub use session::{
    LoginError, SESSION_MS, Session, change_password, find_session, log_in, log_out,
};
pub use throttle::Throttle;

use soban_core::base::OrgUnitId;

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads.
    Reader,
    /// Reads and decides.
    Reviewer,
    /// Does everything, devices and accounts included.
    Administrator,
}

impl Role {
    /// Its identifier.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }

    /// The role of an identifier.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Reader, Self::Reviewer, Self::Administrator]
            .into_iter()
            .find(|role| role.as_str() == name)
    }
}

/// Something that an account may be allowed to do with what a unit owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// See books, records, contests and devices.
    Read,
    /// Rule on what is contested.
    Decide,
    /// Invite and revoke devices.
    ManageDevices,
}

/// Whether an account may do this. `above` are the units above the one concerned, and itself.
#[must_use]
pub fn may(role: Role, scope: OrgUnitId, action: Action, above: &[OrgUnitId]) -> bool {
    let needed = match action {
        Action::Read => Role::Reader,
        Action::Decide => Role::Reviewer,
        Action::ManageDevices => Role::Administrator,
    };
    role >= needed && above.contains(&scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_reaches_as_far_as_its_scope_and_no_further() {
        let district = OrgUnitId(1);
        let (commune, other) = (OrgUnitId(13), OrgUnitId(12));
        let cell = [district, commune, OrgUnitId(2035)];
        for (role, action, allowed) in [
            (Role::Reader, Action::Read, true),
            (Role::Reader, Action::Decide, false),
            (Role::Reader, Action::ManageDevices, false),
            (Role::Reviewer, Action::Decide, true),
            (Role::Reviewer, Action::ManageDevices, false),
            (Role::Administrator, Action::ManageDevices, true),
        ] {
            assert_eq!(may(role, district, action, &cell), allowed, "{role:?} {action:?}");
            assert_eq!(may(role, commune, action, &cell), allowed, "{role:?} {action:?}");
            assert!(!may(role, other, action, &cell), "{role:?} {action:?}");
        }
    }
}
