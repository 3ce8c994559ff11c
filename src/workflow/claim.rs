//! Whether what a definition claims of all items holds of one.

use super::{
    Definition, Item,
    definition::{Approvals, Claim, Proof, Role, Verdict},
};
use crate::domain::PersonId;

/// A proof about approvals that an item in a state does not meet.
pub(super) struct Unproved<'d> {
    /// Its place among the proofs.
    pub(super) at: usize,
    /// The proof.
    pub(super) proof: &'d Proof,
    /// What it wants.
    pub(super) wanted: &'d Approvals,
    /// Approvals there are.
    pub(super) found: u32,
}

/// The approvals that proofs want before a state is entered, and that an item does not have.
pub(super) fn unproved<'d>(
    definition: &'d Definition,
    item: &'d Item,
    entered: &'d str,
) -> impl Iterator<Item = Unproved<'d>> {
    definition.prove.iter().enumerate().filter_map(move |(at, proof)| {
        let wanted = wanted_before(&proof.claim, entered)?;
        let found = standing(definition, item, wanted);
        (found < wanted.at_least).then_some(Unproved { at, proof, wanted, found })
    })
}

/// The approvals that a claim wants before a state is entered.
pub(super) fn wanted_before<'d>(claim: &'d Claim, entered: &str) -> Option<&'d Approvals> {
    match claim {
        Claim::Approvals { before, approvals } | Claim::DistinctApprovals { before, distinct_approvals: approvals } => {
            (before == entered).then_some(approvals)
        }
        Claim::Never { .. } | Claim::ReachEnd { .. } | Claim::Bound { .. } => None,
    }
}

/// Standing approvals. A person has one seat in a track, so approvals are by different persons.
fn standing(definition: &Definition, item: &Item, wanted: &Approvals) -> u32 {
    let Some(progress) = item.tracks.get(&wanted.track) else { return 0 };
    let excluded = |person| {
        wanted.excluding.iter().any(|role| match definition.roles.get(role) {
            Some(Role::Submitter) => person == item.submitter,
            _ => acted(item, role, person),
        })
    };
    let standing = progress.seats.iter().filter(|seat| !seat.voided && seat.verdict == Some(Verdict::Approve));
    u32::try_from(standing.filter(|seat| !excluded(seat.person)).count()).unwrap_or(u32::MAX)
}

/// One of `others` that a person acted in, who acted in `one` too.
pub(super) fn both<'d>(item: &Item, person: PersonId, one: &str, others: &'d [String]) -> Option<&'d String> {
    acted(item, one, person).then(|| others.iter().find(|other| acted(item, other, person))).flatten()
}

fn acted(item: &Item, role: &str, person: PersonId) -> bool {
    item.acted.get(role).is_some_and(|persons| persons.contains(&person))
}
