//! What may this reader know and touch of this submission?
//!
//! The first of two questions, answered once for item, lists, letters, pages and API: by a [`Sight`], or by nothing. This
//! module knows ownership, seats, duties and conflicts; which role may take which step *now* is the workflow file's
//! business, and only the engine reads that.
//!
//! A [`Permit`] is the proof that the question was asked: only [`allow`] makes one, and the store's writes to a
//! submission want it.

mod conflict;
mod relation;
mod sight;

use std::collections::BTreeSet;

use serde::Serialize;
use strum::VariantArray;

use crate::domain::{Duty, PersonId};

pub use crate::domain::Conflict;

pub use conflict::{Mark, Marked, Marks};
pub use relation::{Subject, has_left, relation};
pub use sight::{Part, Sight, hides_author, released};

/// Somebody who was recognised, with everything that decides what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub person: PersonId,
    /// What the house trusts them with.
    pub duties: BTreeSet<Duty>,
    /// The groups they are a member of.
    pub groups: BTreeSet<String>,
}

/// How a caller stands to one submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It is their own.
    Owner,
    /// They write along: they change answers and files, and send nothing.
    Writer,
    /// He is named as a co-author and reads what the author reads.
    CoAuthor,
    /// It was their own until it was handed over.
    FormerOwner,
    /// It may become their own, once they and its owner agree.
    Successor,
    /// A conflict of interest: for them it does not exist.
    Conflicted,
    /// They review it and have declared that they have no conflict.
    Reviewer,
    /// They were assigned and have not declared yet: they may see what it is, not what is in it.
    Invited,
    /// His group may take a step in the state it is in.
    Decider,
    /// His group has a place to fill in a review that is open.
    Candidate,
    /// They acted on it in an earlier round and keep what they knew of that one.
    Former,
    /// He runs the queue.
    Coordinator,
    /// He reads everything and changes nothing.
    Auditor,
    /// None of these.
    Stranger,
}

impl Relation {
    /// Whether they are told what an author is told, and nothing else.
    #[must_use]
    pub fn is_author(self) -> bool {
        matches!(self, Self::Owner | Self::Writer | Self::CoAuthor | Self::FormerOwner | Self::Successor)
    }
}

/// What can be asked of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// See that it exists, what it is called and how it stands.
    See,
    /// Read answers and files.
    Read,
    /// Change answers and files.
    Write,
    /// Take a step of the workflow; which one, the engine decides.
    Step,
    /// Assign, replace, remind, record a conflict.
    Manage,
    /// Read who did what when, with names.
    Trace,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// He may not even know of it.
    #[error("there is no such submission")]
    Hidden,
    /// He sees it but may not do this.
    #[error("your part in this submission does not allow that")]
    Forbidden,
}

/// Proof that an act on a submission was allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    act: Act,
}

impl Permit {
    /// What was allowed.
    #[must_use]
    pub fn act(self) -> Act {
        self.act
    }

    /// The worker's own: time passes for everybody.
    #[must_use]
    pub fn of_the_clock() -> Self {
        Self { act: Act::Step }
    }

    /// The house's own: a migration, which two administrators decided, takes every submission of a version along.
    #[must_use]
    pub fn of_a_migration() -> Self {
        Self { act: Act::Step }
    }
}

/// Whether an act is allowed.
///
/// A person can stand in several relations; the duties count beside the relation, never on one's own work and never
/// with a conflict.
pub fn allow(caller: &Caller, relation: Relation, act: Act) -> Result<Permit, Denied> {
    let coordinates = caller.duties.contains(&Duty::Coordinator);
    let audits = caller.duties.contains(&Duty::Auditor);
    let allowed = match relation {
        Relation::Conflicted | Relation::Stranger => return Err(Denied::Hidden),
        Relation::Owner => matches!(act, Act::See | Act::Read | Act::Write | Act::Step),
        Relation::Writer => matches!(act, Act::See | Act::Read | Act::Write),
        Relation::CoAuthor | Relation::FormerOwner => matches!(act, Act::See | Act::Read),
        Relation::Successor => act == Act::See,
        Relation::Reviewer | Relation::Decider | Relation::Former => match act {
            Act::See | Act::Read | Act::Step => true,
            Act::Write => false,
            Act::Manage => coordinates,
            Act::Trace => coordinates || audits,
        },
        Relation::Invited | Relation::Candidate => match act {
            Act::See | Act::Step => true,
            Act::Write => false,
            Act::Manage => coordinates,
            Act::Read | Act::Trace => coordinates || audits,
        },
        Relation::Coordinator => matches!(act, Act::See | Act::Read | Act::Manage | Act::Trace | Act::Step),
        Relation::Auditor => matches!(act, Act::See | Act::Read | Act::Trace),
    };
    if allowed { Ok(Permit { act }) } else { Err(Denied::Forbidden) }
}
