//! Why a use case did not do what was asked. Knows nothing of HTTP; `http::error` maps it, once.

use jiff::SignedDuration;

use crate::{
    access::Denied,
    store,
    workflow::{FieldFault, Refusal},
};

/// Why not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for this caller.
    #[error("there is nothing here under this address")]
    NotFound,
    /// The caller sees it but may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// Nobody was recognised.
    #[error("sign in first")]
    Unauthenticated,
    /// Somebody changed it in the meantime.
    #[error("this was changed in the meantime; look at the current version and try again")]
    Stale,
    /// The workflow refuses.
    #[error("{0}")]
    Refused(Refusal),
    /// Answers are missing or wrong.
    #[error("{} answer(s) need attention", .0.len())]
    Invalid(Vec<FieldFault>),
    /// It contradicts what is already there.
    #[error("{0}")]
    Conflict(String),
    /// More bytes than are taken.
    #[error("this is larger than the {limit} bytes that are taken")]
    TooLarge {
        /// In bytes.
        limit: u64,
    },
    /// Too many attempts.
    #[error("too many attempts; try again later")]
    Throttled {
        /// How long to wait.
        retry_after: SignedDuration,
    },
    /// A part of the system does not answer.
    #[error("a part of the system does not answer right now; try again in a moment")]
    Unavailable(#[source] anyhow::Error),
    /// A fault of ours.
    #[error("something went wrong on our side")]
    Internal(#[from] anyhow::Error),
}

impl Error {
    /// One wrong field.
    #[must_use]
    pub fn field(field: &str, code: &str, message: &str) -> Self {
        Self::Invalid(vec![FieldFault { field: field.to_owned(), code: code.to_owned(), message: message.to_owned() }])
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

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Stale,
            store::Error::Unavailable(_) => Self::Unavailable(error.into()),
            store::Error::BadCursor => Self::field("cursor", "cursor", "start again from the first page"),
            other => Self::Internal(other.into()),
        }
    }
}
