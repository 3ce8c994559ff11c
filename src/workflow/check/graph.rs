//! The states and the ways between them: what can be said without exploring.

use std::collections::BTreeSet;

use super::{Fault, tree::Tree};
use crate::workflow::{
    Condition, Definition,
    definition::{Restore, Role, Since, Track, Transition, Trigger, Verdict},
};

pub(super) fn check(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    ends(definition, tree, faults);
    unreachable(definition, tree, faults);
    quorums(definition, tree, faults);
    verdicts(definition, tree, faults);
    waits_forever(definition, tree, faults);
    passed_before(definition, tree, faults);
    decided_before(definition, tree, faults);
}

fn ways_out<'d>(definition: &'d Definition, state: &str) -> impl Iterator<Item = (&'d String, &'d Transition)> {
    let state = state.to_owned();
    definition.transitions.iter().filter(move |(_, transition)| transition.from.contains(&state))
}

fn ends(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    for (name, state) in &definition.states {
        let way_out = ways_out(definition, name).next();
        let message = match (state.ends(), way_out) {
            (true, Some((transition, _))) => {
                format!("'{name}' is an end, so '{transition}' cannot lead out of it")
            }
            (false, None) => {
                format!("no transition leads out of '{name}'; give it one, or say kind: end")
            }
            _ => continue,
        };
        faults.push(Fault::error("end", tree.place(&["states", name]), message));
    }
}

fn unreachable(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    let reached = reached(definition, |_, _| true);
    if reached.is_empty() {
        return;
    }
    for name in definition.states.keys().filter(|name| !reached.contains(name)) {
        let message = format!("no way leads from the start to '{name}'");
        faults.push(Fault::error("unreachable", tree.place(&["states", name]), message));
    }
}

