//! A way through the exploration, told in the words of the file.

use std::collections::BTreeMap;

use super::{
    finding::{Finding, Shown},
    graph::Graph,
    model::Model,
    person::{AUTHOR, Other},
    successors::{self, Move, Outcome},
};
use crate::{
    domain::PersonId,
    workflow::{
        Event, EventKind,
        definition::{Role, Verdict},
    },
};

/// The steps to where a finding shows, the shortest way.
pub(super) fn steps(model: &Model<'_>, graph: &Graph, finding: &Finding) -> Vec<String> {
    let (way, last) = match &finding.shown {
        Shown::Nowhere => return Vec::new(),
        Shown::At(at) => (graph.way_to(*at), None),
        Shown::Then(at, tried, fault) => (graph.way_to(*at), Some((*at, tried, fault))),
        Shown::Round(round) => {
            let mut way = graph.way_to(round.first().copied().unwrap_or(0));
            way.extend(round.iter().skip(1));
            (way, None)
        }
    };
    let mut story = Story { model, people: BTreeMap::new(), letters: 0, acted: BTreeMap::new(), steps: Vec::new() };
    for pair in way.windows(2) {
        let [from, to] = pair else { continue };
        let (Some(from), Some(to)) = (graph.configs.get_index(*from), graph.configs.get_index(*to)) else { continue };
        let item = model.item(from);
        let found = successors::moves(model, from).into_iter().find_map(|tried| {
            let outcomes = successors::outcomes(model, from, &item, &tried);
            outcomes.into_iter().find(|outcome| outcome.config == *to).map(|outcome| (tried, outcome))
        });
        if let Some((tried, outcome)) = found {
            story.tell(&tried, &outcome);
        }
    }
    if let Some((at, tried, fault)) = last
        && let Some(config) = graph.configs.get_index(at)
    {
        let outcomes = successors::outcomes(model, config, &model.item(config), tried);
        if let Some(outcome) = outcomes.into_iter().find(|outcome| outcome.faults.contains(fault)) {
            story.tell(tried, &outcome);
        }
    }
    story.steps
}

struct Story<'m, 'd> {
    model: &'m Model<'d>,
    /// What each person of the current configuration is called.
    people: BTreeMap<Other, String>,
    letters: usize,
    /// The roles that each acted in.
    acted: BTreeMap<String, Vec<String>>,
    steps: Vec<String>,
}

impl Story<'_, '_> {
    fn tell(&mut self, tried: &Move, outcome: &Outcome) {
        let role = outcome.events.iter().find_map(|event| event.role.clone());
        let mut step = match tried {
            Move::Fire { transition, who } => {
                let label = self.model.definition.transitions.get(transition).map_or("", |it| &it.label);
                format!("{} takes '{label}'", self.person(*who, role))
            }
            Move::Judge { track, verdict, who } => {
                let verdict = match verdict {
                    Verdict::Approve => "approves",
                    Verdict::Revise => "asks for changes",
                    Verdict::Reject => "rejects",
                };
                format!("{} {verdict} for track {track}", self.person(*who, role))
            }
            Move::Wait { transition } => {
                let label = self.model.definition.transitions.get(transition).map_or("", |it| &it.label);
                format!("time passes until '{label}'")
            }
            Move::Conflict { who } => {
                format!("a conflict of interest of {} becomes known and the verdict is void", self.person(*who, None))
            }
        };
        if !outcome.assumed.is_empty() {
            step = format!("{step} ({})", outcome.assumed.join(", "));
        }
        for event in &outcome.events {
            step.push_str(&self.followed(event));
        }
        let number = self.steps.len() + 1;
        self.steps.push(format!("{number}. {step}"));
        self.people = (0..)
            .zip(&outcome.order)
            .zip(super::model::people(&outcome.config))
            .filter_map(|((_, old), (new, _)): ((usize, &Other), _)| Some((new, self.people.get(old)?.clone())))
            .collect();
    }

    /// What an event adds to the sentence.
    fn followed(&self, event: &Event) -> String {
        match &event.what {
            EventKind::Moved { transition, to, .. } => {
                let label = self.model.definition.states.get(to).map_or(to.as_str(), |state| &state.label);
                if event.by.is_some() { format!(" → {label}") } else { format!(" → {label} (by '{transition}')") }
            }
            EventKind::CreditAwarded { .. } => "; credit is recorded".to_owned(),
            EventKind::CreditStopped { .. } => "; credit is stopped".to_owned(),
            _ => String::new(),
        }
    }

    /// What a person is called, with the roles they acted in before.
    fn person(&mut self, who: PersonId, role: Option<String>) -> String {
        let name = match Other::of(who).filter(|_| who != AUTHOR) {
            None => "the author".to_owned(),
            Some(other) => {
                let fresh = letter(self.letters);
                let known = self.people.entry(other).or_insert_with(|| fresh.clone());
                if *known == fresh {
                    self.letters += 1;
                }
                known.clone()
            }
        };
        let before = self.acted.entry(name.clone()).or_default();
        let others: Vec<String> = before.iter().filter(|other| Some(*other) != role.as_ref()).cloned().collect();
        let group = role.filter(|role| matches!(self.model.definition.roles.get(role), Some(Role::Group { .. })));
        let as_role = group.as_ref().map(|role| format!("as {role}"));
        if let Some(role) = group.filter(|role| !before.contains(role)) {
            before.push(role);
        }
        let also = (!others.is_empty()).then(|| format!("before as {}", others.join(" and ")));
        let more: Vec<String> = as_role.into_iter().chain(also).collect();
        if more.is_empty() { name } else { format!("{name} ({})", more.join(", ")) }
    }
}

fn letter(number: usize) -> String {
    let letter = u32::try_from(number % 26).ok().and_then(|number| char::from_u32(u32::from('A') + number));
    let round = if number < 26 { String::new() } else { (number / 26).to_string() };
    format!("Person {}{round}", letter.unwrap_or('A'))
}
