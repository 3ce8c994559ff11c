//! Timers: armed on entering a state, cancelled on leaving it, fired by the clock. One that counts from earlier than the
//! entry may be due at once.

use jiff::Timestamp;

use super::{
    decision_builder::DecisionBuilder,
    transition::{self, Mover},
    turn,
};
use crate::{
    domain::PersonId,
    workflow::{
        EventKind, Refusal,
        definition::{State, Trigger, Wait},
        event::Timer,
    },
};

/// More than this fired by one tick means a definition in which nothing but time happens, at once.
const MOST_FIRED: usize = 100;

pub(super) fn arm<'a>(step: &mut DecisionBuilder<'a>, state: &'a State) {
    // Those that an item brings along from another version run on.
    let beginning: Vec<_> =
        waits(step, state).into_iter().filter(|(timer, ..)| !step.item.timers.contains_key(timer)).collect();
    for (timer, wait, since) in beginning {
        let happened = match wait.over(since, step.facts.calendar) {
            Some(due) => EventKind::TimerArmed { timer, due },
            None => EventKind::TimerUndated { timer, wants: wait.to_string() },
        };
        step.emit(None, None, happened);
    }
}

/// Arms what had no date on entry and has one now, because the calendar was completed; and what waits for a meeting that
/// was moved. Any other deadline stays as it was promised.
pub(super) fn redate(step: &mut DecisionBuilder<'_>) {
    let Some(state) = step.state() else { return };
    for (timer, wait, since) in waits(step, state) {
        let armed = step.item.timers.get(&timer).copied();
        let follows = matches!(wait, Wait::Meeting { .. }) && armed.is_some();
        if (follows || step.item.undated.contains(&timer))
            && let Some(due) = wait.over(since, step.facts.calendar)
            && armed != Some(due)
        {
            step.emit(None, None, EventKind::TimerArmed { timer, due });
        }
    }
}

/// The timers of the state the item is in, and since when each runs.
fn waits<'a>(step: &DecisionBuilder<'a>, state: &'a State) -> Vec<(Timer, &'a Wait, Timestamp)> {
    let transitions = step.definition.transitions.iter().filter_map(|(name, transition)| match &transition.trigger {
        Trigger::After(wait) if transition.from.contains(&step.item.state) => {
            step.since(&transition.since).map(|since| (Timer::Transition(name.clone()), wait, since))
        }
        _ => None,
    });
    let since = step.item.since;
    let reminders = (0_u32..).zip(&state.remind).map(|(number, wait)| (Timer::Reminder(number), wait, since));
    transitions.chain(reminders).collect()
}

pub(super) fn cancel_all(step: &mut DecisionBuilder<'_>) {
    let timers: Vec<Timer> = step.item.timers.keys().cloned().collect();
    for timer in timers {
        step.emit(None, None, EventKind::TimerCancelled { timer });
    }
}

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
