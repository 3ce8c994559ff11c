//! Timers: armed on entering a state, cancelled on leaving it. One that counts from earlier than the
//! entry may be due at once.

use jiff::Timestamp;

use super::decision_builder::DecisionBuilder;
use crate::workflow::{
    EventKind,
    definition::{State, Trigger, Wait},
    event::Timer,
};

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
