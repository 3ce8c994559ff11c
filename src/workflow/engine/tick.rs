//! What time does: timers fire, and whoever has the turn is reminded.

use super::{
    decision_builder::DecisionBuilder,
    transition::{self, Mover},
    turn,
};
use crate::{
    domain::PersonId,
    workflow::{EventKind, Refusal, event::Timer},
};

/// More than this fired by one tick means a definition in which nothing but time happens, at once.
const MOST_FIRED: usize = 100;

/// Fires whatever is due, the earliest first, until nothing is due now.
pub(super) fn tick(step: &mut DecisionBuilder<'_>) -> Result<(), Refusal> {
    let definition = step.definition;
    for _ in 0..MOST_FIRED {
        let due = super::due(definition, &step.item).filter(|(due, _)| *due <= step.facts.now);
        let Some((_, timer)) = due else { return Ok(()) };
        step.emit(None, None, EventKind::TimerFired { timer: timer.clone() });
        match timer {
            Timer::Reminder(_) => {
                if !turn::of(step).is_empty() {
                    step.emit(None, None, EventKind::Reminded);
                }
            }
            Timer::Transition(name) => {
                let decided = &step.item.decided;
                let on = definition.transitions.get(&name).filter(|transition| {
                    transition.from.contains(&step.item.state)
                        && transition.when.as_ref().is_none_or(|when| when.holds(&step.scope(decided)))
                });
                if let Some(transition) = on {
                    transition::take(step, &name, transition, Mover::default())?;
                    transition::run_automatic(step)?;
                }
            }
        }
    }
    Err(Refusal::Unsettled)
}

/// The office reminds by hand.
pub(super) fn remind(step: &mut DecisionBuilder<'_>, by: PersonId) -> Result<(), Refusal> {
    step.coordinator_only()?;
    if turn::of(step).is_empty() {
        return Err(Refusal::NobodysTurn);
    }
    step.emit(Some(by), None, EventKind::Reminded);
    Ok(())
}
