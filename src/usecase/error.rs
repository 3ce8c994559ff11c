//! How a use case fails. It knows nothing of HTTP; `http::error` maps it once.

use std::io::{self, ErrorKind};

use jiff::SignedDuration;

use crate::{
    access::Denied,
    blob,
    domain::TextFault,
    password, store,
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
    /// The password is right, and a code of the second factor is asked too.
    #[error("this account has a second factor: send the code of its app, or a recovery code, as `code` too")]
    CodeNeeded,
    /// The organisation requires a second factor of the caller, who has none.
    #[error(
        "the organisation requires a second factor of you: turn it on first, on the page /account/second-factor or by \
         PUT /api/v1/me/second-factor"
    )]
    SecondFactorOwed,
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
    /// It was there and is no more; the text says what to do instead.
    #[error("{0}")]
    Gone(String),
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
    /// Something this depends on is missing for now. The caller learns what, the log why.
    #[error("{0}")]
    Unavailable(Lack, #[source] anyhow::Error),
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

    /// A text that cannot be taken.
    #[must_use]
    pub fn text(field: &str, fault: TextFault) -> Self {
        Self::Invalid(vec![FieldFault::of_text(field, fault)])
    }

    /// Something this depends on does not answer.
    pub fn down(cause: impl Into<anyhow::Error>) -> Self {
        Self::Unavailable(Lack::Answer, cause.into())
    }
}

/// What is missing for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    /// An answer in time, from the database or the store of documents.
    #[error("this does not work for the moment; try again shortly")]
    Answer,
    /// Room on the disk.
    #[error("there is no room left on the server's disk, so this could not be saved; the office has to make room")]
    Room,
    /// A disk, or a database, that can be written.
    #[error("the server can only be read for the moment, so this could not be saved; try again later")]
    Writing,
    /// A turn: too many ask at once.
    #[error("too many ask at once; try again in a few seconds")]
    Turn,
}

impl Lack {
    /// What is missing where a file could not be read or written.
    fn of(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut cause = Some(error);
        while let Some(error) = cause {
            match error.downcast_ref::<io::Error>().map(io::Error::kind) {
                Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => return Self::Room,
                Some(ErrorKind::ReadOnlyFilesystem) => return Self::Writing,
                _ => cause = error.source(),
            }
        }
        Self::Answer
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
            password::Error::Busy => Self::Unavailable(Lack::Turn, error.into()),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Self::Stale,
            store::Error::Unavailable(_) | store::Error::Held(_) | store::Error::Slow(_) => {
                Self::Unavailable(Lack::Answer, error.into())
            }
            // Two did the same at one moment; the indices let one in.
            store::Error::Duplicate(what) => {
                tracing::warn!(what, "Somebody was quicker with the same");
                let message =
                    "somebody just did the same; look at what is here now, and repeat it if it is still needed";
                Self::Conflict(message.to_owned())
            }
            store::Error::Full(_) => Self::Unavailable(Lack::Room, error.into()),
            store::Error::ReadOnly(_) => Self::Unavailable(Lack::Writing, error.into()),
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
                return Self::Unavailable(Lack::of(&error), error.into());
            }
        };
        let message = error.to_string();
        Self::Invalid(vec![FieldFault { field: "file".to_owned(), code: code.to_owned(), message }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_found_behind_what_the_store_of_documents_says() {
        for (kind, lack) in [
            (ErrorKind::StorageFull, Lack::Room),
            (ErrorKind::QuotaExceeded, Lack::Room),
            (ErrorKind::ReadOnlyFilesystem, Lack::Writing),
            (ErrorKind::TimedOut, Lack::Answer),
        ] {
            let error = Error::from(blob::Error::Directory(io::Error::from(kind)));
            assert!(matches!(error, Error::Unavailable(found, _) if found == lack), "{kind:?}: {error:?}");
        }
    }
}
