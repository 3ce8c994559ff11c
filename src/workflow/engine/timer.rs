//! Timers: armed on entering a state, cancelled on leaving it, fired by the clock. One that counts from earlier than the
//! entry may be due at once.

use jiff::{Span, Timestamp, tz::TimeZone};

use super::{
    passage::{self, Mover},
    step::Step,
    turn,
};
use crate::{
    domain::PersonId,
    workflow::{
        Happening, Refusal,
        definition::{State, Trigger, Wait},
        event::Timer,
    },
};

/// More than this fired by one tick means a definition in which nothing but time happens, at once.
const MOST_FIRED: usize = 100;

pub(super) fn arm(step: &mut Step<'_>, state: &State) {
    let definition = step.definition;
    let transitions = definition.transitions.iter().filter_map(|(name, transition)| match &transition.trigger {
        Trigger::After(wait) if transition.from.contains(&step.item.state) => {
            step.since(&transition.since).map(|since| (Timer::Transition(name.clone()), wait, since))
        }
        _ => None,
    });
    let now = step.facts.now;
    let reminders = (0_u32..).zip(&state.remind).map(|(number, wait)| (Timer::Reminder(number), wait, now));
    let timers: Vec<(Timer, Timestamp)> =
        transitions.chain(reminders).map(|(timer, wait, since)| (timer, after(wait, since, step.facts.zone))).collect();
    for (timer, due) in timers {
        step.happen(None, None, Happening::TimerArmed { timer, due });
    }
}

pub(super) fn cancel_all(step: &mut Step<'_>) {
    let timers: Vec<Timer> = step.item.timers.keys().cloned().collect();
    for timer in timers {
        step.happen(None, None, Happening::TimerCancelled { timer });
    }
}

/// Fires whatever is due, the earliest first, until nothing is due now.
pub(super) fn tick(step: &mut Step<'_>) -> Result<(), Refusal> {
    let definition = step.definition;
    for _ in 0..MOST_FIRED {
        let due = super::due(definition, &step.item).filter(|(due, _)| *due <= step.facts.now);
        let Some((_, timer)) = due else { return Ok(()) };
        step.happen(None, None, Happening::TimerFired { timer: timer.clone() });
        match timer {
            Timer::Reminder(_) => {
                if !turn::of(step).is_empty() {
                    step.happen(None, None, Happening::Reminded);
                }
            }
            Timer::Transition(name) => {
                let decided = &step.item.decided;
                let on = definition.transitions.get(&name).filter(|transition| {
                    transition.from.contains(&step.item.state)
                        && transition.when.as_ref().is_none_or(|when| when.holds(&step.scope(decided)))
                });
                if let Some(transition) = on {
                    passage::take(step, &name, transition, Mover::default())?;
                    passage::settle(step)?;
                }
            }
        }
    }
    Err(Refusal::Unsettled)
}

/// The office reminds by hand.
pub(super) fn remind(step: &mut Step<'_>, by: PersonId) -> Result<(), Refusal> {
    step.coordinator_only()?;
    if turn::of(step).is_empty() {
        return Err(Refusal::NobodysTurn);
    }
    step.happen(Some(by), None, Happening::Reminded);
    Ok(())
}

/// When a wait that begins now is over, by the calendar of the zone; a wait beyond the calendar is never over.
fn after(wait: &Wait, now: Timestamp, zone: &TimeZone) -> Timestamp {
    let span: Result<Span, jiff::Error> = wait.0.parse();
    span.and_then(|span| now.to_zoned(zone.clone()).checked_add(span)).map_or(Timestamp::MAX, |due| due.timestamp())
}
