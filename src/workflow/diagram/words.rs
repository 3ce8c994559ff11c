//! Ids and causes as people say them.

use std::collections::BTreeSet;

use crate::workflow::{
    Definition,
    definition::{Since, Transition, Trigger, Wait},
};

/// `coi-officer` as "coi officer".
pub(super) fn of_id(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// Who or what sets a transition off.
pub(super) fn cause(definition: &Definition, way: &Transition) -> String {
    let when = way.when.as_ref().and_then(|when| when.in_words(definition));
    match (&way.trigger, when) {
        (Trigger::By(roles), _) => roles.iter().map(String::as_str).map(of_id).collect::<Vec<_>>().join(" or "),
        (Trigger::After(wait), Some(when)) => format!("{}, if {when}", waited(definition, wait, &way.since)),
        (Trigger::After(wait), None) => waited(definition, wait, &way.since),
        (Trigger::Auto, Some(when)) => format!("by itself: {when}"),
        (Trigger::Auto, None) => "by itself".to_owned(),
    }
}

/// What sets a transition off, without its condition; nothing where people do, or where there is none.
pub(super) fn plain(definition: &Definition, way: &Transition) -> Option<String> {
    way.when.as_ref()?;
    match &way.trigger {
        Trigger::By(_) => None,
        Trigger::After(wait) => Some(waited(definition, wait, &way.since)),
        Trigger::Auto => Some("by itself".to_owned()),
    }
}

/// `P30D` as "after 30 days"; what else than the entry it counts from is named, of several steps the first.
fn waited(definition: &Definition, wait: &Wait, since: &Since) -> String {
    let (at, words) = (matches!(wait, Wait::Meeting { .. }), wait.in_words());
    let from = match since {
        Since::Entry if at => return format!("at {words}"),
        Since::Entry => return format!("after {words}"),
        Since::Date(name) => {
            format!("“{}”", definition.asked(name).map_or(name.as_str(), |question| question.label.as_str()))
        }
        Since::Steps(steps) => {
            let label = |step: &String| definition.transitions.get(step).map(|step| step.label.as_str());
            let first = steps.iter().find_map(label).unwrap_or_default();
            let labels: BTreeSet<&str> = steps.iter().filter_map(label).collect();
            format!("“{first}”{}", if labels.len() > 1 { " …" } else { "" })
        }
    };
    format!("{}{words} after {from}", if at { "at " } else { "" })
}
