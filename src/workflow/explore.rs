//! Every way an item can go, explored with the engine's own step, and what is proved of them.
//!
//! Two explorations. **Safety** is adversarial: the author and some others, every one of them in every group, restrained
//! by separation alone. **Liveness** takes the groups as the definition declares them. Persons are interchangeable, and
//! what no later step reads is forgotten ([`relevance`]); without both it would not end in time.

mod command;
mod configuration;
mod counterexample;
mod cycle;
mod domain;
mod effort;
mod finding;
mod graph;
mod invariants;
mod liveness;
mod model;
mod person;
mod relevance;
mod safety;
mod sample;
mod staffing;
mod successors;
mod survey;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use effort::{Effort, TooLarge};
use finding::Finding;
use graph::{Explored, Goal, Graph, explore};
use model::{Asked, Model};
use person::Population;
use serde::Serialize;
pub(super) use survey::counters;

use super::{Definition, definition::Claim};

/// The number of this checker. Raise it whenever more is proved than before, or something was proved wrongly: servers then
/// prove every version again that somebody relies on.
pub const CHECKER: u32 = 2;

/// How far an exploration may go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most configurations of each of the two explorations.
    pub configurations: usize,
    /// Most threads of one exploration.
    pub threads: usize,
    /// Persons beside the author in the adversarial one; as many as it takes to reach every state where absent.
    pub persons: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { configurations: 250_000, threads: MOST_THREADS, persons: None }
    }
}

/// What an exploration found out about a definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proven {
    /// Different configurations, both explorations together.
    pub configurations: usize,
    /// Ways between them.
    pub edges: usize,
    /// Persons beside the author in the adversarial exploration.
    pub persons: u32,
    /// Conflicts of interest that become known in it, at any moment.
    pub conflicts: u8,
    /// Fewest members of each role's group with which credit can still be given, the others being as many as declared.
    pub staffing: BTreeMap<String, u32>,
    /// Fewest persons beside the author with which it can, where each may be in several groups.
    pub fewest_persons: Option<u32>,
    /// Comparisons that mix answers or read the day, and were taken either way.
    pub either_way: Vec<String>,
}

impl fmt::Display for Proven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { configurations, edges, persons, conflicts, .. } = self;
        write!(
            f,
            "    {configurations} configurations and {edges} ways between them, with the author and {persons} more, \
             {conflicts} conflict of interest, business days and meetings in any order"
        )?;
        let staffing: Vec<String> = self.staffing.iter().map(|(role, count)| format!("{role} {count}")).collect();
        write!(f, "\n    enough to give credit: {}", staffing.join(", "))?;
        if let Some(persons) = self.fewest_persons {
            write!(f, "; {persons} persons beside the author in all")?;
        }
        for comparison in &self.either_way {
            write!(f, "\n    taken either way: {comparison}")?;
        }
        Ok(())
    }
}

/// Something that is not so over all paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Disproof {
    /// The check.
    pub(super) rule: &'static str,
    /// Where in the file.
    pub(super) path: Vec<String>,
    /// One sentence.
    pub(super) message: String,
    /// How it comes about, step by step; the shortest way.
    pub(super) counterexample: Vec<String>,
}

/// How many conflicts of interest become known, at any moment, in the adversarial exploration.
const CONFLICTS: u8 = 1;

/// Threads of one exploration: the server has other work.
const MOST_THREADS: usize = 4;

/// Explores a definition whose names and conditions are known to be right.
pub(super) fn prove(definition: &Definition, limits: Limits) -> Result<Proven, Vec<Disproof>> {
    let effort = Effort::within(limits);
    let bounds = Bounds { limits, effort: &effort };
    let (alive, never) = liveness_of(definition, bounds).map_err(too_large)?;
    let (persons, safe) = safety_seeing(&alive.seen, definition, bounds).map_err(too_large)?;
    // What happens only once a conflict of interest became known is seen in the adversarial exploration alone.
    let never = never.into_iter().filter(|it| !it.path.last().is_some_and(|name| safe.seen.contains(name)));
    let disproofs: Vec<Disproof> = never.chain(alive.disproofs).chain(safe.disproofs).collect();
    if !disproofs.is_empty() {
        return Err(disproofs);
    }
    Ok(Proven {
        configurations: alive.configurations + safe.configurations,
        edges: alive.edges + safe.edges,
        persons,
        conflicts: CONFLICTS,
        staffing: staffing::fewest(definition, bounds).map_err(too_large)?,
        fewest_persons: staffing::fewest_persons(definition, bounds).map_err(too_large)?,
        either_way: safe.either_way,
    })
}

