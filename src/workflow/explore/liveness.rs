//! With the groups as declared: what can never happen although the definition says so, and where an item gets stuck.

use std::collections::BTreeSet;

use super::{
    cycle::cycle,
    finding::Finding,
    graph::{By, Graph},
    model::Model,
};
use crate::workflow::definition::{Claim, Trigger};

pub(super) fn check(model: &Model<'_>, graph: &Graph) -> Vec<Finding> {
    stuck(model, graph).into_iter().chain(loops(graph, model)).collect()
}

/// What was not seen to happen at all.
pub(super) fn never(model: &Model<'_>, graph: &Graph) -> Vec<Finding> {
    unreachable(model, graph).into_iter().chain(dead(model, graph)).collect()
}

fn unreachable(model: &Model<'_>, graph: &Graph) -> Vec<Finding> {
    let reached: BTreeSet<usize> = graph.configs.iter().map(|config| usize::from(config.state)).collect();
    let states = model.definition.states.keys().enumerate().filter(|(at, _)| !reached.contains(at));
    let message =
        |name: &String| format!("no item can ever come to '{name}': no way there has conditions that can be met");
    states.map(|(_, name)| Finding::of("unreachable", &["states", name], message(name))).collect()
}

fn dead(model: &Model<'_>, graph: &Graph) -> Vec<Finding> {
    let transitions = model.definition.transitions.iter().filter(|(name, _)| !graph.fired.contains(*name));
    transitions
        .map(|(name, it)| {
            let why = match &it.trigger {
                Trigger::By(_) => "nobody can ever take it",
                Trigger::After(_) => "something else always happens before its time",
                Trigger::Auto => "its condition never holds where it leads from",
            };
            Finding::of("dead", &["transitions", name], format!("'{name}' can never be taken: {why}"))
        })
        .collect()
}

/// Configurations from which no end can be reached, unless the author gives up.
fn stuck(model: &Model<'_>, graph: &Graph) -> Option<Finding> {
    let lost = lost(model, graph, |edge| matches!(edge.by, By::Act | By::Time));
    let at = lost.iter().position(|lost| *lost)?;
    let state =
        graph.configs.get_index(at).and_then(|config| model.definition.states.get_index(usize::from(config.state)));
    let (name, _) = state?;
    let message = format!("from '{name}' no end can be reached any more, unless the author gives up");
    Some(Finding::of("stuck", &["states", name], message).at(at))
}

/// `from_any: reach_end`, where the author may also give up.
pub(super) fn reach_end(model: &Model<'_>, graph: &Graph) -> Vec<Finding> {
    let lost = lost(model, graph, |edge| edge.by != By::Conflict);
    let Some(at) = lost.iter().position(|lost| *lost) else { return Vec::new() };
    let proofs =
        model.definition.prove.iter().enumerate().filter(|(_, proof)| matches!(proof.claim, Claim::ReachEnd { .. }));
    proofs
        .map(|(number, proof)| {
            let message = format!("not so: {}. An item can come to where no end can be reached", proof.name);
            Finding::of("prove", &["prove", &number.to_string()], message).at(at)
        })
        .collect()
}

fn lost(model: &Model<'_>, graph: &Graph, counts: impl Fn(&super::graph::Edge) -> bool) -> Vec<bool> {
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); graph.edges.len()];
    for (at, edges) in graph.edges.iter().enumerate() {
        for edge in edges.iter().filter(|edge| counts(edge)) {
            if let Some(into) = usize::try_from(edge.to).ok().and_then(|to| into.get_mut(to)) {
                into.push(at);
            }
        }
    }
    let ended = |config: &super::configuration::Configuration| {
        let state = model.definition.states.get_index(usize::from(config.state));
        state.is_some_and(|(_, state)| state.ends())
    };
    let mut lost = vec![true; graph.edges.len()];
    let mut open: Vec<usize> =
        graph.configs.iter().enumerate().filter(|(_, config)| ended(config)).map(|(at, _)| at).collect();
    while let Some(at) = open.pop() {
        if let Some(lost) = lost.get_mut(at).filter(|lost| **lost) {
            *lost = false;
            open.extend(into.get(at).into_iter().flatten());
        }
    }
    lost
}

/// Cycles that nothing bounds.
fn loops(graph: &Graph, model: &Model<'_>) -> Vec<Finding> {
    let state = |at: usize| {
        let config = graph.configs.get_index(at)?;
        model.definition.states.get_index(usize::from(config.state)).map(|(name, _)| name)
    };
    let name = |round: &[usize]| round.first().and_then(|at| state(*at)).cloned().unwrap_or_default();
    let mut findings = Vec::new();
    if let Some(round) = cycle(graph, |edge| edge.by == By::Time) {
        let name = name(&round);
        let message = format!("from '{name}' time alone leads back to '{name}', for ever, and nobody acts");
        findings.push(Finding::of("idle-loop", &["states", &name], message).round(round));
    }
    if let Some(round) = cycle(graph, |edge| !edge.unbounded) {
        let name = name(&round);
        let message = format!(
            "an item can go round from '{name}' to '{name}' for ever; let a transition of the round count against a limit, \
             or say unbounded: ok where somebody in the office decides each time"
        );
        findings.push(Finding::of("unbounded", &["states", &name], message).round(round));
    }
    findings
}
