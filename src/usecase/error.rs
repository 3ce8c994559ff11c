//! How a use case fails. It knows nothing of HTTP; `http::error` maps it once.

use jiff::SignedDuration;

use crate::{
    access::Denied,
    blob, password, store,
    workflow::{FieldFault, Refusal},
};

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the caller may not know of it.
    #[error("there is no such thing here")]
    NotFound,
    /// The caller may see it and may not do this; the text says what would be needed.
    #[error("{0}")]
    Forbidden(String),
    /// Nobody is signed in.
    #[error("sign in first")]
    Unauthenticated,
    /// Somebody else changed it since the caller read it.
    #[error("this was changed by somebody else in the meantime; load it again and repeat the change")]
    Stale,
    /// The workflow says no.
    #[error("{0}")]
    Refused(Refusal),
    /// Something the caller entered is missing or wrong.
    #[error("{} answer(s) need attention", .0.len())]
    Invalid(Vec<FieldFault>),
    /// It contradicts what is there already.
    #[error("{0}")]
    Conflict(String),
    /// The upload is larger than what is taken.
    #[error("this is larger than {limit} bytes, the most that is taken here")]
    TooLarge {
        /// In bytes.
        limit: u64,
    },
    /// Too many attempts.
    #[error("too many attempts; try again in {} seconds", retry_after.as_secs())]
    Throttled {
        /// How long to wait.
        retry_after: SignedDuration,
    },
    /// A part this depends on is down for now.
    #[error("this does not work for the moment; try again shortly")]
    Unavailable,
    /// The bytes of a document are not as they were uploaded; the alarm is raised.
    #[error("this file is damaged or missing where it is kept, so it is not given out; the administrators are told")]
    Damaged,
    /// A defect; only its id is shown, the rest is in the log.
    #[error("something went wrong on our side")]
    Internal(#[from] anyhow::Error),
}

impl Error {
    /// One wrong field.
    #[must_use]
    pub fn field(field: &str, code: &str, message: &str) -> Self {
        Self::Invalid(vec![FieldFault { field: field.to_owned(), code: code.to_owned(), message: message.to_owned() }])
    }

    /// Something this depends on failed; the log gets the cause, the caller does not.
    pub fn down(cause: impl Into<anyhow::Error>) -> Self {
        let cause = cause.into();
        tracing::error!(cause = format!("{cause:#}"), "A part of the system does not answer");
        Self::Unavailable
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fields { faults } => Self::Invalid(faults),
            other => Self::Refused(other),
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Hidden => Self::NotFound,
            Denied::Forbidden => Self::Forbidden(denied.to_string()),
        }
    }
}

impl From<password::Error> for Error {
    fn from(error: password::Error) -> Self {
        match error {
            password::Error::Busy => Self::Unavailable,
            other => Self::Internal(other.into()),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Stale,
            store::Error::Unavailable => Self::down(error),
            store::Error::NullCharacter => {
                Self::field("", "characters", "take the null character out; typing the text again does it")
            }
            store::Error::BadCursor => Self::field("cursor", "cursor", "start again from the first page"),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<blob::Error> for Error {
    /// What is wrong with a file is told about the field `file`; what is wrong with the store is for the log.
    fn from(error: blob::Error) -> Self {
        let code = match &error {
            blob::Error::TooLarge { limit } => return Self::TooLarge { limit: *limit },
            blob::Error::Faulty { .. } => return Self::Internal(error.into()),
            blob::Error::Empty => "empty",
            blob::Error::WrongType(_) => "type",
            blob::Error::CutOff(_) => "cut-off",
            blob::Error::Unfit(_) | blob::Error::Store(_) | blob::Error::Directory(_) => {
                return Self::down(error);
            }
        };
        let message = error.to_string();
        Self::Invalid(vec![FieldFault { field: "file".to_owned(), code: code.to_owned(), message }])
    }
}
