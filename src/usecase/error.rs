//! How a use case fails. It knows nothing of HTTP; `http::error` maps it once.

use jiff::SignedDuration;

use crate::{
    blob, password,
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
    #[error(transparent)]
    Refused(#[from] Refusal),
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
    /// A defect; only its id is shown, the rest is in the log.
    #[error("something went wrong on our side")]
    Internal(#[from] anyhow::Error),
}

impl From<blob::Error> for Error {
    /// What is wrong with a file is told about the field `file`; what is wrong with the store is for the log.
    fn from(error: blob::Error) -> Self {
        let code = match &error {
            blob::Error::TooLarge { limit } => return Self::TooLarge { limit: *limit },
            blob::Error::Missing(_) => return Self::NotFound,
            blob::Error::Empty => "empty",
            blob::Error::WrongType(_) => "type",
            blob::Error::CutOff(_) => "cut-off",
            blob::Error::Unfit(_) | blob::Error::Store(_) | blob::Error::Directory(_) => {
                tracing::error!(error = format!("{:#}", anyhow::Error::from(error)), "The document store failed");
                return Self::Unavailable;
            }
        };
        let message = error.to_string();
        Self::Invalid(vec![FieldFault { field: "file".to_owned(), code: code.to_owned(), message }])
    }
}

impl From<password::Error> for Error {
    fn from(error: password::Error) -> Self {
        match error {
            password::Error::Busy => Self::Unavailable,
            error => Self::Internal(error.into()),
        }
    }
}
