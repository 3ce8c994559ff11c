//! Every configuration that can be reached, breadth first, so that the first way found to any is a shortest.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::{
    configuration::Configuration,
    effort::{self, TooLarge},
    invariants,
    model::Model,
    successors::{self, Move},
};
use crate::workflow::{Event, EventKind};

/// What was explored.
pub(super) struct Graph {
    pub(super) configs: IndexSet<Configuration>,
    /// From where each configuration was reached first; the start from itself.
    parents: Vec<u32>,
    /// Where each leads.
    pub(super) edges: Vec<Vec<Edge>>,
    /// Transitions that were taken.
    pub(super) fired: BTreeSet<String>,
    /// What is wrong, each once, with the configuration it was found in and the move that showed it.
    pub(super) faults: Vec<(invariants::Fault, usize, Option<Move>)>,
}

/// What brings an item from one configuration to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// Somebody acts.
    Act,
    /// The author gives up.
    GivingUp,
    /// A conflict of interest becomes known: nobody may count on that to get on.
    Conflict,
    /// Nobody acts: time alone.
    Time,
}

/// A way from one configuration to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) to: u32,
    /// By whom.
    pub(super) by: By,
    /// A transition that says `unbounded: ok` is part of it.
    pub(super) unbounded: bool,
}

/// How far to go.
#[derive(Clone, Copy)]
pub(super) struct Goal<'g> {
    /// Most configurations.
    pub(super) most: usize,
    /// Enough once this holds of a batch of events.
    pub(super) until: Option<&'g Until<'g>>,
}

/// What is looked for in a batch of events.
pub(super) type Until<'u> = dyn Fn(&[Event]) -> bool + Sync + 'u;

pub(super) enum Explored {
    Whole(Graph),
    /// The goal was reached.
    Enough,
}

/// Fewer than this are not worth a second thread.
const WORTH_SHARING: usize = 256;

/// Most configurations looked at in one go.
const AT_ONCE: usize = 8192;

/// Explores from the start. Several models of the same definition let several threads work; the result is the same.
pub(super) fn explore(models: &[Model<'_>], goal: Goal<'_>) -> Result<Explored, TooLarge> {
    let Some(model) = models.first() else { return Err(TooLarge::ways()) };
    let start = model.start();
    let most = effort::most_configurations(goal.most, start.persons.len());
    let mut graph = Graph {
        configs: IndexSet::from([start]),
        parents: vec![0],
        edges: Vec::new(),
        fired: BTreeSet::new(),
        faults: Vec::new(),
    };
    let mut known = BTreeSet::new();
    while graph.edges.len() < graph.configs.len() {
        let from = graph.edges.len();
        let to = graph.configs.len().min(from + AT_ONCE);
        let Some(open) = graph.configs.get_range(from..to) else { break };
        for (at, found) in (from..).zip(expanded(models, &open.iter().collect::<Vec<_>>(), goal)) {
            let Some(found) = found else { return Ok(Explored::Enough) };
            let edges = found.into_iter().map(|found| graph.take_in(at, found, &mut known)).collect();
            graph.edges.push(edges);
        }
        if model.effort.is_spent() {
            return Err(TooLarge::ways());
        }
        if graph.configs.len() > most {
            return Err(TooLarge::configurations(most));
        }
    }
    for edges in &mut graph.edges {
        edges.sort_unstable();
        edges.dedup();
    }
    Ok(Explored::Whole(graph))
}

/// What one move leads to.
struct Found {
    config: Configuration,
    /// Its end is not known yet.
    edge: Edge,
    fired: Vec<String>,
    faults: Vec<(invariants::Fault, Move)>,
}

/// Everything that each configuration leads to; nothing for one that reaches the goal.
fn expanded(models: &[Model<'_>], open: &[&Configuration], goal: Goal<'_>) -> Vec<Option<Vec<Found>>> {
    let alone =
        |model: &Model<'_>, open: &[&Configuration]| open.iter().map(|config| expand(model, config, goal)).collect();
    let [first, ..] = models else { return Vec::new() };
    if open.len() < WORTH_SHARING || models.len() < 2 {
        return alone(first, open);
    }
    std::thread::scope(|scope| {
        let share = open.len().div_ceil(models.len());
        let parts = models.iter().zip(open.chunks(share)).map(|(model, open)| scope.spawn(move || alone(model, open)));
        let parts: Vec<_> = parts.collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flat_map(|part: Vec<Option<Vec<Found>>>| part).collect()
    })
}

fn expand(model: &Model<'_>, config: &Configuration, goal: Goal<'_>) -> Option<Vec<Found>> {
    let item = model.item(config);
    let mut all = Vec::new();
    for tried in successors::moves(model, config) {
        for outcome in successors::outcomes(model, config, &item, &tried) {
            if goal.until.is_some_and(|until| until(&outcome.events)) {
                return None;
            }
            let moved = outcome.events.iter().filter_map(|event| match &event.what {
                EventKind::Moved { transition, .. } => Some(transition.clone()),
                _ => None,
            });
            let fired: Vec<String> = moved.collect();
            let unbounded = |name: &String| model.definition.transitions.get(name).is_some_and(|it| it.unbounded);
            let edge = Edge { to: 0, by: by(model, &tried), unbounded: fired.iter().any(unbounded) };
            let faults = outcome.faults.into_iter().map(|fault| (fault, tried.clone())).collect();
            all.push(Found { config: outcome.config, edge, fired, faults });
        }
    }
    Some(all)
}

fn by(model: &Model<'_>, tried: &Move) -> By {
    match tried {
        Move::Conflict { .. } => By::Conflict,
        Move::Wait { .. } => By::Time,
        Move::Fire { .. } | Move::Judge { .. } if successors::gives_up(model, tried) => By::GivingUp,
        Move::Fire { .. } | Move::Judge { .. } => By::Act,
    }
}

impl Graph {
    fn take_in(&mut self, at: usize, found: Found, known: &mut BTreeSet<(&'static str, Vec<String>)>) -> Edge {
        for (fault, tried) in found.faults {
            if known.insert((fault.rule, fault.at.clone())) {
                self.faults.push((fault, at, Some(tried)));
            }
        }
        for name in found.fired {
            if !self.fired.contains(&name) {
                self.fired.insert(name);
            }
        }
        let (to, new) = self.configs.insert_full(found.config);
        if new {
            self.parents.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Edge { to: u32::try_from(to).unwrap_or(u32::MAX), ..found.edge }
    }

    /// The configurations on a shortest way to one, the start first.
    pub(super) fn way_to(&self, at: usize) -> Vec<usize> {
        let mut way = vec![at];
        let mut at = at;
        while at != 0 {
            at = self.parents.get(at).and_then(|parent| usize::try_from(*parent).ok()).unwrap_or(0);
            way.push(at);
        }
        way.reverse();
        way
    }

    /// How many ways there are between configurations.
    pub(super) fn edge_count(&self) -> usize {
        self.edges.iter().map(Vec::len).sum()
    }
}
