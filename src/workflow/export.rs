//! A definition as a statechart, for other engines: `XState` and SCXML.
//!
//! Both say the same. Tracks are parallel regions of their state; each counts seats and verdicts and is complete with
//! its quorum, and the automatic transitions join them. Who may act, and what the form says, stays outside: an event is
//! sent for somebody who may, and tells the outcome of every condition on answers as `outcomes`, by its text.
//!
//! | event | when |
//! |---|---|
//! | `fire.TRANSITION` | somebody takes a transition |
//! | `time.TRANSITION` | the time of a transition has come |
//! | `seat.TRACK`, `release.TRACK` | a seat is taken or given, or given back |
//! | `verdict.TRACK.VERDICT` | a reviewer judges |
//! | `recuse` | a conflict became known: `released` and `voided` list the tracks concerned |

mod guard;
mod scxml;
mod xstate;

pub use scxml::scxml;
pub use xstate::xstate;

use super::{
    Definition,
    definition::{State, Track, Transition, Trigger},
};

/// The words of verdicts in events and counts.
const VERDICTS: [&str; 3] = ["approve", "revise", "reject"];

/// Every track with the state it belongs to.
fn tracks(definition: &Definition) -> impl Iterator<Item = (&str, &Track)> {
    definition.states.values().flat_map(|state| state.tracks.iter().map(|(id, track)| (id.as_str(), track)))
}

/// The ways out of a state in the order of the file.
fn ways_out<'d>(definition: &'d Definition, state: &'d str) -> impl Iterator<Item = (&'d str, &'d Transition)> {
    let ways = definition.transitions.iter().map(|(id, way)| (id.as_str(), way));
    ways.filter(move |(_, way)| way.from.iter().any(|from| from == state))
}

/// The event that sets a transition off; none where it happens by itself.
fn event(id: &str, way: &Transition) -> Option<String> {
    match way.trigger {
        Trigger::By(_) => Some(format!("fire.{id}")),
        Trigger::After(_) => Some(format!("time.{id}")),
        Trigger::Auto => None,
    }
}

/// Tracks that a transition opens anew.
fn opened<'d>(definition: &'d Definition, way: &Transition) -> Vec<&'d str> {
    let tracks = |state: &'d State| state.tracks.keys().map(String::as_str).collect();
    if way.keep_verdicts { Vec::new() } else { definition.states.get(&way.to).map(tracks).unwrap_or_default() }
}

/// Counters that a transition raises or a limit bounds.
fn counters(definition: &Definition) -> std::collections::BTreeSet<&str> {
    definition.transitions.values().filter_map(|way| way.counts.as_deref()).collect()
}
