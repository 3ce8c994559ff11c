//! What an exploration has to know of a definition before it begins.

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive;

use super::relevance::{self, Pair};
use crate::workflow::{
    Condition, Definition,
    definition::{AwardAmount, Claim, Earned, Question, Role, Since, Trigger, Verdict},
};

/// Whether both roles are filled from one group, so that a person may be asked for both.
pub(super) fn share_a_group(definition: &Definition, (one, other): &Pair) -> bool {
    let group = |role: &String| match definition.roles.get(role) {
        Some(Role::Group { group, .. }) => Some(group),
        _ => None,
    };
    group(one) == group(other)
}

/// Counters that conditions read, with the value beyond which nothing tells them apart.
pub(in crate::workflow) fn counters(definition: &Definition) -> Vec<(String, u32)> {
    let conditions = || definition.transitions.values().flat_map(relevance::conditions);
    let names: BTreeSet<&String> = definition.transitions.values().filter_map(|it| it.counts.as_ref()).collect();
    let most = |name: &String| {
        let reading = conditions().filter(|condition| condition.counters().contains(&name.as_str()));
        let compared = reading.flat_map(|condition| {
            let numbers = condition.numbers().into_iter().map(|number| number.ceil().to_u32().unwrap_or(0));
            let limits = condition.limits().into_iter().filter_map(|name| definition.limits.get(name).copied());
            numbers.chain(limits).chain([0]).collect::<Vec<u32>>()
        });
        compared.max().map(|most| most.saturating_add(1))
    };
    names.into_iter().filter_map(|name| most(name).map(|most| (name.clone(), most))).collect()
}

/// Questions of transitions that conditions, awards or designations read.
pub(super) fn decided(definition: &Definition) -> impl Iterator<Item = &Question> {
    let conditions = definition.transitions.values().flat_map(relevance::conditions);
    let states = definition.states.values();
    let amounts = states.clone().filter_map(|state| match &state.award.as_ref()?.amount {
        AwardAmount::Value(amount) => Some(amount),
        AwardAmount::PerHour(_) => None,
    });
    let maxima = states.clone().filter_map(|state| state.designate.as_ref()).map(|designate| &designate.maximum);
    let earned = states.clone().filter_map(|state| match &state.award.as_ref()?.earned {
        Earned::Answer(name) => name.strip_prefix("decided."),
        Earned::Now => None,
    });
    let since = definition.transitions.values().map(|transition| &transition.since);
    let since = since.chain(states.filter_map(|state| Some(&state.designate.as_ref()?.since)));
    let since = since.filter_map(|since| match since {
        Since::Date(name) => name.strip_prefix("decided."),
        Since::Entry | Since::Steps(_) => None,
    });
    let read = conditions.chain(amounts).chain(maxima).flat_map(Condition::reads_decided);
    let read: BTreeSet<&str> = read.chain(earned).chain(since).collect();
    let asked = definition.transitions.values().flat_map(|transition| &transition.asks);
    asked.filter(move |question| read.contains(question.id.as_str()))
}

/// Verdicts of a track that are counted somewhere; the others come to the same.
pub(super) fn counted(definition: &Definition, claims: &[&Claim], track: &str) -> BTreeSet<Verdict> {
    let conditions = definition.transitions.values().flat_map(relevance::conditions);
    let counted = conditions.flat_map(Condition::counts).filter(|(_, counted)| *counted == track);
    let approved = claims.iter().filter(|claim| match claim {
        Claim::Approvals { approvals, .. } | Claim::DistinctApprovals { distinct_approvals: approvals, .. } => {
            approvals.track == track
        }
        _ => false,
    });
    counted.map(|(verdict, _)| verdict).chain(approved.map(|_| Verdict::Approve)).collect()
}

/// Transitions that times count from.
pub(super) fn since(definition: &Definition) -> BTreeSet<String> {
    let transitions = definition.transitions.values().map(|transition| &transition.since);
    let designated = definition.states.values().filter_map(|state| Some(&state.designate.as_ref()?.since));
    let steps = transitions.chain(designated).filter_map(|since| match since {
        Since::Steps(steps) => Some(steps),
        Since::Entry | Since::Date(_) => None,
    });
    steps.flatten().cloned().collect()
}

/// States that award credit.
pub(super) fn awards(definition: &Definition) -> Vec<String> {
    definition.states.iter().filter(|(_, state)| state.award.is_some()).map(|(name, _)| name.clone()).collect()
}

/// Transitions by time out of a state.
pub(super) fn timers(definition: &Definition, state: &String) -> Vec<String> {
    let here = definition
        .transitions
        .iter()
        .filter(|(_, transition)| matches!(transition.trigger, Trigger::After(_)) && transition.from.contains(state));
    here.map(|(name, _)| name.clone()).collect()
}
