//! How somebody stands to a submission.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Caller, Conflict, Relation};
use crate::{
    domain::{Duty, LookBack, PersonId},
    workflow::{
        Definition, Item,
        definition::{Role, State, Trigger},
    },
};

/// A submission, as far as it decides who may know of it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The version that it follows.
    pub definition: &'a Definition,
    /// Where it stands.
    pub item: &'a Item,
    /// Who has a conflict of interest, and which.
    pub conflicts: &'a BTreeMap<PersonId, Conflict>,
    /// Who stands to it as an author does, beside its owner.
    pub parties: &'a BTreeMap<PersonId, Relation>,
    /// When the one who asks acted on it last, where that has to be known: see [`has_left`].
    pub acted: Option<Timestamp>,
    /// For how long after the end whoever acted on it keeps the sight of it.
    pub look_back: LookBack,
    /// When it is asked.
    pub now: Timestamp,
}

/// How `caller` stands to a submission, the closest relation first.
#[must_use]
pub fn relation(caller: &Caller, subject: &Subject<'_>) -> Relation {
    let Subject { definition, item, conflicts, look_back, now, .. } = *subject;
    let me = caller.person;
    if item.submitter == me {
        return Relation::Owner;
    }
    if let Some(relation) = subject.parties.get(&me) {
        return *relation;
    }
    if conflicts.contains_key(&me) {
        return Relation::Conflicted;
    }
    let state = definition.states.get(&item.state);
    if state.is_some_and(State::is_draft) {
        return Relation::Stranger;
    }
    let kept = !item.closed || now <= item.since + SignedDuration::from(look_back);
    let seats = item.tracks.iter().filter_map(|(name, progress)| Some((name, progress.seat(me)?)));
    // A seat is worth something while its review is on, and after that to who is still of the group.
    let right = |name: &str| {
        let theirs = |role: &str| in_group(caller, definition, role);
        state.is_some_and(|state| state.tracks.contains_key(name))
            || definition.track(name).is_some_and(|track| theirs(&track.role))
    };
    let opened = seats.filter(|(name, _)| right(name)).map(|(_, seat)| seat.declared || seat.verdict.is_some()).max();
    match opened {
        Some(true) if kept => Relation::Reviewer,
        Some(false) if kept => Relation::Invited,
        _ if decides(caller, definition, item) => Relation::Decider,
        _ if caller.duties.contains(&Duty::Coordinator) => Relation::Coordinator,
        _ if caller.duties.contains(&Duty::Auditor) => Relation::Auditor,
        _ if kept && acted_as(me, definition, item).next().is_some() => Relation::Former,
        _ if may_review(caller, definition, item) => Relation::Candidate,
        _ => Relation::Stranger,
    }
}

/// Whether somebody acted on a submission for groups that they have all left: they lose the versions that came later.
#[must_use]
pub fn has_left(caller: &Caller, definition: &Definition, item: &Item) -> bool {
    let mut roles = acted_as(caller.person, definition, item).peekable();
    roles.peek().is_some() && !roles.any(|role| in_group(caller, definition, role))
}

/// Roles of the office in which somebody acted; in a seat that was opened, too.
pub(super) fn acted_as<'a>(
    person: PersonId,
    definition: &'a Definition,
    item: &'a Item,
) -> impl Iterator<Item = &'a str> {
    let acted = item.acted.iter().filter(move |(_, persons)| persons.contains(&person)).map(|(role, _)| role.as_str());
    acted.filter(|role| definition.group(role).is_some())
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

pub(super) fn in_group(caller: &Caller, definition: &Definition, role: &str) -> bool {
    match definition.roles.get(role) {
        Some(Role::Group { group, .. }) => caller.groups.contains(group),
        Some(Role::Submitter) | None => false,
    }
}
