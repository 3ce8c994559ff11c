//! With everybody in every group: what may never happen, and does.

use super::{finding::Finding, graph::Graph, model::Model, successors};

pub(super) fn check(model: &Model<'_>, graph: &Graph) -> Vec<Finding> {
    let found = graph.faults.iter().map(|(fault, at, tried)| {
        let path: Vec<&str> = fault.at.iter().map(String::as_str).collect();
        let finding = Finding::of(fault.rule, &path, fault.message.clone()).at(*at);
        match tried {
            Some(tried) => finding.then(tried.clone(), fault.clone()),
            None => finding,
        }
    });
    found.chain(panel_gap(model, graph)).collect()
}

/// A reviewed item just lies there: every track is complete, and nobody but the author can move it on.
fn panel_gap(model: &Model<'_>, graph: &Graph) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (name, state) in model.definition.states.iter().filter(|(_, state)| !state.tracks.is_empty()) {
        let here = model.definition.states.get_index_of(name);
        let gap = graph.configs.iter().enumerate().filter(|(_, config)| Some(usize::from(config.state)) == here).find(
            |(_, config)| {
                let item = model.item(config);
                let complete = |track| item.tracks.get(track).is_some_and(crate::workflow::Progress::complete);
                state.tracks.keys().all(complete) && !successors::goes_on(model, config, &item)
            },
        );
        if let Some((at, _)) = gap {
            let message = format!("every review in '{name}' can be complete and then nothing moves the item on");
            findings.push(Finding::of("panel-gap", &["states", name], message).at(at));
        }
    }
    findings
}
