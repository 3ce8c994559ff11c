//! States: what their author reads, who is reminded, whose clock runs.

use super::step::after;
use crate::{
    http::show::{fault::sentence, word},
    workflow::{
        Definition,
        definition::{Release, State},
    },
};

/// What the author reads of a state, where that is not what the office reads.
pub(super) fn author_labels(definition: &Definition) -> Vec<String> {
    told(definition, |name, state| {
        state.author_label.as_ref().map(|label| sentence(&format!("“{name}” reads for the author: {label}")))
    })
}

/// When whoever's turn it is gets a letter.
pub(super) fn reminders(definition: &Definition) -> Vec<String> {
    told(definition, |name, state| {
        let times: Vec<String> = state.remind.iter().map(after).collect();
        let list = word::list(&times);
        (!times.is_empty()).then(|| format!("In “{name}” whoever has the turn is reminded {list}."))
    })
}

/// Where the office waits for the author.
pub(super) fn paused(definition: &Definition) -> Vec<String> {
    told(definition, |name, state| {
        (state.waits_for_author()).then(|| {
            format!("In “{name}” the office's clock stands still, and the author may change answers and files.")
        })
    })
}

/// Where the author learns how it was decided, where the file says so.
pub(super) fn releases(definition: &Definition) -> Vec<String> {
    told(definition, |name, state| {
        let what = match state.release? {
            Release::Decision => "the decision and the reasons given with it, but not what reviewers wrote",
            Release::Verdicts => "the decision with its reasons, and what reviewers wrote for them",
        };
        Some(format!("In “{name}” the author learns {what}."))
    })
}

fn told(definition: &Definition, line: impl Fn(&str, &State) -> Option<String>) -> Vec<String> {
    definition.states.iter().filter_map(|(id, state)| line(&definition.state_called(id), state)).collect()
}
