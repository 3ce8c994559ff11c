//! Going from one state to another, and what entering a state brings.

use super::{award, decision_builder::DecisionBuilder, timer};
use crate::{
    domain::{Answers, PersonId},
    workflow::{
        EventKind, Refusal,
        definition::{Restore, State, Transition, Trigger},
    },
};

/// More automatic moves than this in one batch mean a definition that does not come to rest.
const MOST_MOVES: usize = 100;

/// Whether tracks of the entered state begin anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tracks {
    Fresh,
    Kept,
}

/// Who moves the item, and what was said.
#[derive(Clone, Debug, Default)]
pub(super) struct Mover {
    pub(super) by: Option<PersonId>,
    pub(super) role: Option<String>,
    pub(super) note: Option<String>,
    pub(super) asked: Answers,
}

/// Takes a transition; whether it may be taken was settled before.
pub(super) fn take(
    step: &mut DecisionBuilder<'_>,
    name: &str,
    transition: &Transition,
    mover: Mover,
) -> Result<(), Refusal> {
    timer::cancel_all(step);
    let definition = step.definition;
    let closed = definition.states.get(&transition.to).is_some_and(State::ends);
    let passed = EventKind::Moved {
        transition: name.to_owned(),
        from: step.item.state.clone(),
        to: transition.to.clone(),
        note: mover.note,
        asked: mover.asked,
        closed,
    };
    step.emit(mover.by, mover.role.as_deref(), passed);
    if transition.restore == Restore::Answers {
        step.restore();
    }
    if let Some(counter) = &transition.counts {
        let value = step.item.counter(counter).saturating_add(1);
        step.emit(None, None, EventKind::Counted { counter: counter.clone(), value });
    }
    open(step, if transition.keep_verdicts { Tracks::Kept } else { Tracks::Fresh });
    award::record(step)
}

/// Opens the tracks and arms the timers of the state just entered.
pub(super) fn open(step: &mut DecisionBuilder<'_>, tracks: Tracks) {
    open_tracks(step, tracks);
    timer::arm(step);
}

/// Opens the tracks of the state just entered.
pub(super) fn open_tracks(step: &mut DecisionBuilder<'_>, tracks: Tracks) {
    let Some(state) = step.state() else { return };
    for (name, track) in &state.tracks {
        if tracks == Tracks::Fresh || !step.item.tracks.contains_key(name) {
            step.emit(None, None, EventKind::TrackOpened { track: name.clone(), quorum: track.quorum });
        }
    }
}

/// Takes automatic transitions until none is on.
pub(super) fn run_automatic(step: &mut DecisionBuilder<'_>) -> Result<(), Refusal> {
    let definition = step.definition;
    for _ in 0..MOST_MOVES {
        let decided = &step.item.decided;
        let scope = step.scope(decided);
        let on = definition.transitions.iter().find(|(_, transition)| {
            transition.trigger == Trigger::Auto
                && transition.from.contains(&step.item.state)
                && transition.when.as_ref().is_some_and(|when| when.holds(&scope))
        });
        let Some((name, transition)) = on else { return Ok(()) };
        take(step, name, transition, Mover::default())?;
    }
    Err(Refusal::Unsettled)
}
