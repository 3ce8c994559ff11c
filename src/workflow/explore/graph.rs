//! Every configuration that can be reached, breadth first, so that the first way found to any is a shortest.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::{
    config::Config,
    model::Model,
    moves::{self, Move},
    watch,
};
use crate::workflow::{Event, Happening};

/// What was explored.
pub(super) struct Graph {
    pub(super) configs: IndexSet<Config>,
    /// From where each configuration was reached first; the start from itself.
    parents: Vec<u32>,
    /// Where each leads.
    pub(super) edges: Vec<Vec<Edge>>,
    /// Transitions that were taken.
    pub(super) fired: BTreeSet<String>,
    /// What is wrong, each once, with the configuration it was found in and the move that showed it.
    pub(super) faults: Vec<(watch::Fault, usize, Option<Move>)>,
}

/// A way from one configuration to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) to: u32,
    /// The author gives up.
    pub(super) gives_up: bool,
    /// Nobody acts: time alone.
    pub(super) idle: bool,
    /// A transition that says `unbounded: ok` is part of it.
    pub(super) unbounded: bool,
}

/// There are more configurations than may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// How far to go.
#[derive(Clone, Copy)]
pub(super) struct Goal<'g> {
    /// Most configurations.
    pub(super) most: usize,
    /// Enough once this holds of a batch of events.
    pub(super) until: Option<&'g dyn Fn(&[Event]) -> bool>,
}

pub(super) enum Explored {
    Whole(Graph),
    /// The goal was reached.
    Enough,
}

pub(super) fn explore(model: &Model<'_>, goal: Goal<'_>) -> Result<Explored, TooLarge> {
    let start = model.start();
    let mut graph = Graph {
        configs: IndexSet::from([start]),
        parents: vec![0],
        edges: Vec::new(),
        fired: BTreeSet::new(),
        faults: Vec::new(),
    };
    let mut known = BTreeSet::new();
    let mut at = 0;
    while let Some(config) = graph.configs.get_index(at).cloned() {
        let item = model.item(&config);
        let mut edges = Vec::new();
        for tried in moves::moves(model, &config) {
            for outcome in moves::outcomes(model, &config, &item, &tried) {
                if goal.until.is_some_and(|until| until(&outcome.events)) {
                    return Ok(Explored::Enough);
                }
                for fault in outcome.faults {
                    if known.insert((fault.rule, fault.at.clone())) {
                        graph.faults.push((fault, at, Some(tried.clone())));
                    }
                }
                let (to, new) = graph.configs.insert_full(outcome.config);
                if new {
                    graph.parents.push(u32::try_from(at).unwrap_or(u32::MAX));
                }
                let unbounded = graph.note(model, &outcome.events);
                edges.push(Edge {
                    to: u32::try_from(to).unwrap_or(u32::MAX),
                    gives_up: moves::gives_up(model, &tried),
                    idle: matches!(tried, Move::Wait { .. }),
                    unbounded,
                });
            }
        }
        edges.sort_unstable();
        edges.dedup();
        graph.edges.push(edges);
        if graph.configs.len() > goal.most {
            return Err(TooLarge);
        }
        at += 1;
    }
    Ok(Explored::Whole(graph))
}

impl Graph {
    /// Notes the transitions of a batch; whether one of them may be taken without a bound.
    fn note(&mut self, model: &Model<'_>, events: &[Event]) -> bool {
        let mut unbounded = false;
        for event in events {
            if let Happening::Moved { transition, .. } = &event.what {
                unbounded |= model.definition.transitions.get(transition).is_some_and(|it| it.unbounded);
                if !self.fired.contains(transition) {
                    self.fired.insert(transition.clone());
                }
            }
        }
        unbounded
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
