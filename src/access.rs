//! May this actor see or touch this at all?
//!
//! The first of two questions. This module knows organisation, ownership, seats, duties and conflicts; which role
//! may take which step *now* is the workflow file's business, and only the engine reads that.
//!
//! A [`Permit`] is the proof that the question was asked: only [`allow`] makes one, and the store's writes to a
//! submission want it.

use std::collections::BTreeSet;

use crate::{
    domain::{Duty, OrganisationId, PersonId},
    workflow::{
        Definition, Item,
        definition::{Blind, Role, State, Trigger},
    },
};

/// Somebody who was recognised, with everything that decides what he may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub person: PersonId,
    /// Of which organisation; nothing of another one exists for him.
    pub organisation: OrganisationId,
    /// What the house trusts him with.
    pub duties: BTreeSet<Duty>,
    /// The groups he is a member of.
    pub groups: BTreeSet<String>,
}

/// How a caller stands to one submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is his own.
    Owner,
    /// A conflict of interest: for him it does not exist.
    Conflicted,
    /// He reviews it and has declared that he has no conflict.
    Reviewer,
    /// He was assigned and has not declared yet: he may see what it is, not what is in it.
    Invited,
    /// His group may take a step in the state it is in.
    Decider,
    /// His group has a place to fill in a review that is open.
    Candidate,
    /// He runs the queue.
    Coordinator,
    /// He reads everything and changes nothing.
    Auditor,
    /// None of these.
    Stranger,
}

/// What can be asked of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// How `caller` stands to an item, the closest relation first.
///
/// `conflicted` are persons with a known conflict beyond those who recused themselves.
#[must_use]
pub fn relation(caller: &Caller, definition: &Definition, item: &Item, conflicted: &BTreeSet<PersonId>) -> Relation {
    let me = caller.person;
    if item.submitter == me {
        return Relation::Owner;
    }
    if item.recused.contains(&me) || conflicted.contains(&me) {
        return Relation::Conflicted;
    }
    let draft = definition.states.get(&item.state).is_some_and(State::is_draft);
    if draft {
        return Relation::Stranger;
    }
    let seat = item.tracks.values().find_map(|progress| progress.seat(me));
    match seat {
        Some(seat) if seat.declared || seat.verdict.is_some() => Relation::Reviewer,
        Some(_) => Relation::Invited,
        None if decides(caller, definition, item) => Relation::Decider,
        None if caller.duties.contains(&Duty::Coordinator) => Relation::Coordinator,
        None if caller.duties.contains(&Duty::Auditor) => Relation::Auditor,
        None if may_review(caller, definition, item) => Relation::Candidate,
        None => Relation::Stranger,
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
        Relation::Reviewer | Relation::Decider => match act {
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

/// Whether the author is hidden from a reviewer: one of the tracks that he sits in, or that his groups fill, is blind both
/// ways. `seated` tells the tracks he sits in.
#[must_use]
pub fn hides_author(caller: &Caller, definition: &Definition, seated: impl Fn(&str) -> bool) -> bool {
    let mut tracks = definition.states.values().flat_map(|state| &state.tracks);
    tracks.any(|(name, track)| {
        track.blind == Some(Blind::Double) && (seated(name) || in_group(caller, definition, &track.role))
    })
}

fn decides(caller: &Caller, definition: &Definition, item: &Item) -> bool {
    definition.transitions.values().filter(|step| step.from.contains(&item.state)).any(|step| match &step.trigger {
        Trigger::By(roles) => roles.iter().any(|role| in_group(caller, definition, role)),
        Trigger::After(_) | Trigger::Auto => false,
    })
}

fn may_review(caller: &Caller, definition: &Definition, item: &Item) -> bool {
    definition.states.get(&item.state).is_some_and(|state| {
        state.tracks.iter().any(|(name, track)| {
            let complete = item.tracks.get(name).is_some_and(crate::workflow::Progress::complete);
            !complete && in_group(caller, definition, &track.role)
        })
    })
}

fn in_group(caller: &Caller, definition: &Definition, role: &str) -> bool {
    match definition.roles.get(role) {
        Some(Role::Group { group, .. }) => caller.groups.contains(group),
        Some(Role::Submitter) | None => false,
    }
}
