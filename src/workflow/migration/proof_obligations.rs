//! What the new version promises of every item, looked for in one that comes to it from outside: no way of its own led
//! there, so its proofs say nothing of it.

use super::Migration;
use crate::workflow::{
    Item, claim,
    definition::{Approvals, Claim, State},
};

impl Migration<'_> {
    /// Everything that the item, once it has gone over, would break.
    pub(super) fn broken(&self, before: &Item, after: &Item) -> Vec<String> {
        let lacking = claim::unproved(self.to, after, &after.state)
            .filter(|unproved| !self.was_promised(before, unproved.wanted))
            .map(|unproved| {
                format!(
                    "'{}' is entered with {} approvals in {} only, and there are {}: {}",
                    after.state, unproved.wanted.at_least, unproved.wanted.track, unproved.found, unproved.proof.name
                )
            });
        lacking.chain(self.together(after)).collect()
    }

    /// Whether the old version promised as much of the state that the item is in.
    fn was_promised(&self, before: &Item, wanted: &Approvals) -> bool {
        self.from.prove.iter().filter_map(|proof| claim::wanted_before(&proof.claim, &before.state)).any(|then| {
            let track = self.mapping.tracks.get(&then.track).map_or(Some(&then.track), Option::as_ref);
            let excluded: Vec<&String> = then.excluding.iter().map(|role| self.role(role)).collect();
            track == Some(&wanted.track)
                && then.at_least >= wanted.at_least
                && wanted.excluding.iter().all(|role| excluded.contains(&role))
        })
    }

    /// Parts that one person played and that the new version keeps apart.
    fn together(&self, after: &Item) -> Vec<String> {
        let ruled = self.to.separation.iter().map(|rule| (&rule.person, &rule.never_acts_as));
        let claimed = self.to.prove.iter().filter_map(|proof| match &proof.claim {
            Claim::Never { never } => Some((&never.person, &never.acts_as)),
            _ => None,
        });
        let mut told: Vec<String> = ruled
            .chain(claimed)
            .flat_map(|(one, others)| {
                let acted = after.acted.get(one).into_iter().flatten();
                acted.filter_map(move |person| Some((one, claim::both(after, *person, one, others)?)))
            })
            .map(|(one, other)| format!("somebody acted as {one} and as {other}, which the new version keeps apart"))
            .collect();
        told.dedup();
        told
    }
}

/// Whether entering both states records the same kinds of things: a migration enters none, so nothing is recorded.
pub(super) fn records_alike(one: &State, other: &State) -> bool {
    let kinds =
        |state: &State| [state.award.is_some(), state.designate.is_some(), state.stops_credit, state.stops_offer];
    kinds(one) == kinds(other)
}