/// One exploration, with what it disproved.
#[derive(Debug, Default)]
struct Part {
    configurations: usize,
    edges: usize,
    disproofs: Vec<Disproof>,
    either_way: Vec<String>,
    /// States that were reached and transitions that were taken.
    seen: BTreeSet<String>,
}

impl Part {
    fn of(model: &Model<'_>, graph: &Graph, findings: Vec<Finding>) -> Self {
        let states = graph
            .configs
            .iter()
            .filter_map(|config| model.definition.states.get_index(usize::from(config.state)).map(|(name, _)| name));
        Self {
            configurations: graph.configs.len(),
            edges: graph.edge_count(),
            seen: states.chain(&graph.fired).cloned().collect(),
            disproofs: findings.into_iter().map(|finding| disproof(model, graph, finding)).collect(),
            either_way: model.symbolic.either_way().to_vec(),
        }
    }
}

/// What an exploration is held to.
#[derive(Clone, Copy)]
struct Bounds<'e> {
    limits: Limits,
    effort: &'e Effort,
}

/// With the groups as declared.
fn liveness_of<'d>(definition: &'d Definition, bounds: Bounds<'d>) -> Result<(Part, Vec<Disproof>), TooLarge> {
    let models = [Model::of(
        definition,
        Population::declared(definition),
        Asked { claims: &[], conflicts: CONFLICTS },
        bounds.effort,
    )?];
    let graph = whole(&models, bounds.limits)?;
    let [model] = models;
    let findings = liveness::check(&model, &graph).into_iter().chain(liveness::reach_end(&model, &graph)).collect();
    let never = liveness::never(&model, &graph).into_iter().map(|finding| disproof(&model, &graph, finding)).collect();
    Ok((Part::of(&model, &graph, findings), never))
}

/// With so many in every group that every review can be full and somebody is left to decide, and with more until it has
/// come to everything that can happen with the groups as declared: where separation wants many different persons, too few
/// would never get so far, and nothing would be looked at there.
fn safety_seeing<'d>(
    alive: &BTreeSet<String>,
    definition: &'d Definition,
    bounds: Bounds<'d>,
) -> Result<(u32, Part), TooLarge> {
    if let Some(persons) = bounds.limits.persons {
        return Ok((persons, safety_of(definition, persons, bounds)?));
    }
    let seats = definition.states.values().map(|state| state.tracks.values().map(|track| track.seats).sum::<u32>());
    let declared: u32 = Population::declared(definition).classes().iter().sum();
    let mut persons = seats.max().unwrap_or(0).saturating_add(1);
    loop {
        let safe = safety_of(definition, persons, bounds)?;
        if !safe.disproofs.is_empty() || safe.seen.is_superset(alive) || persons >= declared {
            return Ok((persons, safe));
        }
        persons += 1;
    }
}

fn safety_of<'d>(definition: &'d Definition, persons: u32, bounds: Bounds<'d>) -> Result<Part, TooLarge> {
    let Bounds { limits, effort } = bounds;
    let claims: Vec<&Claim> = definition.prove.iter().map(|proof| &proof.claim).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(limits.threads.max(1));
    let asked = Asked { claims: &claims, conflicts: CONFLICTS };
    let model = || Model::of(definition, Population::Everybody(persons), asked, effort);
    let models: Vec<Model<'_>> = (0..threads).map(|_| model()).collect::<Result<_, _>>()?;
    let graph = whole(&models, limits)?;
    let Some(model) = models.first() else { return Err(TooLarge::ways()) };
    let findings = safety::check(model, &graph);
    if effort.is_spent() {
        return Err(TooLarge::ways());
    }
    Ok(Part::of(model, &graph, findings))
}

fn whole(models: &[Model<'_>], limits: Limits) -> Result<Graph, TooLarge> {
    match explore(models, Goal { most: limits.configurations, until: None })? {
        Explored::Whole(graph) => Ok(graph),
        Explored::Enough => Err(TooLarge::ways()),
    }
}

fn disproof(model: &Model<'_>, graph: &Graph, finding: Finding) -> Disproof {
    model.effort.begin_again();
    let counterexample = counterexample::steps(model, graph, &finding);
    Disproof { rule: finding.rule, path: finding.path, message: finding.message, counterexample }
}

fn too_large(TooLarge(message): TooLarge) -> Vec<Disproof> {
    vec![Disproof { rule: "too-large", path: Vec::new(), message, counterexample: Vec::new() }]
}
