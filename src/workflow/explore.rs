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

use finding::Finding;
use graph::{Explored, Goal, Graph, TooLarge, explore};
use model::Model;
use person::Population;
use serde::Serialize;

use super::{Definition, definition::Claim};

/// The number of this checker. Raise it whenever more is proved than before, or something was proved wrongly: servers then
/// prove every version again that somebody relies on.
pub const CHECKER: u32 = 1;

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
    /// Fewest members of each role's group with which credit can still be given, the others being as many as declared.
    pub staffing: BTreeMap<String, u32>,
    /// Fewest persons beside the author with which it can, where each may be in several groups.
    pub fewest_persons: Option<u32>,
    /// Comparisons that mix answers or read the day, and were taken either way.
    pub either_way: Vec<String>,
}

impl fmt::Display for Proven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { configurations, edges, persons, .. } = self;
        write!(
            f,
            "    {configurations} configurations and {edges} ways between them, with the author and {persons} more"
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
    let too_large = |TooLarge| Given::Up.into_disproofs(limits);
    let (alive, never) = liveness_of(definition, limits).map_err(|it| it.into_disproofs(limits))?;
    let (persons, safe) = safety_of(definition, limits).map_err(|it| it.into_disproofs(limits))?;
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
        staffing: staffing::fewest(definition, limits.configurations).map_err(too_large)?,
        fewest_persons: staffing::fewest_persons(definition, limits.configurations).map_err(too_large)?,
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

/// Why an exploration came to nothing.
enum Given {
    Up,
    TooMuch(String),
}

/// With the groups as declared.
fn liveness_of(definition: &Definition, limits: Limits) -> Result<(Part, Vec<Disproof>), Given> {
    let model = Model::of(definition, Population::declared(definition), &[], 0).map_err(Given::TooMuch)?;
    let models = [model];
    let graph = whole(&models, limits)?;
    let [model] = models;
    let findings = liveness::check(&model, &graph).into_iter().chain(liveness::reach_end(&model, &graph)).collect();
    let never = liveness::never(&model, &graph).into_iter().map(|finding| disproof(&model, &graph, finding)).collect();
    Ok((Part::of(&model, &graph, findings), never))
}

/// With so many in every group that every review can be full and somebody is left to decide.
fn safety_of(definition: &Definition, limits: Limits) -> Result<(u32, Part), Given> {
    let claims: Vec<&Claim> = definition.prove.iter().map(|proof| &proof.claim).collect();
    let seats = definition.states.values().map(|state| state.tracks.values().map(|track| track.seats).sum::<u32>());
    let persons = limits.persons.unwrap_or_else(|| seats.max().unwrap_or(0).saturating_add(1));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(limits.threads.max(1));
    let model = || Model::of(definition, Population::Everybody(persons), &claims, CONFLICTS);
    let models: Vec<Model<'_>> = (0..threads).map(|_| model()).collect::<Result<_, _>>().map_err(Given::TooMuch)?;
    let graph = whole(&models, limits)?;
    let Some(model) = models.first() else { return Err(Given::Up) };
    let findings = safety::check(model, &graph);
    Ok((persons, Part::of(model, &graph, findings)))
}

fn whole(models: &[Model<'_>], limits: Limits) -> Result<Graph, Given> {
    match explore(models, Goal { most: limits.configurations, until: None }) {
        Ok(Explored::Whole(graph)) => Ok(graph),
        Ok(Explored::Enough) | Err(TooLarge) => Err(Given::Up),
    }
}

fn disproof(model: &Model<'_>, graph: &Graph, finding: Finding) -> Disproof {
    let counterexample = counterexample::steps(model, graph, &finding);
    Disproof { rule: finding.rule, path: finding.path, message: finding.message, counterexample }
}

impl Given {
    fn into_disproofs(self, limits: Limits) -> Vec<Disproof> {
        let message = match self {
            Self::TooMuch(what) => what,
            Self::Up => format!(
                "there are more than {} configurations, so nothing is proved; lower a limit, split a state with many \
                 seats, or raise workflow.most_configurations",
                limits.configurations
            ),
        };
        vec![Disproof { rule: "too-large", path: Vec::new(), message, counterexample: Vec::new() }]
    }
}
