//! What can go wrong, one variant per thing that an app can do about it.

use soban_core::{phone, store};

use crate::{LogLevel, MovedField, Violation};

/// Why a phone did not do what was asked; nothing of it was done.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum PhoneError {
    #[error("this phone has not been enrolled")]
    NotEnrolled,
    #[error("this phone has been enrolled already")]
    AlreadyEnrolled,
    #[error("the form holds things against the record")]
    Violations { violations: Vec<Violation> },
    #[error("fields have changed since the form was opened")]
    Moved { fields: Vec<MovedField> },
    #[error("the record is void")]
    RecordVoid,
    #[error("there is no such form: {name}")]
    UnknownForm { name: String },
    #[error("what is practised is never sent")]
    Practice,
    #[error("that is no date: {what}")]
    BadDate { what: String },
    #[error("there is no such record: {id}")]
    UnknownRecord { id: String },
    #[error("this phone does not write for that unit")]
    OtherUnit,
    #[error("a reason is needed")]
    ReasonNeeded,
    #[error("a value is larger than can be saved")]
    TooLarge,
    #[error("the state that the form was opened at does not read")]
    BadState,
    #[error("the answer does not read: {what}")]
    BadAnswer { what: String },
    #[error("the phone has no room left")]
    Full,
    #[error("the phone's file fails: {what}")]
    File { what: String },
    #[error("another program has the phone's file open")]
    InUse,
    #[error("a newer program wrote the phone's file")]
    Newer,
    #[error("the phone's file is damaged or gone, and no other was made: {path}")]
    Unreadable { path: String },
}

impl From<store::OpenError> for PhoneError {
    fn from(error: store::OpenError) -> Self {
        match error {
            store::OpenError::InUse(_) => Self::InUse,
            store::OpenError::Newer { .. } => Self::Newer,
            store::OpenError::Unreadable(path) | store::OpenError::Gone(path) => {
                Self::Unreadable { path: path.display().to_string() }
            }
            error @ store::OpenError::Folder(..) => Self::File { what: error.to_string() },
        }
    }
}

impl PhoneError {
    /// How much it matters to those who mend.
    pub(crate) fn level(&self) -> LogLevel {
        match self {
            Self::Full | Self::File { .. } | Self::Unreadable { .. } => LogLevel::Error,
            _ => LogLevel::Warn,
        }
    }

    /// Violations are put into words by the phone that found them.
    pub(crate) fn from_phone(phone: &phone::Phone, error: phone::PhoneError) -> Self {
        use phone::PhoneError as Core;
        match error {
            Core::NotEnrolled => Self::NotEnrolled,
            Core::AlreadyEnrolled => Self::AlreadyEnrolled,
            Core::Violations(found) => {
                let violations = found.iter().map(|one| phone.violation_view(one).into());
                Self::Violations { violations: violations.collect() }
            }
            Core::Moved(fields) => {
                Self::Moved { fields: fields.into_iter().map(MovedField::from).collect() }
            }
            Core::RecordVoid => Self::RecordVoid,
            Core::Practice => Self::Practice,
            Core::BadDate(what) => Self::BadDate { what },
            Core::UnknownForm(name) => Self::UnknownForm { name },
            Core::UnknownRecord(id) => Self::UnknownRecord { id: id.to_string() },
            Core::OtherUnit => Self::OtherUnit,
            Core::ReasonNeeded => Self::ReasonNeeded,
            Core::TooLarge => Self::TooLarge,
            Core::BadState => Self::BadState,
            Core::BadAnswer(what) => Self::BadAnswer { what },
            Core::Full => Self::Full,
            Core::File(what) => Self::File { what },
        }
    }
}
