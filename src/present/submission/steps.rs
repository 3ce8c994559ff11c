//! The step indicator: how far along the main way a submission is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use crate::{
    access::Relation,
    present::words,
    workflow::{
        Definition,
        definition::{Since, State, Trigger, Wait},
    },
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

/// The steps of a submission in `state`, as somebody in this relation to it reads them.
///
/// The main way is the shortest from the draft to a state that accredits, and on to one that awards credit; a workflow that
/// does neither has only its draft. A state beside the way stands in the place of the last step it can be reached from, under
/// its own name, and behind it only what can still be reached. An end beside it stands for itself.
pub(crate) fn steps(definition: &Definition, state: &str, relation: Relation) -> Vec<Step> {
    let way = main_way(definition);
    let label = |id: &str| definition.states.get(id).map_or_else(|| id.to_owned(), |state| state.label.clone());
    let step = |id: &str, place| Step { label: label(id), place };
    let over = definition.states.get(state).is_some_and(State::ends);
    let here = Step { label: words::state::tag(definition, state, relation).label, place: Place::Current };
    let Some(on_way) = way.iter().position(|step| *step == state) else {
        let (done, ahead) = if over { (1, &[][..]) } else { around(definition, &way, state) };
        let done = way.iter().take(done).map(|id| step(id, Place::Done));
        return done.chain([here]).chain(ahead.iter().map(|id| step(id, Place::Ahead))).collect();
    };
    way.iter()
        .enumerate()
        .map(|(number, id)| match number.cmp(&on_way) {
            std::cmp::Ordering::Less => step(id, Place::Done),
            std::cmp::Ordering::Equal if over => step(id, Place::Done),
            std::cmp::Ordering::Equal => step(id, Place::Current),
            std::cmp::Ordering::Greater => step(id, Place::Ahead),
        })
        .collect()
}

/// How many steps of the way lie behind a state beside it, and which can still be reached from there. The draft is behind
/// all others; any other step is gone back to where the way leads on over it.
fn around<'w>(definition: &Definition, way: &'w [&'w str], state: &str) -> (usize, &'w [&'w str]) {
    let last = beside(definition, way, state);
    let reached = reachable(definition, state);
    let ahead = way.get(last + 1..).unwrap_or_default();
    let left = ahead.iter().position(|id| reached.contains(id));
    match left {
        Some(left) => (last.max(1), ahead.get(left..).unwrap_or_default()),
        None => (last + 1, &[]),
    }
}

/// Every state that can follow, by whatever sets a step off.
fn reachable<'a>(definition: &'a Definition, state: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut look = vec![state];
    while let Some(here) = look.pop() {
        let steps = definition.transitions.values().filter(|step| step.from.iter().any(|from| from == here));
        look.extend(steps.map(|step| step.to.as_str()).filter(|to| reached.insert(*to)));
    }
    reached
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
            include_str!("../../../workflows/credits/ancc-contact-hour.yaml"),
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
        steps(definition, state, Relation::Coordinator).into_iter().map(step).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_state_beside_the_main_way_stands_for_itself_in_the_place_of_the_step_it_was_reached_from() {
        let study = load(include_str!("../../../workflows/self-study.yaml"));
        assert_eq!(told(&study, "draft"), "[Draft] Being assessed Recognised");
        assert_eq!(told(&study, "assessment"), "(Draft) [Being assessed] Recognised");
        assert_eq!(told(&study, "more-info"), "(Draft) [More evidence asked] Recognised");
        assert_eq!(told(&study, "overdue"), "(Draft) [Overdue, with the lead assessor] Recognised");
        assert_eq!(told(&study, "refused"), "(Draft) (Being assessed) [Refused]");
        assert_eq!(told(&study, "recognised"), "(Draft) (Being assessed) (Recognised)");
        assert_eq!(told(&study, "withdrawn"), "(Draft) [Withdrawn]");
    }

    /// With the way of before, a disclosure that is with the officer was in the step "Draft".
    #[test]
    fn in_every_state_of_every_workflow_the_current_step_is_that_state() {
        for source in [
            include_str!("../../../workflows/aafp-activity.yaml"),
            include_str!("../../../workflows/course-accreditation.yaml"),
            include_str!("../../../workflows/disclosure.yaml"),
            include_str!("../../../workflows/nursing-activity.yaml"),
            include_str!("../../../workflows/self-study.yaml"),
            include_str!("../../../workflows/teaching.yaml"),
        ] {
            let definition = load(source);
            for (id, state) in &definition.states {
                let steps = steps(&definition, id, Relation::Coordinator);
                let last = steps.iter().rfind(|step| step.place != Place::Ahead).expect("a step");
                assert_eq!(last.label, state.label, "{} in {id}: {}", definition.workflow, told(&definition, id));
            }
        }
    }

    #[test]
    fn the_way_of_a_course_leads_over_its_accreditation_to_its_credit() {
        let course = load(include_str!("../../../workflows/course-accreditation.yaml"));
        let way = steps(&course, "draft", Relation::Owner);
        let place = |id: &str| way.iter().position(|step| step.label == course.states[id].label);
        assert!(place("screening") < place("review") && place("review") < place("decision"));
        assert!(place("decision") < place("accredited") && place("accredited") < place("held"));
        assert!(place("accredited").is_some() && place("rejected").is_none());
    }
}