/// The states to which transitions of a certain kind lead from the start, one after the other.
fn reached(definition: &Definition, passable: impl Fn(&str, &Transition) -> bool) -> BTreeSet<&String> {
    let starts = definition.states.iter().filter(|(_, state)| state.is_draft()).map(|(name, _)| name);
    let mut reached: BTreeSet<&String> = starts.collect();
    loop {
        let before = reached.len();
        for (name, transition) in &definition.transitions {
            if passable(name, transition) && transition.from.iter().any(|from| reached.contains(from)) {
                reached.insert(&transition.to);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

/// What a time counts from, and what answers go back to, has always happened before.
fn passed_before(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    let mut needs = |steps: &Vec<String>, states: &[String], path: &[&str]| {
        let without = reached(definition, |name, _| !steps.iter().any(|step| step == name));
        if let Some(state) = states.iter().find(|state| without.contains(state)) {
            let message = format!("'{state}' can be reached without {}", steps.join(" or "));
            faults.push(Fault::error("since", tree.place(path), message));
        }
    };
    for (name, transition) in &definition.transitions {
        if let Since::Steps(steps) = &transition.since {
            needs(steps, &transition.from, &["transitions", name, "since"]);
        }
    }
    for (name, state) in &definition.states {
        if let Some(Since::Steps(steps)) = state.designate.as_ref().map(|designate| &designate.since) {
            needs(steps, std::slice::from_ref(name), &["states", name, "designate", "since"]);
        }
    }
    let designates = |state: &String| definition.states.get(state).is_some_and(|state| state.designate.is_some());
    let without = reached(definition, |_, transition| !designates(&transition.to));
    for (name, transition) in
        definition.transitions.iter().filter(|(_, transition)| transition.restore == Restore::Answers)
    {
        if let Some(state) = transition.from.iter().find(|state| without.contains(state)) {
            let message =
                format!("'{state}' can be reached without a state that designates: nothing is there to restore");
            faults.push(Fault::error("since", tree.place(&["transitions", name, "restore"]), message));
        }
    }
}

/// A requirement reads only what is asked with its own transition or was answered on every way there: one that nobody can
/// have answered would never be met. A named set is checked at each use, as its condition is sound at one and not at another.
fn decided_before(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    let asks = |step: &Transition, question: &str| step.asks.iter().any(|asked| asked.id == question);
    let known = |question: &str| definition.transitions.values().any(|step| asks(step, question));
    for (name, transition) in &definition.transitions {
        let mut read: BTreeSet<&str> = BTreeSet::new();
        read.extend(transition.requires.iter().flat_map(|requirement| requirement.condition.reads_decided()));
        for question in read.into_iter().filter(|question| known(question) && !asks(transition, question)) {
            let without = reached(definition, |_, step| !asks(step, question));
            if let Some(state) = transition.from.iter().find(|state| without.contains(state)) {
                let message = format!(
                    "'decided.{question}' is required here and not asked here, and '{state}' can be reached without it"
                );
                faults.push(Fault::error("since", tree.place(&["transitions", name, "requires"]), message));
            }
        }
    }
}

fn tracks(definition: &Definition) -> impl Iterator<Item = (&String, &String, &Track)> {
    definition.states.iter().flat_map(|(state, it)| it.tracks.iter().map(move |(name, track)| (state, name, track)))
}

fn quorums(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    for (state, name, track) in tracks(definition) {
        let mut fault = |message| {
            faults.push(Fault::error("quorum", tree.place(&["states", state, "tracks", name]), message));
        };
        if track.quorum < 1 {
            fault(format!("'{name}' needs a quorum of 1 or more"));
        }
        if track.quorum > track.seats {
            fault(format!("'{name}' has {} seats and cannot reach a quorum of {}", track.seats, track.quorum));
        }
        match definition.roles.get(&track.role) {
            Some(Role::Group { at_least, .. }) if track.seats > *at_least => {
                fault(format!(
                    "'{name}' has {} seats but '{}' promises only {at_least} persons",
                    track.seats, track.role
                ));
            }
            Some(Role::Submitter) => fault(format!("'{name}' cannot be reviewed by the submitter")),
            _ => {}
        }
        if track.verdicts.is_empty() {
            fault(format!("'{name}' takes no verdict at all"));
        }
    }
}

/// A verdict that a condition counts can be given in the track it counts.
fn verdicts(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    for (name, transition) in &definition.transitions {
        let path = || ["transitions", name, "when"].map(str::to_owned).to_vec();
        let when = transition.when.iter().map(|when| (path(), when));
        let requires = transition.requires.iter().map(|requirement| (requirement.path.clone(), &requirement.condition));
        let conditions: Vec<(Vec<String>, &Condition)> = when.chain(requires).collect();
        for (path, condition) in conditions {
            for (verdict, counted) in condition.counts() {
                let given = tracks(definition).any(|(_, track, it)| track == counted && it.verdicts.contains(&verdict));
                let known = tracks(definition).any(|(_, track, _)| track == counted);
                if known && !given {
                    let verdict = match verdict {
                        Verdict::Approve => "approve",
                        Verdict::Revise => "revise",
                        Verdict::Reject => "reject",
                    };
                    let message = format!("'{counted}' takes no verdict '{verdict}', so this never counts one");
                    let path: Vec<&str> = path.iter().map(String::as_str).collect();
                    faults.push(Fault::error("quorum", tree.place(&path), message));
                }
            }
        }
    }
}

/// The draft is the author's own: nobody is kept waiting by it.
fn waits_forever(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    for (name, state) in definition.states.iter().filter(|(_, state)| !state.is_draft() && !state.ends()) {
        let by_person = ways_out(definition, name).any(|(_, transition)| matches!(transition.trigger, Trigger::By(_)));
        let by_time = ways_out(definition, name).any(|(_, transition)| matches!(transition.trigger, Trigger::After(_)));
        if (by_person || !state.tracks.is_empty()) && !by_time && state.remind.is_empty() {
            let message = format!("'{name}' waits for a person with neither a timer (after) nor a reminder (remind)");
            faults.push(Fault::warning("waits-forever", tree.place(&["states", name]), message));
        }
    }
}
