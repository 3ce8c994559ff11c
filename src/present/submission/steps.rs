//! The step indicator: how far along the main way a submission is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use crate::workflow::{
    Definition,
    definition::{Since, State, Trigger, Wait},
};

/// How far along the way a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Done,
    Current,
    Ahead,
}

/// One step of the step indicator.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub label: String,
    /// How far along it lies.
    pub place: Place,
}

/// The steps of a submission in `state`.
///
/// The main way is the shortest from the draft to a state that accredits, and on to one that awards credit. A state beside
/// it counts as the last step it can be reached from; an end beside it stands for itself.
pub(crate) fn steps(definition: &Definition, state: &str) -> Vec<Step> {
    let way = main_way(definition);
    let label = |id: &str| definition.states.get(id).map_or_else(|| id.to_owned(), |state| state.label.clone());
    let over = definition.states.get(state).is_some_and(State::ends);
    let on_way = way.iter().position(|step| *step == state);
    if on_way.is_none() && over {
        let start = way.first().map(|first| Step { label: label(first), place: Place::Done });
        return start.into_iter().chain([Step { label: label(state), place: Place::Current }]).collect();
    }
    let here = on_way.unwrap_or_else(|| beside(definition, &way, state));
    way.iter()
        .enumerate()
        .map(|(number, id)| {
            let place = match number.cmp(&here) {
                std::cmp::Ordering::Less => Place::Done,
                std::cmp::Ordering::Equal if over => Place::Done,
                std::cmp::Ordering::Equal => Place::Current,
                std::cmp::Ordering::Greater => Place::Ahead,
            };
            Step { label: label(id), place }
        })
        .collect()
}

fn main_way(definition: &Definition) -> Vec<&str> {
    let Some(start) = definition.start() else { return Vec::new() };
    let mut way = shortest(definition, start, |id| definition.states.get(id).is_some_and(State::accredits));
    let accredited = way.last().copied().unwrap_or(start);
    let awards = |id: &str| id != accredited && definition.states.get(id).is_some_and(|state| state.award.is_some());
    way.extend(shortest(definition, accredited, awards).into_iter().skip(1));
    way.retain(|id| !is_passed_through(definition, id));
    way
}

/// Whether a rule leads on from a state in which nobody reviews: nobody stays there as a rule.
fn is_passed_through(definition: &Definition, id: &str) -> bool {
    let reviewed = definition.states.get(id).is_some_and(|state| !state.tracks.is_empty());
    !reviewed && ways(definition, id).any(|(_, trigger)| *trigger == Trigger::Auto)
}

/// The shortest way that people or rules take, from a state to the first that is a goal; only the state itself if none is.
fn shortest<'a>(definition: &'a Definition, from: &'a str, goal: impl Fn(&str) -> bool) -> Vec<&'a str> {
    let mut came: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(here) = queue.pop_front() {
        if goal(here) {
            let mut way = vec![here];
            while let Some(before) = way.last().and_then(|step| came.get(step)) {
                way.push(before);
            }
            way.reverse();
            return way;
        }
        for (to, _) in ways(definition, here) {
            if to != from && !came.contains_key(to) {
                came.insert(to, here);
                queue.push_back(to);
            }
        }
    }
    vec![from]
}

/// Where people, rules, a meeting or the day itself lead from a state; any other time leads astray.
fn ways<'a>(definition: &'a Definition, from: &'a str) -> impl Iterator<Item = (&'a str, &'a Trigger)> {
    definition
        .transitions
        .values()
        .filter(move |step| step.from.iter().any(|state| state == from))
        .filter(|step| match &step.trigger {
            Trigger::After(wait) => matches!(wait, Wait::Meeting { .. }) || matches!(step.since, Since::Date(_)),
            Trigger::By(_) | Trigger::Auto => true,
        })
        .map(|step| (step.to.as_str(), &step.trigger))
}

/// The last step of the way from which a state beside it can be reached directly, or through others beside it.
fn beside(definition: &Definition, way: &[&str], state: &str) -> usize {
    let mut seen = BTreeSet::from([state]);
    let mut look = vec![state];
    while !look.is_empty() {
        let before: Vec<&str> = definition
            .transitions
            .values()
            .filter(|step| look.contains(&step.to.as_str()))
            .flat_map(|step| step.from.iter().map(String::as_str))
            .collect();
        if let Some(place) = before.iter().filter_map(|id| way.iter().position(|step| step == id)).max() {
            return place;
        }
        look = before.into_iter().filter(|id| seen.insert(id)).collect();
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{credit::CreditTypes, workflow};

    fn load(source: &str) -> Definition {
        let types = CreditTypes::of([
            include_str!("../../../workflows/credits/ama-pra-1.yaml"),
            include_str!("../../../workflows/credits/ama-pra-2.yaml"),
            include_str!("../../../workflows/credits/aafp-prescribed.yaml"),
            include_str!("../../../workflows/credits/aafp-elective.yaml"),
        ]);
        workflow::load(source, &types.expect("credit types")).expect("a sound workflow").0
    }

    /// Labels, with what lies behind in round and the current step in square brackets.
    fn told(definition: &Definition, state: &str) -> String {
        let step = |step: Step| match step.place {
            Place::Done => format!("({})", step.label),
            Place::Current => format!("[{}]", step.label),
            Place::Ahead => step.label,
        };
        steps(definition, state).into_iter().map(step).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_state_beside_the_main_way_counts_as_the_step_it_was_reached_from() {
        let study = load(include_str!("../../../workflows/self-study.yaml"));
        assert_eq!(told(&study, "draft"), "[Draft] Being assessed Recognised");
        for beside in ["assessment", "more-info", "overdue", "sampled"] {
            assert_eq!(told(&study, beside), "(Draft) [Being assessed] Recognised", "{beside}");
        }
        assert_eq!(told(&study, "recognised"), "(Draft) (Being assessed) (Recognised)");
        assert_eq!(told(&study, "withdrawn"), "(Draft) [Withdrawn]");
    }

    #[test]
    fn the_way_of_a_course_leads_over_its_accreditation_to_its_credit() {
        let course = load(include_str!("../../../workflows/course-accreditation.yaml"));
        let way = steps(&course, "draft");
        let place = |id: &str| way.iter().position(|step| step.label == course.states[id].label);
        assert!(place("screening") < place("review") && place("review") < place("decision"));
        assert!(place("decision") < place("accredited") && place("accredited") < place("held"));
        assert!(place("accredited").is_some() && place("rejected").is_none());
    }
}
