//! Identifiers: one newtype a noun, so that they cannot be mixed up.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// The accrediting organisation.
    OrganisationId
);
id!(
    /// A person.
    PersonId
);
id!(
    /// A group whose members fill a role of a workflow.
    GroupId
);
id!(
    /// One application going through a workflow.
    SubmissionId
);
id!(
    /// Days on which somebody is away.
    AbsenceId
);
id!(
    /// One uploaded file.
    DocumentId
);
id!(
    /// A line of the credit ledger.
    EntryId
);
id!(
    /// A signed-in browser.
    SessionId
);
id!(
    /// A piece of work for the worker.
    JobId
);
id!(
    /// A letter in the outbox.
    MailId
);
id!(
    /// A one-time link: set-up, invitation.
    LinkId
);

impl PersonId {
    /// What somebody is called whose name was erased: by a number that tells apart and says nothing.
    #[must_use]
    pub fn pseudonym(self) -> String {
        // The end of an id is random; its beginning is the time.
        format!("Erased person {:04X}", self.0.as_u128() & 0xFFFF)
    }
}
