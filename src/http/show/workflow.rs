//! The workflows in force, and files that were refused.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{calendar::Calendar, word};
use crate::{
    usecase::definition::Refused,
    view::{self, FileFault, StateRow, Workflows},
    workflow::{
        Definition, Fault,
        definition::{State, Trigger},
    },
};

/// The page of workflows.
pub(in crate::http) fn workflows<'a>(
    current: impl IntoIterator<Item = &'a Definition>,
    since: &BTreeMap<String, Timestamp>,
    refused: &[Refused],
    calendar: &Calendar,
) -> Workflows {
    let mut shown: Vec<view::Workflow> = current
        .into_iter()
        .map(|definition| view::Workflow {
            id: definition.workflow.clone(),
            title: definition.title.clone(),
            version: definition.hash.chars().take(12).collect(),
            since: since.get(&definition.hash).map(|at| calendar.day(*at)),
            usage: "New submissions follow it; what was sent keeps the version it was sent in.".to_owned(),
            states: definition.states.iter().map(|(id, found)| state(definition, id, found)).collect(),
            faults: Vec::new(),
        })
        .collect();
    for file in refused {
        let faults = file.faults.iter().map(|fault| self::fault(&file.file, fault)).collect();
        let id = file.file.trim_end_matches(".yaml").trim_end_matches(".yml");
        match shown.iter_mut().find(|workflow| workflow.id == id) {
            Some(workflow) => workflow.faults = faults,
            None => shown.push(view::Workflow {
                id: id.to_owned(),
                title: file.file.clone(),
                version: String::new(),
                since: None,
                usage: String::new(),
                states: Vec::new(),
                faults,
            }),
        }
    }
    Workflows { workflows: shown }
}

fn state(definition: &Definition, id: &str, state: &State) -> StateRow {
    let leaving = || definition.transitions.values().filter(|step| step.from.iter().any(|from| from == id));
    let tracks = state.tracks.values().map(|track| track.role.as_str());
    let deciders = leaving().flat_map(|step| match &step.trigger {
        Trigger::By(roles) => roles.as_slice(),
        Trigger::After(_) | Trigger::Auto => &[],
    });
    let mut roles: Vec<String> = tracks.chain(deciders.map(String::as_str)).map(word::plain).collect();
    roles.sort();
    roles.dedup();
    StateRow {
        label: state.label.clone(),
        turn: if roles.is_empty() { "Nobody".to_owned() } else { word::capital(&word::list(&roles)) },
        ways: leaving()
            .map(|step| {
                let to = definition.states.get(&step.to).map_or(step.to.as_str(), |state| state.label.as_str());
                match &step.trigger {
                    Trigger::By(_) => format!("{} → {to}", step.label),
                    Trigger::After(wait) => format!("After {wait} → {to}"),
                    Trigger::Auto => format!("By rule → {to}"),
                }
            })
            .collect(),
    }
}

fn fault(file: &str, fault: &Fault) -> FileFault {
    FileFault {
        place: format!("{file}:{}:{}", fault.line, fault.column),
        rule: fault.rule.clone(),
        message: fault.message.clone(),
    }
}
