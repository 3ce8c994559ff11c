//! What somebody may do now, and for the rest why not.

use std::borrow::Cow;

use super::{Act, Facts, Offer, conflict, decision_builder::DecisionBuilder, fire, role, seat};
use crate::{
    domain::PersonId,
    workflow::{Definition, Item, Refusal, definition::Trigger},
};

/// What the actor may do now, and for the rest why not: the transitions out of the state and the seats of its tracks.
/// Nothing for the clock, and nothing at the end.
#[must_use]
pub fn offers(definition: &Definition, item: &Item, facts: &Facts<'_>) -> Vec<Offer> {
    let step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    let Some(person) = facts.actor.person().filter(|_| !item.closed) else { return Vec::new() };
    let mut offers = transitions(&step, person);
    offers.extend(seats(&step, person));
    if fire::with_the_author(&step) && person == item.submitter {
        offers.extend(item.open_requests().map(|request| {
            let label = format!("Answer change request {}", request.number);
            Offer { act: Act::Resolve(request.number), label, refusal: None }
        }));
    }
    if conflict::recusable(&step, person).is_ok() {
        offers.push(Offer { act: Act::Recuse, label: "Declare a conflict of interest".to_owned(), refusal: None });
    }
    offers
}

/// All that a transition requires and what is false already: an offer tells the first of it.
#[must_use]
pub fn unmet(definition: &Definition, item: &Item, facts: &Facts<'_>, transition: &str) -> Vec<Refusal> {
    let step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    definition.transitions.get(transition).map(|found| fire::unmet(&step, found)).unwrap_or_default()
}

fn transitions(step: &DecisionBuilder<'_>, person: PersonId) -> Vec<Offer> {
    step.definition
        .transitions
        .iter()
        .filter(|(_, transition)| transition.from.contains(&step.item.state))
        .filter(|(_, transition)| matches!(transition.trigger, Trigger::By(_)))
        .map(|(name, transition)| Offer {
            act: Act::Fire(name.clone()),
            label: transition.label.clone(),
            refusal: fire::offered(step, person, name).err(),
        })
        .collect()
}

fn seats(step: &DecisionBuilder<'_>, person: PersonId) -> Vec<Offer> {
    let Some(state) = step.state() else { return Vec::new() };
    state.tracks.iter().flat_map(|(name, track)| seat(step, person, name, &track.role)).collect()
}

fn seat(step: &DecisionBuilder<'_>, person: PersonId, name: &str, role: &str) -> Vec<Offer> {
    let offer = |act: fn(String) -> Act, label: String, refusal: Option<Refusal>| Offer {
        act: act(name.to_owned()),
        label,
        refusal,
    };
    let called = step.called(name);
    let own = step.item.tracks.get(name).and_then(|progress| progress.seat(person));
    let mut offers = Vec::new();
    let Some(own) = own else {
        let refusal = seat::claimable(step, person, name).err();
        offers.push(offer(Act::Claim, format!("Take a place in the review '{called}'"), refusal));
        return offers;
    };
    if !own.declared {
        let refusal = role::may(step, person, role).err();
        offers.push(offer(Act::Declare, "Declare that you have no conflict of interest".to_owned(), refusal));
    }
    let refusal = seat::judgeable(step, person, name).err();
    offers.push(offer(Act::Judge, format!("Give your verdict in the review '{called}'"), refusal));
    let refusal = own.verdict.map(|_| Refusal::AlreadyJudged);
    offers.push(offer(Act::Release, format!("Give your place in the review '{called}' back"), refusal));
    offers
}
